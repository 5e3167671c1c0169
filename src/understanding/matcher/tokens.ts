/**
 * Text parted into words. Latin words and numbers part at their edges; Japanese runs are parted by `Intl.Segmenter`
 * (ICU's dictionary: as good as a morphological analyser for this purpose, and nothing to load).
 */
import { stem } from './stem.ts';

export interface Token {
  readonly text: string;
  /** What makes two inflections one word; `text` itself for Japanese. */
  readonly stem: string;
  readonly script: 'latin' | 'japanese';
  /** How much the word says about the subject, 0 to 1; function words little or nothing. */
  readonly weight: number;
}

/** A run ends where the script changes: PCが is two words, and so is 4時. */
const runs =
  /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー]+|(?:(?![\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー])[\p{L}\p{N}])+/gu;
const japaneseStart = /^[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー]/u;
const hiraganaOnly = /^\p{Script=Hiragana}+$/u;
const singleKanji = /^\p{Script=Han}$/u;

/** Particles, auxiliaries and their pieces as the segmenter yields them: they say how something is asked, not what. */
const functionWords = new Set(
  (
    'は が を に へ と で の も や か な ね よ て た だ し ん い う ば たり まで から より ので のに けど けれど けれども です ます まし ませ ません でし でした ですか ますか ' +
    'ました ましょ ましょう ない なく なかっ なけれ ある あり あっ いる いっ おり する して した され さ せ れ られ れる られる たい たく この その あの どの これ それ あれ ここ そこ ' +
    'こと もの とき ところ ため よう さん ください くだ さい いただき いただけ お ご という といった について くれ もらえ ほしい てい って ながら など でも しか だけ ほど ぐらい くらい ですが ますが'
  ).split(' '),
);

const segmenter = new Intl.Segmenter('ja', { granularity: 'word' });

function weightOfJapanese(word: string): number {
  if (functionWords.has(word)) return 0;
  if (hiraganaOnly.test(word)) return word.length === 1 ? 0.1 : 0.2;
  return singleKanji.test(word) ? 0.3 : 1;
}

/** The words of a normalised text, in order; punctuation falls away. */
export function tokens(text: string): Token[] {
  const found: Token[] = [];
  for (const [run] of text.matchAll(runs)) {
    if (!japaneseStart.test(run)) {
      found.push({ text: run, stem: stem(run), script: 'latin', weight: 1 });
      continue;
    }
    for (const { segment } of segmenter.segment(run)) {
      found.push({ text: segment, stem: segment, script: 'japanese', weight: weightOfJapanese(segment) });
    }
  }
  return found;
}
