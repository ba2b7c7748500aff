// The run that holds the lock, those in line before it, and the button that asks for one.

import {change, now} from "./api.js";
import {$, bar, h, keyed, mark, say} from "./dom.js";
import {attempt} from "./said.js";
import {openRun} from "./run.js";
import {on, state, tell} from "./state.js";
import {ago, at, count, counted, counts, plural, readable, toneOf, who} from "./words.js";

const kRecent = 8;

const cancel = (id) => () => attempt(() => change("DELETE", `api/v1/runs/${encodeURIComponent(id)}`), "it is being cancelled", () => tell("asked"));

// The steps of the run under way that were seen to begin.
let seen = {run: null, begun: []};

function follow(current) {
  if (seen.run !== current.run_id) seen = {run: current.run_id, begun: []};
  if (!current.step || seen.begun.includes(current.step)) return;
  seen.begun.push(current.step);
  if (current.sync_type === "full") tell("stepped"); // what the step before it brought is known now
}

// In their order: as the last full sync had them, or all that there may be.
function steps(current) {
  if (current.sync_type !== "full") return [current.sync_type];
  const last = state.status.recent_syncs.find((run) => run.sync_type === "full" && run.steps?.length > 0);
  const order = last ? last.steps.map((step) => step.sync_type) : state.status.datasets.map(({name}) => name);
  return [...new Set([...order, ...seen.begun])];
}

// What this step of the run has brought; undefined: it has not succeeded yet.
function brought(current, name) {
  return state.activity.datasets.find((dataset) => dataset.name === name && dataset.run_id.startsWith(current.run_id));
}

function makeRun() {
  const whole = bar("the whole run");
  const element = h(
    "article",
    {class: "current"},
    h("p", {class: "what"}, h("b"), h("span", {class: "season"}), h("span", {class: "elapsed"})),
    h("p", {class: "by"}),
    whole,
    h("ol", {class: "steps", "aria-label": "Steps"}),
    h("p", {class: "buttons"}, h("button", {class: "open"}, "Details"), h("button", {class: "cancel danger"}, "Cancel")),
  );
  element.whole = whole;
  return element;
}

function showRun(element, current) {
  follow(current);
  say(element.querySelector("b"), readable(current.sync_type));
  say(element.querySelector(".season"), current.season ? ` ${current.season}` : "");
  say(element.querySelector(".elapsed"), counted(now() - at(current.started_at)));
  say(element.querySelector(".by"), `asked for by ${who(current.triggered_by)}`);
  element.whole.show(current.percent / 100, `${current.percent} %`);
  keyed(
    element.querySelector(".steps"),
    steps(current),
    (name) => name,
    (name) => h("li", {}, h("span", {class: "name"}, readable(name)), h("span", {class: "count"})),
    (step, name) => {
      const running = name === current.step || current.sync_type !== "full";
      const ended = running ? undefined : brought(current, name);
      const order = steps(current);
      const left = !running && !ended && order.indexOf(name) < order.indexOf(current.step); // it has ended, but not well
      mark(step, "data-state", running ? "busy" : left ? "left" : ended ? "ok" : "wait");
      say(step.querySelector(".count"), running ? `${current.percent} %` : ended ? plural(ended.records_synced, "row") : left ? "ended" : "");
    },
  );
}

function makeIdle() {
  return h("div", {class: "idle"}, h("p", {class: "what"}), h("p", {class: "by"}));
}

function showIdle(element, status) {
  say(element.querySelector(".what"), status.first_sync ? status.first_sync : "nothing runs");
  say(element.querySelector(".by"), "the lock is free");
}

function showLine(status) {
  const holder = status.current_sync ? readable(status.current_sync.sync_type) : "the lock";
  $("line-title").hidden = status.queue.length === 0;
  say($("line-title"), `In line: ${count(status.queue.length)}`);
  keyed(
    $("line"),
    status.queue,
    ({run_id: id}) => id,
    ({run_id: id}) =>
      h("li", {}, h("p", {}, h("b"), h("span", {class: "wait"})), h("button", {class: "danger", onclick: cancel(id)}, "Cancel")),
    (element, entry) => {
      const before = entry.position === 1 ? holder : `number ${entry.position - 1}`;
      say(element.querySelector("b"), readable(entry.sync_type));
      say(element.querySelector(".wait"), ` waits ${counted(now() - at(entry.requested_at))} for ${before}, by ${who(entry.triggered_by)}`);
      mark(element, "data-position", String(entry.position));
    },
  );
}

function showRecent(status) {
  const {recent_syncs: runs} = status;
  $("recent-title").hidden = runs.length === 0;
  keyed(
    $("recent"),
    runs.slice(0, kRecent),
    ({run_id: id, status: how}) => `${id} ${how}`,
    (run) =>
      h(
        "li",
        {"data-tone": toneOf(run.status)},
        h("button", {class: "link", onclick: () => openRun(run.run_id)}, readable(run.sync_type)),
        h("span", {class: "how"}, run.status === "success" ? counts(run) : run.status),
        h("time"),
      ),
    (element, run) => say(element.querySelector("time"), ago(now() - at(run.completed_at ?? run.started_at ?? run.requested_at))),
  );
}

function show() {
  const {status} = state;
  if (!status) return;
  const current = status.current_sync;
  keyed(
    $("now-run"),
    [current ?? {idle: true}],
    (item) => item.run_id ?? "idle",
    (item) => {
      if (item.idle) return makeIdle();
      const element = makeRun();
      element.querySelector(".cancel").addEventListener("click", cancel(item.run_id));
      element.querySelector(".open").addEventListener("click", () => openRun(item.run_id));
      return element;
    },
    (element, item) => (item.idle ? showIdle(element, status) : showRun(element, item)),
  );
  showLine(status);
  showRecent(status);
  keyed(
    $("start-type"),
    ["full", ...status.datasets.map(({name}) => name)],
    (name) => name,
    (name) => h("option", {value: name}, readable(name)),
  );
}

$("start").addEventListener("submit", (event) => {
  event.preventDefault();
  const type = $("start-type").value;
  attempt(
    () => change("POST", "api/admin/sync", {sync_type: type, async: true, if_busy: "queue"}),
    `${readable(type)} was asked for`,
    () => tell("asked"),
  );
});

for (const topic of ["status", "progress", "activity", "tick"]) on(topic, show);
