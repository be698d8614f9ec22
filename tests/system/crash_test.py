"""The daemon is killed, modems vanish, hang and babble: nothing is lost, nothing is sent twice, doubt is shown."""
import os
import random
import time
import unittest

from house import House, check_truth, wait_for

ROUNDS = int(os.environ.get("BURSTD_KILL_ROUNDS", "6"))


def rows(count, first=0):
    return [{"to": f"+417900{first + n:05}", "patient": f"P{first + n}", "patient_name": f"N{n}"} for n in range(count)]


class Crash(unittest.TestCase):
    def send(self, house, count, ref="burst-1", first=0):
        preview = house.burst(rows(count, first), ref=ref)
        return house.post(f"/v1/batches/{preview['id']}/send", {}, 202)

    def test_what_was_on_the_air_at_a_kill_is_uncertain_and_never_sent_again(self):
        with House(modems=1, air=1500, report=60000, sim_options=["--no-report", "*"]) as house:
            house.start()
            self.send(house, 3)
            wait_for(lambda: house.journal("submit"), "the first submission")
            house.kill()
            house.start(wait_modems=False)
            states = sorted(item["state"] for item in house.items())
            self.assertIn("uncertain", states)
            self.assertEqual(states.count("uncertain"), 1)
            doubtful = next(item for item in house.items() if item["state"] == "uncertain")
            self.assertEqual(doubtful["status"], "Pending")
            self.assertIn("Phone the patient", doubtful["error"])
            wait_for(lambda: len(house.journal("network")) >= 3, "the other two leave")
            time.sleep(1)
            self.assertEqual(len(house.journal("network")), 3)
            check_truth(house.items(), house.journal())

    def test_a_report_after_the_restart_clears_the_doubt(self):
        with House(modems=1, air=800, report=300, sim_options=["--keep-reports"]) as house:
            house.start()
            self.send(house, 1)
            wait_for(lambda: house.journal("submit"), "the submission")
            house.kill()
            house.start(wait_modems=False)
            item = house.wait_final()[0]
            self.assertEqual((item["status"], item["state"]), ("Sent Successfully", "delivered"))
            self.assertEqual(len(house.journal("network")), 1)

    def test_a_stop_in_order_waits_for_the_part_on_the_air(self):
        with House(modems=1, air=1000, sim_options=["--keep-reports"]) as house:
            house.start()
            self.send(house, 5)
            wait_for(lambda: house.journal("submit"), "the first submission")
            self.assertEqual(house.stop(), 0)
            self.assertEqual(len(house.journal("submit")), len(house.journal("verdict")))
            house.start()
            items = house.wait_final()
            self.assertEqual({item["state"] for item in items}, {"delivered"})
            check_truth(items, house.journal())
            self.assertEqual(len(house.journal("network")), 5)

    def test_kills_at_random_moments_lose_nothing_and_repeat_nothing(self):
        dice = random.Random(7)
        kills = []
        with House(modems=2, air=60, report=120, sim_options=["--keep-reports"]) as house:
            for number in range(ROUNDS):
                house.start(wait_modems=number == 0)
                self.send(house, 8, f"burst-{number}", first=number * 100)
                time.sleep(dice.uniform(0.0, 2.5))
                kills.append(time.time() * 1000)
                house.kill()
            house.start()
            wait_for(lambda: not [i for i in house.items() if i["state"] in ("queued", "held", "sending", "retrying")],
                     "everything that can go has gone")
            wait_for(lambda: not self.unheard(house, kills), "every report that was heard has found its message", 20)
            items = house.items()
            self.assertEqual(len(items), ROUNDS * 8)
            check_truth(items, house.journal())
            sent = {row["to"] for row in house.journal("network")}
            for item in items:
                if item["mobile_number"] not in sent:
                    self.assertEqual(item["state"], "uncertain", "what did not arrive is shown as doubtful")
            counts = {state: sum(i["state"] == state for i in items) for state in {i["state"] for i in items}}
            print(f"{ROUNDS} kills, {len(items)} messages: {counts}", flush=True)

    def unheard(self, house, kills):
        """Messages whose report the daemon must have heard (no kill within half a second) but does not show."""
        delivered = {item["mobile_number"] for item in house.items() if item["state"] == "delivered"}
        heard = {row["to"] for row in house.journal("report")
                 if not any(abs(row["at"] - kill) < 500 for kill in kills)}
        return heard - delivered

    def test_an_unplugged_modem_hands_its_queue_to_the_other(self):
        with House(modems=2, air=200, sim_options=["--keep-reports"]) as house:
            house.start()
            self.send(house, 12)
            wait_for(lambda: len(house.journal("network")) >= 2, "sending has begun")
            house.order("unplug modem1")
            wait_for(lambda: not [i for i in house.items() if i["state"] in ("queued", "held", "sending", "retrying")],
                     "the other modem sends the rest")
            house.order("plug modem1")
            house.wait_ready(["modem1"])
            wait_for(lambda: len([i for i in house.items() if i["state"] in ("delivered", "uncertain")]) == 12,
                     "every report that was kept arrives")
            items = house.items()
            self.assertLessEqual(sum(item["state"] == "uncertain" for item in items), 1)
            check_truth(items, house.journal())

    def test_noise_and_unsolicited_lines_do_no_harm(self):
        with House(modems=1, air=100) as house:
            house.start()
            self.send(house, 10)
            for _ in range(5):
                house.order("flood modem1 50")
                time.sleep(0.15)
            items = house.wait_final()
            self.assertEqual({item["state"] for item in items}, {"delivered"})
            check_truth(items, house.journal())

    def test_two_daemons_never_share_a_record(self):
        with House(modems=1) as house:
            house.start()
            first = house.daemon
            with self.assertRaises(AssertionError):
                house.start(wait_modems=False)
                if house.daemon.wait(timeout=10):
                    raise AssertionError("ended")
            house.daemon = first
            self.assertIsNone(first.poll())
            self.assertIn("another burstd", house.log_file.read_text().lower())


if __name__ == "__main__":
    unittest.main(verbosity=2)
