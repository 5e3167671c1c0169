import { describe, expect, it } from 'vitest';
import { hashOf, idIn } from '../../../src/console/web/address.ts';

describe("the page's address", () => {
  it('names the open conversation, whatever its id holds', () => {
    for (const id of ['abc', 'a/b#c%d', '19:meeting@thread.v2', '会話']) expect(idIn(hashOf(id))).toBe(id);
    expect(idIn(hashOf(null))).toBeNull();
  });

  it('names none when it was damaged or is another', () => {
    expect(idIn('')).toBeNull();
    expect(idIn('#/c/')).toBeNull();
    expect(idIn('#/c/%E0%A4%A')).toBeNull();
    expect(idIn('#thread')).toBeNull();
  });
});
