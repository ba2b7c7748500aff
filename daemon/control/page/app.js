// The page's beginning: asks the daemon, follows its events, tells the parts.

import {get, now, Problem} from "./api.js";
import {follow} from "./stream.js";
import {on, state, tell} from "./state.js";
import {kDay} from "./words.js";
import "./headline.js";
import "./tab.js";
import "./now.js";
import "./timeline.js";
import "./datasets.js";
import "./games.js";
import "./schedules.js";
import "./changes.js";
import "./run.js";
import "./charts.js";

const kPoll = 60_000; // of what comes by no event: pauses, upstream, configuration

async function ask() {
  try {
    state.status = await get("api/v1/status");
    state.phase = "live";
    state.problem = null;
    state.heard = now();
  } catch (error) {
    const answered = error instanceof Problem;
    state.phase = answered ? "refused" : "gone";
    state.problem = answered ? {code: error.code, message: error.message} : null;
    if (answered) state.heard = now();
  }
  tell("status");
}

let asking = null;
let asked = 0;

// The status anew: one question at a time, and what comes meanwhile is one more.
function refresh() {
  asked = Date.now();
  if (asking) {
    asking.again = true;
    return asking.done;
  }
  const round = {again: false};
  asking = round;
  round.done = ask().then(() => {
    asking = null;
    if (round.again) return refresh();
  });
  return round.done;
}

// Calls at most once in so long; the last call counts.
function calmly(ms, call) {
  let timer = null;
  return () => {
    timer ??= setTimeout(() => {
      timer = null;
      call();
    }, ms);
  };
}

const soon = calmly(150, refresh);
const activitySoon = calmly(1000, askActivity);

async function askActivity() {
  try {
    state.activity = await get("api/v1/activity?days=30");
    tell("activity");
  } catch {
    // The headline tells that the daemon is gone.
  }
}

const stream = follow({
  opened: async () => {
    await refresh();
    if (state.phase !== "live") return false;
    askActivity();
    tell("changes", null);
    tell("reopened");
    return true;
  },
  lost: refresh,
  queued: soon,
  started: soon,
  progress: ({run_id, step, percent}) => {
    const current = state.status?.current_sync;
    if (current?.run_id !== run_id) return soon();
    Object.assign(current, {step, percent});
    tell("progress");
  },
  finished: ({run}) => {
    if (run) tell("run", run);
    soon();
    activitySoon();
  },
  changes: ({table}) => tell("changes", table),
});

// Something was asked for that may have changed what no event tells.
on("stepped", activitySoon);
on("asked", () => {
  refresh();
  stream.retry();
});

setInterval(() => {
  if (document.hidden) return;
  tell("tick");
  if (state.phase === "live" && Date.now() - asked > kPoll) refresh();
}, 1000);
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  tell("tick");
  if (Date.now() - asked > kPoll) refresh();
});
// A new day has other games and other days in the charts.
let day = Math.floor(now() / kDay);
on("tick", () => {
  if (Math.floor(now() / kDay) === day) return;
  day = Math.floor(now() / kDay);
  askActivity();
});
