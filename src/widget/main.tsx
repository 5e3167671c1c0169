/**
 * The embed script: `<script src="https://…/widget.js" data-locale="ja" defer></script>`. It draws into a shadow root of its own
 * element and touches nothing else of the page but `window.firstline`.
 */
import { render } from 'preact';
import { ChatClient } from './client.ts';
import { browserClock } from './clock.ts';
import { DirectLine } from './directline.ts';
import { fileShelf } from './files.ts';
import { Memory, tolerant } from './memory.ts';
import { readSettings, type Settings } from './settings.ts';
import { browserSocket } from './stream.ts';
import css from './style.css?inline';
import { speaker } from './texts.ts';
import { readSuggestions } from './typeahead.ts';
import { App, type Remote, type TabMemory } from './view/App.tsx';
import { type Chat, ChatProvider } from './view/chat.ts';

declare global {
  interface Window {
    firstline?: Remote & { identify(jwt: string): void };
  }
}

/** A v4 UUID; `crypto.randomUUID` is missing on pages that came over plain HTTP. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function tabMemory(scope: string): TabMemory & { readonly id: string } {
  const shelf = tolerant(() => sessionStorage);
  const key = (name: string) => `firstline:${scope}:${name}`;
  const id = shelf.getItem(key('tab')) ?? newId();
  shelf.setItem(key('tab'), id);
  return {
    id,
    get: (name) => shelf.getItem(key(name)) ?? '',
    set: (name, value) => shelf.setItem(key(name), value),
  };
}

function alone<T>(name: string, task: () => Promise<T>): Promise<T> {
  // Locks exist on secure pages only. Without them two tabs that open at the same moment may begin two conversations.
  return navigator.locks ? navigator.locks.request(name, task) : task();
}

function shadow(settings: Settings): HTMLElement {
  const host = document.createElement('div');
  host.dataset.firstline = '';
  if (settings.accent) {
    host.style.setProperty('--firstline-accent', settings.accent.colour);
    host.style.setProperty('--firstline-accent-ink', settings.accent.ink);
  }
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  // An adopted sheet is not subject to the page's Content-Security-Policy, a <style> element would be.
  root.adoptedStyleSheets = [sheet];
  const stage = document.createElement('div');
  stage.className = 'stage';
  stage.lang = settings.locale;
  stage.dataset.theme = settings.theme;
  stage.dataset.position = settings.position;
  root.append(stage);
  document.body.append(host);
  return stage;
}

/** On phones the keyboard covers part of the page; the chat takes the part that is left. */
function fitKeyboard(stage: HTMLElement): void {
  const view = window.visualViewport;
  if (!view) return;
  const follow = () => {
    stage.style.setProperty('--view-height', `${view.height}px`);
    stage.style.setProperty('--view-top', `${view.offsetTop}px`);
  };
  follow();
  view.addEventListener('resize', follow);
  view.addEventListener('scroll', follow);
}

function start(settings: Settings): void {
  const scope = settings.base.host + settings.base.pathname;
  const memory = new Memory(
    tolerant(() => localStorage),
    scope,
  );
  const tab = tabMemory(scope);
  const directLine = new DirectLine(settings.base, (input, init) => fetch(input, init), browserClock.now);
  const client = new ChatClient({
    directLine,
    memory,
    files: fileShelf(`firstline:${scope}`),
    clock: browserClock,
    random: Math.random,
    newId,
    connect: browserSocket,
    alone: (task) => alone(`firstline:${scope}`, task),
    tab: tab.id,
    locale: settings.locale,
    identity: settings.identity,
  });
  window.addEventListener('online', () => client.network(true));
  window.addEventListener('offline', () => client.network(false));
  window.addEventListener('pageshow', () => client.wake());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') client.wake();
  });
  window.addEventListener('storage', (event) => {
    const concern = memory.concern(event.key);
    if (concern) client.neighbour(concern);
  });
  if (client.known) client.start();

  const stage = shadow(settings);
  fitKeyboard(stage);
  const chat: Chat = {
    client,
    say: speaker(settings.locale),
    region: settings.region,
    clock: browserClock,
    look: async (typed) =>
      settings.suggestions ? readSuggestions(await directLine.suggestions(typed, settings.locale)) : [],
    origins: [settings.base.origin],
    name: settings.name,
  };
  const expose = (remote: Remote) => {
    window.firstline = { ...remote, identify: (jwt) => client.identify(jwt) };
  };
  render(
    <ChatProvider value={chat}>
      <App tab={tab} expose={expose} />
    </ChatProvider>,
    stage,
  );
}

const script = document.currentScript;
if (script instanceof HTMLScriptElement && !window.firstline) {
  const settings = readSettings({
    src: script.src,
    data: script.dataset,
    lang: document.documentElement.lang,
    languages: navigator.languages,
  });
  if (document.body) start(settings);
  else document.addEventListener('DOMContentLoaded', () => start(settings), { once: true });
}
