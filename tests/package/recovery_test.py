#!/usr/bin/env python3
"""The chapters of docs/recovery.md, tried as they stand there on installed computers with a systemd of their own: a locked
SIM, a dead stick, a disk that fills up, and the move to another box.

    recovery_test.py PACKAGES [unittest arguments]      PACKAGES: the folder that tools/package has written

Exit status 77: no root, or no place in which systemd-nspawn can start a system; nothing was tried.
"""
import json
import shutil
import socket
import sys
import unittest
from pathlib import Path

from fresh_root import BootedRoot, can_boot, deb, wait_for

PACKAGES = Path(sys.argv.pop(1)).resolve()
CONFIG = "etc/burstd/burstd.yaml"
BUS = "/run/burst-modem-sim/bus"
CHANGES = {
    "modems": '\n  - {name: front, imei: "%s", pin: "9999"}',
    "finding": f"\n  unknown_adapters: yes\n  sysfs: {BUS}/sys\n  devices: {BUS}/dev",
    "record": "\n  low_disk: 8 MiB\n  ballast: 4 MiB",
}


class Box:
    """A computer with burstd and, on a pretended bus, modems whose SIMs have the PIN 1234."""

    def __init__(self, case):
        self.root = BootedRoot()
        case.addClassCleanup(self.root.close)
        case.addClassCleanup(lambda: print(self.root.run("journalctl", "--no-pager", "-n", "100"), file=sys.stderr))
        self.root.install(deb(PACKAGES, "burstd"), deb(PACKAGES, "burst-modem-sim"))
        self.config = self.root.root / CONFIG

    def plug_in(self, *options):
        self.root.run("systemd-run", "--unit=sim", "burst-modem-sim", "--dir", "/run/burst-modem-sim", "--log", "/var/tmp/sim.log",
                      "--control", "/var/tmp/sim.control", "--mode", "666", "--bus", BUS, *options)
        wait_for((self.root.root / "var/tmp/sim.control").exists, "the modems are plugged in")

    def order(self, text):
        with socket.socket(socket.AF_UNIX) as control:
            control.connect(str(self.root.root / "var/tmp/sim.control"))
            control.sendall(text.encode() + b"\n")
            answer = json.loads(control.makefile().readline())
        assert answer.get("ok", True), f"{text}: {answer}"
        return answer

    def imei(self, modem):
        return next(one["imei"] for one in self.order("status")["modems"] if one["name"] == modem)

    def configure(self, imei):
        """As an administrator edits the file: below the section's line, in place of what stands there."""
        text = self.config.read_text()
        for section, lines in CHANGES.items():
            for key in (line.split(":")[0] for line in lines.splitlines() if line.startswith("  ") and ":" in line):
                text = "\n".join(line for line in text.split("\n") if not line.startswith(f"{key}:"))
            text = text.replace(f"\n{section}:", f"\n{section}:" + (lines % imei if "%s" in lines else lines), 1)
        self.config.write_text(text)
        assert "no complaints" in self.root.run("burstd", "--check")

    def ctl(self, *words, expect=0, stdin=None):
        return self.root.run("burstctl", *words, expect=expect, stdin=stdin)

    def systemctl(self, *words, expect=0):
        return self.root.run("systemctl", *words, expect=expect)

    def wait_said(self, words, *command):
        """What burstctl tells, without its line breaks."""
        wait_for(lambda: words in " ".join(self.ctl(*command).split()), words)

    def wait_modem(self, words):
        self.wait_said(words, "modems", "front")


