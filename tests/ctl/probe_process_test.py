#!/usr/bin/env python3
"""burstctl driver probe as a process, against the simulator's modems as the profiles have them: what it finds, that it puts
back what it changed, that its draft is a sound driver, and what it says where it cannot ask.

    probe_process_test.py BURSTCTL BURST_MODEM_SIM [unittest arguments]"""

import fcntl
import json
import os
import pty
import signal
import socket
import subprocess
import sys
import tempfile
import time
import tty
import unittest
from pathlib import Path

BURSTCTL, SIM = sys.argv.pop(1), sys.argv.pop(1)
ROOT = Path(__file__).resolve().parent.parent.parent
PROFILES, DRIVERS = ROOT / "tests/profiles", ROOT / "drivers"
ENVIRONMENT = {**os.environ, "BURSTD_SOCKET": "/nowhere/burstd.sock", "LC_ALL": "C.UTF-8"}
ACCEPTED = {"2,1,0,1,0", "1,1,0,1,0", "2,1,0,2,0", "1,1,0,2,0", "2,1,0,1,1", "1,1,0,1,1", "2,1,0,2,1", "1,1,0,2,1",
            "2,1,0,0,0", "1,1,0,0,0", "2,1,0,0,1", "1,1,0,0,1"}


def run(*words, timeout=120):
    done = subprocess.run([BURSTCTL, *words], capture_output=True, text=True, env=ENVIRONMENT, timeout=timeout)
    return done.returncode, done.stdout, done.stderr


def probe(port, *words):
    return run("driver", "probe", str(port), "--drivers", str(DRIVERS), "--override", "/nowhere", *words)


class Simulator:
    """A modem of a profile, in a folder of its own."""

    def __init__(self, profile=None, *options):
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name)
        words = [SIM, "--dir", str(self.path), "--log", str(self.path / "journal"), "--control", str(self.path / "control"),
                 "--trace", *options]
        if profile:
            words += ["--profile", str(PROFILES / f"{profile}.json")]
        self.process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
        for line in self.process.stdout:
            if line == "ready\n":
                break
        self.port = self.path / "modem1"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
        self.process.stdout.close()
        self.folder.cleanup()

    def order(self, words):
        with socket.socket(socket.AF_UNIX) as control:
            control.connect(str(self.path / "control"))
            control.sendall(words.encode() + b"\n")
            return json.loads(control.makefile().readline())

    def journal(self):
        return (self.path / "journal").read_text()

    def ask(self, *commands):
        """The answers of the modem, with nobody else at its port."""
        port = os.open(self.port, os.O_RDWR | os.O_NOCTTY)
        tty.setraw(port)
        answers = []
        for command in commands:
            os.write(port, command.encode() + b"\r")
            said, until = "", time.monotonic() + 10
            while "OK\r\n" not in said and "ERROR" not in said and time.monotonic() < until:
                said += os.read(port, 4096).decode()
            answers.append([line for line in said.split("\r\n") if line.startswith("+")])
        os.close(port)
        return answers


