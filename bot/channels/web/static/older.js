// A long conversation comes in pages: the newest at first, older ones as one scrolls up to them.
const AHEAD = "600px 0px 0px"; // before the end of what is there comes into sight

/** `fetchOlder()` puts a page above and tells whether there is more. Gives what starts it. */
export function loadOlder(scroll, mark, fetchOlder) {
  let more = false;
  let busy = false;
  const watch = new IntersectionObserver(([seen]) => seen.isIntersecting && next(), { root: scroll, rootMargin: AHEAD });

  async function next() {
    if (!more || busy) return;
    busy = true;
    const log = scroll.getAttribute("aria-busy");
    scroll.setAttribute("aria-busy", "true"); // old messages are not read out as if they were new
    const [height, top] = [scroll.scrollHeight, scroll.scrollTop];
    more = await fetchOlder().catch(() => more);
    scroll.scrollTop = top + scroll.scrollHeight - height;
    if (log === null) scroll.removeAttribute("aria-busy");
    busy = false;
    look();
  }

  /** Whether the mark is in sight is told anew. */
  function look() {
    watch.unobserve(mark);
    if (more) watch.observe(mark);
  }

  return (yes) => ((more = yes), look());
}
