/** What was known when the conversation was handed off, so that nobody asks the visitor twice. */
import { Button } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import type { ReactNode } from 'react';
import { sayIfKnown, useSay } from '../context.ts';
import type { Packet } from '../model.ts';
import type { Thread } from '../state.ts';
import { percent } from './percent.ts';

interface Props {
  readonly thread: Thread;
  readonly onClose: () => void;
}

export function PacketPane({ thread, onClose }: Props): ReactNode {
  const say = useSay();
  const { item, packet } = thread;
  // Asked and not answered: worth seeing, so that it can be asked again.
  const details = Object.entries(packet?.details ?? {}).map(([name, value]) => [name, value ?? '—'] as const);
  return (
    <aside className="fl-packet" aria-label={say('packet')} data-testid="packet-pane">
      <div className="fl-packet-title">
        <h2>{say('packet')}</h2>
        <Button
          appearance="subtle"
          size="small"
          icon={<DismissRegular />}
          aria-label={say('close')}
          onClick={onClose}
          data-testid="packet-close"
        />
      </div>
      {!packet && <p className="fl-quiet">{say('packetEmpty')}</p>}
      {packet && (
        <>
          <Part title={say('why')}>
            <p data-testid="packet-reason">
              {sayIfKnown(say, `reason.${packet.reason}`, packet.reason)}
              {packet.confidence !== null && (
                <span className="fl-quiet">
                  {' '}
                  ({say('confidence')} {percent(packet.confidence)})
                </span>
              )}
            </p>
          </Part>
          {packet.question && (
            <Part title={say('asked')}>
              <blockquote lang={item.language} data-testid="packet-asked">
                {packet.question}
              </blockquote>
            </Part>
          )}
          {packet.tries.length > 0 && (
            <Part title={say('tried')}>
              <Tried tries={packet.tries} />
            </Part>
          )}
          {details.length > 0 && (
            <Part title={say('details')}>
              <Facts facts={details} />
            </Part>
          )}
          {packet.sentiment !== null && (
            <Part title={say('sentiment')}>
              <p>{textOf(packet.sentiment)}</p>
            </Part>
          )}
        </>
      )}
      <Part title={say('customer')}>
        <Facts
          facts={[
            [say('name.customer'), item.customer.name || say('someone')],
            [say('email'), item.customer.email],
            [say('plan'), packet?.customer.plan],
            [say('identity'), packet?.customer.signed ? say('signed') : say('unsigned')],
            [say('language.speaks'), say(`language.${item.language}`)],
            [say('products'), packet?.products.map(({ name }) => name).join(' · ')],
          ]}
        />
      </Part>
      <Part title={say('case')}>
        <Facts
          facts={[
            [say('priority'), say(`level.${item.priority}`)],
            ['Tier', item.tier],
            [say('skills'), item.skills.join(', ')],
          ]}
        />
      </Part>
      {packet && packet.logs.length > 0 && (
        <Part title={say('logs')}>
          <Facts facts={packet.logs.map((log, i) => [String(i + 1), log] as const)} />
        </Part>
      )}
    </aside>
  );
}

function Tried({ tries }: { readonly tries: Packet['tries'] }): ReactNode {
  const say = useSay();
  return (
    <ul className="fl-tried" data-testid="packet-tried">
      {tries.map(({ entry, title, confidence, helped }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same entry may have been tried twice, and the list only grows.
        <li key={`${entry}-${i}`}>
          {title ? <span title={entry}>{title}</span> : <code>{entry}</code>}
          <span className="fl-percent">{percent(confidence)}</span>
          <span className={`fl-helped fl-helped-${helped}`}>
            {helped === null ? say('noFeedback') : helped ? say('helped') : say('notHelped')}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode {
  return (
    <section>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

const textOf = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

function Facts({ facts }: { readonly facts: readonly (readonly [string, unknown])[] }): ReactNode {
  return (
    <dl>
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
