/** The recognisers of botbuilder-dialogs behind our own words. Slow to load (0.5 s): import it when a dialog begins, not before. */
import { DateTimeOptions, recognizeDateTime } from '@microsoft/recognizers-text-date-time';
import { type BotAdapter, TurnContext } from 'botbuilder';
import { ChoiceFactory, ConfirmPrompt, NumberPrompt, PromptCultureModels, recognizeChoices } from 'botbuilder-dialogs';
import type { Language } from '../conversation/language.ts';
import type { Recognisers } from './recognise.ts';

const cultures: Readonly<Record<Language, string>> = {
  ja: PromptCultureModels.Japanese.locale,
  en: PromptCultureModels.English.locale,
};

// A prompt's reading is protected: it is meant to be refined, not called. Reading is all that is wanted of them here.
class Numbers extends NumberPrompt {
  read(context: TurnContext) {
    return this.onRecognize(context, {}, {});
  }
}
class YesNo extends ConfirmPrompt {
  read(context: TurnContext) {
    return this.onRecognize(context, {}, {});
  }
}
const numbers = new Numbers('number');
const yesNo = new YesNo('confirm');

// Reading sends nothing.
const nobody = {} as unknown as BotAdapter;

/** What prompts look at of a turn: the words and their language. */
const saying = (text: string, language: Language) =>
  new TurnContext(nobody, {
    type: 'message',
    text,
    locale: cultures[language],
    channelId: 'directline',
  });

/** Nothing but a number or a place in the list, with a few words around. */
const pick =
  /^[\s\p{P}]*((i('d)?|choose|pick|take|mean|would|say|probably|maybe|perhaps|number|no|option|choice|the|it'?s|おそらく|たぶん|多分|では|じゃあ)[\s.、,]*)*(\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|first|second|third|fourth|fifth|sixth|seventh|eighth|last|(\d{1,2}|[一二三四五六七八九十])(番目?|つ目|つめ|個目)|最初|最後)[\s.、,]*(one|option|choice|please|number|の|です|かな|でしょうか|もの|方|ほう|と思います|だと思います|お願いします|[\s\p{P}])*$/iu;

export const library: Recognisers = {
  async number(text, language) {
    const { succeeded, value } = await numbers.read(saying(text, language));
    return succeeded ? value : undefined;
  },
  async date(text, language, today) {
    // The prompt for dates reckons from the machine's clock; its recogniser takes the desk's.
    const [first] = recognizeDateTime(text, cultures[language], DateTimeOptions.None, today);
    // A range ("last week") has a start instead of a value.
    const found: readonly { readonly value?: string; readonly start?: string }[] = first?.resolution?.values ?? [];
    return found.flatMap((one) => one.value ?? one.start ?? []);
  },
  async confirm(text, language) {
    const { succeeded, value } = await yesNo.read(saying(text, language));
    return succeeded ? value : undefined;
  },
  choice(text, labels, language) {
    // "Third floor, 3 people" picks no choice by its number.
    const isPick = pick.test(text.normalize('NFKC'));
    const [found] = recognizeChoices(text, ChoiceFactory.toChoices([...labels]), {
      locale: cultures[language],
      recognizeNumbers: isPick,
      recognizeOrdinals: isPick,
    });
    return found?.resolution.index;
  },
};
