"""The daemon is killed at its N-th write to the record, and at its N-th sync, between the acceptance of a message and the
end of its report, for N = 1, 2, 3 … until a run passes whole. The client repeats what got no answer. Needs strace.

BURSTD_KILL_EACH: 1 tries each N, more leaves some out.
"""
import http.client
import itertools
import os
import time
import unittest

from bus_house import run_all
from house import check_truth
from kill_house import CAN_TRACE, KillHouse

EACH = int(os.environ.get("BURSTD_KILL_EACH", "9"))
QUIET = 0.5  # s after the report is recorded: then the run has passed whole


class Writes:
    """All N of one system call over one route."""

    route, call, each = "", "", 1

    def test_until_a_run_passes_whole(self):
        with KillHouse(routes=(self.route,)) as house:
            self.house, self.doubts = house, 0
            for number in itertools.count(1, self.each):
                to, ref = f"+41794{number:06}", f"ref {number}"
                house.start()
                if not self.is_killed(to, ref, number):
                    break
                self.judge(to, ref, number)
            items = house.items()
            self.assertEqual(len(items), (number - 1) // self.each + 1)
            self.assertGreater(number, 3 * self.each, "there was something to be killed")
            check_truth(items, house.journal())
            print(f"{self.route}: {len(items) - 1} kills at {self.call}, passed whole at {number}, {self.doubts} in doubt "
                  "for good", flush=True)

    def is_killed(self, to, ref, number):
        """Whether it was killed before all was done."""
        house = self.house
        house.inject(f"{self.call}:signal=KILL:when={number}")
        self.promised = None
        try:
            self.promised = self.submit(to, ref)
            house.settles(self.promised, ("delivered",), f"{self.call} {number}")
            time.sleep(QUIET)
        except (OSError, http.client.HTTPException):
            house.wait_killed()
            return True
        return house.daemon.poll() is not None

    def submit(self, to, ref):
        body = {"client_ref": ref, "to": to, "text": f"Hello {to}"}
        status, answer, _ = self.house.call("POST", "/v1/messages", body)
        self.assertIn(status, (200, 201), answer)
        return answer["id"]

    def judge(self, to, ref, number):
        house, why = self.house, f"killed at {self.call} {number}"
        time.sleep(0.1)  # what is on the air lands
        was_open = "open" in house.attempts(to).values()
        said = [row for row in house.journal("report") if row["to"] == to]
        house.start()
        message = self.submit(to, ref)
        if self.promised:
            self.assertEqual(message, self.promised, f"{why}: what was promised is there, once")
        if was_open and not house.network(to):
            self.doubts += 1
            self.assertEqual(house.item(message)["state"], "uncertain", why)
        else:
            lost = self.route == "direct" and said
            house.settles(message, ("delivered", "submitted", "uncertain") if lost else ("delivered",), why)
            self.assertEqual(house.network(to), [1], why)
        house.stop()


def cases():
    for route, each in (("stored", EACH), ("acknowledged", EACH), ("direct", EACH)):
        for call, step in (("pwrite64", each), ("fdatasync", 1)):
            title = f"{route.title()}{call.title()}"
            kind = type(title, (Writes, unittest.TestCase), {"route": route, "call": call, "each": step})
            yield title, unittest.skipUnless(CAN_TRACE, "strace cannot be used here")(kind)


globals().update(cases())


if __name__ == "__main__":
    run_all()
