"""The document of the interface, /api/v1/openapi.json, and requests whose answers are held to it."""
import datetime
import http.client
import json
import re
import socket
import sys
from urllib.parse import urlencode

import jsonschema

LINES, EVENTS = "application/x-ndjson", "text/event-stream"
formats = jsonschema.FormatChecker(["date"])


@formats.checks("date-time", ValueError)
def is_time(text):
    if isinstance(text, str):
        datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ" if "." in text else "%Y-%m-%dT%H:%M:%SZ")
    return True


class Connection(http.client.HTTPConnection):
    """At the Unix socket, or over TCP where the place is a port."""

    def __init__(self, place):
        super().__init__("localhost", int(place) if place.isdigit() else 80, timeout=60)
        self.place = place

    def connect(self):
        if self.place.isdigit():
            return super().connect()
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(60)
        self.sock.connect(self.place)


class Reply:
    def __init__(self, response, body):
        self.status, self.headers = response.status, response.headers
        self.type = response.headers.get("Content-Type")
        self.body = body

    @property
    def text(self):
        return self.body.decode()

    def json(self):
        return json.loads(self.text)


def ask(place, method, target, body=None, headers=()):
    connection = Connection(place)
    connection.request(method, target, body, dict(headers))
    response = connection.getresponse()
    reply = Reply(response, response.read())
    connection.close()
    return reply


def fail(why):
    sys.exit(why)


def closed(schema):
    """The same schema, which takes no key that it does not name."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    result = {key: closed(value) for key, value in schema.items()}
    if "$ref" not in schema and isinstance(schema.get("properties"), dict) and "type" in schema:
        result.setdefault("additionalProperties", False)
    return result


def shortened(value, most=60):
    """Of a long list of rows some from its beginning, its middle and its end: thousands take long."""
    if isinstance(value, list) and len(value) > most:
        return value[:: len(value) // most + 1] + value[-1:]
    if isinstance(value, dict):
        return {key: shortened(each) for key, each in value.items()}
    return value


class Document:
    def __init__(self, place):
        self.place = place
        self.text = ask(place, "GET", "/api/v1/openapi.json").json()
        self.components = closed(self.text["components"])
        self.seen = set()  # (method, path, status)

    def operations(self):
        for path, item in self.text["paths"].items():
            for method, operation in item.items():
                yield method.upper(), path, operation

    def operation(self, method, path):
        for known, item in self.text["paths"].items():
            form = "^" + re.sub(r"\\{[a-z]+\\}", "[^/]+", re.escape(known)) + "$"
            if re.match(form, path) and method.lower() in item:
                return known, item[method.lower()]
        return fail(f"{method} {path} is not documented")

    def validate(self, value, schema, what):
        whole = {**closed(schema), "components": self.components}
        checker = jsonschema.Draft202012Validator(whole, format_checker=formats)
        error = jsonschema.exceptions.best_match(checker.iter_errors(value))
        if error:
            fail(f"{what}: at {'/'.join(map(str, error.absolute_path))}: {error.message[:600]}")

    def check(self, method, path, reply):
        """An answer of this request is one that is documented."""
        known, operation = self.operation("GET" if method == "HEAD" else method, path)
        what = f"{method} {path} {reply.status}"
        form = operation["responses"].get(str(reply.status))
        if form is None:
            fail(f"{what} is not documented: {reply.text[:300]}")
        self.seen.add((method, known, reply.status))
        content = form.get("content", {})
        if (reply.type in content) != bool(content):
            fail(f"{what}: {reply.type} is none of {list(content)}")
        for name in form.get("headers", {}):
            if name not in reply.headers and (not name.startswith("Nbasync-") or reply.type == LINES):
                fail(f"{what} has no {name}")
        if method == "HEAD" or not content:
            return reply
        self.check_body(reply, content[reply.type]["schema"], what)
        return reply

    def check_body(self, reply, schema, what):
        if reply.type == EVENTS:
            return
        if reply.type == LINES:
            for line in shortened(reply.text.splitlines()):
                self.validate(json.loads(line), schema["contentSchema"], what)
        elif "json" in reply.type:
            self.validate(shortened(reply.json()), schema, what)
        elif not reply.body:
            fail(f"{what} is empty")

    def ask(self, method, path, status, query=None, body=None, headers=(), place=None):
        target = path + ("?" + urlencode(query) if query else "")
        text = None if body is None else body if isinstance(body, str) else json.dumps(body)
        reply = ask(place or self.place, method, target, text, headers)
        if reply.status != status:
            fail(f"{method} {target} is {reply.status}, not {status}: {reply.text[:300]}")
        return self.check(method, path, reply)
