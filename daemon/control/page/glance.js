// The state in one sentence.

import {now} from "./api.js";
import {state} from "./state.js";
import {at, counted, hostState, plural, readable} from "./words.js";

function nextStart(status, time) {
  const coming = status.schedules.filter((schedule) => schedule.next).sort((a, b) => at(a.next) - at(b.next));
  if (coming.length === 0) return "nothing is scheduled";
  return `next: ${coming[0].name} (${readable(coming[0].sync_type)}) in ${counted(at(coming[0].next) - time)}`;
}

function ofData(status) {
  const stale = status.datasets.filter((dataset) => dataset.stale);
  if (stale.length === 0) return "everything fresh";
  if (stale.length === status.datasets.length) return "all data is too old";
  return `${stale.length > 2 ? plural(stale.length, "dataset") : stale.map((dataset) => readable(dataset.name)).join(" and ")} too old`;
}

// The newest run that was no success, if none of its type has succeeded since.
export function lastFailure(status) {
  const seen = new Set();
  for (const run of status.recent_syncs) {
    if (["failed", "timeout"].includes(run.status) && !seen.has(run.sync_type) && !seen.has("full")) return run;
    if (run.status === "success") seen.add(run.sync_type);
  }
  return null;
}

// {tone, sentence, short}: a colour, a sentence, and two words for the tab.
export function glance() {
  const {phase, status, problem} = state;
  const time = now();
  if (phase === "loading") return {tone: "loading", sentence: "asking the daemon …", short: "…"};
  if (phase === "gone") {
    const since = state.heard ? `; it last did ${counted(time - state.heard)} ago` : "";
    return {tone: "gone", sentence: `the daemon does not answer${since}`, short: "gone"};
  }
  if (phase === "refused") {
    const mistake = problem.code === "bad-configuration";
    const sentence = mistake ? "the configuration has a mistake: nothing runs" : "the daemon cannot serve yet";
    return {tone: "bad", sentence, short: mistake ? "bad configuration" : "not ready"};
  }
  const current = status.current_sync;
  if (current) {
    const step = current.step && current.step !== current.sync_type ? `: ${readable(current.step)}` : "";
    const what = status.first_sync ? `first sync under way${step}` : `syncing ${readable(current.sync_type)}${step}`;
    const sentence = `${what}, ${current.percent} %`;
    return {tone: "busy", sentence, short: `${current.percent} % ${readable(current.sync_type)}`};
  }
  if (status.first_sync) return {tone: "warn", sentence: `no data yet: ${status.first_sync}`, short: "no data"};
  const data = ofData(status);
  if (status.paused) return {tone: "paused", sentence: `paused; ${data}; nothing starts by schedule`, short: "paused"};
  const blocked = status.upstream.find((host) => host.state !== "ok");
  if (blocked) return {tone: "bad", sentence: `${blocked.host} ${hostState(blocked.state, time)}; ${data}; ${nextStart(status, time)}`, short: "upstream"};
  const failure = lastFailure(status);
  const fine = data === "everything fresh";
  if (failure) {
    const sentence = `the last sync of ${readable(failure.sync_type)} ${failure.status === "timeout" ? "took too long" : "failed"}; ${data}; ${nextStart(status, time)}`;
    return {tone: "bad", sentence, short: "failed"};
  }
  return {tone: fine ? "ok" : "warn", sentence: `idle; ${data}; ${nextStart(status, time)}`, short: fine ? "idle" : "too old"};
}
