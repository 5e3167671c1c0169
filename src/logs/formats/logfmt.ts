/** `time=… level=… msg="…"`, as Go's slog and its kin write it. */
import { levelNamed } from '../levels.ts';
import { timeOf } from '../times.ts';
import type { Told } from './text.ts';

const head = /^(?:time|ts|t|timestamp)="?([^"\s]{8,40})"? (?=.{0,200}\b(?:level|lvl|msg)=)/;

export function tellLogfmt(line: string, now: number): Told | undefined {
  const time = head.exec(line)?.[1];
  if (!time) return undefined;
  const field = (name: string): string => {
    const found = new RegExp(String.raw`\b${name}=(?:"((?:[^"\\]|\\.){0,2000})"|(\S{0,2000}))`).exec(line);
    return found?.[1] ?? found?.[2] ?? '';
  };
  const level = levelNamed(field('(?:level|lvl)'));
  const message = [field('msg'), field('err(?:or)?')].filter(Boolean).join(': ');
  return { ...timeOf(time, now), ...(level ? { level } : {}), message: message || line };
}
