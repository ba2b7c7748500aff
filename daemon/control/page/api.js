// Questions to the daemon, and its answers. Paths are relative, so that a proxy may serve the page below
// a folder of its own.

import {askForToken, forgetToken, token} from "./token.js";

// What the daemon refuses, in its words.
export class Problem extends Error {
  constructor(status, body) {
    super(body?.detail ?? body?.error ?? `the daemon answered ${status}`);
    this.status = status;
    this.code = body?.code ?? "";
  }
}

let ahead = 0; // of the daemon's clock, in milliseconds

// The daemon's time: what it tells is counted by its clock, not by the browser's.
export const now = () => Date.now() + ahead;

function learnClock(response) {
  const theirs = Date.parse(response.headers.get("Date") ?? "");
  if (Number.isNaN(theirs)) return;
  const difference = theirs + 500 - Date.now(); // of whole seconds the middle
  if (Math.abs(difference - ahead) > 1500) ahead = difference;
}

async function read(response) {
  learnClock(response);
  const body = await response.json().catch(() => null);
  if (!response.ok) throw new Problem(response.status, body);
  return body;
}

// Throws Problem for a refusal, TypeError where nobody answers.
export async function get(path) {
  return read(await fetch(path, {headers: {Accept: "application/json"}}));
}

// Asks for something that changes; for the token, where it takes one. null: the person thought better of it.
export async function change(method, path, body) {
  for (;;) {
    const headers = {Accept: "application/json"};
    if (token()) headers.Authorization = `Bearer ${token()}`;
    if (body) headers["Content-Type"] = "application/json";
    try {
      return await read(await fetch(path, {method, headers, body: body ? JSON.stringify(body) : undefined}));
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 401) throw error;
      forgetToken();
      if (!(await askForToken(error.message))) return null;
    }
  }
}
