/** How this agent likes the page, kept in this browser. */
import { type Language, languageOfLocale } from '../../conversation/language.ts';
import { read, write } from './keep.ts';

export interface Preferences {
  readonly language: Language;
  readonly theme: 'system' | 'light' | 'dark';
  readonly sound: boolean;
  readonly notifications: boolean;
  /** Single-key shortcuts can be in the way of speech input and some assistive tools. */
  readonly shortcuts: boolean;
  /** Whether the packet stands beside the thread where there is room. */
  readonly packet: boolean;
}

export function loadPreferences(): Preferences {
  const kept = read<Partial<Preferences>>('preferences') ?? {};
  return {
    language: kept.language ?? languageOfLocale(navigator.language),
    theme: kept.theme ?? 'system',
    sound: kept.sound ?? false,
    notifications: kept.notifications ?? false,
    shortcuts: kept.shortcuts ?? true,
    packet: kept.packet ?? true,
  };
}

export const keepPreferences = (preferences: Preferences) => write('preferences', preferences);
