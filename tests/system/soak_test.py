"""Minutes of work with everything that goes wrong at once: bursts without end over three modems that vanish, babble and
swallow verdicts. At the end the record agrees with the network, and the daemon has not grown."""
import os
import random
import time
import unittest

from house import House, check_truth, wait_for

SECONDS = float(os.environ.get("BURSTD_SOAK_SECONDS", "300"))
WAITING = ("queued", "held", "sending", "retrying")


def memory_of(process):
    """Anonymous memory of the process in KiB."""
    with open(f"/proc/{process.pid}/status", encoding="utf-8") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("RssAnon:"))


class Soak(unittest.TestCase):
    def disturb(self, house, dice):
        name = dice.choice(house.names)
        what = dice.randrange(5)
        if what == 0:
            house.order(f"unplug {name}")
            time.sleep(dice.uniform(0.1, 1.0))
            house.order(f"plug {name}")
        elif what == 1:
            house.order(f"noise {name} {dice.randrange(16, 512)}")
        elif what == 2:
            house.order(f"flood {name} {dice.randrange(10, 200)}")
        elif what == 3:
            house.order(f"deliver {name} +41790000001 Reply {dice.random()}")
        else:
            time.sleep(dice.uniform(0.1, 0.5))

    def test_the_record_stays_true_and_the_daemon_small(self):
        dice = random.Random(5)
        with House(modems=3, air=20, report=40, sim_options=["--keep-reports"]) as house:
            house.start()
            end, burst, first = time.monotonic() + SECONDS, 0, None
            while time.monotonic() < end:
                rows = [{"to": f"+4179{burst:05}{n:02}", "patient": f"P{burst}.{n}", "patient_name": f"N{n}"}
                        for n in range(20)]
                preview = house.burst(rows, ref=f"burst-{burst}")
                house.post(f"/v1/batches/{preview['id']}/send", {}, 202)
                burst += 1
                self.disturb(house, dice)
                wait_for(lambda: house.get("/v1/status")["queue"]["queued"] < 200, "the modems keep pace", 120)
                if burst == 20:
                    first = memory_of(house.daemon)
            for name in house.names:
                if not next(m for m in house.order("status")["modems"] if m["name"] == name)["plugged"]:
                    house.order(f"plug {name}")
            wait_for(lambda: house.get("/v1/status")["queue"]["queued"] == 0, "the queue is empty", 300)
            wait_for(lambda: not [i for i in house.items() if i["state"] in WAITING], "everything that can go has gone", 120)
            items = house.items()
            self.assertEqual(len(items), burst * 20)
            check_truth(items, house.journal())
            states = {state: sum(i["state"] == state for i in items) for state in {i["state"] for i in items}}
            last = memory_of(house.daemon)
            print(f"{len(items)} messages in {burst} bursts: {states}; memory {first} to {last} KiB", flush=True)
            self.assertLess(last, first + 16 * 1024, "memory does not grow with what was sent")


if __name__ == "__main__":
    unittest.main(verbosity=2)
