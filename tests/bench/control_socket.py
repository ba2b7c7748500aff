"""HTTP over the daemon's control socket, for the benchmarks."""

import http.client
import json
import socket


class Connection(http.client.HTTPConnection):
    """To the control socket; it is kept."""

    def __init__(self, path):
        super().__init__("localhost")
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self.path)

    def ask(self, method, target, body=None):
        self.request(method, target, json.dumps(body) if body else None,
                     {"Content-Type": "application/json"} if body else {})
        answer = self.getresponse()
        return answer.status, answer.read()
