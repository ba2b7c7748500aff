// The daemon's events. A stream that is lost is opened again, later each time, until it is there.

const kFirstWait = 1000; // milliseconds
const kLongestWait = 15_000;

// `calls`: opened() at each begin, false: it cannot be of use yet; lost(); and one a kind of event, with
// its data. What happened while there was no stream, opened() has to ask for.
export function follow(calls) {
  let wait = kFirstWait;
  let source = null;
  let timer = null;

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(open, wait);
    wait = Math.min(wait * 2, kLongestWait);
  };
  const lose = async () => {
    source?.close();
    source = null;
    await calls.lost();
    later();
  };
  const open = () => {
    source?.close();
    source = new EventSource("api/v1/events");
    source.onopen = async () => {
      if (await calls.opened()) wait = kFirstWait;
      else lose();
    };
    source.onerror = lose;
    for (const kind of ["queued", "started", "progress", "finished", "changes"]) {
      source.addEventListener(kind, (event) => calls[kind](JSON.parse(event.data)));
    }
  };

  open();
  // Who comes back to the page does not wait for it.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || source) return;
    clearTimeout(timer);
    open();
  });
  // The same after a change that may have mended it.
  return {retry: () => (source ? undefined : (clearTimeout(timer), open()))};
}
