"""Nobody knows whether a message left: it is held for a person, or sent once more where its category wants that."""
import time
import unittest

from bus_house import run_all
from house import BOUNDLESS, House, ShiftedHouse, check_truth, wait_for

# The verdict is not waited for as long as in life. The policy of a category has the time that it has there, but the
# daemon's clock does not take as long for it.
IMPATIENT = ("submit_timeout: 10 s", "network_timer: 1 s", "command_timeout: 2 s")
ONCE_MORE = (*BOUNDLESS, "doubtful: {result: resend-once}")
POLICY = 3 * 60
ROUND = 10  # what is due is looked for every so many seconds


class Doubt(unittest.TestCase):
    def one(self, house, **more):
        body = {"client_ref": f"ref-{time.monotonic()}", "to": "+41790000001", "text": "Hello", **more}
        return house.post("/v1/messages", body, 201)["id"]

    def item(self, house, message):
        return house.get(f"/v1/clinical-items/{message}")

    def wait_state(self, house, message, state, seconds=60):
        try:
            return wait_for(lambda: self.item(house, message)["state"] == state, "", seconds)
        except AssertionError:
            raise AssertionError(f"not {state} in {seconds} s, but {self.item(house, message)}") from None

    def swallowed(self, house, **more):
        """A message that leaves without a verdict."""
        house.order("swallow-verdict modem1")
        message = self.one(house, **more)
        self.wait_state(house, message, "uncertain")
        return message

    def restart_by_kill(self, house):
        house.kill()
        house.start(wait_modems=False)

    def test_a_person_ends_the_doubt_and_a_report_knows_better(self):
        with House(modems=1, driver=IMPATIENT, sim_options=["--no-report", "+41790000001"]) as house:
            house.start()
            message = self.swallowed(house, category="result", priority="urgent")
            said = house.ctl("resolve", message, "--sent", "--user", "anna", "--reason", "phoned")
            self.assertIn("anna says that it was sent", said.stdout)
            item = self.item(house, message)
            self.assertEqual((item["status"], item["confirmation"]), ("Sent Successfully", "person"))
            house.ctl("resolve", message, "--sent", "--user", "anna", "--reason", "phoned")
            refused = house.ctl("resolve", message, "--not-sent", "--user", "bea", "--reason", "no", expect=1)
            self.assertIn("already said", refused.stderr)

            house.order("hold-reports")
            other = self.swallowed(house, to="+41790000002")
            house.ctl("resolve", other, "--not-sent", "--user", "bea", "--reason", "the modem was dark")
            self.restart_by_kill(house)
            item = self.item(house, other)
            self.assertEqual((item["status"], item["error"]), ("Send Failed", "Said not to have left, by bea"))
            history = house.get(f"/v1/messages/{other}")["history"]
            self.assertRegex(history[-1]["detail"], "by bea of .*: the modem was dark")
            check_truth(house.items(), house.journal())
            house.wait_ready()
            house.order("release-reports")
            self.wait_state(house, other, "delivered")
            self.assertEqual(self.item(house, other)["confirmation"], "report")
            third = self.one(house, to="+41790000003")
            self.wait_state(house, third, "delivered")
            refused = house.ctl("resolve", third, "--sent", "--user", "a", "--reason", "b", expect=1)
            self.assertIn("There is no doubt", refused.stderr)
            self.assertEqual(len(house.journal("network")), 3)

    def test_a_category_has_it_sent_once_more_over_a_kill(self):
        with ShiftedHouse(modems=1, driver=IMPATIENT, sending=ONCE_MORE) as house:
            house.start()
            house.order("eat-reports modem1 on")
            held = self.swallowed(house, category="reminder", priority="urgent")
            message = self.swallowed(house, category="result", to="+41790000002")
            self.restart_by_kill(house)
            house.wait_ready()
            house.order("eat-reports modem1 off")
            time.sleep(ROUND + 1)  # it is noted that somebody listens
            house.age(POLICY - 4 * ROUND)
            time.sleep(ROUND + 1)
            self.assertEqual(self.item(house, message)["state"], "uncertain")
            house.age(4 * ROUND)
            self.wait_state(house, message, "delivered")
            self.restart_by_kill(house)
            house.wait_ready()
            time.sleep(ROUND + 1)
            self.assertEqual(self.item(house, held)["state"], "uncertain")
            self.assertEqual([row["to"] for row in house.journal("submit")],
                             ["+41790000001", "+41790000002", "+41790000002"])
            repeats = [row for row in house.get(f"/v1/messages/{message}")["history"] if row["event"] == "repeated"]
            self.assertEqual([(row["from"], row["to"]) for row in repeats], [("uncertain", "retrying")])

    def test_what_waits_to_be_sent_once_more_waits_over_a_kill(self):
        with ShiftedHouse(modems=1, air=800, driver=IMPATIENT, sending=ONCE_MORE) as house:
            house.start()
            message = self.one(house, category="result")
            wait_for(lambda: house.journal("submit"), "it is on the air")
            house.order("unplug modem1")
            self.wait_state(house, message, "uncertain")
            house.age(POLICY)
            self.wait_state(house, message, "retrying")
            refused = house.ctl("cancel", message, expect=1)
            self.assertIn("may have left", refused.stderr)
            self.restart_by_kill(house)
            self.assertEqual(self.item(house, message)["state"], "retrying")
            house.order("plug modem1")
            self.wait_state(house, message, "delivered")
            self.restart_by_kill(house)
            time.sleep(3)
            self.assertEqual(self.item(house, message)["state"], "delivered")
            self.assertEqual(len(house.journal("submit")), 2)


if __name__ == "__main__":
    run_all()
