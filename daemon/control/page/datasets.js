// A row a dataset: how old its data is, against what is allowed; how much there is of it, and what its last success changed.

import {now} from "./api.js";
import {$, bar, h, keyed, mark, say, svg} from "./dom.js";
import {openRun} from "./run.js";
import {on, state} from "./state.js";
import {ago, at, count, counts, counted, kDay, plural, readable} from "./words.js";

const kDays = 30;
const kWidth = 120;
const kHeight = 22;

// The changed rows of each of the last days, the highest as high as there is room.
function sparkline(element, values) {
  const most = Math.max(1, ...values);
  const width = kWidth / values.length;
  element.replaceChildren(
    ...values.map((value, index) => {
      const height = value === 0 ? 1 : 2 + (Math.sqrt(value / most) * (kHeight - 2));
      return svg("rect", {x: index * width, y: kHeight - height, width: width - 1, height, class: value === 0 ? "none" : ""});
    }),
  );
  mark(element, "aria-label", `${plural(values.reduce((a, b) => a + b, 0), "row")} changed in ${kDays} days`);
}

function lastDays() {
  const today = Math.floor(now() / kDay);
  return Array.from({length: kDays}, (_, index) => new Date((today - kDays + 1 + index) * kDay).toISOString().slice(0, 10));
}

function make({name}) {
  const age = bar(`age of ${readable(name)}`);
  const row = h(
    "tr",
    {},
    h("th", {scope: "row"}, readable(name)),
    h("td", {class: "success"}),
    h("td", {class: "age"}, age, h("span", {class: "allowed"})),
    h("td", {class: "number wide rows"}),
    h("td", {class: "wide changed"}, h("button", {class: "link"})),
    h("td", {class: "wide"}, svg("svg", {class: "spark", viewBox: `0 0 ${kWidth} ${kHeight}`, role: "img", preserveAspectRatio: "none"})),
  );
  row.age = age;
  row.querySelector("button").addEventListener("click", () => row.run && openRun(row.run));
  return row;
}

function showAge(row, dataset) {
  const success = at(dataset.last_success);
  const age = success === null ? null : now() - success;
  const allowed = dataset.stale_after_seconds === null ? null : dataset.stale_after_seconds * 1000;
  const waits = state.status.first_sync && age === null; // for the first sync
  mark(row, "data-tone", waits ? "off" : dataset.stale ? "bad" : age === null ? "off" : allowed && age > allowed * 0.8 ? "warn" : "ok");
  const begins = dataset.begins ? `begins ${dataset.begins.slice(0, 10)}` : "never";
  say(row.querySelector(".success"), age === null ? begins : ago(age));
  row.age.show(age === null ? (dataset.stale && !waits ? 1 : 0) : allowed ? age / allowed : 0, age === null ? begins : counted(age));
  say(row.querySelector(".rows"), dataset.rows == null ? "–" : count(dataset.rows));
  say(row.querySelector(".allowed"), allowed === null ? "" : `of ${counted(allowed).replace(" 0 h", "").replace(" 0 min", "")}`);
}

function show() {
  const datasets = state.status?.datasets ?? [];
  keyed($("datasets"), datasets, ({name}) => name, make, showAge);
}

function showActivity() {
  show();
  const days = lastDays();
  const byDay = new Map(state.activity.days.map((day) => [day.day, day.changed]));
  for (const [name, row] of $("datasets").keyed ?? []) {
    const last = state.activity.datasets.find((dataset) => dataset.name === name);
    row.run = last?.run_id.split("/")[0];
    const button = row.querySelector("button");
    say(button, last ? counts(last) : "–");
    mark(button, "aria-label", last ? `the last success of ${readable(name)} changed ${counts(last)}; open it` : `${readable(name)} never succeeded`);
    sparkline(row.querySelector("svg"), days.map((day) => byDay.get(day)?.[name] ?? 0));
  }
}

on("status", show);
on("tick", show);
on("activity", showActivity);
