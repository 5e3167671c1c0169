/** Promises of time, on a machine that may have other things to do: what those take is no fault of the product's. */

/** How many times longer than alone a piece of work takes here now, at least 1: its wall time over its CPU time. */
function slowness(): number {
  const began = performance.now();
  const before = process.cpuUsage();
  for (;;) {
    const { user, system } = process.cpuUsage(before);
    const cpu = (user + system) / 1_000;
    if (cpu >= 30) return Math.max(1, (performance.now() - began) / cpu);
  }
}

/** Starts now. Each call gives the ms since, as they would have been had this process a core of its own. */
export function stopwatch(): () => number {
  const before = slowness();
  const began = performance.now();
  return () => {
    const ms = performance.now() - began;
    return ms / Math.max(before, slowness());
  };
}

/** CPU time of this process that `work` takes, ms. For what does not wait for anything. */
export async function cpuOf(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
