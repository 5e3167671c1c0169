/** What operators ask: alive, ready and why not, and the figures for Prometheus. */
import type { Logger } from 'pino';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Server } from 'restify';
import { indexes } from '../conversation/placement.ts';
import type { ServingProcess } from '../desk/processes.ts';
import { type Store, Unavailable } from '../store/store.ts';
import type { Problem, Understanding } from '../understanding/understanding.ts';
import { handle, sendJson } from './http.ts';
import type { Streams } from './streams.ts';

export interface HealthOptions {
  readonly store: Store;
  readonly understanding: Understanding;
  readonly dialogs: DialogFiles;
  readonly rules: RulesFile;
  readonly customers: CustomerRecords;
  /** What this process serves, and since when. */
  readonly serving: () => ServingProcess;
  readonly streams: Streams;
  readonly log: Logger;
}

/** The guided dialogs, as far as readiness goes. */
export interface DialogFiles {
  all(): readonly unknown[];
  problems(): readonly Problem[];
}

/** The desk's rules, as far as readiness goes. */
export interface RulesFile {
  problems(): readonly Problem[];
}

/** The customer records, as far as readiness goes. */
export interface CustomerRecords {
  problems(): readonly Problem[];
}

export interface Figures {
  /** What /metrics shows. */
  readonly registry: Registry;
  /** @param seconds the whole turn, from the activity to the commit. */
  turn(route: string, seconds: number): void;
  /** @param why what a visitor sent was not taken. */
  refused(why: string): void;
}

export interface Readiness {
  readonly ready: boolean;
  /** This process, as the console lists it among all of the desk. */
  readonly process: string;
  readonly store: {
    readonly ok: boolean;
    readonly durability?: string;
    readonly detail: string;
    readonly warnings: readonly string[];
  };
  readonly faq: {
    readonly ok: boolean;
    readonly version: string;
    /** ISO 8601: since when this process has served it. */
    readonly since: string;
    readonly entries: number;
    readonly problems: readonly string[];
  };
  readonly dialogs: {
    readonly ok: boolean;
    readonly version: string;
    readonly since: string;
    readonly dialogs: number;
    readonly problems: readonly string[];
  };
  readonly rules: {
    readonly ok: boolean;
    readonly version: string;
    readonly since: string;
    readonly problems: readonly string[];
  };
  readonly customers: { readonly ok: boolean; readonly problems: readonly string[] };
}

export async function readiness(
  store: Store,
  understanding: Understanding,
  dialogFiles: DialogFiles,
  rulesFile: RulesFile,
  customerRecords: CustomerRecords,
  serving: ServingProcess,
): Promise<Readiness> {
  const iso = (ms: number) => new Date(ms).toISOString();
  const { name: process } = serving;
  const problems = understanding.problems().map(asLine);
  // A broken edit leaves the last good version serving: worth saying, no reason to stop sending visitors here.
  const faq = {
    ok: problems.length === 0,
    version: serving.faq.version,
    since: iso(serving.faq.since),
    entries: understanding.current().entries.length,
    problems,
  };
  const wrong = dialogFiles.problems().map(asLine);
  const dialogs = {
    ok: wrong.length === 0,
    version: serving.dialogs.version,
    since: iso(serving.dialogs.since),
    dialogs: dialogFiles.all().length,
    problems: wrong,
  };
  const unruly = rulesFile.problems().map(asLine);
  const rules = {
    ok: unruly.length === 0,
    version: serving.rules.version,
    since: iso(serving.rules.since),
    problems: unruly,
  };
  const amiss = customerRecords.problems().map(asLine);
  const customers = { ok: amiss.length === 0, problems: amiss };
  try {
    const { durability, detail, warnings } = await store.health();
    return { ready: true, process, store: { ok: true, durability, detail, warnings }, faq, dialogs, rules, customers };
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    return {
      ready: false,
      process,
      store: { ok: false, detail: error.message, warnings: [] },
      faq,
      dialogs,
      rules,
      customers,
    };
  }
}

const asLine = ({ file, line, column, message }: Problem): string => `${file}:${line}:${column}: ${message}`;

function unknownWhileAway(error: unknown): number {
  if (error instanceof Unavailable) return Number.NaN;
  throw error;
}

export function mountHealth(
  server: Server,
  { store, understanding, dialogs, rules, customers, serving, streams, log }: HealthOptions,
): Figures {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const turns = new Histogram({
    name: 'firstline_turn_seconds',
    help: 'Duration of a turn, from the activity to its commit',
    labelNames: ['route'],
    buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2],
    registers: [registry],
  });
  const refusals = new Counter({
    name: 'firstline_visitor_refusals_total',
    help: 'What visitors sent and the limits of desk.yaml refused, by why',
    labelNames: ['why'],
    registers: [registry],
  });
  new Gauge({
    name: 'firstline_visitor_sockets',
    help: 'Visitors connected to this process',
    registers: [registry],
    collect() {
      this.set(streams.size);
    },
  });
  new Gauge({
    name: 'firstline_waiting',
    help: 'Conversations waiting for a person, on the whole desk',
    registers: [registry],
    async collect() {
      // Figures are wanted most when something is wrong: the others must not fail with this one.
      this.set(await store.count(indexes.waiting).catch(unknownWhileAway));
    },
  });
  server.get(
    '/healthz',
    handle(log, async (_request, response) => sendJson(response, 200, { status: 'alive' })),
  );
  server.get(
    '/readyz',
    handle(log, async (_request, response) => {
      const answer = await readiness(store, understanding, dialogs, rules, customers, serving());
      sendJson(response, answer.ready ? 200 : 503, answer);
    }),
  );
  server.get(
    '/metrics',
    handle(log, async (_request, response) => {
      const body = await registry.metrics();
      response.writeHead(200, { 'Content-Type': registry.contentType });
      response.end(body);
    }),
  );
  return {
    registry,
    turn: (route, seconds) => turns.observe({ route }, seconds),
    refused: (why) => refusals.inc({ why }),
  };
}
