#!/usr/bin/env python3
"""The service under a systemd that has really started: what its sandbox lets through, and what becomes of clients while it
is restarted, exchanged, killed, hangs or has a wrong configuration.

    boot_test.py PACKAGES [unittest arguments]      PACKAGES: the folder that tools/package has written

Exit status 77: no root, or no place in which systemd-nspawn can start a system; nothing was tried.
"""
import os
import subprocess
import sys
import threading
import unittest
from pathlib import Path

from fresh_root import BootedRoot, can_boot, deb, newer, wait_for

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

    def forget_failures(self):
        """The hook is run three times in an hour at most; each step begins anew."""
        (self.root.root / "var/tmp/hooked").unlink(missing_ok=True)
        self.root.run("systemctl", "reset-failed")

    def wait_hooked(self, *units):
        wait_for(lambda: self.hooked() == list(units), f"the hook is run for {units}")

    def wait_logged(self, words, unit="burstd"):
        wait_for(lambda: words in self.root.run("journalctl", "--no-pager", "-u", unit), words)

    def owner(self, path):
        return self.root.run("stat", "-c", "%a %U:%G", path).strip()

    # --- the steps ---

    def test_01_the_installation_starts_a_service_that_takes_messages(self):
        self.root.install(deb(PACKAGES, "burstd"), deb(PACKAGES, "burst-modem-sim"))
        self.assertEqual(["active", "running"], self.show("ActiveState", "SubState"))
        self.assertEqual("active", self.show("ActiveState", unit="burstd.socket"))
        for off in ("burstd-backup.timer", "burstd-metrics.timer", "burstd-usb-reset.path"):
            self.assertEqual("inactive", self.show("ActiveState", unit=off))
        self.assertEqual("660 root:burstd-clients", self.owner("/run/burstd/burstd.sock"))
        self.root.run("useradd", "--groups", "burstd-clients", "reception")
        self.ctl("send", "--to", "079 000 00 01", "--text", "See you soon.", user="reception")
        self.wait_status("0 of 0 modems ready, 1 message waiting")

    def test_02_clients_are_who_they_are(self):
        self.assertIn("403", self.ctl("modem", "pause", "front", "--json", user="reception", expect=1))
        self.assertIn("404", self.ctl("modem", "pause", "front", "--json", expect=1))
        said = self.root.run("journalctl", "--no-pager", "-u", "burstd")
        self.assertNotIn("See you soon", said)
        self.assertNotIn("790000001", said)

    def test_03_a_modem_is_opened_from_inside_of_the_sandbox(self):
        self.root.run("systemd-run", "--unit=sim", "burst-modem-sim", "--dir", "/run/burst-modem-sim", "--log", "/var/tmp/sim.log",
                      "--mode", "666", "--bus", "/run/burst-modem-sim/bus")
        self.config.write_text(self.config.read_text().replace("\nmodems:\n", MODEMS))
        self.root.run("systemctl", "restart", "burstd")
        self.wait_status("1 of 1 modems ready")
        wait_for(lambda: "Sent Successfully" in self.ctl("items"), "the delivery report")

    def test_04_a_reload_takes_up_what_was_changed_and_refuses_what_is_wrong(self):
        sound, main = self.config.read_text(), self.show("MainPID")
        self.assertEqual(1, sound.count("\n    per_day: 100\n"))
        changed = sound.replace("\n    per_day: 100\n", "\n    per_day: 77\n")
        self.config.write_text(changed)
        self.root.run("systemctl", "reload", "burstd")
        wait_for(lambda: "of 77" in self.ctl("quota"), "the new limit")
        self.config.write_text(sound + "clinick: {}\n")
        place = f"burstd.yaml:{sound.count(chr(10)) + 1}:1"
        self.root.run("systemctl", "reload", "burstd", expect=1)
        self.wait_logged(f"{place}: there is no option")
        self.assertIn(f"{place}: there is no option", self.ctl("reload", expect=1))
        self.wait_logged("the configuration is not taken up")
        self.assertIn("of 77", self.ctl("quota"))
        self.config.write_text(changed)
        self.assertEqual(["active", main], self.show("ActiveState", "MainPID"))

    def test_05_nobody_is_turned_away_while_it_is_restarted_and_exchanged(self):
        with Clients(self.root) as clients:
            for _ in range(3):
                self.root.run("systemctl", "restart", "burstd")
            self.root.install(newer(self.root, deb(PACKAGES, "burstd")))
            self.assertEqual("active", self.show("ActiveState"))
        self.assertEqual([], clients.failed)
        self.assertGreater(clients.asked, 10)
        self.assertIn("Sent Successfully", self.ctl("items"))
        self.wait_status("1 of 1 modems ready")

    def test_06_the_backup_is_checked_private_and_takes_the_place_of_the_older_one(self):
        hook = self.root.root / "etc/burstd/on-failure"
        hook.write_text('#!/bin/sh\necho "$1" >>/var/tmp/hooked\n')
        hook.chmod(0o755)
        self.root.run("systemctl", "start", "burstd-backup.service")
        folder = self.root.root / "var/backups/burstd"
        backup, = folder.iterdir()
        self.assertRegex(backup.name, r"^burstd-[A-Z][a-z]+day\.backup$")
        inside = f"/var/backups/burstd/{backup.name}"
        self.assertEqual("600 root", self.owner(inside).split(":")[0])
        self.assertIn("The record is whole", self.ctl("verify", "--record", inside))
        first = backup.stat().st_ino
        self.root.run("systemctl", "start", "burstd-backup.service")
        self.assertNotEqual(first, backup.stat().st_ino)
        kept = backup.read_bytes()
        (folder / f"{backup.name}.new").mkdir()
        self.root.run("systemctl", "start", "burstd-backup.service", expect=1)
        self.wait_hooked("burstd-backup")
        self.assertEqual(kept, backup.read_bytes())
        (folder / f"{backup.name}.new").rmdir()
        self.root.run("systemctl", "enable", "--now", "burstd-backup.timer")
        self.assertEqual("active", self.show("ActiveState", unit="burstd-backup.timer"))

    def test_07_metrics_are_written_where_the_collector_reads(self):
        self.root.run("systemctl", "start", "burstd-metrics.service")
        self.assertEqual("no", self.show("ConditionResult", unit="burstd-metrics.service"))
        folder = self.root.root / "var/lib/prometheus/node-exporter"
        folder.mkdir(parents=True)
        os.chown(folder, 12345, 12345)
        self.root.run("systemctl", "start", "burstd-metrics.service")
        written = folder / "burstd.prom"
        self.assertEqual([written], list(folder.iterdir()))
        self.assertEqual("644", self.owner("/var/lib/prometheus/node-exporter/burstd.prom").split()[0])
        self.assertRegex(written.read_text(), r'(?m)^burstd_modem_ready\{modem="front"\} 1$')
        self.root.run("systemctl", "enable", "--now", "burstd-metrics.timer")
        self.assertEqual("active", self.show("ActiveState", unit="burstd-metrics.timer"))

    def test_08_a_socket_is_switched_for_the_daemon_when_that_is_allowed(self):
        bus = "/run/burst-modem-sim/bus"
        drop_in = self.root.root / "etc/systemd/system/burstd-usb-reset.service.d/pretended.conf"
        drop_in.parent.mkdir(parents=True)
        drop_in.write_text(f"[Service]\nExecStart=\nExecStart=/usr/lib/burstd/usb-reset /run/burstd-usb-reset tty {bus}/sys {bus}/dev\n"
                           f"ReadWritePaths={bus}/sys\n")
        self.root.run("systemctl", "daemon-reload")
        self.assertEqual("1730 root:burstd", self.owner("/run/burstd-usb-reset"))
        request = "/run/burstd-usb-reset/1-1"
        self.root.run("systemd-run", "--wait", "--property=User=burstd", "--property=Group=burstd", "touch", request)
        self.assertTrue(self.root.has(request))
        self.root.run("systemctl", "enable", "--now", "burstd-usb-reset.path")
        wait_for(lambda: not self.root.has(request), "the request is taken up")
        self.wait_logged("the USB socket 1-1 was switched off and on", unit="burstd-usb-reset")
        wait_for(lambda: "unplug" in (self.root.root / "var/tmp/sim.log").read_text(), "its port has gone")
        self.wait_status("1 of 1 modems ready")

    def test_09_killed_or_hung_it_starts_again_and_somebody_is_told(self):
        self.forget_failures()
        before = int(self.show("NRestarts"))
        self.root.run("systemctl", "kill", "--signal=KILL", "burstd")
        self.restarts(before)
        self.wait_hooked("burstd")
        drop_in = self.root.root / "etc/systemd/system/burstd.service.d/brisk.conf"
        drop_in.parent.mkdir(parents=True)
        drop_in.write_text("[Service]\nWatchdogSec=3\n")
        self.root.run("systemctl", "daemon-reload")
        self.root.run("systemctl", "restart", "burstd")
        before = int(self.show("NRestarts"))
        self.root.run("systemctl", "kill", "--signal=STOP", "burstd")
        self.restarts(before)
        self.wait_hooked("burstd", "burstd")
        self.assertIn("watchdog", self.root.run("journalctl", "--no-pager", "-u", "burstd"))

    def test_10_a_wrong_configuration_is_said_and_not_tried_for_ever(self):
        self.forget_failures()
        sound = self.config.read_text()
        self.config.write_text(sound + "clinick: {}\n")
        line = sound.count("\n") + 1
        self.root.run("systemctl", "restart", "burstd", expect=1)
        self.assertEqual(["failed", "78", "0"], self.show("ActiveState", "ExecMainStatus", "NRestarts"))
        self.wait_hooked("burstd")
        said = self.root.run("systemctl", "status", "burstd", expect=3)
        self.assertIn(f"burstd.yaml:{line}:1: there is no option", said)
        # Clients start what does not run: not without end.
        with Clients(self.root):
            wait_for(lambda: self.show("Result", unit="burstd.socket") == "trigger-limit-hit", "the socket is shut")
        self.assertIn("systemctl status burstd", self.ctl("status", expect=3))
        self.config.write_text(sound)
        self.root.run("systemctl", "restart", "burstd")
        self.assertEqual("active", self.show("ActiveState", unit="burstd.socket"))
        self.ctl("status")

    def test_11_a_damaged_record_is_left_as_it_is_until_somebody_acts(self):
        self.forget_failures()
        backup = max((self.root.root / "var/backups/burstd").iterdir(), key=lambda file: file.stat().st_mtime)
        self.root.run("systemctl", "stop", "burstd.socket", "burstd")
        record = self.root.root / "var/lib/burstd/burstd.db"
        with record.open("r+b") as file:
            file.write(b"\xa5" * 8192)
        damaged = record.read_bytes()
        self.root.run("systemctl", "start", "burstd", expect=1)
        self.assertEqual(["failed", "failed", "65", "0"], self.show("ActiveState", "SubState", "ExecMainStatus", "NRestarts"))
        self.wait_hooked("burstd")
        self.assertIn("burstctl restore FILE", self.root.run("systemctl", "status", "--full", "burstd", expect=3))
        self.assertEqual(damaged, record.read_bytes())
        self.root.run("systemctl", "stop", "burstd", "burstd.socket")
        self.ctl("restore", f"/var/backups/burstd/{backup.name}")
        self.assertEqual("600 burstd:burstd", self.owner("/var/lib/burstd/burstd.db"))
        self.root.run("systemctl", "start", "burstd.socket", "burstd")
        self.assertIn("NOT SENDING", self.ctl("status"))
        self.ctl("release", "--user", "it", "--reason", "tried")
        self.assertIn("Sent Successfully", self.ctl("items"))
        self.ctl("send", "--to", "079 000 00 03", "--text", "And you.", "--wait")

    def test_12_stopped_with_its_socket_it_stays_stopped(self):
        self.root.run("systemctl", "stop", "burstd.socket", "burstd.service")
        self.ctl("status", expect=3)
        self.assertEqual(["inactive", "success"], self.show("ActiveState", "Result"))
        self.root.run("systemctl", "start", "burstd-backup.service", "burstd-metrics.service")
        self.assertIn("\nburstd_up 0\n", "\n" + (self.root.root / "var/lib/prometheus/node-exporter/burstd.prom").read_text())
        self.assertEqual("inactive", self.show("ActiveState"))
        self.root.run("systemctl", "start", "burstd")
        self.ctl("status")

    def test_13_a_purge_ends_it(self):
        said = self.root.run("apt-get", "purge", "-y", "burstd")
        self.assertIn("/var/lib/burstd is left where it is", said)
        self.assertIn("/var/backups/burstd is left where it is", said)
        self.assertEqual("", self.root.run("sh", "-c", "pidof burstd || true").strip())
        for unit in ("burstd.socket", "burstd-backup.timer", "burstd-metrics.timer", "burstd-usb-reset.path"):
            self.assertEqual("inactive", self.show("ActiveState", unit=unit))
        self.assertTrue((self.root.root / "var/lib/burstd/burstd.db").exists())


if __name__ == "__main__":
    if not can_boot():
        print("boot_test.py: no system can be started here; nothing was tried")
        sys.exit(77)
    unittest.main(failfast=True)
