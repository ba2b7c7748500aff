// What the page knows of the daemon, and who is told when that changes.

export const state = {
  phase: "loading", // "live"; "refused": it answers, but cannot serve; "gone": nobody answers
  problem: null, // of "refused": {code, message}
  heard: 0, // when the daemon answered last
  status: null, // as GET api/v1/status has it
  activity: {days: [], datasets: []},
  shown: [], // datasets that a run under way has begun, in order
};

const listeners = new Map();

// Topics: "status", "progress", "run" (one that has ended, as its argument), "changes" (a table's name),
// "activity", "tick" (each second while the page can be seen).
export function on(topic, listener) {
  if (!listeners.has(topic)) listeners.set(topic, []);
  listeners.get(topic).push(listener);
}

export function tell(topic, what) {
  for (const listener of listeners.get(topic) ?? []) listener(what);
}