class Nights(unittest.TestCase):
    """The tests are steps and run in the order of their names."""

    @classmethod
    def setUpClass(cls):
        cls.old = Box(cls)
        cls.old.plug_in("--modems", "2", "--sim-pin", "1234")

    def test_1_the_sim_is_locked(self):
        box = self.old
        box.configure(box.imei("modem1"))
        box.systemctl("restart", "burstd")
        box.wait_modem("refused its PIN (2 tries left). It is not tried again.")
        box.systemctl("restart", "burstd")
        box.wait_modem("has only 2 tries left for its PIN")
        box.ctl("modem", "unlock", "front", stdin="1234\n")
        box.wait_modem("front ready since")
        box.config.write_text(box.config.read_text().replace('pin: "9999"', 'pin: "1234"'))
        box.systemctl("restart", "burstd")
        box.wait_modem("front ready since")
        self.assertIn("Sent Successfully", box.ctl("send", "--to", "079 000 00 01", "--text", "See you soon.", "--wait"))

    def test_2_a_stick_is_dead(self):
        box = self.old
        box.order("unplug modem1")
        box.wait_said("put it in the place of another one", "modems")
        box.ctl("modem", "replace", "front")
        box.wait_modem(box.imei("modem2"))
        box.wait_modem("wants a PIN of its own")  # the card is another one here, too
        box.ctl("modem", "unlock", "front", stdin="1234\n")
        box.wait_modem("front ready since")
        self.assertIn("Sent Successfully", box.ctl("send", "--to", "079 000 00 02", "--text", "And you.", "--wait"))

    def test_3_the_disk_fills_up(self):
        box = self.old
        box.systemctl("stop", "burstd.socket", "burstd")
        box.root.run("cp", "--archive", "/var/lib/burstd", "/var/tmp/kept")
        box.root.run("mount", "-t", "tmpfs", "-o", "size=40m,mode=0700,uid=burstd,gid=burstd", "tmpfs", "/var/lib/burstd")
        box.root.run("cp", "--archive", "/var/tmp/kept/.", "/var/lib/burstd")
        box.systemctl("start", "burstd.socket", "burstd")
        box.wait_modem("front ready since")
        free = int(box.root.run("df", "--output=avail", "-B1", "/var/lib/burstd").split()[-1])
        box.root.run("fallocate", "-l", str(free - (6 << 20)), "/var/lib/burstd/filler")
        box.wait_said("is nearly full", "status")
        self.assertIn("Free some space", box.ctl("send", "--to", "079 000 00 03", "--text", "Later.", expect=1))
        box.root.run("sh", "-c", "cat /dev/zero >>/var/lib/burstd/filler || true")
        box.wait_said("NOT SENDING: The disk", "status")
        self.assertFalse(box.root.has("/var/lib/burstd/burstd.ballast"))
        self.assertIn("Sent Successfully", box.ctl("items"))
        box.root.run("rm", "/var/lib/burstd/filler")
        wait_for(lambda: box.root.has("/var/lib/burstd/burstd.ballast"), "it has its ballast again")
        self.assertIn("Sent Successfully", box.ctl("send", "--to", "079 000 00 03", "--text", "Now.", "--wait"))
        self.assertIn("The record is whole", box.ctl("verify"))

    def test_4_moved_to_another_box(self):
        old, new = self.old, Box(type(self))
        old.ctl("modem", "pause", "front")
        old.ctl("send", "--to", "079 000 00 04", "--text", "It waits.")
        old.ctl("backup", "/mnt/burstd.db")
        old.systemctl("disable", "--now", "burstd", "burstd.socket")
        before = json.loads(old.ctl("verify", "--record", "/mnt/burstd.db", "--json"))
        shutil.copy(old.root.root / "mnt/burstd.db", new.root.root / "mnt")

        new.plug_in("--modems", "2", "--sim-pin", "1234")
        shutil.copy(old.config, new.config)
        new.root.run("chown", "root:burstd", "/etc/burstd/burstd.yaml")
        new.systemctl("stop", "burstd", "burstd.socket")
        new.ctl("restore", "/mnt/burstd.db")
        new.systemctl("start", "burstd.socket", "burstd")
        self.assertIn("NOT SENDING: Nothing is sent, because a backup of", " ".join(new.ctl("status").split()))
        new.ctl("modem", "resume", "front")
        new.wait_modem("front ready since")
        new.ctl("send", "--to", "079 000 00 05", "--text", "Held.")
        held, = (item for item in json.loads(new.ctl("items", "--json"))["items"] if item["held_by"])
        self.assertEqual("restored", held["held_by"])
        new.ctl("release", "--user", "it", "--reason", "moved; the old box is disabled")
        wait_for(lambda: new.ctl("items").count("Sent Successfully") == 4, "what was held is sent")
        doubt, = (item for item in json.loads(new.ctl("items", "--json"))["items"] if item["state"] == "uncertain")
        new.ctl("resolve", doubt["id"], "--not-sent", "--user", "anna", "--reason", "the old box was paused")
        after = json.loads(new.ctl("verify", "--json"))
        self.assertTrue(after["whole"])
        self.assertEqual(before["messages"] + 1, after["messages"])
        self.assertNotEqual(before["epoch"], after["epoch"])


if __name__ == "__main__":
    if not can_boot():
        print("recovery_test.py: no system can be started here; nothing was tried")
        sys.exit(77)
    unittest.main(failfast=True)
