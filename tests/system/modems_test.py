"""Modems with the faults and habits of real ones: what the record says of every message stays true."""
import concurrent.futures
import time
import unittest

from house import House, check_truth, wait_for

LONG = "Dear {patient_name}, this text has more letters than one message can hold, so that it leaves in two parts. " * 2
FORGIVING = ("prompt_timeout: 1 s", "submit_timeout: 10 s", "network_timer: 1 s", "command_timeout: 1 s")
KEEN = ("keep_alive: 5 s",)
HABITS = {
    "echo, padding and reports before OK": ["--echo", "--pad", "297", "--national", "41", "--early", "between"],
    "service 1 and reports before the reference": ["--csms1", "--early", "before", "--late-ok", "150"],
    "stored reports, announced in the wrong memory": ["--ds", "02", "--cdsi-memory", "SM"],
    "a slow modem that shows its route in another way": ["--latency", "60", "--cnmi-reads", "2,0,0,1,0"],
}


def rows(count):
    return [{"to": f"+417900{n:05}", "patient": f"P{n}", "patient_name": f"N{n}"} for n in range(count)]


def send(house, count, text="Dear {patient_name}, see you.", ref="burst-1"):
    preview = house.burst(rows(count), text, ref)
    house.post(f"/v1/batches/{preview['id']}/send", {}, 202)


def as_soon_as_it_listens(ask):
    while True:
        try:
            return ask()
        except OSError:
            time.sleep(0.0005)


def states(house):
    return sorted(item["state"] for item in house.items())


class Habits(unittest.TestCase):
    def test_every_habit_ends_in_delivered_messages(self):
        with concurrent.futures.ThreadPoolExecutor(len(HABITS)) as pool:
            journals = dict(zip(HABITS, pool.map(self.live_with, HABITS.values())))
        acknowledged = journals["service 1 and reports before the reference"]
        self.assertEqual(sum(row["event"] == "ack" for row in acknowledged), 5)
        self.assertFalse([row for row in acknowledged if row["event"] == "report" and row["try"] > 1])
        stored = journals["stored reports, announced in the wrong memory"]
        erased = [row for row in stored if row["event"] == "erased"]
        self.assertEqual({(row["memory"], row["read"]) for row in erased}, {("SR", True)})
        self.assertEqual(len(erased), 5)

    def live_with(self, options):
        with House(modems=1, sim_options=options) as house:
            house.start()
            send(house, 3)
            house.post("/v1/messages", {"client_ref": "long", "to": "+41790000900", "text": LONG}, 201)
            items = house.wait_final()
            self.assertEqual({item["state"] for item in items}, {"delivered"}, options)
            self.assertEqual(len(items), 4)
            check_truth(items, house.journal())
            if "--ds" in options:
                wait_for(lambda: len(house.journal("erased")) == 5, "the modem has forgotten what is on record")
            return house.journal()

    def test_a_missing_ok_costs_seconds_and_no_doubt(self):
        with House(modems=1, sim_options=["--no-ok"]) as house:
            house.start()
            began = time.monotonic()
            send(house, 1)
            items = house.wait_final()
            self.assertEqual([item["state"] for item in items], ["delivered"])
            self.assertLess(time.monotonic() - began, 15)
            check_truth(items, house.journal())

    def test_a_pin_is_typed_once_for_each_power_on(self):
        with House(modems=1, sim_options=["--sim-pin", "4711"], modem_options=['pin: "4711"']) as house:
            house.start()
            house.order("unplug modem1")
            wait_for(lambda: house.get("/v1/modems")["items"][0]["state"] == "absent", "the modem is missed")
            house.order("plug modem1")
            house.wait_ready()
            send(house, 1)
            check_truth(house.wait_final(), house.journal())
            self.assertEqual([row["right"] for row in house.journal("pin")], [True, True])


