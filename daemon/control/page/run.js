// One run, in a window of its own; its address is #run=ID, so that it can be sent to somebody.

import {get, now} from "./api.js";
import {changeLine} from "./change_line.js";
import {$, h, say} from "./dom.js";
import {learnNames} from "./names.js";
import {on} from "./state.js";
import {at, bytes, count, counts, exactly, plural, readable, span, toneOf, who} from "./words.js";

const kRows = 100; // of those that it changed

const pill = (status) => h("span", {class: "pill", "data-tone": toneOf(status)}, status);
const fact = (name, value) => (value ? [h("dt", {}, name), h("dd", {}, value)] : []);

function facts(run) {
  const requested = at(run.requested_at);
  const started = at(run.started_at);
  const ended = at(run.completed_at);
  const waited = requested && (started ?? ended) ? (started ?? ended) - requested : 0;
  return h(
    "dl",
    {},
    fact("asked for by", who(run.triggered_by)),
    fact("season", run.season),
    fact("started", started && exactly(started)),
    fact("waited", waited >= 100 && span(waited)),
    fact("took", started && span((ended ?? now()) - started)),
    fact("rows", `${count(run.records_synced)}; ${counts(run)}`),
    fact("upstream", run.request_count > 0 && `${plural(run.request_count, "request")}, ${bytes(run.bytes_received)}`),
    fact("note", run.note),
    fact("id", run.run_id),
  );
}

const mistake = (run) => run.error_message && h("p", {class: "mistake"}, h("b", {}, run.error_code ?? "error"), ` ${run.error_message}`);

function steps(run) {
  if (!run.steps?.length) return null;
  const row = (step) =>
    h(
      "tr",
      {},
      h("th", {scope: "row"}, readable(step.sync_type)),
      h("td", {}, pill(step.status)),
      h("td", {class: "number"}, step.started_at ? span(step.duration_seconds * 1000) : "–"),
      h("td", {class: "number"}, count(step.records_synced)),
      h("td", {}, step.error_message ?? step.note ?? counts(step)),
    );
  return h(
    "table",
    {class: "steps-table"},
    h("caption", {class: "unseen"}, "Steps"),
    h("thead", {}, h("tr", {}, ["step", "", "took", "rows", "changed"].map((name) => h("th", {scope: "col"}, name || h("span", {class: "unseen"}, "end"))))),
    h("tbody", {}, run.steps.map(row)),
  );
}

async function rows(id) {
  const {changes} = await get(`api/v1/changes?limit=${kRows}&run=${encodeURIComponent(id)}`);
  if (changes.length === 0) return null;
  await learnNames(changes);
  const title = changes.length < kRows ? plural(changes.length, "changed row") : `the last ${kRows} rows that it changed`;
  return h("section", {}, h("h3", {class: "small-title"}, title), h("ol", {class: "rows"}, changes.reverse().map((change) => h("li", {}, changeLine(change)))));
}

let shown = null;

async function load(id) {
  const body = $("run-body");
  try {
    const run = await get(`api/v1/runs/${encodeURIComponent(id)}`);
    if (shown !== id) return;
    say($("run-title"), `${readable(run.sync_type)} ${run.dry_run ? "(dry run) " : ""}`);
    const parts = [h("p", {}, pill(run.status)), mistake(run), facts(run), steps(run)];
    body.replaceChildren(...parts.filter(Boolean));
    const changed = await rows(id);
    if (shown === id && changed) body.append(changed);
  } catch (error) {
    if (shown === id) body.replaceChildren(h("p", {class: "mistake"}, error.message));
  }
}

// Its address is put in force, and with it the window.
export function openRun(id) {
  location.hash = `run=${encodeURIComponent(id)}`;
}

function follow() {
  const id = location.hash.startsWith("#run=") ? decodeURIComponent(location.hash.slice(5)) : null;
  const dialog = $("run");
  shown = id;
  if (!id) return dialog.close();
  say($("run-title"), "A run");
  $("run-body").replaceChildren();
  if (!dialog.open) dialog.showModal();
  load(id);
}

function leave() {
  if (location.hash) history.pushState(null, "", location.pathname + location.search);
  shown = null;
  $("run").close();
}

$("run-close").addEventListener("click", leave);
$("run").addEventListener("cancel", (event) => {
  event.preventDefault();
  leave();
});
$("run").addEventListener("click", (event) => event.target === $("run") && leave()); // beside it
window.addEventListener("hashchange", follow);
on("run", (run) => run.run_id === shown && load(shown));
if (location.hash.startsWith("#run=")) follow();
