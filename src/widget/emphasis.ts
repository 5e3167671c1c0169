import type { Code, Construct, Extension, Resolver, State, Token, TokenizeContext } from 'micromark-util-types';

/**
 * CommonMark decides whether `**` opens or closes by the characters beside it, and takes for granted that words stand
 * between spaces. Japanese has none: `**「設定」**を開く` and `これは**重要。**です` stay raw stars there. This construct keeps
 * CommonMark's rule (https://spec.commonmark.org/0.31.2/#delimiter-run) but lets a Japanese, Chinese or Korean letter beside a run of stars
 * count as a boundary, as a space would. Underscores keep the original rule.
 */
const star = 42;

type Kind = 'space' | 'punctuation' | 'cjk' | 'letter';

const cjk =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー々〆ヶ\u3000-\u303f\uff00-\uffef]/u;

function kindOf(code: Code): Kind {
  if (code === null || code < 0) return 'space';
  const character = String.fromCharCode(code);
  if (/\s/.test(character)) return 'space';
  if (/[\p{P}\p{S}]/u.test(character)) return 'punctuation';
  return cjk.test(character) ? 'cjk' : 'letter';
}

/** A run opens when text follows it at once, unless punctuation follows and a letter stands before. Mirrored, it closes. */
const flanks = (outer: Kind, inner: Kind): boolean =>
  inner !== 'space' && (inner !== 'punctuation' || outer !== 'letter');

function tokenize(this: TokenizeContext, effects: Parameters<Construct['tokenize']>[0], ok: State): State {
  const before = kindOf(this.previous);
  const inside: State = (code) => {
    if (code === star) {
      effects.consume(code);
      return inside;
    }
    const run: Token = effects.exit('attentionSequence');
    const after = kindOf(code);
    run._open = flanks(before, after);
    run._close = flanks(after, before);
    return ok(code);
  };
  return (code) => {
    effects.enter('attentionSequence');
    return inside(code);
  };
}

/** Pairing runs into `<em>` and `<strong>` is micromark's own work; it is found among the parser's constructs. */
const resolveAll: Resolver = (events, context) => {
  const own = context.parser.constructs.insideSpan.null?.find((one) => 'name' in one && one.name === 'attention');
  return own?.resolveAll?.(events, context) ?? events;
};

export const japaneseEmphasis: Extension = { text: { [star]: { name: 'japaneseEmphasis', tokenize, resolveAll } } };
