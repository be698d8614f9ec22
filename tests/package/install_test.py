#!/usr/bin/env python3
"""The packages as an administrator meets them: installed into a fresh Debian 12, run from there, upgraded, removed, purged.

    install_test.py PACKAGES [unittest arguments]      PACKAGES: the folder that tools/package has written

systemd is not there to start the service. What its units say is done by hand: the socket is handed over, the user and the
command are those of the unit, and a socket listens for what the daemon tells. Exit status 77: not root, nothing tried.
"""
import json
import os
import re
import signal
import socket
import subprocess
import sys
import unittest
from pathlib import Path

from fresh_root import PATIENCE, FreshRoot, deb, newer, wait_for

PACKAGES = Path(sys.argv.pop(1)).resolve()
CONFIG = "etc/burstd/burstd.yaml"
MODEMS = """modems:
  - name: front
    port: /run/burst-modem-sim/modem1
"""


class Service:
    """burstd.service and burstd.socket by hand."""

    def __init__(self, root):
        self.root = root
        self.notify = root.root / "run/notify"
        self.notify.unlink(missing_ok=True)
        self.told = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.told.bind(str(self.notify))
        self.notify.chmod(0o777)
        self.told.settimeout(PATIENCE)
        unit = (root.root / "lib/systemd/system/burstd.service").read_text()
        listen = re.search(r"^ListenStream=(.*)$", (root.root / "lib/systemd/system/burstd.socket").read_text(), re.M)[1]
        say = {key: re.search(rf"^{key}=(.*)$", unit, re.M)[1] for key in ("ExecStart", "User", "Group")}
        assert say["User"] == say["Group"]
        (root.root / listen.lstrip("/")).unlink(missing_ok=True)
        handed = ["systemd-socket-activate", "-E", "NOTIFY_SOCKET=/run/notify", "-l", listen, *say["ExecStart"].split()]
        self.log = open(root.folder / "burstd.log", "ab")
        self.process = root.start(*handed, user=say["User"], stderr=self.log, stdout=self.log)
        wait_for((root.root / listen.lstrip("/")).exists, "the socket")
        (root.root / listen.lstrip("/")).chmod(0o660)

    def hear(self, wanted):
        heard = []
        while not heard or wanted not in heard[-1]:
            heard.append(self.told.recv(4096).decode())
        return heard

    def stop(self):
        for pid in self.pids():
            os.kill(pid, signal.SIGTERM)
        code = self.process.wait(PATIENCE)
        self.told.close()
        self.log.close()
        return code

    def pids(self):
        """The daemon, seen from outside: nsenter is its parent."""
        task = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(each) for each in task.read_text().split()] if task.exists() else []


