"""config/examples against a real daemon: Grafana's dashboard and the rules of Prometheus ask for what there is."""

import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest

import nbasync
from daemon import Daemon

EXAMPLES = os.path.join(os.path.dirname(__file__), "../../config/examples")
NAME = re.compile(r"\bnbasync_[a-z_]+")


def rules():
    with open(os.path.join(EXAMPLES, "prometheus.rules.yaml"), encoding="utf-8") as file:
        return file.read()


def dashboard():
    """The expressions of all panels, with a value for each variable."""
    with open(os.path.join(EXAMPLES, "grafana-dashboard.json"), encoding="utf-8") as file:
        panels = json.load(file)["panels"]
    expressions = [target["expr"] for panel in panels for target in panel["targets"]]
    return [text.replace("$instance", ".*").replace("$__rate_interval", "5m") for text in expressions]


class ExamplesTest(unittest.TestCase):
    def test_each_figure_that_is_asked_for_is_there(self):
        daemon = Daemon("commonteamyears=status=500*1")
        self.addCleanup(daemon.remove)
        daemon.start()
        client = nbasync.Client(daemon.socket)
        with self.assertRaises(nbasync.SyncFailed):
            client.sync("teams")
        client.sync("full")
        known = set(re.findall(r"^# TYPE (\S+)", daemon.metrics(), re.MULTILINE))
        known |= {f"{name}_bucket" for name in known}
        asked = set(NAME.findall("\n".join([rules(), *dashboard()])))
        self.assertGreater(len(asked), 12)
        # Only over a PostgreSQL.
        self.assertEqual(asked - known, {"nbasync_cluster_holder"})

    def test_promtool_reads_every_expression(self):
        if not shutil.which("promtool"):
            self.skipTest("promtool is not installed (apt-get install prometheus)")
        recorded = [{"record": f"panel:{index}", "expr": text} for index, text in enumerate(dashboard())]
        self.assertGreater(len(recorded), 12)
        texts = {"rules.yaml": rules(), "panels.yaml": json.dumps({"groups": [{"name": "panels", "rules": recorded}]})}
        for name, text in texts.items():
            with tempfile.TemporaryDirectory() as folder, self.subTest(name):
                file = os.path.join(folder, name)
                with open(file, "w", encoding="utf-8") as written:
                    written.write(text)
                subprocess.run(["promtool", "check", "rules", file], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    unittest.main()
