"""What watches without a login: the page of figures, held to Prometheus' format and to what really happened, the file for
collectors, the check for Nagios, and the dashboard, which asks for nothing that is not there."""
import json
import os
import pathlib
import re
import socket
import stat
import subprocess
import tempfile
import threading
import unittest

from house import BURSTCTL, House, wait_for

DASHBOARD = pathlib.Path(__file__).resolve().parents[2] / "docs" / "grafana" / "burstd.json"
PATIENT = "+41790000001"
NAME = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*\Z")
SAMPLE = re.compile(r'([a-zA-Z_:][a-zA-Z0-9_:]*)(\{([a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*"'
                    r'(?:,[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*")*)\})? (\S+)\Z')
UNITS = ("seconds", "bytes", "dbm", "segments", "ratio", "info", "total", "fds")
COUNTED = ("messages", "watchers", "sending", "suspect", "damaged", "unacknowledged", "change", "ready", "registered", "state", "left",
           "missing", "up", "held_back", "for_disk")


class Page:
    """A page in the text format 0.0.4, read as strictly as promtool checks it."""

    def __init__(self, text):
        assert text.endswith("\n"), "the last line does not end"
        self.kinds, self.samples, helped, family = {}, {}, set(), None
        for line in text.splitlines():
            assert line == line.strip() and line, repr(line)
            if line.startswith("# HELP "):
                family, words = line.removeprefix("# HELP ").split(" ", 1)
                assert family not in helped and NAME.match(family), line
                assert words.endswith("."), line
                helped.add(family)
            elif line.startswith("# TYPE "):
                name, kind = line.removeprefix("# TYPE ").split(" ")
                assert name == family and name not in self.kinds, f"{line}: after its HELP, once"
                assert kind in ("counter", "gauge", "summary"), line
                self.kinds[name] = kind
            else:
                self.read(line, family)
        assert helped == set(self.kinds)
        for name, kind in self.kinds.items():
            self.lint(name, kind)

    def read(self, line, family):
        found = SAMPLE.match(line)
        assert found, f"no sample: {line}"
        name, _, labels, value = found.groups()
        suffixes = ("_sum", "_count") if self.kinds[family] == "summary" else ("",)
        assert name in [family + suffix for suffix in suffixes], f"{line}: under {family}"
        pairs = re.findall(r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"', labels or "")
        assert len(dict(pairs)) == len(pairs), f"{line}: a label twice"
        key = (name, tuple(sorted(pairs)))
        assert key not in self.samples, f"{line}: twice"
        self.samples[key] = float(value)

    @staticmethod
    def lint(name, kind):
        assert (kind == "counter") == name.endswith("_total"), f"{name} is a {kind}"
        assert name.startswith(("burstd_", "process_")) and name == name.lower(), name
        assert not re.search(r"_(ms|milliseconds|minutes|hours|kilobytes|mb|percent|counter|gauge)(_|$)", name), name
        assert name.endswith(UNITS + COUNTED), f"{name} has no unit that is known"

    def value(self, name, **labels):
        return self.samples[name, tuple(sorted(labels.items()))]

    def names(self):
        return {name for name, _ in self.samples}


class Metrics(unittest.TestCase):
    def page(self, house):
        return Page(house.get("/metrics"))

    def test_figures_tell_what_happened(self):
        with House(modems=2) as house:
            house.start()
            before = self.page(house)
            self.assertEqual(before.value("burstd_messages_total", state="delivered"), 0)
            rows = [{"to": f"+4179000{n:04}", "patient": f"P{n}"} for n in range(20)]
            burst = house.burst(rows, text="Long enough to be two of them. " * 6)
            house.post(f"/v1/batches/{burst['id']}/send", {}, 202)
            house.post("/v1/messages", {"client_ref": "bad", "to": "12", "text": "x"}, 201)
            house.wait_final()
            house.order(f"deliver modem1 {PATIENT} STOP")
            house.order(f"deliver modem1 {PATIENT} What?")
            wait_for(lambda: len(house.get("/v1/inbox")["items"]) == 2, "the replies")
            page = self.page(house)
            self.assertEqual(page.value("burstd_messages_total", state="queued"), 21)
            self.assertEqual(page.value("burstd_messages_total", state="delivered"), 20)
            self.assertEqual(page.value("burstd_messages_total", state="failed"), 1)
            self.assertEqual(page.value("burstd_attempts_total"), 40)
            self.assertEqual(page.value("burstd_attempt_results_total", result="accepted"), 40)
            self.assertEqual(page.value("burstd_delivery_reports_total"), 40)
            self.assertEqual(page.value("burstd_delivery_reports_applied_total", outcome="report-delivered"), 40)
            self.assertEqual(page.value("burstd_replies_total", **{"class": "stop"}), 1)
            self.assertEqual(page.value("burstd_replies_unacknowledged"), 2)
            self.assertEqual(sum(page.value("burstd_modem_accepted_total", modem=name) for name in house.names), 40)
            self.assertEqual(page.value("burstd_messages", state="queued"), 0)
            self.assertGreater(page.value("burstd_record_commit_seconds_count"), 40)
            self.assertGreater(page.value("process_open_fds"), 5)
            self.assertGreater(page.value("process_resident_memory_bytes"), 1e6)
            self.assertEqual(page.value("burstd_http_requests_total", method="POST", route="/v1/batches", code="201"), 1)

    def test_counters_never_fall_and_no_family_comes_or_goes(self):
        with House(modems=1) as house:
            house.start()
            first = self.page(house)
            house.post("/v1/messages", {"client_ref": "a", "to": PATIENT, "text": "See you."}, 201)
            house.wait_final()
            second = self.page(house)
            for (name, labels), value in first.samples.items():
                if first.kinds.get(name) == "counter":
                    self.assertGreaterEqual(second.samples[name, labels], value, (name, labels))
            self.assertEqual(first.kinds, second.kinds)

    def test_neither_number_nor_sim_nor_text_is_a_label(self):
        with House(modems=1) as house:
            house.start()
            house.post("/v1/messages", {"client_ref": "a", "to": PATIENT, "text": "Harpsichord."}, 201)
            house.wait_final()
            modem = house.get("/v1/modems")["items"][0]
            text = house.get("/metrics")
            for secret in (PATIENT, "Harpsichord", modem["sim"], modem["imei"], modem["imsi"]):
                self.assertNotIn(secret, text)

    def test_the_file_for_collectors_is_the_same_page(self):
        with House(modems=1) as house:
            house.start()
            file = house.folder / "burstd.prom"
            house.ctl("metrics", "--textfile", str(file))
            page = Page(file.read_text())
            self.assertEqual(page.value("burstd_up"), 1)
            self.assertEqual(page.names() - {"burstd_up"}, self.page(house).names())
            self.assertEqual(stat.S_IMODE(os.stat(file).st_mode), 0o644)
            house.stop()
            house.ctl("metrics", "--textfile", str(file), expect=3)
            self.assertEqual(Page(file.read_text()).samples, {("burstd_up", ()): 0})

    def test_nagios_is_told_of_a_modem_that_is_gone_and_of_what_waits(self):
        with House(modems=1) as house:
            house.start()
            self.assertRegex(house.ctl("check", "--nagios").stdout, r"^BURSTD OK - 1 of 1 modems ready, 0 messages wait \| ")
            house.order("unplug modem1")
            wait_for(lambda: house.get("/v1/modems")["items"][0]["state"] != "ready", "it is gone")
            house.post("/v1/messages", {"client_ref": "a", "to": PATIENT, "text": "See you."}, 201)
            told = house.ctl("check", "--nagios", expect=2).stdout
            self.assertRegex(told, r"^BURSTD CRITICAL - no modem is ready; 0 of 1 modems ready, 1 message waits \| ")
            wait_for(lambda: "has waited for" in house.ctl("check", "--nagios", "--due", "0.001,0.001", expect=2).stdout,
                     "its age is told")
            house.stop()
            self.assertIn("BURSTD CRITICAL - ", house.ctl("check", "--nagios", expect=2).stdout)


class Silent:
    """A gateway that takes requests and never answers; which ones, is kept."""

    def __init__(self, folder):
        self.path, self.asked, self.taken = f"{folder}/burstd.sock", [], []
        self.listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.listener.bind(self.path)
        self.listener.listen()
        threading.Thread(target=self.take, daemon=True).start()

    def take(self):
        while True:
            try:
                taken, _ = self.listener.accept()
            except OSError:
                return
            self.taken.append(taken)
            self.asked.append(taken.makefile().readline().split(" HTTP", 1)[0])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.listener.close()
        for taken in self.taken:
            taken.close()


class Hanging(unittest.TestCase):
    def test_nagios_is_told_before_it_gives_up(self):
        environment = {name: value for name, value in os.environ.items() if name != "TZ"}
        with tempfile.TemporaryDirectory(prefix="burstd-system-") as folder, Silent(folder) as gateway:
            told = subprocess.run([BURSTCTL, "--socket", gateway.path, "check", "--nagios"], capture_output=True, text=True,
                                  env=environment, timeout=40)  # of 8 s, and of more than a minute where it is as patient as others
            self.assertEqual(told.returncode, 2, told.stderr)
            self.assertRegex(told.stdout, r"^BURSTD CRITICAL - .*no answer")
            self.assertEqual(gateway.asked, ["GET /metrics"])


class Dashboard(unittest.TestCase):
    def expressions(self, node):
        if isinstance(node, dict):
            for key, value in node.items():
                if key in ("expr", "query") and isinstance(value, str):
                    yield value
                yield from self.expressions(value)
        elif isinstance(node, list):
            for each in node:
                yield from self.expressions(each)

    def test_it_asks_for_what_there_is(self):
        asked = set()
        board = json.loads(DASHBOARD.read_text())
        for expression in self.expressions(board):
            asked |= set(re.findall(r"\b(?:burstd|process)_[a-z0-9_]+", expression))
        self.assertGreater(len(asked), 20)
        places = [tuple(panel["gridPos"].values()) for panel in board["panels"]]
        self.assertEqual(len(places), len(set(places)))
        with House(modems=1) as house:
            house.start()
            page = Page(house.get("/metrics"))
            known = page.names() | set(page.kinds)
        self.assertEqual(asked - known, set())
        unseen = {name for name in page.kinds if name.startswith("burstd_modem") and name not in asked}
        self.assertLess(len(unseen), 8, unseen)


if __name__ == "__main__":
    unittest.main()
