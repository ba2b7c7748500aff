"""A figure of a benchmark beside its peer, as a line that run.sh reads.

The line: the word `figure`, then, tabs between, what it is, ours, the unit, the peer's name, the peer's figure, and the
target. A target is about ours ("<= 25") or about the ratio of ours to the peer's ("ratio <= 1.25"); none is empty. From
a shell: python3 figures.py NAME OURS UNIT PEER PEERS [TARGET].
"""

import statistics
import subprocess
import sys
import time


def figure(name, ours, unit, peer="", peers="", target=""):
    print("figure", name, f"{float(ours):.5g}", unit, peer, f"{float(peers):.5g}" if peers != "" else "", target,
          sep="\t", flush=True)


def median_of(rounds, *ways):
    """The median of what each way returns, in turn, so that what else the machine does falls on all alike."""
    found = [[] for _ in ways]
    for _ in range(rounds):
        for way, results in zip(ways, found):
            results.append(way())
    return [statistics.median(each) for each in found]


def timed(work, *what):
    """Milliseconds that it takes."""
    begin = time.monotonic()
    work(*what)
    return 1000 * (time.monotonic() - begin)


def with_apscheduler():
    """A Python that has APScheduler: this one, or the system's, for which Debian packs it; None."""
    for python in (sys.executable, "/usr/bin/python3"):
        if subprocess.run([python, "-c", "import apscheduler"], check=False, stderr=subprocess.DEVNULL).returncode == 0:
            return python
    return None


if __name__ == "__main__":
    figure(*sys.argv[1:])
