// One changed row in a line: which it is, and what of it was what before.

import {h} from "./dom.js";
import {nameIn} from "./names.js";
import {readable} from "./words.js";

const kFields = 4; // told of an update
const kNames = ["player_name", "full_name", "team_abbreviation", "home_team_name", "name"];

const text = (value) => (value === null || value === undefined ? "–" : typeof value === "object" ? JSON.stringify(value) : String(value));

function nameOf({row_key: key, before, after}) {
  const row = {...before, ...after};
  const name = kNames.map((column) => row[column]).find(Boolean);
  if (name === undefined && key === null) return "";
  const keys = Object.entries(key ?? {}).filter(([column]) => !(name && column.endsWith("_id") && column !== "game_id")).map(([column, value]) => text(nameIn(column, value)));
  return [name, ...keys].filter(Boolean).join(" ");
}

function fieldsOf({before, after}) {
  const columns = Object.keys({...before, ...after}).filter((column) => text(before?.[column]) !== text(after?.[column]));
  const told = columns.slice(0, kFields).map((column) =>
    h("span", {class: "field"}, `${readable(column)} `, h("del", {}, text(before?.[column])), " → ", h("ins", {}, text(after?.[column]))),
  );
  if (columns.length > kFields) told.push(h("span", {class: "field"}, `and ${columns.length - kFields} more`));
  return told;
}

export function changeLine(change) {
  const kind = {insert: "new", delete: "gone", load: "loaded"}[change.change];
  const number = change.change === "load" ? ` ${text(change.after?.count)} rows` : "";
  return h(
    "p",
    {class: "change"},
    h("b", {}, readable(change.table_name)),
    " ",
    nameOf(change),
    change.is_correction ? h("span", {class: "pill", "data-tone": "warn"}, "correction") : null,
    kind ? h("span", {class: "kind"}, `${kind}${number}`) : fieldsOf(change),
  );
}
