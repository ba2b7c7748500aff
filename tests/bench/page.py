"""The figures of page.sh."""

import http.server
import json
import os
import pathlib
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

from figures import figure

CONFIGURATION = """
season: 2025-26
database: {{path: {work}/nba_data.db}}
upstream: {{stats_url: "file:{season}", cdn_url: "file:{season}"}}
control: {{socket: {work}/nbasync.sock, http: {{listen: "127.0.0.1:{port}"}}}}
dbus: {{bus: none}}
sync: {{on_start: never}}
"""
# Resolved when all parts of the page have asked and been answered.
WHOLE = """
const done = arguments[0];
const whole = () => ['#datasets', '#changes', '#games'].every(each => document.querySelector(each).firstElementChild)
  && document.querySelector('#timeline-sum').textContent;
const look = () => {
  if (!whole()) return requestAnimationFrame(look);
  const paint = performance.getEntriesByName('first-contentful-paint')[0];
  if (!paint) return requestAnimationFrame(look);
  const files = performance.getEntriesByType('resource').filter(each => each.name.includes('/page/'));
  const page = performance.getEntriesByType('navigation')[0];
  done({paint: paint.startTime, whole: performance.now(), requests: performance.getEntriesByType('resource').length,
        bytes: page.encodedBodySize + files.reduce((sum, each) => sum + each.encodedBodySize, 0)});
};
look();
"""
PAINT = """
const done = arguments[0];
const look = () => {
  const paint = performance.getEntriesByName('first-contentful-paint')[0];
  return paint ? done(paint.startTime) : requestAnimationFrame(look);
};
look();
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ask(port, method, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", data, method=method)
    with urllib.request.urlopen(request, timeout=60) as reply:
        return json.load(reply)["value"]


def until_it_answers(port, path):
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5).close()
            return
        except OSError:
            time.sleep(0.02)


class OneWord(http.server.BaseHTTPRequestHandler):
    """A page that asks for nothing more."""
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = b"<!DOCTYPE html><link rel=icon href=data:,><p>word"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


def paint_of_one_word(port, driver, session):
    ask(driver, "POST", f"{session}/url", {"url": f"http://127.0.0.1:{port}/"})
    try:
        return ask(driver, "POST", f"{session}/execute/async", {"script": PAINT, "args": []})
    finally:
        ask(driver, "POST", f"{session}/url", {"url": "about:blank"})


def round_of(build, work, port, driver, session):
    """One start of the daemon, of which the browser has nothing yet."""
    daemon = subprocess.Popen([f"{build}/daemon/nbasyncd", "--config", f"{work}/nbasyncd.yaml"], stderr=subprocess.DEVNULL)
    try:
        until_it_answers(port, "/healthz")
        ask(driver, "POST", f"{session}/goog/cdp/execute", {"cmd": "Network.clearBrowserCache", "params": {}})
        ask(driver, "POST", f"{session}/url", {"url": f"http://127.0.0.1:{port}/"})
        return ask(driver, "POST", f"{session}/execute/async", {"script": WHOLE, "args": []})
    finally:
        ask(driver, "POST", f"{session}/url", {"url": "about:blank"})
        daemon.terminate()
        daemon.wait()


def rounds_of(build, work, port, driver, rounds):
    """In one browser. The first round is its own start, and does not count."""
    arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1440,1000"]
    wanted = {"alwaysMatch": {"goog:chromeOptions": {"args": arguments}}}
    session = "/session/" + ask(driver, "POST", "/session", {"capabilities": wanted})["sessionId"]
    other = http.server.ThreadingHTTPServer(("127.0.0.1", 0), OneWord)
    threading.Thread(target=other.serve_forever, daemon=True).start()
    try:
        return [{**round_of(build, work, port, driver, session),
                 "one word": paint_of_one_word(other.server_port, driver, session)} for _ in range(rounds + 1)][1:]
    finally:
        ask(driver, "DELETE", session)
        other.shutdown()


def main():
    build, rounds = sys.argv[1], int(sys.argv[2])
    with tempfile.TemporaryDirectory() as work:
        port, driver_port = free_port(), free_port()
        season = pathlib.Path(build) / "demo" / "season"
        text = CONFIGURATION.format(work=work, season=season, port=port)
        pathlib.Path(work, "nbasyncd.yaml").write_text(text)
        subprocess.run([f"{build}/daemon/nbasyncd", "--config", f"{work}/nbasyncd.yaml", "--once", "full"], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        driver = subprocess.Popen(["chromedriver", f"--port={driver_port}"], stdout=subprocess.DEVNULL,
                                  env=os.environ | {"TMPDIR": work})
        try:
            until_it_answers(driver_port, "/status")
            results = rounds_of(build, work, port, driver_port, rounds)
        finally:
            driver.terminate()
            driver.wait()

    def median(of):
        return statistics.median(result[of] for result in results)
    for name, what, unit, target in (("paint", "first paint", "ms", "<= 100"), ("whole", "all of it", "ms", "<= 400"),
                                     ("bytes", "its size", "B", ""), ("requests", "requests", "", "")):
        peer = ("a page of one word", median("one word")) if name == "paint" else ()
        figure(f"the page: {what}, median of {rounds}", median(name), unit, *peer, target=target)


main()
