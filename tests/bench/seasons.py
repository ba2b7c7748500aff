"""The demo season's answers as those of another season: the same games, so many years before."""

import os
import re

DEMO = 2025


def name_of(year):
    return f"{year}-{(year + 1) % 100:02}"


def as_of(text, year):
    """Names of the season, ids of its games and days, each moved."""
    back = DEMO - year
    text = text.replace(name_of(DEMO), name_of(year))
    text = re.sub(r'"00([1-6])25(\d{5})"', lambda found: f'"00{found[1]}{year % 100:02}{found[2]}"', text)
    text = re.sub(r'"2(\d{4})"(?=,)', lambda found: f'"2{int(found[1]) - back}"', text)
    text = re.sub(r"\b(2025|2026)-(\d\d)-(\d\d)", lambda found: f"{int(found[1]) - back}-{found[2]}-{found[3]}", text)
    return re.sub(r"(\d\d/\d\d/)(2025|2026)\b", lambda found: f"{found[1]}{int(found[2]) - back}", text)


def write(source, target, year):
    """Adds the answers of a season to a folder; those that name no season stay the newest's."""
    os.makedirs(target, exist_ok=True)
    for file in os.listdir(source):
        name = file.replace(name_of(DEMO), name_of(year))
        if year != DEMO and file.startswith("scheduleLeagueV2"):
            name = f"scheduleleaguev2_{name_of(year)}.json"  # of a past season another host is asked
        elif year != DEMO and name == file:
            continue
        with open(f"{source}/{file}", encoding="utf-8") as answer:
            text = answer.read()
        with open(f"{target}/{name}", "w", encoding="utf-8") as answer:
            answer.write(as_of(text, year))
