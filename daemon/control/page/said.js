// What came of something that a person asked for: a sentence at the foot of the page, for a while.

import {$, mark, say} from "./dom.js";

const kShown = 6000; // milliseconds
let timer = null;

export function tellPerson(text, tone) {
  say($("said"), text);
  mark($("said"), "data-tone", tone);
  clearTimeout(timer);
  timer = setTimeout(() => say($("said"), ""), kShown);
}

// `ask` is a change (api.js). Tells `done`, or why it was refused; `then` is called where it was done.
export async function attempt(ask, done, then = () => {}) {
  try {
    const answer = await ask();
    if (answer === null) return;
    tellPerson(done, "ok");
    then(answer);
  } catch (error) {
    tellPerson(error.message, "bad");
  }
}
