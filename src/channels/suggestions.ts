/** Questions to pick from while a visitor types: public, as the FAQ is, and nothing of what is typed is kept or logged. */
import type { Logger } from 'pino';
import type { Server } from 'restify';
import { languageOfLocale } from '../conversation/language.ts';
import type { Suggestions } from '../understanding/suggestions.ts';
import { queryOf } from './caller.ts';
import { allowOrigins, HttpError, handle } from './http.ts';

export interface SuggestionOptions {
  readonly suggestions: Suggestions;
  readonly origins: readonly string[];
  readonly log: Logger;
}

/** Seconds a browser keeps an answer: as long as one types and takes back. An edited title is seen after that. */
const maxAge = 30;
/** Typed characters taken; whoever has typed more is telling a story, and no title will fit. */
const longest = 200;

export function mountSuggestions(server: Server, { suggestions, origins, log }: SuggestionOptions): void {
  server.get(
    '/widget/suggestions',
    allowOrigins(origins),
    handle(log, async (request, response) => {
      const query = queryOf(request);
      const typed = query.get('q') ?? '';
      if (typed.length > longest)
        throw new HttpError(400, 'too-long', `q: ${typed.length} characters were given; at most ${longest} are taken.`);
      const found = suggestions.suggest(typed, languageOfLocale(query.get('locale') ?? undefined));
      if (!found) {
        response.setHeader('Retry-After', 2);
        throw new HttpError(
          429,
          'busy',
          'Too many ask for suggestions at once. Go on typing, or try again in a moment.',
        );
      }
      response.sendRaw(200, JSON.stringify(found), {
        'Content-Type': 'application/json; charset=utf-8',
        // In the browser alone: what somebody types is nothing for a cache that others share.
        'Cache-Control': `private, max-age=${maxAge}`,
        Vary: 'Origin',
      });
    }),
  );
}
