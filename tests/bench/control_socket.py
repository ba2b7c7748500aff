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
        text, headers = (json.dumps(body), {"Content-Type": "application/json"}) if body else (None, {})
        try:
            self.request(method, target, text, headers)
            answer = self.getresponse()
        except (BrokenPipeError, http.client.RemoteDisconnected):  # it was idle for too long
            self.close()
            self.request(method, target, text, headers)
            answer = self.getresponse()
        return answer.status, answer.read()
