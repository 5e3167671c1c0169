import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Within this many pixels of the end the visitor is reading along, and what comes scrolls into view. */
const near = 80;

/** Of what stands before an answer, this many pixels stay in sight: enough to see what it answers. */
const context = 56;

/**
 * Keeps the thread where it is read. While the visitor is at its end it follows whatever grows (a message, a picture that loads, the
 * keyboard), but an answer longer than the screen is shown from its beginning. Who has scrolled up is left alone and told.
 * @param count rows in the thread, each an element of class `row`.
 */
export function useFollow(count: number) {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const rows = useRef(count);
  const top = useRef(0);
  const [behind, setBehind] = useState(false);

  const toEnd = useCallback(() => {
    following.current = true;
    setBehind(false);
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  }, []);

  const onScroll = useCallback(() => {
    const box = scroller.current;
    if (!box) return;
    const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < near;
    // Being far from the end is not yet having left it: the thread may have grown since this scroll was asked for.
    if (atEnd) following.current = true;
    else if (box.scrollTop < top.current) following.current = false;
    top.current = box.scrollTop;
    if (atEnd) setBehind(false);
  }, []);

  useLayoutEffect(() => {
    if (!scroller.current || !content.current) return;
    const watcher = new ResizeObserver(() => {
      if (following.current) toEnd();
    });
    watcher.observe(scroller.current);
    watcher.observe(content.current);
    return () => watcher.disconnect();
  }, [toEnd]);

  useLayoutEffect(() => {
    const before = rows.current;
    rows.current = count;
    const box = scroller.current;
    if (count <= before || !box) return;
    if (!following.current) {
      setBehind(true);
      return;
    }
    const first = before === 0 ? undefined : content.current?.querySelectorAll<HTMLElement>('.row')[before];
    const start = first
      ? first.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop
      : Infinity;
    if (start - context >= box.scrollHeight - box.clientHeight) return toEnd();
    following.current = false;
    setBehind(true);
    box.scrollTo({ top: start - context });
  }, [count, toEnd]);

  return { scroller, content, behind, toEnd, onScroll };
}
