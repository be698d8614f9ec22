"""The log: fields of its own in the journal, plain lines elsewhere; floods cut off by kind; neither texts nor numbers, also
not while what goes over the ports is written down, unless it is asked for. Every line that the sources write has a kind."""
import os
import pathlib
import re
import unittest

from house import ADMIN, House, wait_for

ROOT = pathlib.Path(__file__).resolve().parents[2]
CATCHER = os.environ.get("BURSTD_JOURNAL_CATCHER", "build/release/tests/libjournal_catcher.so")
PATIENT, TEXT = "+41790000001", "Harpsichord recital at noon"
CALL = re.compile(r'spdlog::(?:info|warn|error|critical|log)\((?:[^"]*?,\s*)??((?:"(?:[^"\\]|\\.)*"\s*)+)', re.S)


class Journal(House):
    """A house whose daemon's standard error is, as it is told, the journal."""

    def __init__(self, **more):
        super().__init__(**more)
        self.caught = self.folder / "journal"
        self.log_file.touch()
        told = os.stat(self.log_file)
        self.environment = {**os.environ, "LD_PRELOAD": CATCHER, "BURSTD_CAUGHT": str(self.caught),
                            "JOURNAL_STREAM": f"{told.st_dev}:{told.st_ino}",
                            "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"}

    def entries(self):
        text = self.caught.read_text() if self.caught.exists() else ""
        return [dict(line.split("=", 1) for line in entry.splitlines()) for entry in text.split("\n\n") if entry]


def send(house, ref="a", text=TEXT):
    return house.post("/v1/messages", {"client_ref": ref, "to": PATIENT, "text": text}, 201)["id"]


class Fields(unittest.TestCase):
    def test_the_journal_gets_event_modem_and_message(self):
        with Journal(modems=1) as house:
            house.start()
            ready = wait_for(lambda: [e for e in house.entries() if e["MESSAGE"] == "modem modem1: ready"], "it is told")[0]
            self.assertEqual((ready["BURSTD_EVENT"], ready["BURSTD_MODEM"], ready["PRIORITY"]), ("modem-state", "modem1", "6"))
            self.assertRegex(ready["MESSAGE_ID"], r"^[0-9a-f]{32}$")
            self.assertNotIn("BURSTD_MESSAGE", ready)
            house.order("unplug modem1")
            gone = wait_for(lambda: [e for e in house.entries() if e["PRIORITY"] == "4"], "it is told")[0]
            self.assertEqual((gone["BURSTD_EVENT"], gone["MESSAGE_ID"]), ("modem-state", ready["MESSAGE_ID"]))
            house.stop()
            kinds = {(e["BURSTD_EVENT"], e["MESSAGE_ID"]) for e in house.entries()}
            self.assertLessEqual({"listening", "recovered", "stopping", "ended"}, {kind for kind, _ in kinds})
            self.assertEqual(len({kind for kind, _ in kinds}), len({number for _, number in kinds}))
            self.assertEqual(house.log_file.read_text(), "")

    def test_where_the_journal_is_another_stream_lines_are_plain(self):
        with Journal(modems=1) as house:
            house.environment["JOURNAL_STREAM"] = "1:2"
            house.start()
            self.assertFalse(house.caught.exists())
            self.assertRegex(house.log_file.read_text(), r"(?m)^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d info: modem modem1: ready$")

    def test_every_line_of_the_sources_has_a_kind(self):
        table = (ROOT / "src/app/log_kinds.cpp").read_text()
        kinds = [re.sub(r"\\\{\\\}", ".*", re.escape(pattern))
                 for pattern in re.findall(r'Pattern\{"[^"]+",\s*"([^"]+)"\}', table)]
        self.assertGreater(len(kinds), 30)
        seen = 0
        for file in sorted((ROOT / "src").rglob("*.cpp")):
            for call in CALL.finditer(file.read_text()):
                line = "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', call.group(1)))
                if line in ("{}", "modem {}: {}"):  # what is in it has its own row
                    continue
                seen += 1
                self.assertTrue(any(re.fullmatch(kind, line) for kind in kinds), f"{file.name}: {line!r} has no kind")
        self.assertGreater(seen, 30)


