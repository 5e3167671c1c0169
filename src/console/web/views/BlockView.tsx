/** One block of the talk: a message, an internal note, a notice, or a try of the bot. */
import { memo, type ReactNode } from 'react';
import type { Language } from '../../../conversation/language.ts';
import { findLinks } from '../../../widget/links.ts';
import { renderMarkdown } from '../../../widget/markdown.ts';
import { type Say, sayIfKnown, useDeskState, useSay } from '../context.ts';
import type { Entry } from '../model.ts';
import { caseNotice } from '../notices.ts';
import { fill } from '../texts.ts';
import type { Block, Try } from '../thread.ts';
import { formatClock, localeFor } from '../waiting.ts';
import { Attachments } from './Attachments.tsx';
import { percent } from './percent.ts';

interface Props {
  readonly block: Block;
  /** The conversation's language, for the pronunciation and the glyphs of its words. */
  readonly language: Language;
  /** The signed-in agent's account name. */
  readonly mine: string;
}

export const BlockView = memo(function BlockView({ block, language, mine }: Props): ReactNode {
  switch (block.kind) {
    case 'try':
      return <TryView tried={block} language={language} />;
    case 'notice':
      return <Notice entry={block.entry} told={block.told} language={language} />;
    case 'note':
      return <Said entry={block.entry} look="note" language={language} mine={mine} />;
    case 'message':
      return <Said entry={block.entry} look={block.entry.by.role} language={language} mine={mine} />;
  }
});

/** The moment of an entry; the time of day alone where it was today. */
function Time({ at }: { readonly at: string }): ReactNode {
  const say = useSay();
  const moment = Date.parse(at);
  return (
    <time dateTime={at} title={new Date(moment).toLocaleString(localeFor(say.language))}>
      {formatClock(moment, Date.now(), say.language)}
    </time>
  );
}

function speaker(entry: Entry, mine: string, say: Say): string {
  const { role, name, displayName } = entry.by;
  if (role === 'agent') return name === mine ? say('me') : (displayName ?? name ?? say('somebody'));
  if (role === 'visitor') return displayName || name || say('visitor');
  return say(role);
}

interface SaidProps {
  readonly entry: Entry;
  readonly look: Entry['by']['role'] | 'note';
  readonly language: Language;
  readonly mine: string;
}

function Said({ entry, look, language, mine }: SaidProps): ReactNode {
  const say = useSay();
  return (
    <li
      className={`fl-said fl-by-${look}`}
      data-testid={look === 'note' ? 'note' : 'message'}
      data-by={look}
      data-version={entry.version}
    >
      <p className="fl-by">
        <b>{speaker(entry, mine, say)}</b>
        {look === 'note' && (
          <span className="fl-note-mark">
            {say('internalNote')} · {say('onlyAgents')}
          </span>
        )}
        <Time at={entry.at} />
      </p>
      <Words entry={entry} language={language} />
      <Attachments attachments={entry.attachments ?? []} />
    </li>
  );
}

/** Markdown only where the sender meant it: a visitor's asterisks are asterisks. Web addresses are links everywhere. */
function Words({ entry, language }: { readonly entry: Entry; readonly language: Language }): ReactNode {
  const { text, by, format } = entry;
  if (!text) return null;
  // A visitor's client may call its text Markdown: then a link could show another address than it leads to.
  const markdown = by.role !== 'visitor' && (format === 'markdown' || (format === undefined && by.role === 'bot'));
  if (!markdown)
    return (
      <p className="fl-words fl-plain" lang={by.role === 'visitor' ? language : undefined}>
        {findLinks(text).map((piece) =>
          piece.kind === 'text' ? (
            piece.text
          ) : (
            <a key={piece.at} href={piece.text} target="_blank" rel="noopener noreferrer nofollow">
              {piece.text}
            </a>
          ),
        )}
      </p>
    );
  return (
    <div
      className="fl-words fl-markdown"
      lang={language}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: renderMarkdown escapes all HTML of its source.
      dangerouslySetInnerHTML={{ __html: renderMarkdown(text) }}
    />
  );
}

