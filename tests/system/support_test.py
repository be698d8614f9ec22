"""What a helper is given: all that is needed, with neither a text nor a whole number nor a PIN in it."""
import os
import re
import shutil
import stat
import subprocess
import tarfile
import unittest

from house import BURSTCTL, House, wait_for

PATIENT, TEXT, NAME = "+41790000567", "Harpsichord recital at noon", "Anna Muster"
SECRETS = ("4711", "Gardenia", "Praxis am Bach", "Bitte melden", "nimmermehr", "Oleander")
CONFIG = """
replies: {words: {stop: [stop, nimmermehr]}, opt_out_confirmation: "Bitte melden Sie sich"}
log: {level: debug}
"""


class Bundle(unittest.TestCase):
    def pieces(self, file):
        with tarfile.open(file) as bundle:
            self.assertTrue(all(member.name.startswith("burstd-support-") and member.mode & 0o77 == 0 for member in bundle))
            return {member.name.split("/", 1)[1]: bundle.extractfile(member).read().decode()
                    for member in bundle if member.isfile()}

    def fill(self, house):
        house.post("/v1/messages", {"client_ref": "a", "to": PATIENT, "text": TEXT, "patient_name": NAME, "user": "Hortensia"}, 201)
        house.wait_final()
        house.order(f"deliver modem1 {PATIENT} Oleander in bloom")
        wait_for(lambda: house.get("/v1/inbox")["items"], "the reply")

    def test_everything_is_in_it_but_what_is_secret(self):
        with House(modems=2, config=CONFIG, modem_options=('pin: "4711"',), sim_options=("--sim-pin", "4711")) as house:
            text = house.config_file.read_text().replace(
                "clinic:\n", 'clinic:\n  clinic_name: Praxis am Bach\n  confidential_words: [Gardenia]\n')
            house.config_file.write_text(text)
            house.start()
            self.fill(house)
            file = house.folder / "bundle.tar.gz"
            house.ctl("support-bundle", str(file), "--config", str(house.config_file))
            self.assertEqual(stat.S_IMODE(os.stat(file).st_mode), 0o600)
            pieces = self.pieces(file)
            whole = "\n".join(pieces.values())
            modems = house.get("/v1/modems")["items"]
            for secret in (*SECRETS, PATIENT[1:], TEXT, NAME, *(modem[key] for modem in modems for key in ("imei", "imsi", "iccid"))):
                self.assertNotIn(secret, whole)
            self.assertNotIn("Hortensia", whole)
            self.assertEqual(re.findall(r'"[^",:]*\d{10,}[^",:]*"', pieces["modems.json"] + pieces["status.json"]), [])
            self.assertIn('"state":"ready"', pieces["modems.json"])
            self.assertIn("burstd_messages_total", pieces["metrics.txt"])
            self.assertIn("2 of 2 modems ready", pieces["health.txt"])
            self.assertIn("level: debug", pieces["configuration.yaml"])
            self.assertIn("pin: …", pieces["configuration.yaml"])
            self.assertRegex(pieces["record.txt"], r"version of the tables [1-9]|So young")
            self.assertIn("generic.yaml", pieces["drivers.txt"])
            self.assertIn("burstctl ", pieces["system.txt"])
            self.assertIn("no text", pieces["README.txt"].lower())
            self.assertIn("journal.txt", pieces)

    def test_a_gateway_that_is_down_is_no_hindrance(self):
        with House(modems=1) as house:
            file = house.folder / "bundle.tar.gz"
            house.ctl("support-bundle", str(file), "--config", str(house.folder / "absent.yaml"))
            pieces = self.pieces(file)
            self.assertIn("burstd", pieces["status.json"])
            self.assertIn("absent.yaml", pieces["configuration.yaml"])

    def test_a_colon_is_no_host_and_a_former_file_is_replaced_by_one_for_its_owner_alone(self):
        with House(modems=0) as house:
            file = house.folder / "here:now.tar.gz"
            file.write_text("former")
            file.chmod(0o644)
            done = subprocess.run([BURSTCTL, "--socket", str(house.socket_path), "support-bundle", file.name],
                                  cwd=house.folder, capture_output=True, text=True, timeout=120)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(stat.S_IMODE(os.stat(file).st_mode), 0o600)
            self.assertIn("no text", self.pieces(file)["README.txt"].lower())

    def test_where_tar_fails_nothing_is_left_and_the_former_file_stays(self):
        with House(modems=0) as house:
            tools = house.folder / "tools"
            tools.mkdir()
            (tools / "tar").write_text(f'#!/bin/sh\n{shutil.which("tar")} "$@"\nexit 2\n')
            (tools / "tar").chmod(0o755)
            file = house.folder / "bundle.tar.gz"
            file.write_text("former")
            before = sorted(house.folder.iterdir())
            done = subprocess.run([BURSTCTL, "--socket", str(house.socket_path), "support-bundle", str(file)],
                                  env={**os.environ, "PATH": f"{tools}:{os.environ['PATH']}"},
                                  capture_output=True, text=True, timeout=120)
            self.assertEqual(done.returncode, 1)
            self.assertIn("could not be written", done.stderr)
            self.assertEqual(file.read_text(), "former")
            self.assertEqual(sorted(house.folder.iterdir()), before)

    def test_where_it_cannot_be_written_nothing_is_left(self):
        with House(modems=0) as house:
            before = {name for name in os.listdir("/tmp") if name.startswith("burstctl-support-")}
            self.assertIn("could not be written", house.ctl("support-bundle", "/nowhere/b.tar.gz", expect=1).stderr)
            after = {name for name in os.listdir("/tmp") if name.startswith("burstctl-support-")}
            self.assertEqual(after - before, set())


if __name__ == "__main__":
    unittest.main()
