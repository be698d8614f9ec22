#!/usr/bin/env python3
"""The service under a systemd that has really started: what its sandbox lets through, and what becomes of clients while it
is restarted, exchanged, killed, hangs or has a wrong configuration.

    boot_test.py PACKAGES [unittest arguments]      PACKAGES: the folder that tools/package has written

Exit status 77: no root, or no place in which systemd-nspawn can start a system; nothing was tried.
"""
import os
import re
import subprocess
import sys
import threading
import unittest
from pathlib import Path

from fresh_root import BootedRoot, deb, newer, wait_for

PACKAGES = Path(sys.argv.pop(1)).resolve()
CONFIG = "etc/burstd/burstd.yaml"
MODEMS = "\nmodems:\n  - {name: front, port: /run/burst-modem-sim/modem1}\n"


class Clients:
    """Somebody who asks again and again, and what he was not answered."""

    def __init__(self, root):
        self.command = root.command("burstctl", "status")
        self.over, self.asked, self.failed = False, 0, []
        self.thread = threading.Thread(target=self.ask)

    def ask(self):
        while not self.over:
            done = subprocess.run(self.command, capture_output=True, text=True)
            self.asked += 1
            if done.returncode:
                self.failed.append((done.returncode, done.stderr))

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over = True
        self.thread.join()


