// Thirty days in four charts, drawn by Chart.js, which is fetched once they come into sight.

import {now} from "./api.js";
import {$, mark} from "./dom.js";
import {on, state} from "./state.js";
import {bytes, count, kDay, plural, readable, span} from "./words.js";

const kDays = 30;
const charts = new Map();
let Chart = null;

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

// The last days, each with what there is of it.
function days() {
  const today = Math.floor(now() / kDay);
  const known = new Map(state.activity.days.map((day) => [day.day, day]));
  return Array.from({length: kDays}, (_, index) => {
    const day = new Date((today - kDays + 1 + index) * kDay).toISOString().slice(0, 10);
    return known.get(day) ?? {day, changed: {}};
  });
}

const line = (label, tone, data, extra = {}) => ({type: "line", label, data, borderColor: colour(tone), backgroundColor: colour(tone), borderWidth: 1.5, pointRadius: 1.5, pointHitRadius: 12, tension: 0.25, spanGaps: true, ...extra});

const column = (label, tint, data, extra = {}) => ({type: "bar", label, data, backgroundColor: tint, borderWidth: 0, ...extra});

function datasetsOf(list) {
  const names = [...new Set(list.flatMap((day) => Object.keys(day.changed)))].sort();
  return names.map((name, index) => column(readable(name), colour(`set-${index % 8}`), list.map((day) => day.changed[name] ?? 0), {stack: "rows"}));
}

// By chart: what it shows, and its scales.
const kCharts = {
  "chart-duration": (list) => ({
    sets: [line("median", "busy", list.map((day) => day.seconds_p50 ?? null)), line("longest", "soft", list.map((day) => day.seconds_max ?? null), {borderDash: [4, 3]})],
    words: (value) => span(value * 1000),
  }),
  "chart-wait": (list) => ({
    sets: [line("median", "busy", list.map((day) => day.wait_p50 ?? null)), line("longest", "soft", list.map((day) => day.wait_max ?? null), {borderDash: [4, 3]})],
    words: (value) => span(value * 1000),
  }),
  "chart-rows": (list) => ({sets: datasetsOf(list), words: count, stacked: true}),
  "chart-upstream": (list) => ({
    sets: [column("requests", colour("wait"), list.map((day) => day.requests ?? 0), {order: 2}), line("bytes", "busy", list.map((day) => day.bytes_received ?? null), {yAxisID: "bytes", order: 1})],
    words: count,
    bytes: true,
  }),
};

function axis(words, extra = {}) {
  return {beginAtZero: true, suggestedMax: 1, border: {display: false}, grid: {color: colour("line"), drawBorder: false}, ticks: {color: colour("soft"), maxTicksLimit: 4, callback: words}, ...extra};
}

function options({words, stacked, bytes: hasBytes}) {
  const scales = {
    x: {stacked, grid: {display: false, drawBorder: false}, ticks: {color: colour("soft"), maxTicksLimit: 5, maxRotation: 0}},
    y: axis(words, {stacked}),
  };
  if (hasBytes) scales.bytes = axis(bytes, {position: "right", grid: {display: false, drawBorder: false}});
  const label = ({dataset, raw}) => `${dataset.label}: ${dataset.yAxisID === "bytes" ? bytes(raw ?? 0) : words(raw ?? 0)}`;
  return {
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    interaction: {mode: "index", intersect: false},
    scales,
    plugins: {
      legend: {position: "bottom", labels: {color: colour("soft"), boxWidth: 10, boxHeight: 10, padding: 8}},
      tooltip: {callbacks: {label}, filter: ({raw}) => raw !== null && raw !== 0},
    },
  };
}

function describe(id, list) {
  const sum = (key) => list.reduce((total, day) => total + (day[key] ?? 0), 0);
  const longest = (key) => span(Math.max(0, ...list.map((day) => day[key] ?? 0)) * 1000);
  const rows = list.reduce((total, day) => total + Object.values(day.changed).reduce((a, b) => a + b, 0), 0);
  const words = {
    "chart-duration": `duration of runs: the longest of ${kDays} days took ${longest("seconds_max")}`,
    "chart-wait": `wait for the lock: the longest of ${kDays} days was ${longest("wait_max")}`,
    "chart-rows": `${plural(rows, "row")} changed in ${kDays} days`,
    "chart-upstream": `${plural(sum("requests"), "request")} to upstream in ${kDays} days, ${bytes(sum("bytes_received"))}`,
  };
  mark($(id), "aria-label", words[id]);
}

function draw() {
  if (!Chart) return;
  const list = days();
  const labels = list.map(({day}) => day.slice(5));
  for (const [id, make] of Object.entries(kCharts)) {
    describe(id, list);
    const {sets, ...rest} = make(list);
    const old = charts.get(id);
    if (old) {
      old.data = {labels, datasets: sets};
      old.options = options(rest);
      old.update("none");
    } else {
      charts.set(id, new Chart($(id), {type: "bar", data: {labels, datasets: sets}, options: options(rest)}));
    }
  }
}

new IntersectionObserver(
  async (entries, observer) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    await import("./chart.js"); // it makes a global of its name
    Chart = globalThis.Chart;
    Chart.defaults.font.size = 0.75 * parseFloat(getComputedStyle(document.documentElement).fontSize);
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    draw();
  },
  {rootMargin: "200px"},
).observe($("charts"));

on("activity", draw);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
