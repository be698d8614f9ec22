#!/usr/bin/env python3
"""The units, users and udev rules as they are installed: what systemd says of them, and the facts they must not lose.

    units_test.py WRITTEN BURSTD BURSTCTL [unittest arguments]      WRITTEN: the folder of the build where the units are"""

import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
WRITTEN, BURSTD, BURSTCTL = (Path(sys.argv.pop(1)) for _ in range(3))
UNITS = [*WRITTEN.glob("*.service"), *(path for path in (ROOT / "systemd").iterdir()
                                       if path.suffix in (".service", ".socket", ".timer", ".path"))]
CONFIG = yaml.safe_load((ROOT / "config/burstd.yaml").read_text(encoding="utf-8"))


class Unit:
    """A unit's lines: each key with all its values."""

    def __init__(self, path):
        self.values = {}
        for line in path.read_text(encoding="utf-8").splitlines():
            if "=" in line and not line.startswith("#"):
                key, value = line.split("=", 1)
                self.values.setdefault(key, []).append(value)

    def __getitem__(self, key):
        found = self.values.get(key, [])
        return found[0] if len(found) == 1 else found


def exposure(name):
    done = subprocess.run(["systemd-analyze", "security", "--offline=true", "--no-pager", str(WRITTEN / name)],
                          capture_output=True, text=True, timeout=60)
    return float(re.search(r"Overall exposure level for \S+: ([0-9.]+)", done.stdout).group(1)), done.stdout


class Systemd(unittest.TestCase):
    def test_the_daemon_has_next_to_nothing_to_attack_with(self):
        level, said = exposure("burstd.service")
        self.assertLessEqual(level, 0.6, said)

    def test_what_runs_beside_it_has_little(self):
        for name, most in (("burstd-backup.service", 2.0), ("burstd-metrics.service", 2.0),
                           ("burstd-usb-reset.service", 2.0)):
            level, said = exposure(name)
            self.assertLessEqual(level, most, said)

    def test_systemd_understands_every_line(self):
        with tempfile.TemporaryDirectory() as folder:
            for path in UNITS:
                text = path.read_text(encoding="utf-8")
                for program, stands_in in ((r"\S*/burstd", BURSTD), (r"\S*/burstctl", BURSTCTL),
                                           (r"\S*/tell-failure", ROOT / "systemd/tell-failure"),
                                           (r"\S*/backup", ROOT / "systemd/backup"),
                                           (r"\S*/usb-reset", ROOT / "systemd/usb-reset"),
                                           (r"\S*/on-failure", "/bin/true")):
                    text = re.sub(rf"^(Exec\w+=[-+]*){program}(?= |$)", rf"\g<1>{stands_in}", text, flags=re.M)
                (Path(folder) / path.name).write_text(text, encoding="utf-8")
            names = [str(Path(folder) / path.name.replace("@.", "@burstd.")) for path in UNITS]
            (Path(folder) / "burstd-failed@burstd.service").symlink_to("burstd-failed@.service")
            done = subprocess.run(["systemd-analyze", "verify", "--man=no", *names], capture_output=True, text=True,
                                  timeout=120)
        said = [line for line in (done.stdout + done.stderr).splitlines() if "burst" in line]
        self.assertEqual([], said)

    def test_users_and_groups_are_made(self):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "etc").mkdir()
            done = subprocess.run(["systemd-sysusers", f"--root={folder}", "--dry-run", str(ROOT / "systemd/sysusers.conf")],
                                  capture_output=True, text=True, timeout=60)
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertIn("burstd-clients", done.stdout + done.stderr)


class Facts(unittest.TestCase):
    service = Unit(WRITTEN / "burstd.service")
    socket = Unit(ROOT / "systemd/burstd.socket")

    def test_the_socket_and_the_folder_are_those_of_the_configuration(self):
        self.assertEqual(CONFIG["api"]["socket"], self.socket["ListenStream"])
        self.assertEqual(CONFIG["api"]["mode"], self.socket["SocketMode"])
        self.assertEqual(CONFIG["record"]["folder"], "/var/lib/" + self.service["StateDirectory"])
        self.assertEqual("0700", self.service["StateDirectoryMode"])
        tmpfiles = (ROOT / "systemd/tmpfiles.conf").read_text(encoding="utf-8")
        self.assertIn(f"d {Path(CONFIG['api']['socket']).parent} 2755 burstd {self.socket['SocketGroup']}", tmpfiles)

    def test_a_verdict_is_waited_for_as_long_as_the_slowest_driver_says(self):
        slowest = 0
        for path in (ROOT / "drivers").glob("*.yaml"):
            said = yaml.safe_load(path.read_text(encoding="utf-8")).get("submit_timeout", "0 s")
            slowest = max(slowest, int(said.split()[0]))
        self.assertGreaterEqual(slowest, 420)
        self.assertGreater(int(self.service["TimeoutStopSec"]), slowest)

    def test_it_starts_again_unless_the_record_or_the_configuration_is_wrong(self):
        self.assertEqual("on-failure", self.service["Restart"])
        self.assertEqual("65 78", self.service["RestartPreventExitStatus"])
        self.assertEqual("0", self.service["StartLimitIntervalSec"])

    def test_modems_are_named_by_number_and_clients_keep_their_names(self):
        devices = self.service["DeviceAllow"]
        for major in ("188", "166", "4"):
            self.assertIn(f"char-{major} rw", devices)
        self.assertFalse({"PrivateUsers", "PrivateDevices"} & set(self.service.values))
        self.assertEqual("AF_UNIX", self.service["RestrictAddressFamilies"])
        self.assertEqual("0", self.service["LimitCORE"])


