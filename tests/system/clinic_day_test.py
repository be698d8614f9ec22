"""A day at the reception: a burst goes out, some of it fails in several ways, and somebody works through the rest. The
daemon is killed in between, and what happened stays on record as it was."""
import datetime
import json
import unittest

from house import BOUNDLESS, House, check_truth, wait_for

# The verdict is not waited for as long as in life.
IMPATIENT = ("submit_timeout: 10 s", "network_timer: 1 s", "command_timeout: 2 s")
REFUSED = 65  # TP-Status: incompatible destination

DOUBT, SILENT, STUBBORN, AWAY = (f"+4179000010{n}" for n in range(1, 5))


def in_hours(hours):
    moment = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=hours)
    return moment.isoformat(timespec="seconds")


def rows():
    """Twelve: the first leaves without a verdict, five arrive, the others fail in several ways or say nothing."""
    people = [("Doubt", DOUBT, 30)]
    people += [(f"Fine {n}", f"+4179000011{n}", 20 + n) for n in range(5)]
    people += [("Silent", SILENT, 26), ("Stubborn", STUBBORN, 9), ("Away", AWAY, 6), ("Wrong", "12", 12),
               ("Late", "+41790000106", -2), ("Withdrawn", "+41790000107", 40)]
    return [{"to": number, "patient": f"P-{name}", "patient_name": name, "appointment_at": in_hours(hours),
             "client_ref": name} for name, number, hours in people]


