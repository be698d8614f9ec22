"""Modems are pulled out again and again, after any octet or at any time, while messages leave over all ways of reports.

BURSTD_UNPLUG_ROUNDS says how often, BURSTD_UNPLUG_SEED repeats a run (its octets; the machine's speed is its own).
"""
import os
import random
import threading
import time
import unittest

from bus_house import BusHouse
from house import check_truth, on_network, wait_for

ROUNDS = int(os.environ.get("BURSTD_UNPLUG_ROUNDS", "20"))
SEED = int(os.environ.get("BURSTD_UNPLUG_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
# How reports of each modem reach us; what was handed over directly may be lost with the port.
WAYS = {f"modem{n + 1}": way for n, way in enumerate(("stored", "acknowledged", "direct") * 2)}
LONG = "Dear {patient_name}, this text has more letters than one message can hold, so that it leaves in two parts. " * 2
MOST_OCTETS = 600  # setting up takes 400, a message 75
MOMENT = 1500  # ms: a direct report so shortly before the port vanished may not have been read


class UnplugHouse(BusHouse):
    def __init__(self):
        section = [{"name": name, "usb": f"1-{n + 1}", "driver": way, "reopen_first": "100 ms", "keep_alive": "5 s"}
                   for n, (name, way) in enumerate(WAYS.items())]
        super().__init__(modems=len(WAYS), section=section, air=40, report=80, trace=False,
                         sim_options=["--hold-unacknowledged", "--again", "300", "--jitter", "100", "--slots", "60"])
        own = self.folder / "own-drivers"
        own.mkdir(exist_ok=True)
        for way in WAYS.values():
            stored, acknowledged = (("yes" if way == each else "no") for each in ("stored", "acknowledged"))
            (own / f"{way}.yaml").write_text(f"name: {way}\nstored_reports: {stored}\n"
                                             f"acknowledged_reports: {acknowledged}\nnetwork_timer: 2 s\n"
                                             "prompt_timeout: 2 s\n")

    def plugged(self, modem):
        return self.simulated()[modem]["plugged"]


class Unplugger(threading.Thread):
    """Pulls one modem out, and plugs it in again, as often as it is told."""

    def __init__(self, house, modem, rounds):
        super().__init__(daemon=True)
        self.house, self.modem, self.rounds = house, modem, rounds  # an iterator that all share
        self.dice = random.Random(f"{SEED} {modem}")
        self.done, self.met_ready, self.forced, self.trouble = 0, 0, 0, None

    def run(self):
        try:
            for _ in self.rounds:
                self.round()
                self.done += 1
        except Exception as trouble:  # told by whoever joins
            self.trouble = trouble

    def round(self):
        octets, lose = self.dice.randint(0, MOST_OCTETS), " lose" if self.dice.random() < 0.3 else ""
        patient, by_octets, delay = self.dice.random() < 0.4, self.dice.random() < 0.5, self.dice.uniform(0, 0.6)
        if patient:
            self.await_ready()
        if by_octets:
            self.unplug_after(octets, lose)
        else:
            time.sleep(delay)
            self.house.order(f"unplug {self.modem}{lose}")
        time.sleep(self.dice.uniform(0, 0.3))
        self.house.order(f"plug {self.modem}")

    def await_ready(self):
        end = time.monotonic() + 10
        while time.monotonic() < end:
            if self.house.modem(self.modem)["state"] == "ready":
                self.met_ready += 1
                return
            time.sleep(0.05)

    def unplug_after(self, octets, lose):
        self.house.order(f"unplug {self.modem} after {octets}{lose}")
        end = time.monotonic() + 6
        while self.house.plugged(self.modem) and time.monotonic() < end:
            time.sleep(0.02)
        if self.house.plugged(self.modem):  # it had nothing to say
            self.forced += 1
            self.house.order(f"unplug {self.modem}")


class Unplugging(unittest.TestCase):
    def test_nothing_is_lost_and_nothing_sent_twice(self):
        print(f"BURSTD_UNPLUG_SEED={SEED}", flush=True)
        with UnplugHouse() as house:
            house.start()
            self.assertEqual({name: house.modem(name)["report_way"] for name in WAYS}, WAYS)
            began = time.monotonic()
            rounds = iter(range(ROUNDS))
            unpluggers = [Unplugger(house, name, rounds) for name in WAYS]
            for each in unpluggers:
                each.start()
            sent = self.keep_sending(house, unpluggers)
            print(f"{sum(each.done for each in unpluggers)} rounds in {time.monotonic() - began:.0f} s, "
                  f"{sum(each.met_ready for each in unpluggers)} of them met a ready modem, "
                  f"{sum(each.forced for each in unpluggers)} had to do without their octets", flush=True)
            self.assertEqual([each.trouble for each in unpluggers], [None] * len(WAYS))
            self.settle(house)
            self.judge(house, sent)

    def keep_sending(self, house, unpluggers):
        """Something waits as long as anybody unplugs; how many there were."""
        first = 0
        while any(each.is_alive() for each in unpluggers):
            waiting = sum(len(house.get(f"/v1/clinical-items?limit=20&state={state}")["items"])
                          for state in ("queued", "held", "retrying"))
            if waiting < 10:
                house.send(10, first=first, text=LONG if first % 30 == 20 else "Dear {patient_name}, see you.")
                first += 10
            time.sleep(0.5)
        return first

    def settle(self, house):
        for name in WAYS:
            if not house.plugged(name):
                house.order(f"plug {name}")
        house.wait_ready()
        house.wait_left(120)
        wait_for(lambda: not house.order("status")["kept_reports"], "the network has told all reports", 60)
        wait_for(lambda: not any(memory["used"] for modem in house.simulated().values()
                                 for memory in modem["memories"].values()), "the modems' memories are empty", 60)

    def owed(self, house):
        """The serials of messages whose reports must have found them."""
        journal = house.journal()
        vanished = [(row["modem"], row["at"]) for row in journal if row["event"] in ("unplug", "close")]
        told = set()
        for row in journal:
            if row["event"] != "report" or row["status"] != 0:
                continue
            shortly = any(modem == row["modem"] and 0 <= at - row["at"] < MOMENT for modem, at in vanished)
            if WAYS[row["modem"]] != "direct" or not shortly:
                told.add(row["serial"])
        return told

    def delivered(self, house):
        return {item["mobile_number"] for item in house.items() if item["state"] == "delivered"}

    def judge(self, house, sent):
        told = self.owed(house)
        rows = house.journal("network")
        owed = {number for number, _, serials in on_network(rows)[0] if told.issuperset(serials)}
        try:
            wait_for(lambda: owed <= self.delivered(house), "", 30)
        except AssertionError:
            raise AssertionError(f"reports did not find {sorted(owed - self.delivered(house))}") from None
        items = house.items()
        counts = {state: sum(item["state"] == state for item in items) for state in {i["state"] for i in items}}
        print(f"{len(items)} messages: {counts}; {len(house.journal('lost'))} were lost on the air", flush=True)
        self.assertEqual(len(items), sent)
        check_truth(items, house.journal())
        arrived = {row["to"] for row in rows}
        for item in items:
            if item["mobile_number"] not in arrived:
                doubt = item["state"] == "uncertain" or (item["state"] == "failed" and item["segments"] > 1)
                self.assertTrue(doubt, f"what did not arrive is shown as doubtful: {item}")
        self.assertLessEqual(counts.get("uncertain", 0), ROUNDS, "one unplugging makes one doubt at most")


if __name__ == "__main__":
    unittest.main(verbosity=2)
