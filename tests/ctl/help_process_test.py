#!/usr/bin/env python3
"""burstctl as a person meets it: every command has a page of help that says what it does and takes, and bash completes
what there is.

    help_process_test.py BURSTCTL [unittest arguments]"""

import os
import re
import subprocess
import sys
import unittest

BURSTCTL = sys.argv.pop(1)
COMPLETE = 'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _burstctl; printf "%s\\n" "${COMPREPLY[@]}"'


def run(*words, expect=0):
    done = subprocess.run([BURSTCTL, *words], capture_output=True, text=True, timeout=60)
    assert done.returncode == expect, f"{words}: {done}"
    return done.stdout


def commands_of(page):
    """The names of the commands below this one, each with its description."""
    if not re.search(r"^Usage: .* COMMAND\b", page, re.M):
        return []
    return re.findall(r"^  ([a-z][a-z-]*) {2,}(\S.*)$", page, re.M)


class Help(unittest.TestCase):
    def pages(self, path=()):
        page = run(*path, "--help")
        yield path, page
        for name, _ in commands_of(page):
            yield from self.pages((*path, name))

    def test_every_command_has_a_page_that_says_what_it_does(self):
        pages = dict(self.pages())
        self.assertGreater(len(pages), 40)
        for path, page in pages.items():
            self.assertRegex(page, r"\A\s*\S.{9,}", path)
            self.assertIn(" ".join(("burstctl", *path)), page)
            self.assertIn("--help", page, path)
            for line in page.splitlines():
                self.assertLessEqual(len(line), 140, path)
                self.assertNotRegex(line, r"^[a-z]+\.?$", f"{path}: a word alone on its line")
                self.assertNotRegex(line, r"^  --?[a-z-]+(,--[a-z-]+)?( [A-Z]+)?\s*$", f"{path}: an option without a word")

    def test_an_option_that_is_not_for_people_has_no_line(self):
        for path, page in self.pages():
            options = re.search(r"^Options:\n((?:  .*\n)+)", page, re.M)
            for line in options.group(1).splitlines() if options else []:
                self.assertRegex(line, r"^  -| {20}", f"{path}: an option without a name")

    def test_the_socket_is_where_the_daemon_makes_it(self):
        self.assertIn("/run/burstd/burstd.sock", run("--help"))
        nowhere = {name: value for name, value in os.environ.items() if name != "BURSTD_SOCKET"}
        if os.path.exists("/run/burstd/burstd.sock"):
            self.skipTest("a gateway runs on this machine")
        done = subprocess.run([BURSTCTL, "version", "--json"], capture_output=True, text=True, env=nowhere, timeout=60)
        self.assertEqual(done.returncode, 3)
        self.assertIn("/run/burstd/burstd.sock", done.stderr)

    def test_a_command_that_is_not_there_is_wrong_usage_and_says_where_help_is(self):
        done = subprocess.run([BURSTCTL, "burst", "prewiev"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 2)
        self.assertIn("prewiev", done.stderr)
        self.assertIn("burstctl burst --help", done.stderr)


class Completion(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.script = "/dev/stdin"
        cls.text = run("completion")

    def complete(self, *words):
        done = subprocess.run(["bash", "-c", COMPLETE, "bash", self.script, "burstctl", *words], input=self.text,
                              capture_output=True, text=True, timeout=30)
        self.assertEqual(done.stderr, "")
        return done.stdout.split()

    def test_commands_and_options(self):
        self.assertIn("burst", self.complete(""))
        self.assertEqual(self.complete("burst", "pr"), ["preview"])
        self.assertEqual(self.complete("items", "--stat"), ["--state", "--status"])
        self.assertIn("--deselect", self.complete("burst", "send", "tomorrow.csv", "--"))
        self.assertNotIn("--deselect", self.complete("items", "--"))

    def test_a_value_is_no_command(self):
        self.assertEqual(self.complete("--socket", "burst", "ite"), ["items"])
        self.assertEqual(self.complete("items", "--patient", "show", "--wa"), ["--watch"])

    def test_words_of_an_option(self):
        self.assertEqual(self.complete("items", "--status", ""), ["pending", "sent", "failed"])
        self.assertEqual(self.complete("send", "--category", "re"), ["reminder", "recall", "result"])
        self.assertEqual(self.complete("events", "--kind", "ba"), ["batch"])

    def test_every_command_of_the_help_is_offered(self):
        for path, page in Help().pages():
            offered = self.complete(*path, "")
            for name, _ in commands_of(page):
                self.assertIn(name, offered, path)


if __name__ == "__main__":
    unittest.main(verbosity=2)
