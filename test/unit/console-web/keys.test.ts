import { describe, expect, it } from 'vitest';
import { commandOf, sends, shortcuts } from '../../../src/console/web/keys.ts';

const pressed = {
  key: 'Enter',
  keyCode: 13,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isComposing: false,
};

describe('the reply box', () => {
  it('sends with Enter, Ctrl+Enter and ⌘+Enter', () => {
    expect(sends(pressed)).toBe(true);
    expect(sends({ ...pressed, ctrlKey: true })).toBe(true);
    expect(sends({ ...pressed, metaKey: true })).toBe(true);
  });

  it('breaks the line with Shift+Enter', () => {
    expect(sends({ ...pressed, shiftKey: true })).toBe(false);
  });

  it('never sends with the Enter that ends a Japanese conversion', () => {
    expect(sends({ ...pressed, isComposing: true })).toBe(false);
    expect(sends({ ...pressed, keyCode: 229 })).toBe(false);
    expect(sends({ ...pressed, ctrlKey: true, isComposing: true })).toBe(false);
  });
});

describe('single keys', () => {
  it('each do one thing', () => {
    expect(new Set(shortcuts.map((s) => s.key)).size).toBe(shortcuts.length);
    expect(commandOf({ ...pressed, key: 'j' })).toBe('next-row');
    expect(commandOf({ ...pressed, key: 'q' })).toBeNull();
  });

  it('leave the browser its own combinations and an input method its keys', () => {
    expect(commandOf({ ...pressed, key: 'r', ctrlKey: true })).toBeNull();
    expect(commandOf({ ...pressed, key: 'l', metaKey: true })).toBeNull();
    expect(commandOf({ ...pressed, key: 'n', isComposing: true })).toBeNull();
  });
});