class Floods(unittest.TestCase):
    def test_lines_of_one_kind_are_cut_off_counted_and_told_and_silence_no_other(self):
        me = f"clients: {{known: [{{name: it, users: [{os.getuid()}], role: admin}}]}}\n"
        with House(modems=1, config=me) as house:
            house.start()
            house.config_file.write_text(house.configuration(me + "nonsense: {}\n"))
            for _ in range(40):
                house.post("/v1/reload", {}, 422)
            told = house.log_file.read_text().count("the configuration is not taken up")
            self.assertEqual(told, 30)
            house.order("unplug modem1")
            wait_for(lambda: "modem modem1: absent" in house.log_file.read_text(), "another kind is told")
            house.stop()
            log = house.log_file.read_text()
            self.assertEqual(log.count("the configuration is not taken up"), told)
            self.assertRegex(log, r"warning: 10 more lines of the kind configuration were left out")


class Secrets(unittest.TestCase):
    def test_a_debug_log_has_the_commands_and_neither_text_nor_number_nor_pin(self):
        options = ("pin: \"4711\"",)
        with House(modems=1, config="log: {level: debug}\n", modem_options=options, sim_options=("--sim-pin", "4711")) as house:
            house.start()
            send(house)
            house.wait_final()
            house.order(f"deliver modem1 {PATIENT} I am ill, sorry")
            wait_for(lambda: house.get("/v1/inbox")["items"], "the reply")
            log = house.log_file.read_text()
            self.assertRegex(log, r"port \S+: > AT\+CMGS=\d+\n")
            self.assertRegex(log, r"port \S+: < \+CMGS: \d+\n")
            self.assertRegex(log, r"port \S+: > <\d+ octets>\n")
            self.assertIn("> AT+CPIN=***", log)
            self.assertNotIn("4711", log)
            for secret in (house.get("/v1/modems")["items"][0]["imsi"], PATIENT[1:], "9700000010"):
                self.assertNotIn(secret, log)

    def test_a_number_that_somebody_else_has_typed_is_masked_however_it_is_written(self):
        with House(modems=0, config=ADMIN) as house:
            house.start()
            for number in ("+41790000567", "+41 79 000 05 67", "+41 (0)79-000-05-67"):
                house.config_file.write_text(house.configuration(ADMIN + f'log: {{level: "{number}"}}\n'))
                house.post("/v1/reload", {}, 422)
            log = house.log_file.read_text()
            self.assertEqual(log.count('not "…567"'), 3, log)
            self.assertRegex(log, r"change \d+, seal [0-9A-F]{64}\n")

    def test_every_house_looks_into_its_log_at_the_end(self):
        for told in (TEXT, PATIENT, "0041 79 000 00 01"):
            with self.assertRaisesRegex(AssertionError, "the log tells"):
                with House(modems=0) as house:
                    house.start()
                    send(house)
                    with open(house.log_file, "a", encoding="utf-8") as log:
                        log.write(f"modem modem1: {told} was refused\n")

    def test_an_unsafe_trace_says_so_and_has_all_but_the_pin(self):
        options = ("pin: \"4711\"",)
        with House(modems=1, modem_options=options, sim_options=("--sim-pin", "4711")) as house:
            house.arguments = ("--unsafe-trace",)
            house.start()
            send(house)
            house.wait_final()
            log = house.log_file.read_text()
            self.assertIn("warning: texts and numbers are written to this log", log)
            self.assertRegex(log, r"trace: port \S+: > [0-9A-F]{30,}\n")
            self.assertNotIn("4711", log.replace(house.journal("network")[0].get("pdu", ""), ""))


if __name__ == "__main__":
    unittest.main()
