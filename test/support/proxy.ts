/** A TCP proxy that breaks as networks break: it cuts links, withholds answers, or lets nobody in. */
import { connect, createServer, type Socket } from 'node:net';

export interface TcpProxy {
  readonly port: number;
  /** Cuts all links at once; new ones are let in. */
  cut(): void;
  /** From now on what is asked goes through and no answer comes back, on links old and new. */
  withhold(): void;
  /** The links there are stay up and carry no answer ever again; new ones are as good as ever. */
  silence(): void;
  /** From now on links are refused, and those there are cut. */
  refuse(): void;
  /** Lets all through again. What was withheld is lost: those links are cut. */
  heal(): void;
  /** Bytes that answers would have had, had they not been withheld, since `withhold` or `silence`. */
  readonly withheld: number;
  close(): Promise<void>;
}

/** @param target port on this machine. */
export async function startProxy(target: number): Promise<TcpProxy> {
  let mode: 'through' | 'withhold' | 'refuse' = 'through';
  let withheld = 0;
  const links = new Set<Socket>();
  const silent = new Set<Socket>();
  const server = createServer((near) => {
    if (mode === 'refuse') return void near.destroy();
    const far = connect(target, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      links.add(one);
      one.on('error', () => one.destroy());
      one.on('close', () => {
        links.delete(one);
        silent.delete(one);
        other.destroy();
      });
    }
    near.on('data', (data) => far.write(data));
    far.on('data', (data) => {
      if (mode === 'withhold' || silent.has(far)) withheld += data.length;
      else near.write(data);
    });
  });
  await new Promise<void>((done, fail) => server.once('error', fail).listen(0, '127.0.0.1', done));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('The proxy has no port.');
  const cut = (): void => {
    for (const link of links) link.destroy();
  };
  return {
    port: address.port,
    cut,
    withhold: () => {
      mode = 'withhold';
      withheld = 0;
    },
    silence: () => {
      withheld = 0;
      for (const link of links) silent.add(link);
    },
    refuse: () => {
      mode = 'refuse';
      cut();
    },
    heal: () => {
      const lost = mode === 'withhold';
      mode = 'through';
      if (lost) cut();
    },
    get withheld() {
      return withheld;
    },
    close: async () => {
      cut();
      await new Promise((done) => server.close(done));
    },
  };
}
