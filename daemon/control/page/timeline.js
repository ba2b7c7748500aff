// The lane of runs: what is shown of it, zoom, and what lies beneath the pointer or the keys.

import {get, now} from "./api.js";
import {$, h, mark, say} from "./dom.js";
import {draw, find, firstFrom, forgetColours, laneHeight, scale, toneOfRun, unit} from "./lane.js";
import {showList} from "./lane_list.js";
import {openRun} from "./run.js";
import {on, state} from "./state.js";
import {at, count, counts, exactly, kDay, plural, readable, span, who} from "./words.js";

const kBeyond = 0.12; // of the time that is shown lies beyond now
const kLeastSpan = 60_000;
const kTones = {refused: "bad", missed: "bad", "gave-up": "bad", skipped: "warn", joined: "busy", paused: "off", resumed: "off"};

const canvas = $("lane");
const scene = {view: {from: 0, to: 1}, runs: [], decisions: [], starts: [], now: 0, longest: 0, selected: null, drag: null};
let days = 1;
let zoomed = false;
let loaded = 0; // days that are known

function asRun(run) {
  const asked = at(run.requested_at);
  const start = at(run.started_at) ?? at(run.completed_at) ?? asked;
  return {...run, asked: asked ?? start, start, end: run.status === "started" ? null : (at(run.completed_at) ?? start), tone: toneOfRun(run)};
}

function take(runs) {
  scene.runs = runs.sort((a, b) => a.start - b.start);
  scene.longest = Math.max(0, ...[0], runs.reduce((most, run) => Math.max(most, (run.end ?? now()) - run.start), 0));
}

async function load(wanted) {
  try {
    const answer = await get(`api/v1/timeline?days=${wanted}`);
    if (wanted < days) return;
    const {columns} = answer;
    loaded = wanted;
    take(answer.runs.map((row) => asRun(Object.fromEntries(columns.map((name, index) => [name, row[index]])))));
    scene.decisions = answer.decisions.map((decision) => ({...decision, time: at(decision.at), tone: kTones[decision.decision] ?? "off"})).sort((a, b) => a.time - b.time);
    redraw();
  } catch {
    // The headline tells that the daemon is gone.
  }
}

function home() {
  const length = days * kDay;
  scene.view = {from: now() - length, to: now() + length * kBeyond};
}

let asked = false;
function redraw() {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    const begin = performance.now();
    scene.now = now();
    if (!zoomed) home();
    draw(canvas, scene);
    canvas.drawn = performance.now() - begin;
    summarise();
  });
}

function inView() {
  const {from, to} = scene.view;
  const first = firstFrom(scene.runs, from, (run) => run.start);
  return scene.runs.slice(first, firstFrom(scene.runs, to, (run) => run.start));
}

let summary = "";
function summarise() {
  const runs = inView();
  const failed = runs.filter((run) => run.tone === "bad").length;
  const busy = runs.reduce((sum, run) => sum + ((run.end ?? now()) - run.start), 0);
  const text = runs.length === 0 ? "no runs" : `${plural(runs.length, "run")}, ${failed > 0 ? `${count(failed)} failed, ` : ""}${span(busy)} at work`;
  if (text === summary) return;
  summary = text;
  say($("timeline-sum"), text);
  showList(runs);
}

function describe(found) {
  const {run, decision, start} = found;
  if (start) return [h("b", {}, start.name), h("span", {}, `starts ${readable(start.type)} at ${exactly(start.time)}`)];
  if (decision) {
    const whose = decision.schedule || readable(decision.sync_type) || "schedules";
    return [h("b", {}, `${whose} ${decision.decision}`), h("span", {}, exactly(decision.time)), h("span", {}, decision.reason)];
  }
  const waited = run.start - run.asked > 1000 ? `, waited ${span(run.start - run.asked)}` : "";
  return [
    h("b", {}, `${readable(run.sync_type)}: ${run.status}`),
    h("span", {}, `${exactly(run.start)}, took ${span((run.end ?? now()) - run.start)}${waited}`),
    h("span", {}, `${plural(run.records_synced ?? 0, "row")}; ${counts(run)}; by ${who(run.triggered_by)}`),
    run.error_code ? h("span", {}, run.error_code) : null,
  ].filter(Boolean);
}

const tip = $("lane-tip");
function showTip(found, place) {
  tip.hidden = !found;
  canvas.classList.toggle("over", Boolean(found?.run));
  if (!found) return;
  tip.replaceChildren(...describe(found));
  const room = canvas.clientWidth - tip.offsetWidth;
  tip.style.transform = `translateX(${Math.max(0, Math.min(place - tip.offsetWidth / 2, room))}px)`;
}

function zoom(from, to) {
  const length = Math.max(to - from, kLeastSpan);
  const middle = (from + to) / 2;
  zoomed = true;
  scene.view = {from: middle - length / 2, to: middle + length / 2};
  $("zoom-out").disabled = false;
  redraw();
}

