// The dot, the sentence, what the daemon is, and what needs attention.

import {change, now} from "./api.js";
import {$, h, keyed, mark, say} from "./dom.js";
import {glance, lastFailure} from "./glance.js";
import {openRun} from "./run.js";
import {attempt} from "./said.js";
import {on, state, tell} from "./state.js";
import {ago, at, counted, hostState, moment, plural, readable} from "./words.js";

function about(status) {
  if (!status) return location.host;
  const engine = status.instances ? "cluster over PostgreSQL" : "one file";
  return `nbasyncd ${status.version} on ${status.instance ?? location.host} · ${engine} · up ${counted(now() - at(status.started_at))}`;
}

const reload = () =>
  h("button", {onclick: () => attempt(() => change("POST", "api/v1/reload"), "the configuration is in force", () => tell("asked"))}, "Reload");

// [{key, tone, text, action}]
function notices() {
  if (state.phase === "refused") {
    return [{key: "problem", tone: "bad", text: `${state.problem.message}${state.problem.code === "bad-configuration" ? "\nNothing is lost. Mend the file, then reload." : ""}`, action: state.problem.code === "bad-configuration" ? reload : null}];
  }
  if (state.phase !== "live") return [];
  const status = state.status;
  const list = [];
  const {error, restart_needed: restart} = status.configuration;
  if (error) list.push({key: "configuration", tone: "bad", text: `The configuration was not put in force: ${error}`, action: reload});
  if (restart?.length) list.push({key: "restart", tone: "warn", text: `These settings wait for a restart: ${restart.join(", ")}`});
  for (const host of status.upstream.filter(({state: how}) => how !== "ok")) {
    list.push({key: `host ${host.host}`, tone: "warn", text: `${host.host} ${hostState(host.state, now())}`});
  }
  for (const {part, message, since} of status.problems) {
    list.push({key: `part ${part}`, tone: "warn", text: `${part}: ${message} (for ${counted(now() - at(since))})`});
  }
  const failure = lastFailure(status);
  if (failure && !status.current_sync) {
    list.push({
      key: `run ${failure.run_id}`,
      tone: "bad",
      text: `${readable(failure.sync_type)} ${moment(at(failure.started_at ?? failure.requested_at), now())}: ${failure.error_message ?? failure.error_code}`,
      action: () => h("button", {onclick: () => openRun(failure.run_id)}, "Look"),
    });
  }
  const backfill = status.backfill;
  if (backfill?.open) {
    const where = `${backfill.done} of ${plural(backfill.of, "season")} from ${backfill.from} to ${backfill.to}`;
    const text = `Past seasons: ${where}${backfill.season ? `, now ${backfill.season}` : ""}${backfill.why ? `; ${backfill.why}` : ""}`;
    list.push({key: "backfill", tone: "busy", text});
  }
  return list;
}

function showInstances(status) {
  const list = $("instances");
  list.hidden = !status?.instances;
  keyed(
    list,
    status?.instances ?? [],
    ({name}) => name,
    ({name}) => h("li", {}, h("b", {}, name), " ", h("span")),
    (element, {name, role, seen_at: seen}) => {
      mark(element, "data-role", role);
      const words = {holder: "leads", follower: "follows", standby: "stands by"}[role] ?? role;
      const silent = now() - at(seen) > 10_000 ? `, heard of ${ago(now() - at(seen))}` : "";
      say(element.querySelector("span"), `${words}${name === status.instance ? " (this one)" : ""}${silent}`);
    },
  );
}

function show() {
  const {tone, sentence} = glance();
  mark(document.body, "data-tone", tone);
  mark(document.body, "data-phase", state.phase);
  say($("sentence"), sentence);
  say($("about"), about(state.status));
  showInstances(state.status);
  keyed(
    $("notices"),
    notices(),
    ({key}) => key,
    ({action}) => h("li", {}, h("span"), action?.()),
    (element, {tone: colour, text}) => {
      mark(element, "data-tone", colour);
      say(element.firstChild, text);
    },
  );
}

for (const topic of ["status", "progress", "tick"]) on(topic, show);