class Probe(unittest.TestCase):
    maxDiff = None

    def report(self, port, *words):
        status, out, err = probe(port, "--json", *words)
        self.assertEqual(status, 0, err)
        self.assertIn("No message is sent, no PIN is typed", err)
        self.assertEqual(out.count("\n"), 1)
        return json.loads(out)

    def accepted(self, report):
        return {each["route"] for each in report["messaging"]["routes"] if each["accepted"] and each["read_back"]}

    def check_draft(self, report, folder):
        """The draft as a sound driver, and what it says in words."""
        name = report["draft"].split("\nname: ")[1].split("\n")[0]
        file = Path(folder) / f"{name}.yaml"
        file.write_text(report["draft"])
        status, out, err = run("driver", "check", str(file))
        self.assertEqual(status, 0, out + err + report["draft"])
        return name, out

    def test_every_profile_is_told_as_it_is_and_gives_a_sound_draft(self):
        wanted = {  # driver by the answers, which routes
            "generic": ("generic", ACCEPTED),
            "huawei": ("huawei", ACCEPTED - {"2,1,0,1,0", "2,1,0,1,1"}),
            "cinterion": ("cinterion", {route for route in ACCEPTED if route[6] != "1"}),
            "simcom_uart": ("simcom-uart", {route for route in ACCEPTED if route[6] != "2"}),
            "zte": ("zte", {route for route in ACCEPTED if route[0] == "1"}),
            "quectel": ("quectel", ACCEPTED),
            "telit": ("telit", None),
            "nokia": ("nokia", set()),
            "ericsson": ("ericsson", ACCEPTED),
            "wavecom": ("wavecom", None),
        }
        for profile, (driver, routes) in wanted.items():
            with self.subTest(profile=profile), Simulator(profile) as sim:
                report = self.report(sim.port, "--listen", "1")
                self.assertEqual(report["driver"], driver)
                self.assertIsNone(report["usb"])
                self.assertEqual((report["not_put_back"], report["sentence"]), ([], ""))
                if routes is not None:
                    self.assertEqual(self.accepted(report), routes)
                told = json.loads((PROFILES / f"{profile}.json").read_text())
                self.assertEqual(report["identity"]["manufacturer"], told["manufacturer"].strip())
                self.assertEqual(report["identity"]["model"], told["model"].strip())
                self.assertTrue(report["sim"]["ready"], report["sim"])
                if "pin_counter" in told and driver not in ("quectel",):
                    tries = [each["tries"] for each in report["sim"]["pin_counters"]]
                    tries += [report["sim"]["pin_tries_left"]]
                    self.assertIn(3, tries)
                _, words = self.check_draft(report, sim.path)
                maker, model = told["manufacturer"].strip(), told["model"].strip()
                self.assertIn(f"a maker that holds {maker}; models that begin with {model}", words)
                self.assertEqual("serves this modem already" in report["draft"], driver != "generic")
                for route in self.accepted(report):
                    self.assertIn(route, words.split("Report routes: ")[1].split("\n")[0])

    def test_what_is_changed_is_put_back_and_nothing_is_sent(self):
        with Simulator() as sim:
            commands = ("AT+CNMI=1,1,0,2,1", "AT+CSMS=1", 'AT+CPMS="SM","SM","SM"', "AT+CMEE=2")
            questions = ("AT+CNMI?", "AT+CSMS?", "AT+CPMS?", "AT+CMEE?", "AT+CMGF?")
            sim.ask(*commands)
            before = sim.ask(*questions)
            report = self.report(sim.port, "--listen", "0")
            self.assertEqual(report["not_put_back"], [])
            self.assertEqual(report["messaging"]["route_before"], "1,1,0,2,1")
            self.assertEqual(sim.ask(*questions), before)
            self.assertTrue(all(before), before)
            commands = [each["command"] for each in report["exchanges"]]
            self.assertIn("AT+CNMI=2,1,0,1,0", commands)
            for harm in ("AT+CMGS", "AT+CMGD", "AT+CMGR", "AT+CMGL", "AT+CPIN=", "AT+CFUN", "ATZ", "AT&F"):
                self.assertFalse([each for each in commands if each.startswith(harm)], harm)
                self.assertNotIn(f'"{harm}', sim.journal())

    def test_a_locked_sim_keeps_its_tries(self):
        with Simulator("huawei", "--sim-pin", "1234") as sim:
            report = self.report(sim.port, "--listen", "0")
            self.assertEqual((report["sim"]["state"], report["sim"]["ready"]), ("SIM PIN", False))
            self.assertEqual([each["tries"] for each in report["sim"]["pin_counters"]], [3])
            name, words = self.check_draft(report, sim.path)
            self.assertEqual(name, "huawei-e173")
            self.assertIn("AT^CPIN?, value 4 behind ^CPIN:", words)

    def test_chatter_is_heard_by_its_beginning(self):
        with Simulator("huawei") as sim:
            report = self.report(sim.port, "--listen", "5")
            heard = [each["beginning"] for each in report["heard"]["lines"]]
            self.assertIn("^RSSI:", heard)
            self.assertEqual(report["heard"]["listened_s"], 5)
            self.assertIn('"^RSSI:"', report["draft"].split("\nignore: ")[1].split("\n")[0])
            self.check_draft(report, sim.path)

    def test_numbers_of_the_card_are_shown_by_their_end_unless_wanted(self):
        with Simulator() as sim:
            whole = self.report(sim.port, "--listen", "0", "--full")
            number, subscriber = whole["identity"]["sim"], whole["identity"]["imsi"]
            self.assertEqual((len(subscriber), number[:2]), (15, "89"))
            for words in (["--json"], []):
                status, out, err = probe(sim.port, "--listen", "0", *words)
                self.assertEqual(status, 0)
                for secret in (number, subscriber):
                    self.assertNotIn(secret, out + err)
                    self.assertIn("…" + secret[-4:], out)

    def test_the_report_is_for_people(self):
        with Simulator("quectel") as sim:
            status, out, err = probe(sim.port, "--listen", "0")
            self.assertEqual(status, 0, err)
            for words in ("answers to AT", "Quectel", "EC25", "Driver            quectel: it calls itself \"Quectel\"",
                          "direct: the setting is accepted, 2,1,0,1,0", "stored: the setting is accepted, 2,1,0,2,0",
                          "of 50 places used", "What was changed has been put back.", "quectel-ec25.yaml"):
                self.assertIn(words, out)
            self.assertIn("\nname: quectel-ec25\n", out)

    def test_the_draft_goes_into_a_file_that_is_not_there_yet(self):
        with Simulator() as sim:
            file = sim.path / "my_modem.yaml"
            status, out, err = probe(sim.port, "--listen", "0", "--output", str(file))
            self.assertEqual((status, "\nname: " in out), (0, False), err)
            self.assertIn("\nname: my_modem\n", file.read_text())
            self.assertEqual(run("driver", "check", str(file))[0], 0)
            for taken, why in ((file, "is there already"), (sim.path / "My Modem.yaml", "named like the driver"),
                               (sim.path / "my_modem.txt", "named like the driver")):
                before = file.read_text()
                status, out, err = probe(sim.port, "--output", str(taken))
                self.assertEqual((status, out), (1, ""))
                self.assertIn(why, err)
                self.assertEqual(file.read_text(), before)

    def test_on_the_bus_the_device_and_its_other_ports_are_told(self):
        with tempfile.TemporaryDirectory() as bus, Simulator("generic", "--bus", bus, "--usb-id", "12d1:140c",
                                                             "--interfaces", "3", "--at-interface", "2") as sim:
            ports = sorted(Path(bus, "dev").glob("ttyUSB*"))
            report = self.report(ports[2], "--listen", "0", "--sysfs", f"{bus}/sys", "--devices", f"{bus}/dev")
            usb = report["usb"]
            self.assertEqual((usb["id"], usb["interface"]), ("12d1:140c", "02"))
            self.assertEqual([each["interface"] for each in usb["other_ports"]], ["00", "01"])
            self.assertEqual((report["driver"], report["driver_reason"]), ("huawei", "its USB identity is 12d1:140c"))
            _, words = self.check_draft(report, sim.path)
            self.assertIn("By USB: 12d1:140c (ports 02)", words)


