"""Syncs of small datasets and, one in EACH, all: soak.py SOCKET PID SYNCS EACH. See soak.sh."""

import json
import os
import socket
import sys
import time

MOST_GROWTH_KB = 2048  # of the resident memory, after 10,000 syncs


def sync(path, kind):
    """Runs one to its end, on a connection of its own, as nbasyncctl does."""
    body = json.dumps({"sync_type": kind, "if_busy": "queue", "timeout": 60}).encode()
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(path)
        connection.sendall(
            b"POST /api/admin/sync HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        answer = b""
        while part := connection.recv(65536):
            answer += part
    if not answer.startswith(b"HTTP/1.1 200 "):
        sys.exit(answer.decode())


def memory(pid):
    with open(f"/proc/{pid}/status") as status:
        words = dict(line.split(":", 1) for line in status)
    return {key: int(words[key].split()[0]) for key in ("VmRSS", "RssAnon", "VmHWM", "Threads")}


def descriptors(pid):
    """Without the last client's, which may still be closing."""
    def count():
        time.sleep(0.1)
        return len(os.listdir(f"/proc/{pid}/fd"))
    return min(count() for _ in range(5))


def main(path, pid, syncs, each):
    begin = time.monotonic()
    marks = {}
    for done in range(1, syncs + 1):
        sync(path, "full" if done % each == 0 else ("teams", "todays_games")[done % 2])
        if done in (1000, 10000, 30000, syncs):
            now = memory(pid)
            now["descriptors"] = descriptors(pid)
            marks[done] = now
            print(f"{done:7} syncs, {time.monotonic() - begin:6.0f} s: "
                  f"VmRSS {now['VmRSS']} kB, RssAnon {now['RssAnon']} kB, VmHWM {now['VmHWM']} kB, "
                  f"{now['descriptors']} descriptors, {now['Threads']} threads", flush=True)
    if 10000 not in marks:
        return
    last, first = marks[syncs], marks[10000]
    if last["VmRSS"] > first["VmRSS"] + MOST_GROWTH_KB or last["descriptors"] > first["descriptors"]:
        sys.exit("it has grown after the first 10,000 syncs")


main(sys.argv[1], *map(int, sys.argv[2:]))
