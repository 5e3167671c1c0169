/** What was found in the logs of the case: what is known of it first, then where it began, how much, when, and which requests failed. */
import type { ReactNode } from 'react';
import type { LogFinding, LogGroup } from '../../../conversation/logs.ts';
import { sayIfKnown, useSay } from '../context.ts';
import type { Log } from '../model.ts';

export function Logs({ logs }: { readonly logs: readonly Log[] }): ReactNode {
  const say = useSay();
  return logs.map(({ name, contentUrl, message, finding, refusal }) => (
    <article className="fl-log" key={`${name ?? ''}:${contentUrl ?? message ?? ''}`} data-testid="packet-log">
      <h4>
        {contentUrl ? (
          <a href={contentUrl} target="_blank" rel="noopener noreferrer">
            {name}
          </a>
        ) : (
          (name ?? say('log.pasted'))
        )}
      </h4>
      {finding && <Finding finding={finding} />}
      {refusal && <p className="fl-quiet">{sayIfKnown(say, `log.refused.${refusal}`, refusal)}</p>}
      {!finding && !refusal && <p className="fl-quiet">{say('log.pending')}</p>}
    </article>
  ));
}

function Finding({ finding }: { readonly finding: LogFinding }): ReactNode {
  const say = useSay();
  const { levels, span, lines, partial, signatures, cause, groups, moreGroups, http, histogram } = finding;
  return (
    <>
      <p className="fl-quiet">
        {say('log.read', {
          lines: String(lines),
          errors: String(levels.fatal + levels.error),
          warnings: String(levels.warn),
        })}
        {partial && ` ${say('log.partial')}`}
        {span && (
          <>
            <br />
            {clock(span.from)} – {clock(span.to)}
            {span.local && ` (${say('log.local')})`}
          </>
        )}
      </p>
      {histogram && <Histogram histogram={histogram} />}
      {signatures.length > 0 && (
        <ul className="fl-log-known" data-testid="log-known">
          {signatures.map(({ id, count, meaning, entry }) => (
            <li key={id} title={id}>
              {meaning[say.language] ?? meaning.en ?? meaning.ja ?? id} ×{count}
              {entry && <code> {entry}</code>}
            </li>
          ))}
        </ul>
      )}
      {cause && (
        <>
          <h5>{say('log.cause')}</h5>
          <Entry group={cause} whole />
        </>
      )}
      {groups.length > 0 && (
        <details>
          <summary>{say('log.groups', { n: String(groups.length + moreGroups) })}</summary>
          <ul className="fl-log-groups">
            {groups.map((group) => (
              <li key={group.message}>
                <Entry group={group} />
              </li>
            ))}
          </ul>
        </details>
      )}
      {http && http.failed.length > 0 && (
        <details>
          <summary>{say('log.requests')}</summary>
          <ul className="fl-log-groups">
            {http.failed.map(({ route, status, count }) => (
              <li key={`${status} ${route}`}>
                <b>{status || '—'}</b> <code>{route}</code> ×{count}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Entry({ group, whole = false }: { readonly group: LogGroup; readonly whole?: boolean }): ReactNode {
  const { level, message, sample, count, first, line, frames } = group;
  return (
    <div className={`fl-log-entry fl-log-${level}`}>
      <code>{whole ? sample : message}</code>
      <small>
        {level} ×{count} · L{line}
        {first && ` · ${clock(first)}`}
      </small>
      {whole && frames && <pre>{frames.join('\n')}</pre>}
    </div>
  );
}

/** Bars over time, the errors' share of each in its own colour. */
function Histogram({ histogram }: { readonly histogram: NonNullable<LogFinding['histogram']> }): ReactNode {
  const say = useSay();
  const { total, errors } = histogram;
  if (total.length < 2) return null;
  const most = Math.max(...total);
  const [width, height] = [8, 32];
  return (
    <svg
      className="fl-log-histogram"
      viewBox={`0 0 ${total.length * width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={say('log.histogram')}
    >
      {total.map((count, i) => {
        const [all, bad] = [(count / most) * height, ((errors[i] ?? 0) / most) * height];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place in time.
          <g key={i}>
            <rect className="fl-bar-all" x={i * width} y={height - all} width={width - 1} height={all} />
            <rect className="fl-bar-bad" x={i * width} y={height - bad} width={width - 1} height={bad} />
          </g>
        );
      })}
    </svg>
  );
}

/** As the log has it. */
const clock = (iso: string): string => `${iso.slice(0, 19).replace('T', ' ')}${iso.endsWith('Z') ? ' UTC' : ''}`;
