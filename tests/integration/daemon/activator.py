"""Holds a listening Unix socket as systemd does, and hands it to a daemon: ACTIVATOR SOCKET PROGRAM [ARGUMENT]...

Whoever connects while no daemon runs starts one. Prints "started PID" for each.
"""

import ctypes
import os
import select
import signal
import socket
import sys

PR_SET_PDEATHSIG = 1

signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
path, program = sys.argv[1], sys.argv[2:]
listener = socket.socket(socket.AF_UNIX)
listener.bind(path)
listener.listen(128)
print("listening", flush=True)
while True:
    select.select([listener], [], [])
    child = os.fork()
    if child == 0:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)  # no daemon outlives its test
        os.dup2(listener.fileno(), 3)
        os.set_inheritable(3, True)
        os.environ["LISTEN_FDS"] = "1"
        os.environ["LISTEN_PID"] = str(os.getpid())
        os.execv(program[0], program)
    print("started", child, flush=True)
    os.waitpid(child, 0)
