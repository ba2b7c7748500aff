"""Who reads the file itself: file_reads.py DATABASE SECONDS. Prints how many players it has read, one after the other,
each by its key in a transaction of its own, and p50 and p99 in µs. Fails at an error, a locked database too.
"""

import itertools
import sqlite3
import statistics
import sys
import time

connection = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True, timeout=0, isolation_level=None)
players = [row[0] for row in connection.execute("SELECT player_id FROM players")]
took = []
end = time.monotonic() + float(sys.argv[2])
for player in itertools.cycle(players):
    if time.monotonic() > end:
        break
    begin = time.perf_counter_ns()
    connection.execute("SELECT * FROM players WHERE player_id = ?", (player,)).fetchall()
    took.append((time.perf_counter_ns() - begin) / 1e3)
parts = statistics.quantiles(took, n=100)
print(len(took), f"{parts[49]:.1f} {parts[98]:.1f}")
