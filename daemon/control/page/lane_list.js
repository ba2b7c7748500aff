// The runs of the timeline as a list, for who would rather read: the newest first, made when it is unfolded.

import {$, h, say} from "./dom.js";
import {openRun} from "./run.js";
import {counts, exactly, readable, span, who} from "./words.js";

const kAtATime = 100;

let runs = [];
let shown = kAtATime;

const line = (run) =>
  h(
    "li",
    {},
    h(
      "button",
      {class: "link", "data-tone": run.tone, onclick: () => openRun(run.run_id)},
      h("time", {}, exactly(run.start)),
      ` ${readable(run.sync_type)} ${run.status}${run.end ? ` after ${span(run.end - run.start)}` : ""}, ${counts(run)}, by ${who(run.triggered_by)}`,
    ),
  );

function show() {
  const details = $("lane-list");
  if (!details.open) return;
  details.querySelector("ol").replaceChildren(...runs.slice(-shown).reverse().map(line));
  details.querySelector(".more").hidden = runs.length <= shown;
}

// Sorted by start.
export function showList(list) {
  runs = list;
  shown = kAtATime;
  say($("lane-list").querySelector("summary"), `As a list (${runs.length})`);
  show();
}

$("lane-list").addEventListener("toggle", show);
$("lane-list").querySelector(".more").addEventListener("click", () => {
  shown += kAtATime;
  show();
});