class Programs(unittest.TestCase):
    """The scripts, with pretended programs in the path and a pretended /sys."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def pretend(self, name, script):
        path = self.folder / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def run_it(self, name, *arguments, **environment):
        path = f"{self.folder}:{os.environ['PATH']}"
        return subprocess.run([ROOT / "systemd" / name, *arguments], capture_output=True, text=True, timeout=60,
                              env={**os.environ, "PATH": path, **environment})

    def test_a_failure_is_told_when_it_is_started_again(self):
        self.pretend("systemctl", f'echo "$@" >{self.folder}/asked')
        told = "start --no-block burstd-failed@burstd.service\n"
        for result, status, wanted in (("success", "0", None), ("exit-code", "1", told), ("watchdog", "ABRT", told),
                                       ("exit-code", "65", None), ("exit-code", "78", None)):
            (self.folder / "asked").unlink(missing_ok=True)
            done = self.run_it("tell-failure", "burstd", SERVICE_RESULT=result, EXIT_STATUS=status)
            self.assertEqual(0, done.returncode, done.stderr)
            asked = (self.folder / "asked").read_text() if (self.folder / "asked").exists() else None
            self.assertEqual(wanted, asked, (result, status))

    def test_a_backup_takes_the_place_of_the_older_one_only_when_it_is_whole(self):
        backups = self.folder / "backups"
        backups.mkdir()
        self.pretend("burstctl", 'printf new >"$2"')
        self.pretend("date", "echo Monday")
        self.assertEqual(0, self.run_it("backup", str(backups)).returncode)
        self.pretend("burstctl", 'printf half >"$2"; exit 1')
        self.assertEqual(1, self.run_it("backup", str(backups)).returncode)
        self.assertEqual("new", (backups / "burstd-Monday.backup").read_text())
        self.pretend("burstctl", 'test ! -e "$2" && printf newer >"$2"')
        self.assertEqual(0, self.run_it("backup", str(backups)).returncode)
        self.assertEqual({"burstd-Monday.backup": "newer"}, {path.name: path.read_text() for path in backups.iterdir()})


    def port(self, socket, name, below=""):
        """A device of the bus, or one behind another, with a port."""
        device = self.folder / "sys/devices/usb1" / below / socket
        tty = device / f"{socket}:1.0" / name / "tty" / name
        tty.mkdir(parents=True)
        (device / "authorized").write_text("1\n")
        (tty / "device").symlink_to(f"../../../{name}")
        for link, target in ((f"bus/usb/devices/{socket}", device), (f"class/tty/{name}", tty)):
            (self.folder / "sys" / link).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / "sys" / link).symlink_to(target)
        (self.folder / "dev").mkdir(exist_ok=True)
        (self.folder / "dev" / name).touch()
        return device / "authorized"

    def switch(self, *requests, group=None):
        """The program's end when all this is asked for."""
        asked = self.folder / "requests"
        asked.mkdir(exist_ok=True)
        for request in requests:
            (asked / request).touch()
        self.pretend("sleep", f'cat "{self.folder}"/sys/bus/usb/devices/*/authorized >{self.folder}/meanwhile')
        done = self.run_it("usb-reset", asked, group or (self.folder / "dev").group(), self.folder / "sys", self.folder / "dev")
        self.assertEqual([], list(asked.iterdir()))
        return done

    def test_a_socket_with_a_modem_is_switched_off_and_on(self):
        front, back = self.port("1-1.4", "ttyUSB0"), self.port("1-2", "ttyUSB1")
        done = self.switch("1-1.4")
        self.assertEqual((0, "usb-reset: the USB socket 1-1.4 was switched off and on\n"), (done.returncode, done.stdout))
        self.assertEqual("0\n1\n", (self.folder / "meanwhile").read_text())
        self.assertEqual(["1\n", "1\n"], [front.read_text(), back.read_text()])
        self.assertEqual(0, self.switch("1-1.4", "1-2").returncode)
        self.assertEqual(0, self.switch().returncode)

    def test_no_socket_of_anything_else_is_switched(self):
        """Nothing there, a device without a port, a hub before a modem, a port of another group."""
        hub = self.port("1-1", "ttyUSB0")
        (self.folder / "sys/class/tty/ttyUSB0").unlink()
        modem = self.port("1-1.4", "ttyUSB1", below="1-1")
        for socket, group in (("1-3", None), ("1-1", None), ("1-1.4", "nobody-of-this-name")):
            done = self.switch(socket, group=group)
            self.assertEqual(1, done.returncode)
            self.assertIn(f"the USB socket {socket} is not switched", done.stderr)
        self.assertEqual(0, self.switch("1-1.4").returncode)
        self.assertEqual(["1\n", "1\n"], [hub.read_text(), modem.read_text()])

    def test_no_request_leads_anywhere_else(self):
        front = self.port("1-1", "ttyUSB0")
        for wrong in ("usb1", "1-", "-1", "1-1.", "1-1..2", "1-1:1.0", "1-1-1", "1 -1", "1-1\n", "1-1\n1-2", "a", "*", "$(id)"):
            done = self.switch(wrong)
            self.assertEqual((1, "usb-reset: a request that names no USB socket is thrown away\n"),
                             (done.returncode, done.stderr), wrong)
        elsewhere = self.folder / "elsewhere"
        elsewhere.mkdir()
        (elsewhere / "kept").touch()
        (self.folder / "requests/1-1").symlink_to(elsewhere)
        (self.folder / "requests/folder").mkdir()
        (self.folder / "requests/folder/1-1").touch()
        self.assertEqual(1, self.switch().returncode)
        self.assertEqual("1\n", front.read_text())
        self.assertTrue((elsewhere / "kept").exists())


