// The token that changes take: asked for when it is first wanted, kept for this tab alone.

import {$, say} from "./dom.js";

const kKey = "nbasync-token";

export const token = () => sessionStorage.getItem(kKey);
export const forgetToken = () => sessionStorage.removeItem(kKey);

// Resolves to whether one was given.
export function askForToken(why) {
  const dialog = $("token");
  const text = $("token-text");
  say($("token-why"), why);
  text.value = "";
  dialog.showModal();
  text.focus();
  return new Promise((resolve) => {
    const done = new AbortController();
    const end = (given) => {
      done.abort();
      if (dialog.open) dialog.close();
      resolve(given);
    };
    $("token-form").addEventListener(
      "submit",
      (event) => {
        event.preventDefault();
        const given = text.value.trim();
        text.value = "";
        if (given) sessionStorage.setItem(kKey, given);
        end(Boolean(given));
      },
      {signal: done.signal},
    );
    $("token-cancel").addEventListener("click", () => end(false), {signal: done.signal});
    dialog.addEventListener("close", () => end(false), {signal: done.signal});
  });
}