class Boot(unittest.TestCase):
    """One computer: the tests are steps and run in the order of their names."""

    @classmethod
    def setUpClass(cls):
        cls.root = BootedRoot()
        cls.addClassCleanup(cls.root.close)
        cls.addClassCleanup(cls.tell)
        cls.config = cls.root.root / CONFIG

    @classmethod
    def tell(cls):
        print(cls.root.run("journalctl", "--no-pager", "-n", "150"), file=sys.stderr)

    def ctl(self, *words, user=None, expect=0):
        return self.root.run("burstctl", *words, user=user, expect=expect)

    def show(self, *names, unit="burstd.service"):
        said = self.root.run("systemctl", "show", unit, *(f"--property={name}" for name in names))
        values = dict(line.split("=", 1) for line in said.splitlines())
        return values[names[0]] if len(names) == 1 else [values[name] for name in names]

    def wait_status(self, wanted):
        wait_for(lambda: self.show("StatusText").startswith(wanted), wanted)

    def restarts(self, before):
        wait_for(lambda: int(self.show("NRestarts")) > before and self.show("ActiveState") == "active", "it was started again")

    def hooked(self):
        hook = self.root.root / "var/tmp/hooked"
        return hook.read_text().split() if hook.exists() else []

    # --- the steps ---

    def test_1_the_installation_starts_a_service_that_takes_messages(self):
        self.root.install(deb(PACKAGES, "burstd"), deb(PACKAGES, "burst-modem-sim"))
        self.assertEqual(["active", "running"], self.show("ActiveState", "SubState"))
        self.assertEqual("active", self.show("ActiveState", unit="burstd.socket"))
        self.assertEqual("inactive", self.show("ActiveState", unit="burstd-backup.timer"))
        self.assertEqual("660 root:burstd-clients", self.root.run("stat", "-c", "%a %U:%G", "/run/burstd/burstd.sock").strip())
        self.root.run("useradd", "--groups", "burstd-clients", "reception")
        self.ctl("send", "--to", "079 000 00 01", "--text", "See you soon.", user="reception")
        self.wait_status("0 of 0 modems ready, 1 messages waiting")

    def test_2_clients_are_who_they_are(self):
        self.assertIn("403", self.ctl("modem", "pause", "front", "--json", user="reception", expect=1))
        self.assertIn("404", self.ctl("modem", "pause", "front", "--json", expect=1))
        said = self.root.run("journalctl", "--no-pager", "-u", "burstd")
        self.assertNotIn("See you soon", said)
        self.assertNotIn("790000001", said)

    def test_3_a_modem_is_opened_from_inside_of_the_sandbox(self):
        self.root.run("systemd-run", "--unit=sim", "burst-modem-sim", "--dir", "/run/burst-modem-sim", "--log", "/run/sim.log",
                      "--mode", "666")
        self.config.write_text(self.config.read_text().replace("\nmodems:\n", MODEMS))
        self.root.run("systemctl", "restart", "burstd")
        self.wait_status("1 of 1 modems ready")
        wait_for(lambda: "Sent Successfully" in self.ctl("items"), "the delivery report")

    def test_4_nobody_is_turned_away_while_it_is_restarted_and_exchanged(self):
        with Clients(self.root) as clients:
            for _ in range(3):
                self.root.run("systemctl", "restart", "burstd")
            self.root.install(newer(self.root, deb(PACKAGES, "burstd")))
            self.assertEqual("active", self.show("ActiveState"))
        self.assertEqual([], clients.failed)
        self.assertGreater(clients.asked, 10)
        self.assertIn("Sent Successfully", self.ctl("items"))
        self.wait_status("1 of 1 modems ready")

    def test_5_killed_or_hung_it_starts_again_and_somebody_is_told(self):
        hook = self.root.root / "etc/burstd/on-failure"
        hook.write_text('#!/bin/sh\necho "$1" >>/var/tmp/hooked\n')
        hook.chmod(0o755)
        before = int(self.show("NRestarts"))
        self.root.run("systemctl", "kill", "--signal=KILL", "burstd")
        self.restarts(before)
        wait_for(lambda: self.hooked() == ["burstd"], "the hook")
        drop_in = self.root.root / "etc/systemd/system/burstd.service.d/brisk.conf"
        drop_in.parent.mkdir(parents=True)
        drop_in.write_text("[Service]\nWatchdogSec=3\n")
        self.root.run("systemctl", "daemon-reload")
        self.root.run("systemctl", "restart", "burstd")
        before = int(self.show("NRestarts"))
        self.root.run("systemctl", "kill", "--signal=STOP", "burstd")
        self.restarts(before)
        wait_for(lambda: self.hooked() == ["burstd"] * 2, "the hook")
        self.assertIn("watchdog", self.root.run("journalctl", "--no-pager", "-u", "burstd"))

    def test_6_a_wrong_configuration_is_said_once_and_not_tried_again(self):
        sound = self.config.read_text()
        self.config.write_text(sound + "clinick: {}\n")
        line = sound.count("\n") + 1
        self.root.run("systemctl", "restart", "burstd", expect=1)
        self.assertEqual(["failed", "78"], self.show("ActiveState", "ExecMainStatus"))
        wait_for(lambda: self.hooked() == ["burstd"] * 3, "the hook")
        said = self.root.run("systemctl", "status", "burstd", expect=3)
        self.assertIn(f"burstd.yaml:{line}:1: there is no option", said)
        self.config.write_text(sound)
        self.root.run("systemctl", "restart", "burstd")
        self.ctl("status")

    def test_7_stopped_with_its_socket_it_stays_stopped(self):
        self.root.run("systemctl", "stop", "burstd.socket", "burstd.service")
        self.ctl("status", expect=3)
        self.assertEqual(["inactive", "success"], self.show("ActiveState", "Result"))
        self.root.run("systemctl", "start", "burstd")
        self.ctl("status")

    def test_8_a_purge_ends_it(self):
        self.root.run("apt-get", "purge", "-y", "burstd")
        self.assertEqual("", self.root.run("sh", "-c", "pidof burstd || true").strip())
        self.assertEqual("inactive", self.show("ActiveState", unit="burstd.socket"))
        self.assertTrue((self.root.root / "var/lib/burstd/burstd.db").exists())


def can_boot():
    """Whether systemd-nspawn can make a place for a system: as root, with the groups of processes that systemd wants."""
    cgroups = Path("/proc/self/mountinfo").read_text()
    return os.geteuid() == 0 and re.search(r" - cgroup2? ", cgroups) and os.access("/sys/fs/cgroup", os.W_OK)


if __name__ == "__main__":
    if not can_boot():
        print("boot_test.py: no system can be started here; nothing was tried")
        sys.exit(77)
    unittest.main(failfast=True)