class Udev(unittest.TestCase):
    lines = (WRITTEN / "61-burstd.rules").read_text(encoding="utf-8").splitlines()

    def products(self, key):
        """USB product → whether a line with this key catches it; vendor alone: all of them."""
        caught = set()
        for line in self.lines:
            vendor = re.match(rf'{key[0]}=="([0-9a-f]{{4}})"', line)
            if vendor:
                products = re.search(rf'{key[1]}=="([0-9a-f|]+)"', line)
                caught |= {f"{vendor[1]}:{each}" for each in products[1].split("|")} if products else {vendor[1]}
        return caught

    def test_every_product_of_every_driver_is_the_daemons_and_not_modemmanagers(self):
        keys = ((r"ENV\{ID_VENDOR_ID\}", r"ENV\{ID_MODEL_ID\}"), (r"ATTR\{idVendor\}", r"ATTR\{idProduct\}"))
        known = set()
        for path in (ROOT / "drivers").glob("*.yaml"):
            known |= {entry["id"] for entry in yaml.safe_load(path.read_text(encoding="utf-8")).get("usb") or []}
        self.assertGreater(len(known), 40)
        for key in keys:
            caught = self.products(key)
            self.assertEqual([], sorted(each for each in known if not {each, each[:4]} & caught))
            self.assertEqual([], sorted(each for each in caught if each not in known), "a product that no driver knows")

    def test_each_line_is_of_the_form_that_udev_reads(self):
        word = r'[A-Z_]+(?:\{[A-Za-z_.]+\})?(?:==|!=|\+=|=)"[^"]*"'
        labels, jumps = set(), set()
        for line in self.lines:
            if line and not line.startswith("#"):
                self.assertRegex(line, rf"^{word}(?:, {word})*$")
                labels |= set(re.findall(r'LABEL="(\w+)"', line))
                jumps |= set(re.findall(r'GOTO="(\w+)"', line))
        self.assertEqual(labels, jumps)

    def test_ports_get_the_group_of_the_daemon_and_a_link(self):
        text = "\n".join(self.lines)
        self.assertIn('GROUP="burstd", MODE="0660", ENV{ID_MM_PORT_IGNORE}="1"', text)
        self.assertIn('SYMLINK+="burstd/$id-$env{ID_USB_INTERFACE_NUM}"', text)

    def test_a_driver_that_names_no_product_is_a_mistake(self):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "odd.yaml").write_text('usb: [{id: "12D1"}]\n')
            done = subprocess.run([sys.executable, ROOT / "tools/udev_rules", folder], capture_output=True, text=True)
        self.assertEqual(1, done.returncode)
        self.assertIn("odd.yaml", done.stderr)


if __name__ == "__main__":
    unittest.main()
