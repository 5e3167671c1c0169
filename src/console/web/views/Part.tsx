/** A part of the case's details: a heading, and facts by name. */
import type { ReactNode } from 'react';

export function Part({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode {
  return (
    <section>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

const textOf = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

function Chips({ texts }: { readonly texts: readonly string[] }): ReactNode {
  return (
    <ul className="fl-chips">
      {[...new Set(texts)].map((text) => (
        <li key={text} className="fl-chip">
          {text}
        </li>
      ))}
    </ul>
  );
}

/** Names and values; what is not known is left out. */
export function Facts({ facts }: { readonly facts: readonly (readonly [string, unknown])[] }): ReactNode {
  return (
    <dl className="fl-facts">
      {facts
        .filter(([, value]) => value !== undefined && value !== null && value !== '' && !isEmptyList(value))
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{Array.isArray(value) ? <Chips texts={value.map(textOf)} /> : textOf(value)}</dd>
          </div>
        ))}
    </dl>
  );
}
