/** The FAQ as agents look it up while they write: its answers as text to put into a reply, in the visitor's language. */
import type { Server } from 'restify';
import { HttpError, sendJson } from '../channels/http.ts';
import { type Language, languageOfLocale } from '../conversation/language.ts';
import { plainText } from '../understanding/plain-text.ts';
import { Suggestions } from '../understanding/suggestions.ts';
import type { Knowledge } from '../understanding/understanding.ts';
import { queryOf, type Route } from './requests.ts';

export interface FoundAnswer {
  readonly id: string;
  readonly title: string;
  /** Parts of the title that were typed, as `[from, to)` in UTF-16 units. */
  readonly highlights: readonly (readonly [from: number, to: number])[];
  /** Without Markdown: as it would stand in a reply. */
  readonly text: string;
  /** The language of `text`: the other one where the entry lacks the visitor's. */
  readonly language: Language;
}

const longest = 200;

export function mountAnswers(server: Server, route: Route, current: () => Knowledge | undefined): void {
  /** Apart from the visitors': however many visitors type, agents can look things up. */
  let suggestions: Suggestions | undefined;
  server.get(
    '/console/api/answers',
    route(async (_signed, request, response) => {
      const query = queryOf(request);
      const typed = (query.get('q') ?? '').slice(0, longest);
      const wanted = languageOfLocale(query.get('language') ?? undefined);
      const knowledge = current();
      if (!knowledge) return sendJson(response, 200, { items: [] });
      suggestions ??= new Suggestions(() => current() ?? knowledge);
      const found = suggestions.suggest(typed, 'auto');
      if (!found) throw new HttpError(429, 'busy', 'Too much is looked up at once. Try again.', { retryAfter: 2 });
      const items = found.suggestions.flatMap(({ id, title, highlights }): FoundAnswer[] => {
        const entry = knowledge.entry(id);
        const language = entry?.answer[wanted] ? wanted : wanted === 'ja' ? 'en' : 'ja';
        const answer = entry?.answer[language];
        return answer ? [{ id, title, highlights, text: plainText(answer), language }] : [];
      });
      sendJson(response, 200, { items });
    }),
  );
}
