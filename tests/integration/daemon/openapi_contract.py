"""Holds the running daemon to its own document, /api/v1/openapi.json, with python3-jsonschema: sends what is documented
and checks each answer against it. openapi_test.cpp runs it: openapi_contract.py SOCKET CHECK [ARGUMENT]..."""
import copy
import gzip
import json
import sys
from urllib.parse import quote

import jsonschema

from openapi_document import EVENTS, LINES, Connection, Document, Reply, ask, closed, fail


def values_of(parameter):
    """Those that are right, and one that is wrong: None where every text is right."""
    schema = parameter["schema"]
    if "enum" in schema:
        return schema["enum"], "no such word"
    if schema["type"] == "integer":
        most = schema.get("maximum", 7)
        return [schema["minimum"], min(most, schema.get("default", most)), most], schema["minimum"] - 1
    if schema.get("format") == "date":
        return ["2025-12-25"], "2025-13-25"
    if "pattern" in schema:
        return schema["examples"], "?"
    if "examples" in schema:
        return schema["examples"], "soon"
    return ["a"], None


class Checks:
    def __init__(self, place):
        self.document = Document(place)
        self.ask = self.document.ask

    def document_is_served(self, *places):
        """The same on each listener, packed for who asks for it, and with a tag."""
        for place in (self.document.place, *places):
            packed = Connection(place)
            packed.request("GET", "/api/v1/openapi.json", headers={"Accept-Encoding": "gzip"})
            response = packed.getresponse()
            if json.loads(gzip.decompress(response.read())) != self.document.text:
                fail(f"{place} has another document")
            tag = response.headers["ETag"]
            self.ask("GET", "/api/v1/openapi.json", 304, headers={"If-None-Match": tag}, place=place)
        for name, schema in self.document.text["components"]["schemas"].items():
            jsonschema.Draft202012Validator.check_schema(schema)
            for key, its in schema.get("properties", {}).items():
                if not {"type", "$ref", "anyOf"} & set(its):
                    fail(f"{name}.{key} has no type")
        ids = [operation["operationId"] for _, _, operation in self.document.operations()]
        if len(set(ids)) != len(ids):
            fail(f"one operationId twice: {ids}")

    def document_is_valid(self):
        from openapi_spec_validator import validate
        validate(self.document.text)

    def reads(self, run_id, schedule):
        """Each GET with each of its parameters, right and wrong."""
        names = {"/page/{name}": "app.js", "/api/v1/runs/{name}": run_id, "/api/v1/schedules/{name}": schedule,
                 "/api/v1/export/{name}": "standings"}
        for method, path, operation in list(self.document.operations()):
            if method != "GET" or EVENTS in operation["responses"]["200"]["content"]:
                continue
            place = path.replace("{name}", names.get(path, ""))
            parameters = operation.get("parameters", [])
            reply = self.ask("GET", place, 200)
            self.ask("HEAD", place, 200)
            self.ask("GET", place, 400, {"no_such_parameter": 1})
            if any(each["name"] == "If-None-Match" for each in parameters):
                self.ask("GET", place, 304, headers={"If-None-Match": reply.headers["ETag"]})
            for parameter in parameters:
                if parameter["in"] == "query":
                    self.read_with(place, parameter)
            if "404" in operation["responses"]:
                self.ask("GET", path.replace("{name}", "none"), 404)
        for lists, query in (("/api/games", {"date": "2025-12-25"}), ("/api/schedule", {"from": "2025-10-01"}),
                             ("/api/game-logs", {"season": "2025-26"}), ("/api/players", {}), ("/api/teams", {}),
                             ("/api/player-game-logs", {}), ("/api/player-stats", {}), ("/api/team-stats", {}),
                             ("/api/standings", {}), ("/api/v1/changes", {"since": 0})):
            if self.ask("GET", lists, 200, query).json()["count"] == 0:
                fail(f"{lists} has no rows to look at")
        lines = self.ask("GET", "/api/v1/changes", 200, {"since": 0}, headers={"Accept": LINES})
        if lines.type != LINES or not lines.text:
            fail("no changes as lines")
        self.files()

    def files(self):
        """Each table and each view as lines; the database as a file."""
        for table in self.ask("GET", "/api/v1/schema", 200).json()["tables"]:
            name = table["table_name"]
            lines = self.ask("GET", f"/api/v1/export/{name}", 200, {"format": "ndjson"})
            if lines.type != LINES or not lines.text:
                fail(f"{name} has no lines to look at")
            keys = [column["column_name"] for column in table["columns"]]
            if list(json.loads(lines.text.splitlines()[0])) != keys:
                fail(f"the lines of {name} have other columns than its schema")
        self.ask("GET", "/api/v1/export/none", 400)
        snapshot = self.ask("GET", "/api/v1/snapshot", 200)
        if not snapshot.body.startswith(b"SQLite format 3\0"):
            fail("the snapshot is no file of SQLite")

    def read_with(self, path, parameter):
        right, wrong = values_of(parameter)
        name = parameter["name"]
        for value in right:
            reply = ask(self.document.place, "GET", f"{path}?{name}={quote(str(value))}")
            self.document.check("GET", path, reply)
            if reply.status != 200 and (path, name) != ("/api/v1/changes", "since"):
                fail(f"{path}?{name}={value} is {reply.status}: {reply.text[:300]}")
        if wrong is not None:
            self.ask("GET", path, 400, {name: wrong})

    def changes(self, port):
        """What changes something, and how it is refused."""
        post = lambda path, status, body=None, **more: self.ask("POST", path, status, body=body, **more)
        sync = "/api/admin/sync"
        run = post(sync, 200, {"sync_type": "teams"}).json()["run_id"]
        self.ask("GET", f"/api/v1/runs/{run}", 200, {"wait": "30s"})
        rows = post(sync, 200, {"sync_type": "schedule", "dry_run": True, "force": False, "wait": True,
                                "timeout": "1m", "run_timeout": 90, "if_busy": "queue", "season": "2025-26"}).json()
        if not rows["changes"]:
            fail("a dry run without rows")
        admitted = post(sync, 202, {"sync_type": "schedule", "async": True})
        self.ask("GET", admitted.headers["Location"], 200, {"wait": 30})
        for body in ("", "[]", "{}", '{"sync_type":"team"}', '{"sync_type":"teams","timeout":"x"}',
                     '{"sync_type":"teams","times":2}', '{"sync_type":"teams","if_busy":"no"}'):
            post(sync, 400, body)
        for path, status in (("/api/v1/pause", 200), ("/api/v1/resume", 200), ("/api/v1/reload", 200)):
            post(path, status)
        seasons = {"from": "2023-24", "to": "2023-24"}
        post("/api/v1/backfill", 202, seasons)
        self.ask("GET", "/api/v1/backfill", 200)
        post("/api/v1/backfill", 409, {"from": "2022-23", "to": "2022-23"})
        self.ask("DELETE", "/api/v1/backfill", 200)
        for body in ("", "{}", {"from": "x", "to": "y"}, {**seasons, "by": "me"}):
            post("/api/v1/backfill", 400, body)
        self.ask("DELETE", "/api/v1/runs/none", 404)
        self.ask("GET", "/api/v1/changes", 410, {"since": 999999999})
        for method, path, operation in list(self.document.operations()):
            its = path.replace("{name}", "x")
            foreign = {"Host": "elsewhere.example", "Origin": "http://elsewhere.example"}
            if "security" not in operation:
                self.ask(method, its, 403, headers=foreign, place=port)
                continue
            self.ask(method, its, 400, {"no_such_parameter": 1})
            self.ask(method, its, 413, body="x" * 70000)
            self.ask(method, its, 401, place=port)
            self.ask(method, its, 401, headers={"Authorization": "Bearer guess"}, place=port)
            self.ask(method, its, 403, headers=foreign, place=port)
        self.everything_was_seen()

    def everything_was_seen(self):
        """Of what changes something each success and refusal was met, but for those of busy()."""
        busy = {("POST", "/api/admin/sync", 409), ("DELETE", "/api/v1/runs/{name}", 202)}
        for method, path, operation in self.document.operations():
            for status in map(int, operation["responses"]):
                request = (method, path, status)
                if "security" in operation and status < 500 and request not in self.document.seen | busy:
                    fail(f"{method} {path} was not answered with {status}")

    def busy(self, run_id):
        """A sync that hangs has the lock: what it is told then, and what it is when it is cancelled."""
        for body in ({"sync_type": "schedule", "wait": False}, {"sync_type": "schedule", "timeout": "0s"}):
            told = self.ask("POST", "/api/admin/sync", 409, body=body).json()
            if told["holder"]["run_id"] != run_id:
                fail(f"another holder: {told}")
        self.ask("POST", "/api/admin/sync", 202, body={"sync_type": "schedule", "async": True})
        status = self.ask("GET", "/api/v1/status", 200).json()
        if not status["current_sync"] or not status["queue"]:
            fail(f"nothing runs or waits: {status}")
        self.ask("GET", f"/api/v1/runs/{run_id}", 200)
        self.ask("DELETE", f"/api/v1/runs/{run_id}", 202)
        self.ask("GET", f"/api/v1/runs/{run_id}", 200, {"wait": 30})

    def upstream_fails(self):
        self.ask("POST", "/api/admin/sync", 502, body={"sync_type": "teams"})
        self.ask("GET", "/api/v1/status", 200)

    def events(self):
        """The stream of events of a sync, from its first to its last."""
        path = "/api/v1/events"
        _, operation = self.document.operation("GET", path)
        schema = operation["responses"]["200"]["content"][EVENTS]["schema"]
        self.ask("HEAD", path, 200)
        self.ask("GET", path, 400, headers={"Last-Event-ID": "seven"})
        stream = Connection(self.document.place)
        stream.request("GET", path)
        response = stream.getresponse()
        self.document.check("HEAD", path, Reply(response, b""))
        self.ask("POST", "/api/admin/sync", 200, body={"sync_type": "teams"})
        kinds, kind = set(), None
        while "finished" not in kinds:
            line = response.readline().decode().rstrip("\n")
            if line.startswith("event: "):
                kind = line[7:]
            elif line.startswith("data: "):
                self.document.validate(json.loads(line[6:]), schema["contentSchema"], kind)
                kinds.add(kind)
        if not {"started", "progress", "changes"} <= kinds:
            fail(f"only {kinds} came")

    def refused_everywhere(self, code):
        """A daemon that cannot serve says so on each route but those that it answers all the same."""
        served = {}
        for method, path, operation in list(self.document.operations()):
            reply = ask(self.document.place, method, path.replace("{name}", "x"), "{}" if method == "POST" else None)
            if path != "/api/v1/reload":
                self.document.check(method, path.replace("{name}", "x"), reply)
            codes = operation["responses"]["503"]["content"]["application/problem+json"]["schema"]
            documented = code in codes["properties"]["code"]["enum"]
            refused = reply.status == 503 and reply.json()["code"] == code
            if documented != refused:
                fail(f"{method} {path}: documented {documented}, refused {refused}")

    def first_sync(self):
        for method, path, operation in list(self.document.operations()):
            if "first-sync" in json.dumps(operation["responses"].get("503", {})):
                if self.ask(method, path, 503).json()["code"] != "first-sync":
                    fail(f"{path} has another problem")

    def drift_is_found(self):
        """What this file is for: a document that differs from the daemon in any of these ways fails."""
        path, where = "/api/v1/status", ("components", "schemas", "Status")
        for what, change in {
                "a key that is not documented": lambda status: status["properties"].pop("paused"),
                "a key that is not answered": lambda status: status["required"].append("mood"),
                "another type": lambda status: status["properties"]["paused"].update(type="string"),
                "another format": lambda status: status["properties"]["version"].update(format="date")}.items():
            other = Document(self.document.place)
            other.text = copy.deepcopy(self.document.text)
            schema = other.text
            for key in where:
                schema = schema[key]
            change(schema)
            self.must_fail(other, path, what)
        for what, change in {
                "a status that is not documented": lambda responses: responses.pop("200"),
                "another content type": lambda responses: responses["200"].update(content={"text/plain": {}}),
                "a header that is not sent": lambda responses: responses["200"].update(headers={"X": {}})}.items():
            other = Document(self.document.place)
            change(other.text["paths"][path]["get"]["responses"])
            self.must_fail(other, path, what)
        other = Document(self.document.place)
        other.text["paths"]["/api/v1/more"] = other.text["paths"]["/healthz"]
        self.must_fail(other, "/api/v1/more", "a route that is not served")
        del other.text["paths"][path]
        self.must_fail(other, path, "a route that is not documented")

    @staticmethod
    def must_fail(document, path, what):
        document.components = closed(document.text["components"])
        try:
            document.ask("GET", path, 200)
        except SystemExit:
            return
        fail(f"{what} is not found")


if __name__ == "__main__":
    getattr(Checks(sys.argv[1]), sys.argv[2])(*sys.argv[3:])