function whole() {
  zoomed = false;
  $("zoom-out").disabled = true;
  redraw();
}

function show(wanted) {
  days = wanted;
  for (const button of document.querySelectorAll("[data-span]")) mark(button, "aria-pressed", String(Number(button.dataset.span) === wanted));
  whole();
  if (loaded < wanted) load(wanted);
}

for (const button of document.querySelectorAll("[data-span]")) button.addEventListener("click", () => show(Number(button.dataset.span)));
$("zoom-out").addEventListener("click", whole);

const width = () => canvas.clientWidth / unit();
const left = (event) => event.offsetX / unit();
const under = (event) => find(canvas, scene, left(event), event.offsetY / unit());

canvas.addEventListener("pointerdown", (event) => {
  if (event.button !== 0) return;
  scene.drag = [left(event), left(event)];
  if (event.isTrusted) canvas.setPointerCapture(event.pointerId);
});
canvas.addEventListener("pointermove", (event) => {
  if (scene.drag) {
    scene.drag[1] = Math.max(0, Math.min(left(event), width()));
    showTip(null);
    return redraw();
  }
  showTip(under(event), event.offsetX);
});
canvas.addEventListener("pointerleave", () => showTip(null));
canvas.addEventListener("pointercancel", () => {
  scene.drag = null;
  redraw();
});
canvas.addEventListener("pointerup", (event) => {
  if (!scene.drag) return;
  const [from, to] = [...scene.drag].sort((a, b) => a - b);
  scene.drag = null;
  redraw();
  if (to - from > 5) {
    const {time} = scale(scene.view, width());
    return zoom(time(from), time(to));
  }
  const found = under(event);
  if (found?.run) openRun(found.run.run_id);
});
canvas.addEventListener("dblclick", whole);

// By keys: from run to run, nearer and farther.
function step(by) {
  const runs = inView();
  if (runs.length === 0) return;
  const index = runs.indexOf(scene.selected);
  const next = index < 0 ? (by > 0 ? 0 : runs.length - 1) : Math.min(Math.max(index + by, 0), runs.length - 1);
  scene.selected = runs[next];
  const {x} = scale(scene.view, width());
  showTip({run: scene.selected}, x(scene.selected.start) * unit());
  say($("lane-said"), [...tip.children].map((line) => line.textContent).join(". "));
  redraw();
}
function nearer(factor) {
  const {from, to} = scene.view;
  const middle = scene.selected?.start ?? (from + to) / 2;
  const half = ((to - from) * factor) / 2;
  zoom(middle - half, middle + half);
}
const kKeys = {
  ArrowLeft: () => step(-1),
  ArrowRight: () => step(1),
  Home: () => step(-Infinity),
  End: () => step(Infinity),
  "+": () => nearer(0.5),
  "-": () => nearer(2),
  0: whole,
  Enter: () => scene.selected && openRun(scene.selected.run_id),
  Escape: () => ((scene.selected = null), showTip(null), whole()),
};
canvas.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || !Object.hasOwn(kKeys, event.key)) return;
  event.preventDefault();
  kKeys[event.key]();
});
canvas.addEventListener("blur", () => {
  scene.selected = null;
  showTip(null);
  redraw();
});

for (const [tone, word] of [["ok", "success"], ["bad", "failed"], ["warn", "interrupted"], ["off", "cancelled"], ["busy", "under way"], ["wait", "waited"]]) {
  $("lane-help").append(h("span", {class: "key", "data-tone": tone}, word), " ");
}
$("lane-help").append(h("span", {class: "key tick"}, "refused, skipped, missed"), " ", h("span", {class: "key next"}, "next starts"), " ", h("span", {class: "how"}, "Drag to zoom, click to open; by keys ← → + − 0 Enter."));
function size() {
  canvas.style.height = `${laneHeight()}px`;
  redraw();
}

function put(run) {
  const record = asRun(run);
  const others = scene.runs.filter((other) => other.run_id !== run.run_id);
  take([...others, record]);
}

on("reopened", () => load(Math.max(days, loaded)));
on("run", (run) => {
  put(run);
  redraw();
});
on("status", () => {
  const {status} = state;
  if (!status) return;
  scene.starts = status.schedules.filter(({next}) => next).map(({name, next, sync_type: type}) => ({time: at(next), name, type})).sort((a, b) => a.time - b.time);
  const current = status.current_sync;
  if (current && loaded > 0) put({...current, status: "started", requested_at: scene.runs.find(({run_id: id}) => id === current.run_id)?.requested_at ?? current.started_at, completed_at: null});
  redraw();
});
let ticks = 0;
on("tick", () => {
  if (++ticks % 5 === 0 || state.status?.current_sync) redraw();
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  forgetColours();
  redraw();
});
new ResizeObserver(size).observe(canvas);
