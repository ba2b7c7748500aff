"""The lines of figures.py as Markdown: table.py FILE..., a chapter a file, named as the file is."""

import os
import re
import sys


def number(text, unit):
    value = float(text)
    digits = 0 if abs(value) >= 100 or value == int(value) else 1 if abs(value) >= 10 else 2
    return f"{value:,.{digits}f} {unit}".strip()


def is_met(target, ours, ratio):
    of_ratio, sign, limit = re.fullmatch(r"(ratio )?(<=|>=) ([0-9.]+)", target).groups()
    value = ratio if of_ratio else ours
    return value <= float(limit) if sign == "<=" else value >= float(limit)


def row(words):
    name, ours, unit, peer, peers, target = (words + [""] * 6)[:6]
    ratio = float(ours) / float(peers) if peers and float(peers) else None
    beside = f"{peer} {number(peers, unit)}" if peers else peer
    met = "" if not target else "yes" if is_met(target, float(ours), ratio) else "**no**"
    sign = target.replace("<=", "≤").replace(">=", "≥")
    aim = f"{sign} {unit}".strip() if target and "ratio" not in target else sign
    return [name, number(ours, unit), beside, f"{ratio:.2f}" if ratio is not None else "", aim, met]


def main(files):
    print("| what | nbasync | beside | ratio | target | met |\n|---|---|---|---|---|---|")
    for file in files:
        with open(file) as lines:
            rows = [row(line.rstrip("\n").split("\t")[1:]) for line in lines if line.startswith("figure\t")]
        if rows:
            print(f"| **{os.path.basename(file).split('.')[0]}** | | | | | |")
        for cells in rows:
            print("| " + " | ".join(cells) + " |")


main(sys.argv[1:])
