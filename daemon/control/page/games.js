// The scoreboard of a day, as the league counts days.

import {get, now, Problem} from "./api.js";
import {$, h, keyed, mark, say} from "./dom.js";
import {on, state} from "./state.js";
import {at, clockTime, kDay} from "./words.js";

const leagueDay = new Intl.DateTimeFormat("en-CA", {timeZone: "America/New_York", year: "numeric", month: "2-digit", day: "2-digit"});
const title = new Intl.DateTimeFormat("en-US", {timeZone: "UTC", weekday: "long", month: "long", day: "numeric"});

let away = 0; // days from today
let games = [];
let story = "";
let records = new Map();
let shownDay = "";

function day() {
  return leagueDay.format(now() + away * kDay);
}

function when(game) {
  if (game.status === "live") return game.game_status_text || [game.period ? `Q${game.period}` : "", game.game_clock ?? ""].join(" ").trim() || "live";
  if (game.status === "scheduled") return game.game_time_utc ? clockTime(at(game.game_time_utc)) : "time open";
  return game.status;
}

const side = (name) => h("p", {class: name}, h("b", {class: "team"}), h("span", {class: "record"}), h("b", {class: "score"}));

function showSide(element, name, id, score, wins) {
  say(element.querySelector(".team"), name ?? "?");
  const record = records.get(id);
  say(element.querySelector(".record"), record ? `${record.wins}–${record.losses}` : "");
  say(element.querySelector(".score"), score === null ? "" : String(score));
  element.classList.toggle("winner", wins);
}

function show() {
  const words = {"-1": "Yesterday", 0: "Today", 1: "Tomorrow"}[away];
  const date = title.format(Date.parse(day()));
  say($("today-title"), words ? `${words}, ${date}` : date);
  mark($("day-today"), "aria-pressed", String(away === 0));
  const list = $("games");
  if (games.length === 0) {
    list.keyed = undefined;
    list.replaceChildren(h("li", {class: "none"}, story || "no games"));
    return;
  }
  list.querySelector(".none")?.remove();
  keyed(
    list,
    games,
    ({id}) => id,
    () => h("li", {}, side("away"), side("home"), h("p", {class: "when"})),
    (element, game) => {
      const final = game.status === "final";
      mark(element, "data-state", game.status);
      const played = final || game.status === "live";
      const score = (value) => (played ? value : null);
      showSide(element.querySelector(".away"), game.away_team_name, game.away_team_id, score(game.away_score), final && game.away_score > game.home_score);
      showSide(element.querySelector(".home"), game.home_team_name, game.home_team_id, score(game.home_score), final && game.home_score > game.away_score);
      say(element.querySelector(".when"), when(game));
    },
  );
}

async function ask() {
  const asked = day();
  shownDay = asked;
  try {
    const answer = await get(`api/games?date=${asked}`);
    if (asked !== day()) return;
    [games, story] = [answer.games, ""];
  } catch (error) {
    if (asked !== day()) return;
    [games, story] = [[], error instanceof Problem ? error.message : "the daemon does not answer"];
  }
  show();
}

async function askRecords() {
  try {
    const {standings} = await get("api/standings");
    records = new Map(standings.map((team) => [team.team_id, team]));
    show();
  } catch {
    // Without data there are no records: the games say so.
  }
}

function go(days) {
  away = days;
  games = [];
  story = " ";
  show();
  ask();
}

$("day-before").addEventListener("click", () => go(away - 1));
$("day-today").addEventListener("click", () => go(0));
$("day-after").addEventListener("click", () => go(away + 1));
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || document.querySelector("dialog[open]")) return;
  if (event.target.closest("input, select, textarea, canvas, [role=application]")) return;
  if (event.key === "ArrowLeft") go(away - 1);
  else if (event.key === "ArrowRight") go(away + 1);
  else if (event.key === "t" || event.key === "T") go(0);
  else return;
  event.preventDefault();
});

let pending = null;
on("changes", (table) => {
  if (table === null || table === "standings") askRecords();
  if (table !== null && table !== "games" && table !== "todays_games") return;
  clearTimeout(pending);
  pending = setTimeout(ask, table === null ? 0 : 400);
});
// A game's clock alone is no change of the feed.
on("run", (run) => {
  if (run.sync_type === "todays_games" && games.some((game) => game.status === "live")) ask();
  else if (state.status?.first_sync && run.status === "success") ask();
});
on("tick", () => {
  if (day() !== shownDay && shownDay !== "") ask();
});
