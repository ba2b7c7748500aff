// The tab shows the state: by its title, and by the colour of its icon.

import {$, say} from "./dom.js";
import {glance} from "./glance.js";
import {on} from "./state.js";

const kIcons = {ok: "ok", busy: "busy", paused: "paused", warn: "paused", bad: "bad", gone: "gone", loading: "gone"};

// The one of a daemon that is gone must have come before.
for (const name of new Set(Object.values(kIcons))) new Image().src = `page/icon-${name}.svg`;

function show() {
  const {tone, short} = glance();
  const icon = `page/icon-${kIcons[tone]}.svg`;
  if ($("icon").getAttribute("href") !== icon) $("icon").setAttribute("href", icon);
  say(document.querySelector("title"), `${short} – nbasync`);
}

for (const topic of ["status", "progress", "tick"]) on(topic, show);
