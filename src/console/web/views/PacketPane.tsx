/** What was known when the conversation was handed off, so that nobody asks the visitor twice: the case in five lines, then the facts. */
import { Button } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import type { ReactNode } from 'react';
import { summaryOf } from '../../../conversation/summary.ts';
import { isTakenIn } from '../case-model.ts';
import { sayIfKnown, useSay } from '../context.ts';
import type { Item, Packet } from '../model.ts';
import type { Thread } from '../state.ts';
import { Attachments } from './Attachments.tsx';
import { CaseFacts } from './CaseFacts.tsx';
import { Logs } from './Logs.tsx';
import { Facts, Part } from './Part.tsx';
import { Pressure } from './Pressure.tsx';
import { Products } from './Products.tsx';
import { percent } from './percent.ts';

interface Props {
  readonly thread: Thread;
  readonly onEdit: () => void;
  readonly onClose: () => void;
}

export function PacketPane({ thread, onEdit, onClose }: Props): ReactNode {
  const say = useSay();
  const { item, packet } = thread;
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
      <Standing item={item} plan={packet?.customer.plan} />
      {!packet && <p className="fl-quiet">{say('packetEmpty')}</p>}
      {packet && <Brief packet={packet} />}
      {thread.case && <CaseFacts item={item} facts={thread.case} onEdit={onEdit} />}
      {packet && <Known packet={packet} language={item.language} />}
      {packet?.sentiment && (
        <Part title={say('sentiment')}>
          <Pressure sentiment={packet.sentiment} />
        </Part>
      )}
      {packet && packet.tries.length > 0 && (
        <Part title={say('tried')}>
          <Tried tries={packet.tries} />
        </Part>
      )}
      {packet && packet.questions.length > 1 && (
        <Part title={say('questions')}>
          <ol className="fl-questions" lang={item.language} data-testid="packet-questions">
            {packet.questions.map(({ version, text }) => (
              <li key={version}>{text}</li>
            ))}
          </ol>
        </Part>
      )}
      {packet && packet.attachments.length > 0 && (
        <Part title={say('files')}>
          <Attachments attachments={packet.attachments} />
        </Part>
      )}
      <Part title={say('customer')}>
        <Facts
          facts={[
            [say('name.customer'), item.customer.name || say('someone')],
            [say('email'), item.customer.email],
            [say('identity'), say(isTakenIn(packet) ? 'vouchedFor' : packet?.customer.signed ? 'signed' : 'unsigned')],
            [say('cameBy'), isTakenIn(packet) ? sayIfKnown(say, `channel.${packet?.channel}`, '') : null],
            [say('language.speaks'), say(`language.${item.language}`)],
          ]}
        />
        {packet && packet.products.length > 0 && <Products products={packet.products} />}
      </Part>
      {packet && packet.logs.length > 0 && (
        <Part title={say('logs')}>
          <Logs logs={packet.logs} />
        </Part>
      )}
    </aside>
  );
}

/** What decides who acts and how soon, at a glance. */
function Standing({ item, plan }: { readonly item: Item; readonly plan: string | undefined }): ReactNode {
  const say = useSay();
  return (
    <ul className="fl-chips" aria-label={say('case')} data-testid="packet-standing">
      <li className={`fl-chip fl-chip-${item.priority}`}>
        <span className="fl-hidden">{say('priority')}: </span>
        {say(`level.${item.priority}`)}
      </li>
      <li className="fl-chip">Tier {item.tier}</li>
      {item.skills.map((skill) => (
        <li key={skill} className="fl-chip">
          {skill}
        </li>
      ))}
      {plan && (
        <li className="fl-chip fl-chip-plan">
          <span className="fl-hidden">{say('plan')}: </span>
          {plan}
        </li>
      )}
    </ul>
  );
}

/** The five lines, in the agent's language. */
function Brief({ packet }: { readonly packet: Packet }): ReactNode {
  const { language } = useSay();
  return (
    <dl className="fl-brief" data-testid="packet-summary">
      {summaryOf(packet, language).map(({ about, label, text }) => (
        <div key={about}>
          <dt>{label}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What is still to be asked, and what is known already: the surroundings first. */
function Known({ packet, language }: { readonly packet: Packet; readonly language: Item['language'] }): ReactNode {
  const say = useSay();
  const { environment, details, missing } = packet;
  const others = Object.entries(details).filter(([name, value]) => value !== null && !(name in environment));
  return (
    <div lang={language}>
      {missing.length > 0 && (
        <Part title={say('missing')}>
          <ul className="fl-chips" data-testid="packet-missing">
            {missing.map((name) => (
              <li key={name} className="fl-chip fl-chip-missing">
                {name}
              </li>
            ))}
          </ul>
        </Part>
      )}
      {Object.keys(environment).length > 0 && (
        <Part title={say('environment')}>
          <Facts facts={Object.entries(environment)} />
        </Part>
      )}
      {others.length > 0 && (
        <Part title={say('details')}>
          <Facts facts={others} />
        </Part>
      )}
    </div>
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
