"""Minutes of work with everything that goes wrong at once: bursts without end over three modems that vanish, babble, start
anew and swallow verdicts, while the configuration is read again, copies are made and clients come and go. At the end the
record is whole and agrees with the network, and the daemon has neither grown nor kept a descriptor."""
import os
import random
import signal
import statistics
import time
import unittest

from house import House, check_truth, wait_for

SECONDS = float(os.environ.get("BURSTD_SOAK_SECONDS", "300"))
GROWTH = 1.1  # of the memory, from the second quarter to the last
ME = f"clients: {{known: [{{name: it, users: [{os.getuid()}], role: admin}}]}}\n"
IMPATIENT = ("submit_timeout: 10 s", "network_timer: 1 s", "command_timeout: 2 s")
MOVING = ("queued", "held", "sending")  # what was refused is tried again minutes later


def descriptors_of(process):
    return len(os.listdir(f"/proc/{process.pid}/fd"))


def memory_of(process):
    """Anonymous memory of the process in KiB."""
    with open(f"/proc/{process.pid}/status", encoding="utf-8") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("RssAnon:"))


class Soak(unittest.TestCase):
    def disturb(self, house, dice):
        """One of the troubles now and then, else a little time."""
        name = dice.choice(house.names)

        def replug():
            house.order(f"unplug {name}")
            time.sleep(dice.uniform(0.1, 1.0))
            house.order(f"plug {name}")

        troubles = (
            replug,
            lambda: house.order(f"noise {name} {dice.randrange(16, 512)}"),
            lambda: house.order(f"flood {name} {dice.randrange(10, 200)}"),
            lambda: house.order(f"deliver {name} +41790000001 Reply {dice.random()}"),
            lambda: house.order(f"swallow-verdict {name}"),
            lambda: house.order(f"restart {name}"),
            lambda: house.order(f"refuse-at-prompt {name} 38 3"),
            lambda: house.daemon.send_signal(signal.SIGHUP),
            lambda: house.ctl("backup", str(house.folder / "copy")),
            lambda: house.ctl("metrics", "--textfile", str(house.folder / "figures")),
            lambda: house.ctl("verify"),
        )
        if dice.random() < len(troubles) / 120:
            dice.choice(troubles)()
        else:
            time.sleep(dice.uniform(0.1, 1.0))

    def moving(self, house, states=MOVING):
        return any(house.get(f"/v1/clinical-items?state={state}&limit=1")["items"] for state in states)

    def queued(self, house):
        return len(house.get("/v1/clinical-items?state=queued&limit=200")["items"])

    def check_flat(self, sizes, what, slack):
        quarter = len(sizes) // 4
        early, late = statistics.median(sizes[quarter:2 * quarter]), statistics.median(sizes[-quarter:])
        print(f"{what}: median {early} in the second quarter, {late} in the last, at most {max(sizes)}", flush=True)
        self.assertLess(late, early * GROWTH + slack, f"{what} do not grow with what was sent")

    def check_record(self, house, messages):
        items = house.items()
        self.assertEqual(len(items), messages)
        check_truth(items, house.journal())
        states = {state: sum(i["state"] == state for i in items) for state in {i["state"] for i in items}}
        print(f"{messages} messages: {states}", flush=True)
        self.assertIn("The record is whole", house.ctl("verify").stdout)

    def test_the_record_stays_true_and_the_daemon_small(self):
        dice = random.Random(5)
        with House(modems=3, air=20, report=40, driver=IMPATIENT, config=ME, sim_options=["--keep-reports"]) as house:
            house.start()
            end, burst, memory, descriptors = time.monotonic() + SECONDS, 0, [], []
            while time.monotonic() < end:
                rows = [{"to": f"+4179{burst:05}{n:02}", "patient": f"P{burst}.{n}", "patient_name": f"N{n}"}
                        for n in range(20)]
                preview = house.burst(rows, ref=f"burst-{burst}")
                house.post(f"/v1/batches/{preview['id']}/send", {}, 202)
                burst += 1
                self.disturb(house, dice)
                wait_for(lambda: self.queued(house) < 200, "the modems keep pace", 1200)  # they may be left in peace for a while
                memory.append(memory_of(house.daemon))
                descriptors.append(descriptors_of(house.daemon))
            for name in house.names:
                if not next(m for m in house.order("status")["modems"] if m["name"] == name)["plugged"]:
                    house.order(f"plug {name}")
            wait_for(lambda: not self.moving(house), "everything that can go has gone", 300)
            self.check_flat(memory, "KiB of anonymous memory", 4096)  # caches of a few megabytes fill in a short run
            self.check_flat(descriptors, "descriptors", 4)
            for name in house.names:  # what is tried again must not go while the two are compared
                house.ctl("modem", "pause", name)
            wait_for(lambda: not self.moving(house, ("sending",)), "nothing is on the air", 60)
            self.check_record(house, burst * 20)


if __name__ == "__main__":
    unittest.main(verbosity=2)