class Package(unittest.TestCase):
    """One installation, from its first hour to its end: the tests are steps and run in the order of their names."""

    @classmethod
    def setUpClass(cls):
        cls.root = FreshRoot()
        cls.addClassCleanup(cls.root.close)
        cls.service = cls.sim = None
        cls.addClassCleanup(cls.end)
        cls.config = cls.root.root / CONFIG

    @classmethod
    def end(cls):
        if cls.service:
            cls.service.stop()
        if cls.sim:
            cls.sim.kill()
            cls.sim.wait()
        log = cls.root.folder / "burstd.log"
        if log.exists():
            print(log.read_text(errors="replace"), file=sys.stderr)

    def start(self):
        type(self).service = Service(self.root)

    def stop(self):
        self.assertEqual(0, self.service.stop())
        type(self).service = None

    def ctl(self, *words, user=None, expect=0):
        return self.root.run("burstctl", *words, user=user, expect=expect)

    def record(self):
        """What the record holds, and which it is. What the gateway itself goes through is in it, too, but not here."""
        page = json.loads(self.ctl("items", "--json"))
        self.assertEqual(2, len(page["items"]))
        return page["items"], page["epoch"]

    def owner(self, path):
        return self.root.run("stat", "-c", "%a %U:%G", path).strip()

    # --- the steps ---

    def test_1_it_is_installed_without_a_question(self):
        self.root.install(deb(PACKAGES, "burstd"), deb(PACKAGES, "burst-modem-sim"))
        self.assertEqual("640 root:burstd", self.owner("/" + CONFIG))
        self.assertEqual("700 burstd:burstd", self.owner("/var/lib/burstd"))
        self.assertEqual("2755 burstd:burstd-clients", self.owner("/run/burstd"))
        wants = self.root.root / "etc/systemd/system"
        self.assertTrue((wants / "multi-user.target.wants/burstd.service").is_symlink())
        self.assertTrue((wants / "sockets.target.wants/burstd.socket").is_symlink())
        self.assertEqual([], list(wants.glob("*/burstd-*.timer")))
        self.assertIn("no complaints", self.root.run("burstd", "--check"))
        self.assertEqual("", self.root.run("dpkg", "--verify", "burstd", "burst-modem-sim"))

    def test_2_systemd_and_man_read_what_was_installed(self):
        for unit in ("burstd.service", "burstd.socket", "burstd-backup.timer", "burstd-metrics.timer"):
            self.assertNotIn("burst", self.root.run("systemd-analyze", "verify", f"/lib/systemd/system/{unit}"))
        for page in ("burstd(8)", "burstctl(1)", "burstd.yaml(5)", "burst-drivers(5)", "burst-api(7)", "burst-modem-sim(1)"):
            name, section = page.rstrip(")").split("(")
            self.assertIn(f"man{section}/{name}.{section}", self.root.run("man", "--where", section, name))

    def test_2_udev_gives_the_port_of_a_known_modem_to_the_daemon(self):
        rules = self.root.root / "etc/udev/rules.d/60-pretended.rules"
        said = {}
        for product in ("12d1:1001", "1234:5678"):
            vendor, model = product.split(":")
            rules.write_text(f'SUBSYSTEM=="tty", ENV{{ID_BUS}}="usb", ENV{{ID_VENDOR_ID}}="{vendor}", ENV{{ID_MODEL_ID}}="{model}"\n')
            said[product] = self.root.run("udevadm", "test", "--action=add", "/sys/class/tty/tty")
        rules.unlink()
        group = self.root.run("getent", "group", "burstd").split(":")[2]
        self.assertEqual([f"GROUP {group}", "MODE 0660"], re.findall(r"61-burstd\.rules:\d+ (.*)", said["12d1:1001"]))
        self.assertEqual([], re.findall(r"61-burstd\.rules:\d+ (.*)", said["1234:5678"]))
        self.assertIn("ID_MM_PORT_IGNORE=1", said["12d1:1001"])

    def test_3_it_takes_messages_before_there_is_a_modem(self):
        self.start()
        self.root.run("useradd", "--create-home", "--groups", "burstd-clients", "reception")
        self.root.run("useradd", "--create-home", "passer-by")
        said = self.ctl("send", "--to", "079 000 00 01", "--text", "See you soon.", "--client-ref", "first", user="reception")
        self.service.hear("READY=1")
        self.service.hear("STATUS=0 of 0 modems ready, 1 message waiting")
        self.assertIn("+41790000001", said)
        self.assertIn("Pending", self.ctl("items"))
        self.ctl("status", user="passer-by", expect=3)
        self.ctl("modems", user="reception")
        self.assertEqual("600 burstd:burstd", self.owner("/var/lib/burstd/burstd.db"))

    def test_4_with_a_modem_the_message_arrives(self):
        journal = self.root.root / "run/sim.log"
        type(self).sim = self.root.start("burst-modem-sim", "--dir", "/run/burst-modem-sim", "--log", "/run/sim.log", "--mode",
                                         "666", stdout=subprocess.DEVNULL)
        wait_for((self.root.root / "run/burst-modem-sim/modem1").is_symlink, "the simulated modem")
        text = self.config.read_text()
        self.assertEqual(1, text.count("\nmodems:\n"))
        self.config.write_text(text.replace("\nmodems:\n", "\n" + MODEMS))
        self.assertIn("no complaints", self.root.run("burstd", "--check"))
        self.stop()
        self.start()
        self.ctl("status")
        self.service.hear("STATUS=1 of 1 modems ready")
        wait_for(lambda: "Sent Successfully" in self.ctl("items"), "the delivery report")
        self.assertIn('"text":"See you soon."', journal.read_text().replace('": ', '":'))
        self.ctl("send", "--to", "079 000 00 02", "--text", "And you.", "--wait", user="reception")

    def test_5_an_upgrade_keeps_record_and_configuration(self):
        edited, before = self.config.read_text(), self.record()
        self.stop()
        self.root.install(newer(self.root, deb(PACKAGES, "burstd")))
        self.assertIn("+newer", self.root.run("dpkg-query", "-W", "burstd"))
        self.assertEqual(edited, self.config.read_text())
        self.assertEqual("640 root:burstd", self.owner("/" + CONFIG))
        self.start()
        self.assertEqual(before, self.record())

    def test_6_a_removal_keeps_the_record_and_the_configuration(self):
        before = self.record()
        self.stop()
        self.root.run("apt-get", "remove", "-y", "burstd")
        self.assertFalse((self.root.root / "usr/sbin/burstd").exists())
        self.assertTrue(self.config.exists())
        self.root.install(deb(PACKAGES, "burstd"))
        self.start()
        self.assertEqual(before, self.record())

    def test_7_a_purge_asks_nothing_and_says_what_it_left(self):
        (self.root.root / "etc/burstd/drivers/own.yaml").write_text("name: own\n")
        self.stop()
        record = self.root.root / "var/lib/burstd/burstd.db"
        before = record.read_bytes()
        said = self.root.run("apt-get", "purge", "-y", "burstd")
        self.assertIn("/var/lib/burstd is left where it is", said)
        self.assertIn("/etc/burstd is left where it is", said)
        self.assertFalse(self.config.exists())
        self.assertEqual(before, record.read_bytes())
        self.assertEqual("700 burstd:burstd", self.owner("/var/lib/burstd"))
        self.assertEqual([], list((self.root.root / "etc/systemd/system").glob("*/burstd*")))


if __name__ == "__main__":
    if os.geteuid() != 0:
        print("install_test.py: a root is made by root; nothing was tried")
        sys.exit(77)
    unittest.main(failfast=True)
