// The newest changes of the data: those of one run and table together.

import {get, now} from "./api.js";
import {$, h, mark, say} from "./dom.js";
import {changeLine} from "./change_line.js";
import {learnNames} from "./names.js";
import {openRun} from "./run.js";
import {on} from "./state.js";
import {ago, at, count, plural, readable} from "./words.js";

const kAsked = 100;
const kToldSingly = 3; // of more in a row of one run and table there is a line for all

let corrections = false;

function groups(changes) {
  const list = [];
  for (const change of changes.slice().reverse()) {
    const last = list.at(-1);
    if (last && last[0].run_id === change.run_id && last[0].table_name === change.table_name) last.push(change);
    else list.push([change]);
  }
  return list;
}

function when(change) {
  const time = at(change.changed_at);
  const element = h("time", {datetime: change.changed_at, title: change.changed_at}, ago(now() - time));
  element.time = time;
  return element;
}

function single(change) {
  return h("li", {"data-correction": String(Boolean(change.is_correction))}, when(change), changeLine(change));
}

function sum(group) {
  const kinds = new Map();
  for (const {change} of group) kinds.set(change, (kinds.get(change) ?? 0) + 1);
  const words = {insert: "new", update: "changed", delete: "gone", load: "loaded"};
  return [...kinds].map(([kind, number]) => `${count(number)} ${words[kind] ?? kind}`).join(", ");
}

function many(group) {
  const rows = h("ol", {class: "rows"});
  const details = h("details", {}, h("summary", {}, h("b", {}, readable(group[0].table_name)), ` ${plural(group.length, "row")}: ${sum(group)}`), rows);
  details.addEventListener("toggle", () => {
    if (details.open && !rows.firstChild) rows.append(...group.map((change) => h("li", {}, changeLine(change))));
  });
  const corrected = group.some((change) => change.is_correction);
  return h("li", {"data-correction": String(corrected)}, when(group[0]), details, h("button", {class: "link", onclick: () => openRun(group[0].run_id)}, "its run"));
}

async function ask() {
  try {
    const {changes} = await get(`api/v1/changes?limit=${kAsked}${corrections ? "&corrections=true" : ""}`);
    await learnNames(changes);
    const lines = groups(changes).flatMap((group) => (group.length > kToldSingly ? [many(group)] : group.map(single)));
    const none = h("li", {class: "none"}, corrections ? "no game that was final has been corrected" : "nothing has changed yet");
    $("changes").replaceChildren(...(lines.length > 0 ? lines : [none]));
  } catch {
    // The headline tells that the daemon is gone.
  }
}

function choose(only) {
  corrections = only;
  mark($("changes-all"), "aria-pressed", String(!only));
  mark($("changes-corrections"), "aria-pressed", String(only));
  ask();
}
$("changes-all").addEventListener("click", () => choose(false));
$("changes-corrections").addEventListener("click", () => choose(true));

let pending = null;
on("changes", (table) => {
  clearTimeout(pending);
  pending = setTimeout(ask, table === null ? 0 : 600);
});
on("tick", () => {
  for (const element of $("changes").querySelectorAll("time")) say(element, ago(now() - element.time));
});
