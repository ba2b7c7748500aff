// Draws the lane: runs as bars from start to end, what they waited before it beneath, decisions that made no
// run as ticks, and the next starts beyond the line of now. It knows no event and asks nobody.

import {clockTime, dayOf, kDay, toneOf} from "./words.js";

const kTop = 14; // all in units: see unit()
const kBar = 40;
const kWait = 5; // of the waiting, beneath the bar
const kTicks = kTop + kBar + kWait + 9;
const kHeight = kTicks + 34;
const kLeast = 2; // a bar is never narrower
const kHour = kDay / 24;
const kStepsOfAxis = [kHour / 60, kHour / 12, kHour / 4, kHour, 2 * kHour, 3 * kHour, 6 * kHour, 12 * kHour, kDay, 2 * kDay, 5 * kDay, 10 * kDay];

// What is drawn last lies on top: failures are never hidden.
const kOrder = ["ok", "off", "wait", "busy", "warn", "bad"];

// The size of a unit in pixels of CSS: it grows with the type.
export const unit = () => parseFloat(getComputedStyle(document.documentElement).fontSize) / 14.5;
export const laneHeight = () => kHeight * unit();
const widthOf = (canvas) => canvas.clientWidth / unit();

let palette = null;
export function forgetColours() {
  palette = null;
}
function colours() {
  if (palette) return palette;
  const style = getComputedStyle(document.documentElement);
  palette = Object.fromEntries(["ok", "off", "wait", "busy", "warn", "bad", "ink", "soft", "line", "lane", "card", "accent"].map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  palette.font = `11px ${getComputedStyle(document.body).fontFamily}`;
  return palette;
}

// The first of these (by `key`, ascending) that is not before `time`.
export function firstFrom(list, time, key) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (key(list[middle]) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function scale(view, width) {
  const factor = width / (view.to - view.from);
  return {x: (time) => (time - view.from) * factor, time: (x) => view.from + x / factor};
}

function drawAxis(ctx, view, width, x) {
  const paint = colours();
  const step = kStepsOfAxis.find((each) => each * (width / (view.to - view.from)) >= 64) ?? kStepsOfAxis.at(-1);
  const zone = new Date(view.from).getTimezoneOffset() * 60_000;
  ctx.font = paint.font;
  ctx.textAlign = "left";
  for (let time = Math.ceil((view.from - zone) / step) * step + zone; time < view.to; time += step) {
    const at = Math.round(x(time)) + 0.5;
    ctx.fillStyle = paint.line;
    ctx.fillRect(at - 0.5, kTop, 1, kTicks + 8 - kTop);
    const midnight = (time - zone) % kDay === 0;
    ctx.fillStyle = midnight ? paint.ink : paint.soft;
    const label = midnight ? dayOf(time) : clockTime(time);
    const room = ctx.measureText(label).width;
    if (at + room < width) ctx.fillText(label, at + 3, kTicks + 22);
  }
}

function drawRuns(ctx, view, runs, now, x, width, longest) {
  const paint = colours();
  const first = firstFrom(runs, view.from - longest, (run) => run.start);
  const bars = new Map(kOrder.map((tone) => [tone, []]));
  ctx.fillStyle = paint.wait;
  let edge = -1;
  for (let index = first; index < runs.length && runs[index].asked <= view.to; ++index) {
    const run = runs[index];
    const end = run.end ?? now;
    if (end < view.from) continue;
    const left = x(run.start);
    const right = Math.min(Math.max(x(end), left + kLeast), width + kLeast);
    if (run.start - run.asked > 1000) {
      const asked = x(run.asked);
      if (left > edge) {
        const from = Math.max(asked, edge);
        ctx.fillRect(from, kTop + kBar + 2, Math.max(left - from, 1), kWait);
        edge = left;
      }
    }
    bars.get(run.tone).push(left, right - left);
  }
  for (const tone of kOrder) {
    const list = bars.get(tone);
    if (list.length === 0) continue;
    ctx.fillStyle = paint[tone];
    // Bars that begin in the same pixel are one: of thousands only what can be seen is drawn.
    let drawn = -1;
    for (let index = 0; index < list.length; index += 2) {
      const right = list[index] + list[index + 1];
      if (right <= drawn + 0.5) continue;
      const gap = list[index + 1] > 6 ? 1 : 0; // so that one can be told from the next
      ctx.fillRect(Math.max(list[index], drawn), kTop, Math.max(right - Math.max(list[index], drawn) - gap, 0.5), kBar);
      drawn = right;
    }
  }
}

function drawTicks(ctx, view, decisions, x) {
  const paint = colours();
  let last = -10;
  for (let index = firstFrom(decisions, view.from, (decision) => decision.time); index < decisions.length; ++index) {
    const decision = decisions[index];
    if (decision.time > view.to) break;
    const at = x(decision.time);
    if (at - last < 1) continue;
    last = at;
    ctx.fillStyle = paint[decision.tone];
    ctx.beginPath();
    ctx.moveTo(at, kTicks - 5);
    ctx.lineTo(at + 4, kTicks + 3);
    ctx.lineTo(at - 4, kTicks + 3);
    ctx.fill();
  }
}

function drawNow(ctx, now, x, width) {
  const at = Math.round(x(now));
  if (at < 0 || at > width) return;
  const paint = colours();
  ctx.fillStyle = paint.accent;
  ctx.fillRect(at - 1, 4, 2, kTicks + 4 - 4);
  ctx.beginPath();
  ctx.arc(at, 4, 3.5, 0, 2 * Math.PI);
  ctx.fill();
}

function drawNext(ctx, view, starts, x, width) {
  const paint = colours();
  ctx.strokeStyle = paint.soft;
  ctx.fillStyle = paint.soft;
  ctx.font = paint.font;
  ctx.setLineDash([3, 3]);
  let free = -1; // where a name may be written
  for (const {time, name} of starts) {
    if (time < view.from || time > view.to) continue;
    const at = Math.round(x(time)) + 0.5;
    ctx.strokeRect(at, kTop + 0.5, 5, kBar - 1);
    const room = ctx.measureText(name).width;
    if (at <= free || at + room > width) continue;
    ctx.fillText(name, at, kTop - 4);
    free = at + room + 8;
  }
  ctx.setLineDash([]);
}

// `scene`: {view: {from, to}, runs, decisions, starts, now, longest, selected, drag}, times in milliseconds.
export function draw(canvas, scene) {
  const ctx = canvas.getContext("2d");
  const ratio = devicePixelRatio * unit();
  const width = widthOf(canvas);
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(kHeight * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(kHeight * ratio);
  }
  const paint = colours();
  const {view, now} = scene;
  const {x} = scale(view, width);
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.clearRect(0, 0, width, kHeight);
  ctx.fillStyle = paint.lane;
  ctx.fillRect(0, kTop, Math.min(Math.max(x(now), 0), width), kBar);
  drawAxis(ctx, view, width, x);
  drawRuns(ctx, view, scene.runs, now, x, width, scene.longest);
  drawTicks(ctx, view, scene.decisions, x);
  drawNext(ctx, view, scene.starts, x, width);
  drawNow(ctx, now, x, width);
  if (scene.selected) {
    const left = x(scene.selected.start);
    ctx.strokeStyle = paint.ink;
    ctx.lineWidth = 2;
    ctx.strokeRect(left - 2, kTop - 2, Math.max(x(scene.selected.end ?? now) - left, kLeast) + 4, kBar + 4);
    ctx.lineWidth = 1;
  }
  if (scene.drag) {
    ctx.globalAlpha = 0.18;
    ctx.fillStyle = paint.accent;
    ctx.fillRect(Math.min(...scene.drag), 0, Math.abs(scene.drag[1] - scene.drag[0]), kTicks + 6);
    ctx.globalAlpha = 1;
  }
}

// What lies at this place, in units: {run} or {decision} or {start}, or null.
export function find(canvas, scene, left, top) {
  const {x} = scale(scene.view, widthOf(canvas));
  const near = (list, time, reach) =>
    list.filter((item) => Math.abs(x(time(item)) - left) <= reach).sort((a, b) => Math.abs(x(time(a)) - left) - Math.abs(x(time(b)) - left))[0];
  if (top > kTop + kBar + kWait) {
    const decision = near(scene.decisions, (item) => item.time, 5);
    return decision ? {decision} : null;
  }
  let best = null;
  let distance = 4; // pixels beside a bar that still mean it
  for (let index = firstFrom(scene.runs, scene.view.from - scene.longest, (run) => run.start); index < scene.runs.length; ++index) {
    const run = scene.runs[index];
    const from = x(run.start);
    if (from > left + distance) break;
    const away = Math.max(from - left, left - Math.max(x(run.end ?? scene.now), from + kLeast), 0);
    if (away <= distance) [best, distance] = [run, away];
  }
  if (best) return {run: best};
  const start = near(scene.starts, (item) => item.time, 8);
  return start ? {start} : null;
}

export const toneOfRun = (run) => toneOf(run.status);
