// What people call the teams and players of the feed of changes, which has their numbers.

import {get, now} from "./api.js";

const kPause = 60_000; // between two questions of one kind
const kinds = {
  team_id: {path: "api/teams", list: ({teams}) => teams, name: (team) => team.team_abbreviation},
  player_id: {path: "api/players", list: ({players}) => players, name: (player) => player.full_name},
};
for (const kind of Object.values(kinds)) Object.assign(kind, {names: new Map(), asked: -Infinity});

// The name behind a cell of a key; the cell itself while nobody knows it.
export const nameIn = (column, value) => kinds[column]?.names.get(value) ?? value;

async function learn(column, {path, list, name}) {
  kinds[column].asked = now();
  const rows = list(await get(path));
  kinds[column].names = new Map(rows.map((row) => [row[column], name(row)]));
}

// Asks for the names that these changes need, and are not known.
export async function learnNames(changes) {
  const wanted = Object.entries(kinds).filter(
    ([column, {names, asked}]) => now() - asked > kPause && changes.some(({row_key: key}) => key?.[column] !== undefined && !names.has(key[column])),
  );
  await Promise.allSettled(wanted.map(([column, kind]) => learn(column, kind)));
}
