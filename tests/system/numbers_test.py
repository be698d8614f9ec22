"""The numbers with an outcome (burst-modem-sim --numbers): one message to each, and what the gateway makes of it is what
tools/sim/README.md and docs/clients.md promise an integrator."""
import unittest

from house import House, wait_for

# Ending, state in the end, status, what the error says.
ENDS = (
    ("1234", "delivered", "Sent Successfully", None),
    ("9900", "delivered", "Sent Successfully", None),
    ("9901", "unconfirmed", "Sent Successfully", None),
    ("9930", "delivered", "Sent Successfully", None),
    ("9940", "failed", "Send Failed", "Could not be delivered."),
    ("9941", "failed", "Send Failed", "This number cannot receive SMS (landline?)."),
    ("9942", "failed", "Send Failed", "The phone rejects messages."),
    ("9943", "failed", "Send Failed", "Number not reachable."),
    ("9945", "failed", "Send Failed", "The two networks do not exchange SMS."),
    ("9946", "failed", "Send Failed", "Phone stayed off"),
    ("9947", "failed", "Send Failed", "Cancelled at the message centre."),
    ("9948", "failed", "Send Failed", "Removed by the network."),
    ("9949", "failed", "Send Failed", "The network lost the message."),
    ("9961", "retrying", "Pending", None),
    ("9963", "failed", "Send Failed", "The network refused the message."),
    ("9701", "failed", "Send Failed", "does not exist"),
    ("9738", "retrying", "Pending", None),
    ("9801", "delivered", "Sent Successfully", None),
    ("9802", "submitted", "Pending", None),
    ("9803", "submitted", "Pending", None),
    ("9806", "uncertain", "Pending", "Not known whether it arrived"),
    ("9807", "delivered", "Sent Successfully", None),
    ("9810", "delivered", "Sent Successfully", None),
    ("9811", "delivered", "Sent Successfully", None),
    ("9812", "delivered", "Sent Successfully", None),
    ("9813", "delivered", "Sent Successfully", None),
    ("9814", "delivered", "Sent Successfully", None),
    ("9815", "delivered", "Sent Successfully", None),
    ("9816", "delivered", "Sent Successfully", None),
)
REPLIES = {"9811": "Y", "9812": "N", "9813": "STOP", "9814": "START", "9815": "Who is this?"}
# States on the way to the end.
PASSED = {"9930": "submitted", "9801": "submitted", "9807": "uncertain", "9810": "retrying", "9940": "retrying",
          "9945": "retrying"}


class Numbers(unittest.TestCase):
    def send(self, house, ending, **more):
        body = {"client_ref": ending, "to": f"079 000 {ending[:2]} {ending[2:]}", "text": "See you at 9.", **more}
        return house.post("/v1/messages", body, 201)["id"]

    def test_each_shows_its_state(self):
        with House(modems=4, air=20, report=60, sim_options=["--numbers"]) as house:
            house.start()
            ids = {ending: self.send(house, ending) for ending, *_ in ENDS}

            def of(ending):
                return house.get(f"/v1/clinical-items/{ids[ending]}")

            for ending, state, status, error in ENDS:
                with self.subTest(ending=ending):
                    item = wait_for(lambda: (found := of(ending))["state"] == state and found, f"{ending} is {state}")
                    self.assertEqual(item["status"], status)
                    if error:
                        self.assertIn(error, item["error"])
            for ending, state in PASSED.items():
                with self.subTest(ending=ending, on_the_way=state):
                    history = house.get(f"/v1/messages/{ids[ending]}")["history"]
                    self.assertIn(state, [change["to"] for change in history])
            replies = wait_for(lambda: len(found := house.get("/v1/inbox")["items"]) == 6 and found, "six replies")
            texts = {reply["from"][-4:]: reply["text"] for reply in replies}
            self.assertEqual({ending: texts[ending] for ending in REPLIES}, REPLIES)
            self.assertTrue(texts["9816"].startswith("I cannot come") and texts["9816"].endswith("Many thanks."))

    def test_without_a_verdict_it_is_uncertain_until_a_report_comes(self):
        brisk = ("submit_timeout: 10 s", "network_timer: 1 s")
        with House(modems=2, air=20, report=1500, sim_options=["--numbers"], driver=brisk) as house:
            house.start()
            lost, found = self.send(house, "9804"), self.send(house, "9805")
            for name in (lost, found):
                wait_for(lambda: house.get(f"/v1/clinical-items/{name}")["state"] == "uncertain", "it is uncertain")
            wait_for(lambda: house.get(f"/v1/clinical-items/{found}")["state"] == "delivered", "it is delivered")
            self.assertEqual(house.get(f"/v1/clinical-items/{lost}")["state"], "uncertain")

    def test_the_states_that_no_number_makes(self):
        with House(modems=1, sim_options=["--numbers"]) as house:
            house.start(wait_modems=False)
            late = self.send(house, "9900", expires_at="2026-01-01T08:00:00+01:00")
            self.assertEqual(house.get(f"/v1/clinical-items/{late}")["state"], "expired")
            wrong = house.post("/v1/messages", {"client_ref": "w", "to": "12", "text": "See you."}, 201)
            self.assertEqual((wrong["state"], wrong["error"]), ("failed", "Phone number is not valid"))
            held = self.send(house, "9901", send_after="2099-01-01T08:00:00+01:00", expires_at="2099-01-02T08:00:00+01:00")
            item = house.get(f"/v1/clinical-items/{held}")
            self.assertEqual((item["state"], item["held_by"]), ("held", "send-after"))
            self.assertEqual(house.post(f"/v1/messages/{held}/cancel", {}, 200)["state"], "cancelled")


if __name__ == "__main__":
    unittest.main(verbosity=2)
