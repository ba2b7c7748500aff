"""The module's types, as mypy reads them."""

import os
import shutil
import subprocess
import tempfile
import unittest


class TypesTest(unittest.TestCase):
    def test_mypy_finds_nothing(self):
        if not shutil.which("mypy"):
            self.skipTest("mypy is not installed (apt-get install mypy)")
        module = os.path.join(os.path.dirname(__file__), "../../ctl/python")
        with tempfile.TemporaryDirectory() as cache:
            found = subprocess.run(
                ["mypy", "--strict", "--cache-dir", cache, "-p", "nbasync"],
                cwd=module,
                stdout=subprocess.PIPE,
                text=True,
                check=False,
            )
        self.assertEqual(found.returncode, 0, found.stdout)


if __name__ == "__main__":
    unittest.main()