class Faults(unittest.TestCase):
    def test_a_hung_modem_leaves_its_work_to_the_other(self):
        with House(modems=2, driver=FORGIVING) as house:
            house.start()
            house.order("hang modem1")
            send(house, 4)
            items = house.wait_final()
            self.assertEqual({item["state"] for item in items}, {"delivered"})
            self.assertEqual({row["modem"] for row in house.journal("network")}, {"modem2"})
            house.order("unhang modem1")
            house.wait_ready(["modem1"])
            check_truth(items, house.journal())

    def test_who_resumes_a_modem_in_the_first_moment_has_it_resumed(self):
        with House(modems=1) as house:
            house.start()
            for _ in range(8):
                house.post("/v1/modems/modem1/pause", {}, 200)
                house.stop()
                with concurrent.futures.ThreadPoolExecutor(1) as pool:
                    resumed = pool.submit(as_soon_as_it_listens, lambda: house.post("/v1/modems/modem1/resume", {}, 200))
                    house.start(wait_modems=False)
                    resumed.result()
                wait_for(lambda: house.get("/v1/modems/modem1")["state"] == "ready", "it is resumed")

    def test_noise_a_lost_network_and_a_reply_in_between(self):
        with House(modems=1, modem_options=KEEN) as house:
            house.start()
            house.order("registration modem1 2")
            wait_for(lambda: house.get("/v1/modems")["items"][0]["state"] == "waiting", "the lost network is noticed")
            send(house, 6)
            self.assertFalse(house.journal("network"))
            house.order("registration modem1 5")
            wait_for(lambda: house.journal("network"), "sending has begun")
            house.order("deliver modem1 +41790000001 Yes, I will come.")
            for _ in range(3):
                house.order("noise modem1")
                time.sleep(0.1)
            items = house.wait_final()
            self.assertEqual({item["state"] for item in items}, {"delivered"})
            self.assertEqual([row["how"] for row in house.journal("incoming")], ["stored"])
            wait_for(lambda: house.journal("erased"), "the reply is on record")
            self.assertTrue(house.journal("erased")[0]["read"])
            check_truth(items, house.journal())

    def test_a_swallowed_verdict_is_doubt_until_the_report_comes(self):
        with House(modems=1, report=12500, driver=FORGIVING) as house:
            house.start()
            house.order("swallow-verdict modem1")
            send(house, 1)
            wait_for(lambda: states(house) == ["uncertain"], "the doubt is shown")
            check_truth(house.items(), house.journal())
            items = house.wait_final()
            self.assertEqual([item["state"] for item in items], ["delivered"])
            check_truth(items, house.journal())
            self.assertEqual(len(house.journal("network")), 1)

    def test_an_error_that_may_be_a_lie_is_doubt_and_never_a_second_message(self):
        with House(modems=1, report=1500, sim_options=["--refuse-but-send", "*00001=332"]) as house:
            house.start()
            send(house, 3)
            wait_for(lambda: "uncertain" in states(house), "the doubt is shown")
            items = house.wait_final()
            self.assertEqual({item["state"] for item in items}, {"delivered"})
            self.assertEqual(len(house.journal("network")), 3)
            check_truth(items, house.journal())

    def test_a_refusal_before_the_prompt_sends_nothing_and_another_modem_does(self):
        with House(modems=2) as house:
            house.start()
            house.order("refuse-at-prompt modem1 50 0")
            send(house, 3)
            wait_for(lambda: house.journal("refused_at_prompt"), "a refusal")
            items = house.wait_final()
            self.assertEqual({item["state"] for item in items}, {"delivered"})
            self.assertEqual(len(house.journal("network")), 3)
            check_truth(items, house.journal())


class Judge(unittest.TestCase):
    """The judge itself: each kind of untruth is seen."""

    SENT = {"event": "network", "to": "+41790000001", "imsi": "1", "text": "Hi", "concat": None, "serial": 1}
    REPORT = {"event": "report", "to": "+41790000001", "status": 0, "serial": 1}

    def item(self, state):
        return {"id": "a", "mobile_number": "+41790000001", "message": "Hi", "state": state}

    def part(self, number, serial, imsi="1"):
        concat = {"reference": 7, "total": 2, "part": number}
        return {**self.SENT, "text": "Hi"[number - 1], "concat": concat, "serial": serial, "imsi": imsi}

    def test_accepts_the_truth(self):
        check_truth([self.item("delivered")], [self.SENT, self.REPORT])
        parts = [self.part(1, 1), self.part(2, 2)]
        check_truth([self.item("delivered")], [*parts, self.REPORT, {**self.REPORT, "serial": 2}])
        check_truth([self.item("uncertain")], parts[:1])

    def test_rejects_every_untruth(self):
        parts = [self.part(1, 1), self.part(2, 2)]
        submit = {**self.SENT, "event": "submit", "srr": True, "pdu": "0031000B911497214365F70000A705C8329BFD06"}
        for items, journal in (([self.item("delivered")], [self.SENT]),
                               ([self.item("delivered")], [*parts, self.REPORT]),
                               ([self.item("submitted")], []),
                               ([self.item("cancelled")], [self.SENT]),
                               ([self.item("uncertain")], [self.SENT, {**self.SENT, "serial": 2}]),
                               ([self.item("submitted")], [*parts, self.part(1, 3, imsi="2")]),
                               ([self.item("expired")], parts[:1]),
                               ([], [self.SENT]),
                               ([self.item("queued")], [{"event": "stray"}]),
                               ([self.item("queued")], [submit])):
            with self.assertRaises(AssertionError, msg=(items, journal)):
                check_truth(items, journal)


if __name__ == "__main__":
    unittest.main(verbosity=2)
