"""README's Python, as it is written there, on the demo season."""

import os
import re
import subprocess
import sys
import unittest

import nbasync
from daemon import Daemon

README = os.path.join(os.path.dirname(__file__), "../../README.md")


def recipes():
    with open(README, encoding="utf-8") as file:
        return re.findall(r"^```python\n(.*?)^```$", file.read(), re.MULTILINE | re.DOTALL)


class ReadmeTest(unittest.TestCase):
    def test_every_recipe_runs_and_says_something(self):
        daemon = Daemon()
        self.addCleanup(daemon.remove)
        daemon.start()
        nbasync.Client(daemon.socket).sync("full")
        environment = {**os.environ, "NBASYNC_SOCKET": daemon.socket, "NBASYNC_DATABASE": daemon.database}
        self.assertGreaterEqual(len(recipes()), 2)
        for recipe in recipes():
            with self.subTest(recipe.splitlines()[-1]):
                if "import pandas" in recipe and not has("pandas"):
                    self.skipTest("pandas is not installed (apt-get install python3-pandas)")
                ran = subprocess.run(
                    [sys.executable, "-c", recipe],
                    env=environment,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    text=True,
                    check=False,
                )
                self.assertEqual(ran.returncode, 0, ran.stderr)
                self.assertGreater(len(ran.stdout.splitlines()), 3)


def has(module):
    return subprocess.run([sys.executable, "-c", f"import {module}"], stderr=subprocess.DEVNULL, check=False).returncode == 0


if __name__ == "__main__":
    unittest.main()
