// Times, spans and counts as people write them; and what the states of runs are called. Pure.

const kSecond = 1000;
const kMinute = 60 * kSecond;
const kHour = 60 * kMinute;
export const kDay = 24 * kHour;

// "3 h 12 min", "2 d 4 h", "42 s", "0.3 s". Of milliseconds.
export function span(ms) {
  const time = Math.max(0, ms);
  if (time < 10 * kSecond) return `${(time / kSecond).toFixed(1)} s`;
  if (time < kMinute) return `${Math.floor(time / kSecond)} s`;
  if (time < 10 * kMinute) return `${Math.floor(time / kMinute)} min ${Math.floor((time % kMinute) / kSecond)} s`;
  if (time < kHour) return `${Math.floor(time / kMinute)} min`;
  if (time < kDay) return `${Math.floor(time / kHour)} h ${Math.floor((time % kHour) / kMinute)} min`;
  return `${Math.floor(time / kDay)} d ${Math.floor((time % kDay) / kHour)} h`;
}

// The same, in whole seconds or minutes: for what counts on the screen.
export const counted = (ms) => (ms < 10 * kSecond ? `${Math.max(0, Math.floor(ms / kSecond))} s` : span(ms));

export function ago(ms) {
  if (ms < 5 * kSecond) return "just now";
  return `${ms < kHour && ms >= kMinute ? `${Math.floor(ms / kMinute)} min` : counted(ms)} ago`;
}

const number = new Intl.NumberFormat("en-US");
export const count = (value) => number.format(value ?? 0);

export function bytes(value) {
  if (value < 1000) return `${value} B`;
  if (value < 1e6) return `${(value / 1e3).toFixed(0)} kB`;
  if (value < 1e9) return `${(value / 1e6).toFixed(1)} MB`;
  return `${(value / 1e9).toFixed(2)} GB`;
}

const clock = new Intl.DateTimeFormat(undefined, {hour: "2-digit", minute: "2-digit", hourCycle: "h23"});
const precise = new Intl.DateTimeFormat(undefined, {hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23"});
const weekday = new Intl.DateTimeFormat("en-US", {weekday: "short", day: "numeric", month: "short"});

export const clockTime = (time) => clock.format(time);
export const dayOf = (time) => weekday.format(time);
export const sameDay = (a, b) => new Date(a).toDateString() === new Date(b).toDateString();

// "18:30", and with its day where that is not today's.
export const moment = (time, now) => (sameDay(time, now) ? clock.format(time) : `${weekday.format(time)}, ${clock.format(time)}`);
export const exactly = (time) => `${weekday.format(time)}, ${precise.format(time)}`;

// A time of the daemon's JSON, in milliseconds; null stays null.
export const at = (text) => (text ? Date.parse(text) : null);

export const plural = (value, one, many = `${one}s`) => `${count(value)} ${value === 1 ? one : many}`;

// "player_game_logs" is easier read with blanks.
export const readable = (name) => String(name ?? "").replaceAll("_", " ");

// How a host of upstream stands: "open until 2025-12-01T17:30:00Z" is what a circuit says of itself.
export function hostState(state, now) {
  const until = /^open until (.*)$/.exec(state)?.[1];
  if (until) return `is not asked until ${moment(at(until), now)}: it refused too often`;
  return state === "half-open" ? "is being tried again" : state;
}

// The colour of a run's status: the name of a CSS variable.
export const toneOf = (status) =>
  ({success: "ok", started: "busy", queued: "wait", failed: "bad", timeout: "bad", interrupted: "warn", cancelled: "off"})[status] ?? "off";

// "12 new, 3 changed, 1 gone"; of 0 nothing.
export function counts(run) {
  const parts = [
    [run.inserted_count, "new"],
    [run.updated_count, "changed"],
    [run.deleted_count, "gone"],
  ].filter(([value]) => value > 0);
  return parts.length === 0 ? "nothing" : parts.map(([value, word]) => `${count(value)} ${word}`).join(", ");
}

// Who asked for a run: "schedule:nightly" is "by nightly's schedule".
export function who(triggered) {
  if (!triggered) return "";
  if (triggered.startsWith("schedule:")) return `schedule ${triggered.slice(9)}`;
  return triggered;
}
