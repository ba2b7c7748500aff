"""README's recipes, as they are written there, on the demo season; tests/system/readme_test.cpp runs its commands."""

import glob
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import unittest

import nbasync
from daemon import Daemon

with open(os.path.join(os.path.dirname(__file__), "../../README.md"), encoding="utf-8") as readme:
    README = readme.read()


def blocks():
    """Each (language, text) of what stands between two fences."""
    return re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def recipes(language):
    return [text for found, text in blocks() if found == language]


class ReadmeTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = Daemon(season=os.path.join(os.environ["NBASYNC_DEMO"], "season"))  # that of the quick start
        cls.addClassCleanup(cls.daemon.remove)
        cls.daemon.start()
        nbasync.Client(cls.daemon.socket).sync("full")
        cls.environment = {**os.environ, "NBASYNC_SOCKET": cls.daemon.socket, "NBASYNC_DATABASE": cls.daemon.database}

    def runs(self, *command, environment=None):
        """What a program prints that ends well."""
        ran = subprocess.run(
            command,
            env=environment or self.environment,
            cwd=self.daemon.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)
        return ran.stdout

    def test_every_query_has_the_answer_that_stands_below_it(self):
        shown = 0
        with sqlite3.connect(f"file:{self.daemon.database}?mode=ro", uri=True) as database:
            for (language, text), (following, answer) in zip(blocks(), blocks()[1:]):
                if language != "sql":
                    continue
                with self.subTest(text):
                    cursor = database.execute(text)
                    table = [[column[0] for column in cursor.description]]
                    table += [[str(cell) for cell in row] for row in cursor]
                    self.assertGreater(len(table), 1)
                    if following == "":
                        self.assertEqual(table, [re.split(r" {2,}", line.strip()) for line in answer.splitlines()])
                        shown += 1
        self.assertGreaterEqual(shown, 2)

    def test_every_configuration_for_the_daemon_is_without_a_mistake(self):
        checked = 0
        for text in recipes("yaml"):
            if not text.startswith("# /etc/nbasync/conf.d/") or "postgresql" in text:
                continue
            with self.subTest(text):
                file = os.path.join(self.daemon.folder, "recipe.yaml")
                with open(file, "w", encoding="utf-8") as recipe:
                    recipe.write(text)
                self.runs(os.environ["NBASYNCD"], "--check-config", "--config", file)
                checked += 1
        self.assertGreaterEqual(checked, 3)

    def test_python_runs_and_says_something(self):
        self.assertGreaterEqual(len(recipes("python")), 2)
        for recipe in recipes("python"):
            with self.subTest(recipe.splitlines()[-1]):
                if "import pandas" in recipe and not has("pandas"):
                    self.skipTest("pandas is not installed (apt-get install python3-pandas)")
                self.assertGreater(len(self.runs(sys.executable, "-c", recipe).splitlines()), 3)

    @unittest.skipUnless(shutil.which("Rscript"), "R is not installed (apt-get install r-cran-rsqlite)")
    def test_r_reads_the_database(self):
        (recipe,) = recipes("r")
        self.assertIn("/var/lib/nbasync/nba_data.db", recipe)
        out = self.runs("Rscript", "-e", recipe.replace("/var/lib/nbasync/nba_data.db", self.daemon.database))
        self.assertEqual(out.splitlines()[1].split()[:2], ["1", "ATL"], out)

    def test_the_programs_of_the_build_show_the_demo_season(self):
        """In a tree that has what the quick start leaves; only the build itself is not asked for a second time."""
        tree = os.path.join(self.daemon.folder, "tree")
        os.makedirs(os.path.join(tree, "build/demo"))
        for place, program in (("build/daemon/nbasyncd", "NBASYNCD"), ("build/ctl/nbasyncctl", "NBASYNCCTL")):
            os.makedirs(os.path.dirname(os.path.join(tree, place)))
            os.symlink(os.environ[program], os.path.join(tree, place))
        os.symlink(os.path.join(os.environ["NBASYNC_DEMO"], "season"), os.path.join(tree, "build/demo/season"))
        os.mkdir(os.path.join(tree, "config"))
        shutil.copy(os.path.join(os.path.dirname(__file__), "../../config/demo.yaml"), os.path.join(tree, "config"))
        told = re.search(r"the same programs are in `build`;.*?`(build/daemon[^`]*)`, then\s`(build/ctl[^`]*)`", README, re.DOTALL)
        daemon, client = told.groups()
        once = daemon.replace(" &", " --once full")
        seen = self.runs(
            "sh", "-euc", f"cd {tree}; {once}; {daemon}\nuntil {client} >seen 2>&1; do kill -0 $!; done; kill $!; wait; cat seen"
        )
        self.assertRegex(seen, r"\nteams .* fresh\n")

    # A package of npm's, which the gate installs: DuckDB is none of Debian's.
    @unittest.skipUnless(os.environ.get("NBASYNC_DUCKDB"), "NBASYNC_DUCKDB names no folder with DuckDB's node module")
    def test_duckdb_makes_a_parquet_of_an_export(self):
        (recipe,) = recipes("duckdb")
        export = "export team_game_logs --format ndjson --output logs.ndjson"
        self.assertIn(f"nbasyncctl {export}", README)
        self.runs(os.environ["NBASYNCCTL"], *export.split())
        node = """const duckdb = require('@duckdb/node-api');
        (async () => {
          const connection = await (await duckdb.DuckDBInstance.create(':memory:')).connect();
          await connection.run(process.argv[1]);
          const counted = await connection.runAndReadAll("SELECT count(*), sum(team_pts) FROM 'logs.parquet'");
          console.log(counted.getRows()[0].join(' '));
        })()"""
        counted = self.runs(
            "node", "-e", node, recipe, environment={**self.environment, "NODE_PATH": os.environ["NBASYNC_DUCKDB"]}
        )
        with sqlite3.connect(self.daemon.database) as database:
            expected = database.execute("SELECT count(*), sum(team_pts) FROM team_game_logs").fetchone()
        self.assertEqual(counted.split(), [str(cell) for cell in expected])


def has(module):
    return subprocess.run([sys.executable, "-c", f"import {module}"], stderr=subprocess.DEVNULL, check=False).returncode == 0


if __name__ == "__main__":
    unittest.main()
