/**
 * One spelling for what people write in many: width, case, contractions, quotes, emoji. What comes out is lower-case NFKC
 * text with single spaces; punctuation stays, because sentence ends part a message into its questions.
 */

/** Characters of a message that are read; more is pasted text, and the question stands before or after it. */
const MOST = 2000;

const contractions: readonly (readonly [RegExp, string])[] = [
  [/\bcan'?t\b|\bcannot\b/g, 'can not'],
  [/\bwon'?t\b/g, 'will not'],
  [/\b(do|does|did|is|are|was|were|has|have|had|would|could|should|must)n'?t\b/g, '$1 not'],
  [/\b(i)'m\b/g, '$1 am'],
  [/\b(i|you|we|they)'?ve\b/g, '$1 have'],
  [/\b(you|we|they)'re\b/g, '$1 are'],
  [/\b(i|you|he|she|it|we|they|that|there|what|who|how)'ll\b/g, '$1 will'],
  [/\b(i|you|he|she|it|we|they|that|there|what|who|how)'d\b/g, '$1 would'],
  [/\b(what|where|when|who|how|that|there|here|it|he|she|why)'s\b/g, '$1 is'],
  [/\b(what|where|how)s\b/g, '$1 is'],
  [/\bi'?ts\b/g, 'it is'],
  [/\blet's\b/g, 'let us'],
  [/'s\b/g, ''],
];

/** Normalised text; at most {@link MOST} characters of the original are read: the start and the end of a longer one. */
export function normalise(original: string): string {
  const shortened =
    original.length > MOST ? `${original.slice(0, MOST / 2)}\n${original.slice(original.length - MOST / 2)}` : original;
  let text = shortened.normalize('NFKC').toLowerCase();
  // A long dash, a wave or any mark of drawing parts words; so do emoji, private characters and lone surrogates.
  text = text.replace(/[\u2018\u2019\u02bc\u00b4`]/g, "'").replace(/\p{Cf}/gu, '');
  if (text.includes("'") || /\b(?:can|won|don|cannot|whats|its|ive)/.test(text)) {
    for (const [pattern, full] of contractions) text = text.replace(pattern, full);
  }
  return text
    .replace(/([\p{Script=Katakana}])ー+(?![\p{Script=Katakana}ー])/gu, '$1') // プリンター and プリンタ are one word
    .replace(/[\p{S}\p{Cc}\p{Co}\p{Cs}\p{Cn}]+/gu, (marks) => (marks.includes('\n') ? '\n' : ' '))
    .replace(/\b(\p{Script=Latin}{1,2})-(?=\p{Script=Latin})/gu, '$1') // e-mail, wi-fi
    .replace(/(.)\1{3,}/gu, '$1$1$1')
    .replace(/[ \t]+/g, ' ')
    .trim();
}
