"""Templates and groups that staff keep, reports of other programs, and confidential words, over the whole house."""
import pathlib
import re
import sqlite3
import subprocess
import unittest

from house import House, check_truth, texts_on_network

WORDS = "clinic:\n  country: CH\n  clinic_name: Praxis am Bach\n  confidential_words: [HIV, Befund]\n"

MAPPING = """columns: {number: Telefon, patient: Nr, name: Name}
appointment: {column: Termin, format: dd.MM.yyyy HH:mm, timezone: Europe/Zurich}
exclude: [{column: Status, values: [abgesagt], reason: Abgesagt}]
template: appointment-reminder
"""

REPORT = """Nr;Name;Telefon;Termin;Status;Diagnose
P1;Anna;079 000 00 11;01.07.2036 08:30;;geheim
P2;Bob;079 000 00 12;01.07.2036 09:00;Abgesagt;geheim
P3;Zoe;079 000 00 13;01.12.2036 14:15;;geheim
"""


INSTALL = pathlib.Path(__file__).resolve().parents[2] / "docs" / "install.md"


class WithWords(House):
    def configuration(self, extra="", modem_options=()):
        return super().configuration(extra, modem_options).replace("clinic:\n  country: CH\n", WORDS)


class Templates(unittest.TestCase):
    def test_the_first_reminder_as_the_installation_guide_has_it(self):
        heredoc = re.search(r"^cat >tomorrow\.csv <<END\n.*?^END\n", INSTALL.read_text(), re.M | re.S).group()
        with WithWords(modems=1) as house:
            house.start()
            subprocess.run(["bash", "-c", heredoc], cwd=house.folder, check=True, timeout=30)
            house.ctl("burst", "preview", str(house.folder / "tomorrow.csv"), "--template", "appointment-reminder")
            burst = house.get("/v1/batches")["items"][0]
            self.assertEqual(burst["rows_selected"], 1)
            row = house.get(f"/v1/batches/{burst['id']}/rows")["items"][0]
            self.assertEqual((row["verdict"], row["flags"]), ("ok", []))

    def test_a_group_gets_the_text_of_a_template_that_staff_keep(self):
        with WithWords(modems=1) as house:
            house.start()
            members = house.folder / "members.csv"
            members.write_text("name,patient_id,mobile\nAnna,P1,079 000 00 21\n,P2,079 000 00 22\nCarl,P3,12\n")
            house.ctl("template", "put", "recall", "--text", "Dear {name|patient}, please call us. {clinic}",
                      "--user", "anna")
            house.ctl("group", "put", "flu", str(members), "--user", "anna")
            tried = house.ctl("template", "dry-run", "recall", "--patient-name", "Zoe").stdout
            self.assertIn("Dear Zoe, please call us. Praxis am Bach", tried)
            self.assertFalse(house.journal("network"), "a dry run sends nothing")
            house.ctl("burst", "send", "--group", "flu", "--template", "recall", "--yes")
            items = house.wait_final()
            self.assertEqual({item["patient"]: item["status"] for item in items},
                             {"P1": "Sent Successfully", "P2": "Sent Successfully", "P3": "Send Failed"})
            self.assertEqual(texts_on_network(house.journal()),
                             {"+41790000021": ["Dear Anna, please call us. Praxis am Bach"],
                              "+41790000022": ["Dear patient, please call us. Praxis am Bach"]})
            check_truth(items, house.journal())

    def test_what_staff_keep_survives_a_kill_and_its_changes_are_on_record(self):
        with House(modems=1) as house:
            house.start()
            house.ctl("template", "put", "a", "--text", "One", "--user", "anna")
            house.kill()
            house.start()
            self.assertEqual(house.get("/v1/templates/a")["text"], "One")
            self.assertEqual(house.call("PUT", "/v1/templates/a", {"text": "Two", "max_segments": 1})[0], 200)
            self.assertEqual(house.call("PUT", "/v1/groups/g", {"members": [{"to": "1"}]})[0], 201)
            self.assertEqual(house.call("DELETE", "/v1/templates/a", {"user": "bob"})[0], 200)
            self.assertEqual(house.call("DELETE", "/v1/groups/g")[0], 200)
            status, problem, _ = house.call("DELETE", "/v1/templates/appointment-reminder")
            self.assertEqual((status, problem["code"]), (403, "template-maintained"))
            self.assertEqual(house.stop(), 0)
            with sqlite3.connect(house.record / "burstd.db") as record:
                told = record.execute("SELECT kind, event, detail FROM history "
                                      "WHERE kind IN ('template', 'group') ORDER BY seq").fetchall()
            self.assertEqual(told, [("template", "created", "a: by anna of root"), ("template", "changed", "a: by root"),
                                    ("group", "created", "g: by root, members: 1"),
                                    ("template", "deleted", "a: by bob of root"),
                                    ("group", "deleted", "g: by root, members: 1")])

    def test_times_are_the_clinics_whatever_clock_burstctl_is_started_by(self):
        with WithWords(modems=1) as house:
            house.start()
            file = house.folder / "visits.csv"
            file.write_text("name,to,appointment_at\nAnna,079 000 00 31,2036-07-01 09:00\n")
            clocks = {"utc": "UTC", "none": None, "zurich": "Europe/Zurich"}
            starts = {}
            for ref, clock in clocks.items():
                house.ctl("burst", "send", str(file), "--text", ref + " {appointment_at:HH:mm}", "--yes",
                          "--client-ref", ref, clock=clock)
                starts[ref] = house.items()[0]
            self.assertEqual({ref: item["appointment_at"] for ref, item in starts.items()},
                             {"utc": "2036-07-01T09:00:00.000Z", "none": "2036-07-01T07:00:00.000Z",
                              "zurich": "2036-07-01T07:00:00.000Z"})
            self.assertEqual(starts["none"]["message"], "none 09:00")
            self.assertEqual(starts["utc"]["message"], "utc 11:00", "a TZ that somebody sets is what they mean")

    def test_a_report_of_another_program_becomes_reminders(self):
        with WithWords(modems=1) as house:
            house.start()
            mapping, report = house.folder / "mapping.yaml", house.folder / "report.csv"
            mapping.write_text(MAPPING)
            report.write_text(REPORT)
            shown = house.ctl("burst", "preview", str(report), "--report", str(mapping)).stdout
            self.assertIn("2 (line 3)", shown)
            self.assertIn("excluded", shown)
            self.assertNotIn("geheim", shown)
            house.ctl("burst", "send", str(report), "--report", str(mapping), "--yes")
            items = house.wait_final()
            self.assertEqual({item["patient"]: item["appointment_at"] for item in items},
                             {"P1": "2036-07-01T06:30:00.000Z", "P3": "2036-12-01T13:15:00.000Z"})
            texts = texts_on_network(house.journal())
            self.assertIn("on 01.07.2036 at 08:30.", texts["+41790000011"][0])
            self.assertTrue(texts["+41790000013"][0].endswith("Praxis am Bach"))
            self.assertEqual({item["category"] for item in items}, {"reminder"})
            mapping.write_text(MAPPING.replace("columns", "colums"))
            refused = house.ctl("burst", "preview", str(report), "--report", str(mapping), expect=1)
            self.assertIn("mapping.yaml:1:1: there is no option \"colums\"; did you mean \"columns\"?", refused.stderr)

    def test_a_confidential_word_warns_and_does_not_stop(self):
        with WithWords(modems=1) as house:
            house.start()
            checked = house.post("/v1/messages/check", {"to": "079 000 00 31", "text": "Ihr BEFUND ist da."}, 200)
            self.assertEqual((checked["verdict"], checked["flags"]), ("ok", ["confidential-word"]))
            preview = house.burst([{"to": "079 000 00 31", "patient_name": "hiv"},
                                   {"to": "079 000 00 32", "patient_name": "Shiva"}])
            self.assertIn("no place for confidential content", preview["reminder"])
            rows = house.get(f"/v1/batches/{preview['id']}/rows")["items"]
            self.assertEqual([row["flags"] for row in rows], [["confidential-word"], []])
            house.post(f"/v1/batches/{preview['id']}/send", {}, 202)
            self.assertEqual({item["status"] for item in house.wait_final()}, {"Sent Successfully"})


if __name__ == "__main__":
    unittest.main(verbosity=2)
