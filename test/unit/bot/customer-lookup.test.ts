import { describe, expect, it } from 'vitest';
import { provenIdentity } from '../../../src/bot/customer-lookup.ts';
import { initial } from '../../../src/conversation/fold.ts';
import type { Channel, Visitor } from '../../../src/conversation/state.ts';

const teams: Channel = { kind: 'connector', channelId: 'msteams', reference: {} };
const of = (visitor: Visitor, channel: Channel = { kind: 'website' }) =>
  provenIdentity({ ...initial('c'), visitor, channel });

describe('who is looked up', () => {
  it('is who the website has signed, by id and mail address', () => {
    expect(of({ id: 'c-1', email: 'a@example.com', signed: true })).toEqual({ id: 'c-1', email: 'a@example.com' });
    expect(of({ id: 'c-1', signed: true })).toEqual({ id: 'c-1' });
  });

  it('is who the channel vouches for, by the id in the directory and by no other', () => {
    expect(of({ id: '29:abc', directoryId: 'aad-1', signed: true }, teams)).toEqual({ id: 'aad-1' });
    expect(of({ id: '29:abc', signed: true }, teams)).toBeUndefined();
  });

  it('is nobody who only says who they are', () => {
    expect(of({ id: 'c-1', name: 'Ann', email: 'a@example.com', signed: false })).toBeUndefined();
  });
});
