#!/usr/bin/env python3
"""The manual pages: whatever there is stands in them, and man reads them without a complaint.

    man_test.py PAGES BURSTCTL [unittest arguments]      PAGES: the folder of the build where they are"""

import json
import os
import re
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
PAGES, BURSTCTL = Path(sys.argv.pop(1)), sys.argv.pop(1)
MAN = shutil.which("man")


def read(name):
    return (PAGES / name).read_text(encoding="utf-8").replace("\\-", "-")


def keys_of(node, path=""):
    """The keys of a YAML file as the page writes them."""
    if isinstance(node, list):
        for each in node:
            yield from keys_of(each, path + "[]")
    elif isinstance(node, dict):
        for key, value in node.items():
            yield f"{path}.{key}".lstrip(".")
            yield from keys_of(value, f"{path}.{key}")


def uncommented(file):
    """With the options that have no default, as if somebody had removed the "#"."""
    text = (ROOT / file).read_text(encoding="utf-8")
    return yaml.safe_load(re.sub(r"^#(  +\S)", r"\1", text, flags=re.M))


class Pages(unittest.TestCase):
    def test_every_option_of_the_configuration_stands_there(self):
        page, keys = read("burstd.yaml.5"), set(keys_of(uncommented("config/burstd.yaml")))
        self.assertGreater(len(keys), 60)
        self.assertEqual([], [key for key in keys if not self.stands_in(page, key)])

    def stands_in(self, page, key):
        """By itself, as the beginning of another, or inside the braces of the one above it."""
        above, name = key.rpartition(".")[::2]
        entry = re.search(rf'\.B "{re.escape(above)}"\n(.*?)\n\.(?:TP|SS|SH)', page, re.S)
        return re.search(rf'\.B "{re.escape(key)}[".[]', page) or entry and re.search(rf"[{{ ]{name}: ", entry.group(1))

    def test_every_key_of_a_driver_stands_there(self):
        page = read("burst-drivers.5")
        for key in re.findall(r"^(?:#  )?([a-z_]+):", (ROOT / "drivers/generic.yaml").read_text(encoding="utf-8"), re.M):
            self.assertRegex(page, rf'\n\.B "{key}[".[]', key)

    def test_every_command_stands_there_once(self):
        page = read("burstctl.1")
        completion = subprocess.run([BURSTCTL, "completion"], capture_output=True, text=True, check=True).stdout
        commands = re.findall(r'^    "(burstctl [a-z -]+)"\) words', completion, re.M)
        self.assertGreater(len(commands), 40)
        for command in commands:
            self.assertEqual(1, page.count(f"\n.SS {command}\n"), command)
        self.assertEqual(1, page.count("print the gateway's answer as it came"))

    def test_every_operation_of_the_interface_stands_there(self):
        page = read("burst-api.7")
        document = json.loads((PAGES.parents[1] / "openapi.json").read_text(encoding="utf-8"))
        for path, operations in document["paths"].items():
            for method in operations.keys() & {"get", "put", "post", "delete"}:
                self.assertIn(f'"{method.upper()} {path}"', page)

    @unittest.skipUnless(MAN, "there is no man here")
    def test_man_has_no_complaint(self):
        for page in sorted(PAGES.glob("*.[1-8]")):
            done = subprocess.run([MAN, "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", str(page)], capture_output=True,
                                  text=True, env={**os.environ, "LC_ALL": "C.UTF-8", "MANWIDTH": "80"}, timeout=60)
            self.assertEqual((0, ""), (done.returncode, done.stderr), page.name)
            self.assertNotIn("@", "".join(re.findall(r"@[A-Z]+@", page.read_text(encoding="utf-8"))))


if __name__ == "__main__":
    unittest.main()
