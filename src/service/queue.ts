/** How waiting cases find people: the queue as this process knows it, who is there, and who gives work out. */
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { availableAgents } from '../console/colleagues.ts';
import type { Desk } from '../desk/desk.ts';
import { Dispatcher } from '../desk/dispatch.ts';
import { Leases, startLeaseWatch } from '../desk/leases.ts';
import { Line } from '../desk/line.ts';
import type { Closing } from './closing.ts';

export interface Queue {
  readonly line: Line;
  readonly leases: Leases;
  readonly dispatcher: Dispatcher;
  /** Begins to look for agents who are gone. */
  watchLeases(): void;
}

export function openQueue(desk: Desk, log: Logger, closing: Closing): Queue {
  const { store } = desk;
  const line = new Line({
    store,
    onUnreadable: (error) =>
      log.error({ error, conversation: error.conversation }, 'a waiting conversation cannot be read'),
    onError: (error) => log.warn({ error }, 'the queue could not be read; it is compared again when it is needed'),
  });
  const leases = new Leases({
    store,
    rules: () => desk.terms().rules.lease,
    onError: (error) => log.debug({ error }, 'a lease could not be renewed; the next beat does'),
  });
  closing.add(() => leases.close());
  const dispatcher = new Dispatcher({
    desk,
    line,
    available: () => availableAgents({ desk, leases }),
    onError: (error) => log.warn({ error }, 'cases could not be given out; it is tried again'),
  });
  closing.add(() => dispatcher.stop());
  return {
    line,
    leases,
    dispatcher,
    watchLeases() {
      const watch = startLeaseWatch({
        store,
        desk,
        leases,
        process: randomUUID(),
        onLost: (agent, conversations) => log.warn({ agent, conversations }, 'an agent was lost; the cases wait again'),
        onError: (error) => log.warn({ error }, 'whether agents are there could not be seen; it is looked again'),
      });
      closing.add(() => watch.stop());
    },
  };
}