class Unanswered(unittest.TestCase):
    def refused(self, port, words, ways=((), ("--json",))):
        for options in ways:
            status, out, err = probe(port, *options)
            self.assertEqual(status, 1, err)
            for each in words:
                self.assertIn(each, err)
            self.assertEqual(json.loads(out)["answered"] if options else out, False if options else "")

    def test_a_port_that_is_not_there(self):
        self.refused("/nowhere/ttyUSB9", ["/nowhere/ttyUSB9 does not exist"])

    def test_a_port_that_somebody_holds(self):
        ours, theirs = pty.openpty()
        fcntl.flock(theirs, fcntl.LOCK_EX)
        self.refused(os.ttyname(theirs), ["held by", f"(process {os.getpid()})", "burstctl modem pause NAME"])
        os.close(ours)
        os.close(theirs)

    def test_a_port_where_nothing_answers(self):
        ours, theirs = pty.openpty()
        tty.setraw(theirs)
        self.refused(os.ttyname(theirs), ["Nothing on this port answers to AT"], [("--json",)])
        os.close(ours)
        os.close(theirs)

    def test_a_modem_that_falls_silent_is_told_as_one(self):
        with Simulator("generic", "--latency", "200") as sim:
            process = subprocess.Popen([BURSTCTL, "driver", "probe", str(sim.port), "--json", "--drivers", str(DRIVERS),
                                        "--override", "/nowhere"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                       text=True, env=ENVIRONMENT)
            time.sleep(3)
            sim.order("unplug modem1")
            out, _ = process.communicate(timeout=60)
            report = json.loads(out)
            self.assertTrue(report["answered"])
            self.assertEqual(process.returncode, 1)
            self.assertNotIn("draft", report)
            self.assertIn("is gone", report["sentence"])
            self.assertTrue([each for each in report["not_put_back"] if each.startswith("AT+CMEE was")], report["not_put_back"])

    def test_ctrl_c_puts_back_what_was_changed(self):
        with Simulator("generic", "--latency", "50") as sim:
            sim.ask("AT+CNMI=1,1,0,2,1", "AT+CMEE=0")
            process = subprocess.Popen([BURSTCTL, "driver", "probe", str(sim.port), "--json", "--drivers", str(DRIVERS),
                                        "--override", "/nowhere"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                       text=True, env=ENVIRONMENT)
            until = time.monotonic() + 30
            while "AT+CNMI=" not in sim.journal().replace("AT+CNMI=1,1,0,2,1", "", 1) and time.monotonic() < until:
                time.sleep(0.02)
            process.send_signal(signal.SIGINT)
            report = json.loads(process.communicate(timeout=60)[0])
            self.assertTrue(report["interrupted"])
            self.assertEqual(process.returncode, 1)
            self.assertNotIn("draft", report)
            self.assertEqual(report["not_put_back"], [])
            self.assertNotIn("AT+CUSD=?", [each["command"] for each in report["exchanges"]])
            self.assertEqual(sim.ask("AT+CNMI?", "AT+CMEE?"), [["+CNMI: 1,1,0,2,1"], ["+CMEE: 0"]])


if __name__ == "__main__":
    unittest.main()
