"""The Python module against a real daemon."""

import os
import sqlite3
import threading
import unittest

import nbasync
from daemon import Daemon
from nbasync.answers import Change, Event, Run, Status


class ClientTest(unittest.TestCase):
    """A daemon that has synced the teams and nothing else."""

    def setUp(self):
        self.daemon = Daemon()
        self.addCleanup(self.daemon.remove)
        self.daemon.start()
        self.client = nbasync.Client(self.daemon.socket)

    def test_a_sync_waits_and_tells_its_run(self):
        run = self.client.sync("teams")
        self.assertEqual((run["status"], run["records_synced"], run["inserted_count"]), ("success", 30, 30))
        self.assertEqual(self.client.run(run["run_id"]), run)
        self.assertEqual([run["run_id"]], [entry["run_id"] for entry in self.client.runs(sync_type="teams")])

    def test_a_dry_run_changes_nothing(self):
        run = self.client.sync("teams", dry_run=True)
        self.assertEqual(run["inserted_count"], 30)
        self.assertTrue(run["dry_run"])
        with nbasync.connect(self.daemon.database) as database:
            self.assertEqual(database.execute("SELECT count(*) FROM nba_teams").fetchone()[0], 0)

    def test_the_types_are_those_of_the_answers(self):
        full = self.client.sync("full")
        dry = self.client.sync("teams", dry_run=True)
        for run in (full, dry, *full["steps"]):
            self.assertLessEqual(set(run), set(Run.__annotations__))
        self.assertLessEqual(Run.__required_keys__, set(full))
        self.assertLessEqual(set(Status.__annotations__), set(self.client.status()))
        change = next(self.client.changes(table="nba_teams"))
        self.assertEqual(set(change), set(Change.__annotations__))
        event = next(self.client.events(last_event_id="0"))
        self.assertEqual(set(event), set(Event.__annotations__))

    def test_changes_are_told_in_order_and_once(self):
        self.client.sync("teams")
        numbers = [change["seq"] for change in self.client.changes()]
        self.assertEqual(numbers, list(range(1, 61)))  # nba_teams and standings
        rest = list(self.client.changes(since=40, table="standings"))
        self.assertEqual([change["seq"] for change in rest], list(range(41, 61)))
        self.assertEqual(list(self.client.changes(since=60)), [])

    def test_who_follows_hears_of_a_later_sync(self):
        followed = self.client.changes(since=0, follow=True)
        syncing = threading.Thread(target=self.client.sync, args=("teams",))
        syncing.start()
        self.assertEqual([next(followed)["seq"] for _ in range(60)], list(range(1, 61)))
        syncing.join()

    def test_a_number_that_was_never_given_is_an_error(self):
        with self.assertRaises(nbasync.ChangesGone) as raised:
            list(self.client.changes(since=4711))
        self.assertEqual(raised.exception.code, "changes-gone")

    def test_what_is_not_there_is_an_error(self):
        with self.assertRaises(nbasync.NotFound):
            self.client.run("none")
        with self.assertRaises(nbasync.Error) as raised:
            self.client.sync("everything")
        self.assertEqual(raised.exception.code, "unknown-type")
        self.assertIn("known are", str(raised.exception))

    def test_the_short_functions_ask_the_socket_of_the_environment(self):
        os.environ["NBASYNC_SOCKET"] = self.daemon.socket
        self.addCleanup(os.environ.pop, "NBASYNC_SOCKET")
        run = nbasync.sync("teams")
        self.assertEqual(nbasync.run(run["run_id"]), run)
        self.assertEqual(nbasync.runs(limit=1), [run])
        self.assertFalse(nbasync.status()["sync_in_progress"])
        self.assertEqual(len(list(nbasync.changes(since=0))), 60)

    def test_the_database_can_be_read_and_nothing_else(self):
        self.client.sync("teams")
        with nbasync.connect(self.daemon.database) as database:
            row = database.execute("SELECT * FROM nba_teams WHERE team_abbreviation = 'BOS'").fetchone()
            self.assertEqual(row["team_abbreviation"], "BOS")
            with self.assertRaises(sqlite3.OperationalError):
                database.execute("DELETE FROM nba_teams")
        with self.assertRaisesRegex(sqlite3.OperationalError, "there is no such file"):
            nbasync.connect(self.daemon.database + ".not")

    def test_nobody_there_says_what_to_do(self):
        self.daemon.stop()
        with self.assertRaisesRegex(nbasync.Unreachable, "is nbasyncd running"):
            self.client.status()
        with self.assertRaises(nbasync.Unreachable):
            next(self.client.events())


class BadUpstreamTest(unittest.TestCase):
    """Upstreams that fail, or never answer."""

    def client_of(self, *faults):
        self.daemon = Daemon(*faults)
        self.addCleanup(self.daemon.remove)
        self.daemon.start()
        return nbasync.Client(self.daemon.socket)

    def test_a_failed_sync_tells_its_run(self):
        with self.assertRaises(nbasync.SyncFailed) as raised:
            self.client_of("*=status=500").sync("teams")
        self.assertEqual(raised.exception.code, "upstream-status")
        self.assertEqual(raised.exception.answer["status"], "failed")
        self.assertIn("500", str(raised.exception))

    def test_who_does_not_get_the_lock_is_told_who_has_it(self):
        client = self.client_of("*=hang")
        held = client.sync("teams", wait=False)
        with self.assertRaises(nbasync.Refused) as raised:
            client.sync("schedule", if_busy="fail")
        self.assertEqual(raised.exception.answer["holder"]["run_id"], held["run_id"])
        with self.assertRaises(nbasync.LockTimeout):
            client.sync("schedule", timeout=0.05)
        client.cancel(held["run_id"])
        self.assertEqual(client.run(held["run_id"], wait="30s")["status"], "cancelled")

    def test_who_waits_is_told_the_end_after_a_restart(self):
        client = self.client_of("*=hang")
        happened = client.events(last_event_id="0")  # whoever is first, the stream or the sync
        told = []

        def sync():
            try:
                client.sync("teams")
            except nbasync.SyncFailed as error:
                told.append(error.code)

        waiting = threading.Thread(target=sync)
        waiting.start()
        while next(happened)["event"] != "started":
            pass
        self.daemon.stop()
        self.daemon.start()
        waiting.join()
        self.assertEqual(told, ["interrupted"])
        client.sync("schedule", wait=False)
        while True:  # the stream connects again
            event = next(happened)
            if event["event"] == "started" and event["data"]["sync_type"] == "schedule":
                break


class TcpTest(unittest.TestCase):
    """Over TCP changes take the token."""

    def test_changes_take_the_token(self):
        token = "0123456789abcdef0123456789abcdef"
        with tempfile_with(token) as file:
            port = free_port()
            address = f"http://127.0.0.1:{port}"
            daemon = Daemon(configuration=f', http: {{listen: "127.0.0.1:{port}", token_file: {file}}}')
            self.addCleanup(daemon.remove)
            daemon.start()
            with self.assertRaises(nbasync.Denied):
                nbasync.Client(address).sync("teams")
            self.assertEqual(nbasync.Client(address, token=token).sync("teams")["status"], "success")


def free_port():
    """A port that nobody has now."""
    import socket

    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return bound.getsockname()[1]


def tempfile_with(text):
    """A file with this text, which only its owner may read."""
    import tempfile

    class File(tempfile.TemporaryDirectory):
        def __enter__(self):
            path = os.path.join(super().__enter__(), "token")
            with open(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
                file.write(text)
            return path

    return File()


if __name__ == "__main__":
    unittest.main()
