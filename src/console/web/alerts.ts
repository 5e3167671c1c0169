/** Watches the lists for what an agent should hear of while looking elsewhere: title, sound, notification. */

import { newsBetween, titleOf } from './news.ts';
import { announce, chime } from './notify.ts';
import type { Preferences } from './preferences.ts';
import { type State, unreadOf } from './state.ts';
import { fill, texts } from './texts.ts';

interface Watched {
  readonly get: () => State;
  readonly subscribe: (listener: () => void) => () => void;
}

export function watchNews(store: Watched, preferences: () => Preferences, open: (id: string) => void): () => void {
  let known: { mine: State['lists']['mine']['items']; waiting: State['lists']['waiting']['items'] } | null = null;

  function look(): void {
    const state = store.get();
    const { language, sound, notifications } = preferences();
    const { mine, waiting } = state.lists;
    const wanting =
      state.session === 'in' ? mine.items.filter((item) => unreadOf(item, state.seen) > 0).length + waiting.total : 0;
    const { [language]: desk } = state.rules?.name ?? texts.title;
    document.title = titleOf(desk, wanting);

    if (state.session !== 'in' || !mine.loaded || !waiting.loaded) {
      known = null;
      return;
    }
    if (known?.mine === mine.items && known.waiting === waiting.items) return;
    const before = known;
    known = { mine: mine.items, waiting: waiting.items };
    const news = newsBetween(before, known);
    const onScreen = (id: string) => !document.hidden && document.hasFocus() && state.openId === id;
    const replies = news.replies.filter((item) => !onScreen(item.id));
    // Who is away is not asked to take new cases.
    const fresh = state.me?.presence === 'available' ? news.waiting : [];
    if (replies.length + fresh.length === 0) return;
    if (sound) chime();
    if (!notifications || document.hasFocus()) return;
    for (const item of replies) {
      const { name } = item.customer;
      const who = name ? fill(texts.named[language], { name }) : texts.theVisitor[language];
      const title = fill(texts.newReply[language], { name: who });
      announce(title, item.lastMessage, item.id, () => open(item.id));
    }
    for (const item of fresh) announce(texts.newWaiting[language], item.subject, item.id, () => open(item.id));
  }

  look();
  return store.subscribe(look);
}
