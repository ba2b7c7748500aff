// The schedules: when each starts next, and why; all its reasons where they are asked for.

import {change, get, now} from "./api.js";
import {$, h, keyed, mark, say} from "./dom.js";
import {openRun} from "./run.js";
import {attempt} from "./said.js";
import {on, state, tell} from "./state.js";
import {at, counted, exactly, moment, readable, toneOf} from "./words.js";

async function explain(element, name) {
  const place = element.querySelector(".reasons");
  try {
    const {reasons, decisions} = await get(`api/v1/schedules/${encodeURIComponent(name)}`);
    place.replaceChildren(
      h("ol", {}, reasons.map((reason) => h("li", {}, reason))),
      decisions.length > 0 && h("h3", {class: "small-title"}, "Decided so far"),
      h(
        "ul",
        {class: "decisions"},
        decisions.slice(0, 10).map((decision) =>
          h("li", {}, h("time", {}, exactly(at(decision.at))), " ", h("b", {}, decision.decision), ` ${decision.reason}`),
        ),
      ),
    );
  } catch (error) {
    place.replaceChildren(h("p", {}, error.message));
  }
}

function make({name}) {
  const details = h("details", {}, h("summary", {}, "Explain"), h("div", {class: "reasons"}));
  const element = h(
    "li",
    {},
    h("p", {class: "what"}, h("b"), h("span", {class: "type"}), h("span", {class: "left"})),
    h("p", {class: "when"}),
    h("p", {class: "why"}),
    h("p", {class: "last"}, h("button", {class: "link"})),
    details,
  );
  details.addEventListener("toggle", () => details.open && explain(element, name));
  element.querySelector("button").addEventListener("click", () => element.run && openRun(element.run));
  return element;
}

function update(element, schedule) {
  const time = now();
  const next = at(schedule.next);
  element.run = schedule.last_run_id;
  say(element.querySelector("b"), schedule.name);
  say(element.querySelector(".type"), readable(schedule.sync_type));
  say(element.querySelector(".left"), next === null ? "–" : next > time ? `in ${counted(next - time)}` : "due");
  say(element.querySelector(".when"), `${next === null ? "no next start" : moment(next, time)} · ${schedule.rule}`);
  say(element.querySelector(".why"), schedule.why);
  const retry = schedule.retry_at ? `, tried again in ${counted(at(schedule.retry_at) - time)} (try ${schedule.retry})` : "";
  const last = element.querySelector("button");
  last.hidden = !schedule.last;
  say(last, schedule.last ? `last: ${moment(at(schedule.last), time)}, ${schedule.last_status ?? "under way"}${retry}` : "");
  mark(last, "data-tone", toneOf(schedule.last_status));
}

function show() {
  const {status} = state;
  if (!status) return;
  say($("pause"), status.paused ? "Resume" : "Pause");
  mark($("pause"), "class", status.paused ? "primary" : "");
  keyed($("schedules"), status.schedules, ({name}) => name, make, update);
  const list = $("schedules");
  if (status.schedules.length === 0 && !list.firstChild) list.append(h("li", {class: "none"}, "there are none"));
}

$("pause").addEventListener("click", () => {
  const paused = state.status?.paused;
  attempt(
    () => change("POST", paused ? "api/v1/resume" : "api/v1/pause"),
    paused ? "the schedules go on" : "nothing starts by schedule any more",
    () => tell("asked"),
  );
});

on("status", show);
on("tick", show);
