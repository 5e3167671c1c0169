/** Waits for a fact, not for a time. */
export async function until<T>(
  fact: () => T | undefined | false | null | Promise<T | undefined | false | null>,
  what: string,
  patience = 10_000,
): Promise<T> {
  const deadline = Date.now() + patience;
  for (;;) {
    const value = await fact();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`Waited ${patience} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
