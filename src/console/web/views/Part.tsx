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

/** Names and values; what is not known is left out. */
export function Facts({ facts }: { readonly facts: readonly (readonly [string, unknown])[] }): ReactNode {
  return (
    <dl className="fl-facts">
      {facts
        .filter(([, value]) => value !== undefined && value !== null && value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{textOf(value)}</dd>
          </div>
        ))}
    </dl>
  );
}