/** Below one percent an entry was not considered. */
const worthShowing = 0.01;

function TryView({ tried, language }: { readonly tried: Try; readonly language: Language }): ReactNode {
  const say = useSay();
  const { entry, confidence, matches, answers, helped, decision } = tried;
  const best = entry ?? matches[0]?.id ?? null;
  const sure = confidence ?? matches[0]?.confidence ?? null;
  const others = matches.filter((match) => match.id !== entry && match.confidence >= worthShowing);
  return (
    <li
      className="fl-try"
      data-testid="try"
      data-entry={best ?? ''}
      data-helped={helped === null ? '' : String(helped)}
    >
      <details>
        <summary>
          <span>{decision === 'handoff' || best === null ? say('noMatch') : say('botTried')}</span>
          {best !== null && <code>{best}</code>}{' '}
          {best !== null && sure !== null && <span className="fl-percent">{percent(sure)}</span>}{' '}
          {entry !== null && (
            <span className={`fl-helped fl-helped-${helped}`}>
              {helped === null ? say('noFeedback') : helped ? say('helped') : say('notHelped')}
            </span>
          )}
          <Time at={tried.at} />
        </summary>
        {answers.map((answer) => (
          <div key={answer.version} className="fl-answer">
            <Words entry={answer} language={language} />
            <Attachments attachments={answer.attachments ?? []} />
          </div>
        ))}
        {others.length > 0 && (
          <p className="fl-others">
            {say('alsoConsidered')}:{' '}
            {others.map((match) => (
              <span key={match.id}>
                <code>{match.id}</code> {percent(match.confidence)}
              </span>
            ))}
          </p>
        )}
      </details>
    </li>
  );
}

interface NoticeProps {
  readonly entry: Entry;
  readonly told: string | null;
  readonly language: Language;
}

function Notice({ entry, told, language }: NoticeProps): ReactNode {
  const say = useSay();
  const { role, name: account, displayName } = entry.by;
  const name = displayName ?? account ?? (role === 'agent' ? say('somebody') : say(role));
  const rules = useDeskState((state) => state.rules);
  const ofCase = caseNotice(entry, name, rules, say, Date.now());
  const { what, more, bad } = ofCase ?? { ...plainNotice(entry, name, say), bad: false };
  return (
    <li className={`fl-notice fl-notice-${bad ? 'bad' : entry.type}`} data-testid="notice" data-type={entry.type}>
      <p>
        <b className="fl-what">{what}</b>
        {more.length > 0 && <span> — {more.join(' · ')}</span>} <Time at={entry.at} />
      </p>
      {told && (
        <p className="fl-told">
          {say('told')} <span lang={language}>{told}</span>
        </p>
      )}
    </li>
  );
}

function plainNotice(
  entry: Entry,
  name: string,
  say: Say,
): { readonly what: string; readonly more: readonly string[] } {
  const key = entry.why ? `notice.released-${entry.why}` : `notice.${entry.type}`;
  const agent = entry.agent?.displayName ?? say('somebody');
  const what =
    entry.type === 'message'
      ? (entry.text ?? '')
      : fill(sayIfKnown(say, key, say('notice.other', { type: entry.type })), {
          name,
          agent,
          to: targetOf(entry, say),
        });
  const more = [
    entry.summary ?? null,
    entry.reason ? sayIfKnown(say, `reason.${entry.reason}`, entry.reason) : null,
    entry.fit && entry.fit !== 'full' ? sayIfKnown(say, `fit.${entry.fit}`, entry.fit) : null,
    entry.type === 'prioritized' && entry.priority ? say(`priority.${entry.priority}`) : null,
    entry.note || null,
    entry.type === 'message' ? null : (entry.text ?? null),
  ].filter((part) => part !== null);
  return { what, more };
}

/** To whom a case was handed on. */
function targetOf({ to }: Entry, say: Say): string {
  if (!to || typeof to === 'string') return '';
  return 'agent' in to ? to.agent.displayName : [say('tier', { tier: to.tier }), ...to.skills].join(' · ');
}
