/** Rows of the trail, each a sentence of who did what to which case; what else it holds opens beneath it. */
import type { ReactNode } from 'react';
import { hashOf } from '../address.ts';
import { type Say, sayIfKnown, useDeskState, useSay } from '../context.ts';
import type { TrailRow } from '../trail-model.ts';
import { localeFor } from '../waiting.ts';
import { useColleagues } from './colleagues.ts';

export function TrailRows({ rows }: { readonly rows: readonly TrailRow[] }): ReactNode {
  const say = useSay();
  const colleagues = useColleagues();
  const time = new Intl.DateTimeFormat(localeFor(say.language), { dateStyle: 'medium', timeStyle: 'medium' });
  const me = useDeskState((state) => state.me);
  const known = [...(Array.isArray(colleagues) ? colleagues : []), ...(me ? [me] : [])];
  const names = new Map(known.map(({ name, displayName }) => [name, displayName]));
  return (
    <ol className="fl-trail" data-testid="trail">
      {rows.map((row) => (
        <li key={row.n} data-testid="trail-row" data-what={row.what}>
          <time dateTime={row.at}>{time.format(new Date(row.at))}</time>
          <span className="fl-trail-who">{whoOf(row.who, names, say)}</span>
          <span className="fl-trail-what">{sayIfKnown(say, `deed.${row.what}`, row.what)}</span>
          <span className="fl-trail-about">
            <About row={row} />
          </span>
          <details>
            <summary>
              <span className="fl-hidden">{say('trailRow', { n: row.n })} </span>
              {say('trailDetails')}
            </summary>
            <dl>
              <dt>n</dt>
              <dd>{row.n}</dd>
              <dt>at</dt>
              <dd>{row.at}</dd>
              <dt>who</dt>
              <dd>{row.who}</dd>
              <dt>what</dt>
              <dd>{row.what}</dd>
              <dt>subject</dt>
              <dd>{row.subject || '–'}</dd>
              <dt>facts</dt>
              <dd>
                <code>{JSON.stringify(row.facts)}</code>
              </dd>
              <dt>hash</dt>
              <dd>
                <code>{row.hash}</code>
              </dd>
            </dl>
          </details>
        </li>
      ))}
    </ol>
  );
}

function About({ row: { subject, facts } }: { readonly row: TrailRow }): ReactNode {
  const say = useSay();
  if (facts.nobody === true) return say('trailNobody');
  // Rows of conversations say which of its versions they are; the ticket is what people know it by.
  if (!Array.isArray(facts.versions)) return subject;
  const ticket = typeof facts.ticket === 'string' ? facts.ticket : say('thread');
  return <a href={hashOf(subject)}>{ticket}</a>;
}

function whoOf(who: string, names: ReadonlyMap<string, string>, say: Say): string {
  const [role = '', ...rest] = who.split(':');
  const name = rest.join(':');
  if (role === 'agent') return names.get(name) ?? name;
  if (role === 'command') return say('byCommand', { name });
  return sayIfKnown(say, `by.${role}`, who);
}
