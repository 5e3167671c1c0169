/** What is noted down about the case: its time limits, where it belongs, what it is linked with, where it went and what became of it. */
import { Button } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { Clock, CaseFacts as Facts, Letter } from '../case-model.ts';
import { standOf } from '../clocks.ts';
import { useDesk, useDeskState, useNow, useSay } from '../context.ts';
import type { Item } from '../model.ts';
import { categoryText, codeText, fieldText, targetText } from '../notices.ts';
import { formatClock, localeFor } from '../waiting.ts';
import { Facts as NamedFacts, Part } from './Part.tsx';

interface Props {
  readonly item: Item;
  readonly facts: Facts;
  readonly onEdit: () => void;
}

export function CaseFacts({ item, facts, onEdit }: Props): ReactNode {
  const say = useSay();
  const rules = useDeskState((state) => state.rules);
  const { category, tags, fields, clocks, links, escalation, outbox, closesAt, rating, closed } = facts;
  // What had not been met when the case was closed is not waited for any more.
  const telling = clocks.filter(({ metAt, late }) => closed === null || metAt !== null || late);
  const own = Object.entries(fields).map(([id, value]) => fieldText(id, value, rules?.fields, say));
  return (
    <div className="fl-case" data-testid="case-facts">
      {telling.length > 0 && (
        <Part title={say('clocks')}>
          <Clocks clocks={telling} />
        </Part>
      )}
      <div className="fl-case-title">
        <h3>{say('case')}</h3>
        {item.ticketOpen && (
          <Button appearance="subtle" size="small" onClick={onEdit} data-testid="edit">
            {say('edit')}
          </Button>
        )}
      </div>
      <NamedFacts
        facts={[
          [say('category'), category === null ? say('none') : categoryText(category, rules, say)],
          [say('tags'), tags],
          ...own,
          [
            say('closesAt'),
            closesAt && say('closesAtText', { time: formatClock(Date.parse(closesAt), Date.now(), say.language) }),
          ],
          [say('outcome'), closed && codeText(closed.code, rules, say)],
          [say('summary'), closed?.summary],
          [say('rating'), rating?.score && say('ratingOf', { score: rating.score })],
          [say('comment'), rating?.comment],
        ]}
      />
      {links.length > 0 && (
        <Part title={say('links')}>
          <Links links={links} />
        </Part>
      )}
      {escalation && (
        <Part title={say('passedOn')}>
          <NamedFacts
            facts={[
              [
                targetText(escalation.to, say),
                `${formatClock(Date.parse(escalation.at), Date.now(), say.language)} · ${escalation.reason}`,
              ],
              ...Object.entries(escalation.fields).map(([id, value]) =>
                fieldText(id, value, rules?.escalation[escalation.to].fields, say),
              ),
            ]}
          />
          {outbox.map((letter) => (
            <LetterView key={letter.message} letter={letter} conversation={item.id} />
          ))}
        </Part>
      )}
    </div>
  );
}

function Clocks({ clocks }: { readonly clocks: readonly Clock[] }): ReactNode {
  const say = useSay();
  const now = useNow();
  return (
    <dl className="fl-facts" data-testid="clocks">
      {clocks.map((clock) => {
        const { urgency, key, time } = standOf(clock, now, say.language);
        return (
          <div key={clock.name} data-testid={`clock-${clock.name}`} data-state={clock.state}>
            <dt>{say(`clock.${clock.name}`)}</dt>
            <dd className={`fl-${urgency}`} title={new Date(clock.dueAt).toLocaleString(localeFor(say.language))}>
              {say(key, { time })}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function Links({ links }: { readonly links: Facts['links'] }): ReactNode {
  const desk = useDesk();
  const say = useSay();
  return (
    <ul className="fl-links" data-testid="links">
      {links.map(({ ticket, relation }) => (
        <li key={`${ticket} ${relation}`}>
          <Button
            appearance="transparent"
            size="small"
            aria-label={say('openLinked', { ticket })}
            onClick={() => void desk.openTicket(ticket)}
          >
            <span className="fl-ticket">{ticket}</span>
          </Button>
          <span className="fl-quiet">{say(`relation.${relation}`)}</span>
        </li>
      ))}
    </ul>
  );
}

/** How the message to their system stands. */
function LetterView({ letter, conversation }: { readonly letter: Letter; readonly conversation: string }): ReactNode {
  const desk = useDesk();
  const say = useSay();
  const { message, failures, reason, nextAt } = letter;
  if (nextAt !== null)
    return <p className="fl-quiet">{failures > 0 ? say('letterTrying', { failures }) : say('letterWaiting')}</p>;
  return (
    <p className="fl-error" data-testid="dead-letter">
      {say('letterDead', { failures, reason })}{' '}
      <Button
        size="small"
        onClick={() => void desk.sendLetterAgain(conversation, message)}
        data-testid="send-letter-again"
      >
        {say('sendLetterAgain')}
      </Button>
    </p>
  );
}
