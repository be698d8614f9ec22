#!/usr/bin/env python3
"""Every command that asks the gateway prints its answer, octet by octet, with --json. The commands are those that the help
pages name: one that stands in no list here fails the test.

    json_process_test.py BURSTCTL [unittest arguments]"""

import http.server
import json
import pathlib
import re
import socketserver
import subprocess
import sys
import tempfile
import threading
import unittest

BURSTCTL = sys.argv.pop(1)
ROOT = pathlib.Path(__file__).resolve().parents[2]
SUBMIT = "00" + "01000B911497214365F7000005C8329BFD06"

# By the command: what is typed after it. {csv} and {json} are files with one recipient.
ASKS = {
    "status": [], "version": [], "quota": ["--segments", "3"], "modems": [],
    "modem pause": ["front"], "modem resume": ["front"], "modem reset": ["front"], "modem unlock": ["front", "--same"],
    "modem replace": ["front"],
    "check": ["--to", "+41791234567", "--text", "Hello"], "send": ["--to", "+41791234567", "--text", "Hello"],
    "items": [], "show": ["M1"], "cancel": ["M1"], "note": ["M1", "--user", "anna", "--text", "phoned"],
    "resend": ["M1", "--user", "anna"], "resolve": ["M1", "--sent", "--user", "anna", "--reason", "phoned"],
    "burst preview": ["{csv}", "--text", "Hello"], "burst send": ["{csv}", "--text", "Hello", "--yes"],
    "burst show": ["B1"], "burst list": [], "burst cancel": ["B1"],
    "inbox": [], "inbox show": ["R1"], "inbox ack": ["R1", "--user", "anna"],
    "opt-out list": [], "opt-out show": ["+41791234567"],
    "opt-out add": ["+41791234567", "--user", "anna", "--reason", "moved"],
    "opt-out lift": ["+41791234567", "--user", "anna", "--reason", "back"],
    "template list": [], "template show": ["a"], "template put": ["a", "--text", "Hello"], "template delete": ["a"],
    "template dry-run": ["a"],
    "verify": [], "audit": [], "release": ["--user", "anna", "--reason", "moved"], "reload": ["--user", "anna"], "top": [],
    "trust-clock": ["--user", "anna", "--reason", "by the radio"],
    "group list": [], "group show": ["a"], "group put": ["a", "{csv}"], "group delete": ["a"],
}
# With a word more that changes where the answer comes from.
MORE = {"modems": ["front"], "items": ["--call-list"], "burst send": ["B1"]}

# Those that ask nobody: what is typed after them, and how they end. {drivers} and {own} are folders of them.
ALONE = {
    "pdu decode": ["--direction", "mo", SUBMIT], "pdu encode": ["--to", "+41791234567", "--text", "Hello"],
    "config check": ["{config}"], "driver check": ["{driver}"], "completion": [], "help": ["burst"],
    "driver list": ["--drivers", "{drivers}", "--override", "{own}"],
}
# What they are is tested elsewhere: they follow the gateway until they are told to end, need a modem or a person, or write a file.
ELSEWHERE = {"events", "driver probe", "setup", "metrics", "backup", "restore", "support-bundle"}


def commands(path=()):
    """Every command that does something, as words joined by blanks."""
    page = subprocess.run([BURSTCTL, *path, "--help"], capture_output=True, text=True, check=True, timeout=60).stdout
    usage = re.search(r"^Usage: .*$", page, re.M)[0]
    below = re.findall(r"^  ([a-z][a-z-]*) {2,}\S.*$", page, re.M) if re.search(r"\bCOMMAND\b", usage) else []
    if path and (not below or "[COMMAND]" in usage):
        yield " ".join(path)
    for name in below:
        yield from commands((*path, name))


class Gateway(http.server.BaseHTTPRequestHandler):
    """Answers whatever is asked in a form that no program would give it."""
    last = b""

    def answer(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = {"id": "X1", "name": "front", "state": "preview", "status": "Sent Successfully", "verdict": "ok", "light": "green",
                "rows_total": 1, "rows_selected": 1, "accepted": [{"row": 1, "id": "M1"}], "refused": [], "items": [],
                "next": None, "last_seq": 1, "whole": True, "epoch": "E", "asked": f"{self.command} {self.path}"}
        Gateway.last = json.dumps(body, indent=1, separators=(",", ":  ")).replace("\n", " ").encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(Gateway.last)))
        self.end_headers()
        self.wfile.write(Gateway.last)

    do_GET = do_POST = do_PUT = do_DELETE = answer

    def log_message(self, *_):
        pass

    def address_string(self):
        return "local"


class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True


class Json(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="burstctl-json-")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        cls.socket = cls.folder / "socket"
        server = Server(str(cls.socket), Gateway)
        cls.addClassCleanup(server.server_close)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        cls.addClassCleanup(thread.join)
        cls.addClassCleanup(server.shutdown)
        csv, config = cls.folder / "one.csv", cls.folder / "burstd.yaml"
        csv.write_text("to\n+41791234567\n")
        config.write_text(f"drivers: {{installed: {ROOT / 'drivers'}, override: {cls.folder / 'own'}}}\n")
        cls.files = {"{csv}": str(csv), "{config}": str(config), "{driver}": str(ROOT / "drivers" / "generic.yaml"),
                     "{drivers}": str(ROOT / "drivers"), "{own}": str(cls.folder / "own")}

    def run_json(self, socket, command, words):
        typed = [*command.split(), *(self.files.get(word, word) for word in words), "--json", "--socket", str(socket)]
        Gateway.last = b""
        return subprocess.run([BURSTCTL, *typed], stdin=subprocess.DEVNULL, capture_output=True, timeout=60)

    def test_every_command_is_known_here(self):
        found = set(commands())
        known = {*ASKS, *ALONE, *ELSEWHERE}
        self.assertEqual(found - known, set(), "new commands: say here what they print with --json")
        self.assertEqual(known - found, set(), "commands that are gone")

    def test_what_the_gateway_answers_is_printed_as_it_came(self):
        for table in (ASKS, MORE):
            for command, words in table.items():
                with self.subTest(command=command, words=words):
                    done = self.run_json(self.socket, command, words)
                    self.assertEqual((done.returncode, done.stderr), (0, b""))
                    self.assertNotEqual(Gateway.last, b"", "the gateway is asked")
                    self.assertEqual(done.stdout.splitlines(keepends=True)[-1], Gateway.last + b"\n")
                    for line in done.stdout.splitlines():
                        self.assertIn("asked", json.loads(line), "nothing else is printed")

    def test_the_others_need_no_gateway(self):
        for command, words in ALONE.items():
            with self.subTest(command=command):
                done = self.run_json(self.folder / "nobody", command, words)
                self.assertEqual((done.returncode, done.stderr), (0, b""))
                if command.startswith(("pdu", "driver")):
                    self.assertIsNotNone(json.loads(done.stdout))

    def test_without_a_gateway_nothing_is_printed(self):
        for command, words in ASKS.items():
            with self.subTest(command=command):
                done = self.run_json(self.folder / "nobody", command, words)
                self.assertEqual((done.returncode, done.stdout), (3, b""))


if __name__ == "__main__":
    unittest.main(verbosity=2)
