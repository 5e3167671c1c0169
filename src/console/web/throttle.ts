/**
 * `run` at most once per `ms`: at once when it has rested that long, else when the time is over. Calls in between become one,
 * so the last change is always followed by a run.
 */
export function throttle(run: () => void, ms: number): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let last = Number.NEGATIVE_INFINITY;
  const go = () => {
    timer = null;
    last = performance.now();
    run();
  };
  return () => {
    if (timer !== null) return;
    const rest = last + ms - performance.now();
    if (rest <= 0) go();
    else timer = setTimeout(go, rest);
  };
}