class ClinicDay(unittest.TestCase):
    def by_name(self, house):
        return {item["patient_name"]: item for item in house.items() if item["retry_of"] is None}

    def histories(self, house):
        return {item["id"]: house.get(f"/v1/messages/{item['id']}")["history"] for item in house.items()}

    def calls(self, house, *more):
        pages = house.ctl("items", "--call-list", "--json", *more).stdout.splitlines()
        return [item["patient_name"] for page in pages for item in json.loads(page)["items"]]

    def send(self, house):
        house.ctl("modem", "pause", "modem1", "--user", "urs")
        preview = house.burst(rows())
        sent = house.post(f"/v1/batches/{preview['id']}/send", {"select": list(range(1, 13))}, 202)
        self.assertEqual((len(sent["accepted"]), len(sent["refused"])), (10, 2))
        return preview["id"]

    def kill(self, house, ready=True):
        """Over a kill nothing that was told is forgotten or told otherwise."""
        before = self.histories(house)
        house.kill()
        house.start(wait_modems=ready)
        after = self.histories(house)
        for message, history in before.items():
            self.assertEqual(after[message][:len(history)], history, message)

    def leave(self, house):
        """The burst goes; what may become certain is certain then."""
        house.order(f"fail {STUBBORN} {REFUSED}")
        house.order(f"fail {AWAY} {REFUSED}")
        for number in (DOUBT, SILENT):
            house.order(f"no-report {number}")
        house.order("swallow-verdict modem1")
        house.ctl("modem", "resume", "modem1", "--user", "urs")
        expected = {"Doubt": "uncertain", "Silent": "submitted", "Stubborn": "failed", "Away": "failed",
                    "Wrong": "failed", "Late": "expired", "Withdrawn": "cancelled",
                    **{f"Fine {n}": "delivered" for n in range(5)}}

        def states():
            return {name: item["state"] for name, item in self.by_name(house).items()}
        wait_for(lambda: states() == expected, f"they become {expected}", 120)

    def test_from_the_burst_to_the_last_call(self):
        with House(modems=1, driver=IMPATIENT, sending=BOUNDLESS) as house:
            house.start()
            burst = self.send(house)
            withdrawn = self.by_name(house)["Withdrawn"]["id"]
            house.ctl("cancel", withdrawn, "--user", "anna", "--reason", "moved to another day")
            self.kill(house, ready=False)
            self.assertEqual(self.by_name(house)["Withdrawn"]["state"], "cancelled")
            self.leave(house)
            self.slip(house, burst)
            self.work_through(house)
            self.end_the_doubt(house)
            self.kill(house)
            self.look_back(house, burst)
            check_truth(house.items(), house.journal())

    def slip(self, house, burst):
        shown = house.ctl("burst", "show", burst).stdout
        self.assertIn("Reached 5 · waiting 1 · to be called 5 · withdrawn 1", shown)
        for line in ("Away", AWAY, "Phone number is not valid", "Expired before sending"):
            self.assertIn(line, shown)
        self.assertNotIn("Fine", shown)
        self.assertEqual(self.calls(house), ["Away", "Stubborn", "Wrong", "Doubt", "Late"])
        self.assertEqual(self.calls(house, "--batch", burst), self.calls(house))

    def work_through(self, house):
        people = self.by_name(house)
        house.ctl("note", people["Wrong"]["id"], "--user", "anna", "--text", "asked for the right number")
        self.assertEqual(self.calls(house, "--open"), ["Away", "Stubborn", "Doubt", "Late"])
        self.assertIn("anna: asked for the right number", house.ctl("items", "--call-list").stdout)
        house.order(f"fail {AWAY} 0")
        again = ("resend", people["Away"]["id"], "--user", "anna", "--client-ref", "away-2")
        house.ctl("modem", "pause", "modem1")
        made = json.loads(house.ctl(*again, "--json").stdout)
        self.kill(house, ready=False)
        repeated = json.loads(house.ctl(*again, "--json").stdout)
        self.assertEqual(repeated["id"], made["id"])
        house.ctl("modem", "resume", "modem1")
        reached = wait_for(lambda: (item := house.get(f"/v1/clinical-items/{made['id']}"))["state"] == "delivered"
                           and item, "the second one reaches")
        self.assertEqual((reached["retry_of"], reached["status"]), (people["Away"]["id"], "Sent Successfully"))
        old = house.get(f"/v1/clinical-items/{people['Away']['id']}")
        self.assertEqual((old["resent_as"], old["status"]), (made["id"], "Send Failed"))
        refused = house.ctl("resend", people["Away"]["id"], "--user", "anna", expect=1)
        self.assertIn(made["id"], refused.stderr)
        self.assertIn("appointment", house.ctl("resend", people["Late"]["id"], "--user", "anna", expect=1).stderr)
        self.assertIn("may have arrived", house.ctl("resend", people["Doubt"]["id"], "--user", "anna", expect=1).stderr)
        self.assertEqual(self.calls(house), ["Stubborn", "Wrong", "Doubt", "Late"])

    def end_the_doubt(self, house):
        doubt = self.by_name(house)["Doubt"]["id"]
        house.ctl("resolve", doubt, "--sent", "--user", "bea", "--reason", "phoned; she has it")
        self.assertEqual(house.get(f"/v1/clinical-items/{doubt}")["status"], "Sent Successfully")
        self.assertEqual(self.calls(house), ["Stubborn", "Wrong", "Late"])

    def look_back(self, house, burst):
        people = self.by_name(house)
        told = [row["event"] for row in house.get(f"/v1/messages/{people['Wrong']['id']}")["history"]]
        self.assertEqual(told[-1], "noted")
        note = people["Wrong"]["notes"][0]
        self.assertEqual((note["user"], note["text"]), ("anna", "asked for the right number"))
        last = house.get(f"/v1/messages/{people['Withdrawn']['id']}")["history"][-1]
        self.assertRegex(last["detail"], "by anna of .*: moved to another day")
        self.assertIn("sent again 1 · withdrawn 1", house.ctl("burst", "show", burst).stdout)
        acts = [(row["event"], row["user"], row["subject"]) for row in house.get("/v1/audit")["items"]]
        self.assertEqual(acts[-2:], [("resumed", "urs", "modem1"), ("paused", "urs", "modem1")])
        self.assertIn(("resolved", "bea", people["Doubt"]["id"]), acts)


if __name__ == "__main__":
    unittest.main()
