"""The daemon is killed at every step of a message's life, over every route of reports, for a single message and within
a long one: nothing is lost, nothing sent twice, what was interrupted is shown as what it is, every report that somebody
still holds finds its message. The simulator kills it in the very step."""
import time
import unittest

from bus_house import run_all
from house import check_truth, wait_for
from kill_house import KillHouse, ROUTES, part_of

LONG = "This text has more letters than one message can hold, so that it leaves in three parts. " * 4
AMID_PDU = {1: 20, 3: 400}  # octets typed since the beginning of the message

# What happens before a report comes: the step, and whether what the modem has not read by then is lost.
SENDING = {
    "before AT+CMGS reaches the modem": "line with AT+CMGS={lose}",
    "after AT+CMGS, before the prompt": "line with AT+CMGS=",
    "at the prompt": "prompt{lose}",
    "amid the PDU": "typed{lose}",
    "before Ctrl-Z": "control-z{lose}",
    "right after Ctrl-Z": "submit",
    "on the air": "submit after 15",
    "the network has it, before +CMGS": "network",
    "right before +CMGS": "verdict",
    "right after +CMGS": "told",
    "between +CMGS and OK": "told after 15",
    "at OK": "ok",
    "soon after OK": "ok after 2",
    "later": "ok after 8",
}
REPORTING = {
    "stored": {
        "the report is stored": "report_stored",
        "right after +CDSI": "announced with +CDSI",
        "before AT+CMGR reaches the modem": "line with AT+CMGR{lose}",
        "at AT+CMGR": "line with AT+CMGR",
        "before AT+CMGD reaches the modem": "line with AT+CMGD{lose}",
        "at AT+CMGD": "erased",
        "after AT+CMGD": "erased after 5",
    },
    "acknowledged": {
        "right before +CDS": "report",
        "right after +CDS": "announced with +CDS",
        "before AT+CNMA reaches the modem": "line with AT+CNMA{lose}",
        "at AT+CNMA": "ack",
        "after AT+CNMA": "ack after 5",
    },
    "direct": {
        "right before +CDS": "report",
        "right after +CDS": "announced with +CDS",
        "soon after +CDS": "announced with +CDS after 3",
        "later after +CDS": "announced with +CDS after 10",
    },
}


class Steps:
    """Some steps of one route, one after the other in one house."""

    route, size, steps = "", 1, {}

    def test_steps(self):
        with KillHouse(routes=(self.route,), report=100, sim_options=["--late-ok", "30"]) as house:
            self.house, self.doubts, self.unheard, self.told = house, {}, {}, {}
            house.start()
            self.assertEqual(house.get("/v1/modems/modem1")["report_way"], self.route)
            for number, (name, words) in enumerate(self.steps.items()):
                with self.subTest(name):
                    house.slow_disk()
                    act = self.while_sending if name in SENDING else self.while_reporting
                    act(f"+417910000{number:02}", name, words)
            self.at_the_end()

    # --- a message, and the kill ---

    def submit(self, to):
        text = f"Hello {to}" if self.size == 1 else f"{to}: {LONG}"
        return self.house.post("/v1/messages", {"client_ref": f"to {to}", "to": to, "text": text}, 201)["id"]

    def killed(self, to, words):
        """The message whose middle part is killed at the step."""
        step = words.format(lose="")
        number = AMID_PDU[self.size] if step == "typed" else (self.size + 1) // 2
        self.house.snare(f"{step} number {number}" + (" lose" if "{lose}" in words else ""))
        message = self.submit(to)
        self.told[message] = to
        self.house.wait_killed()
        return message

    def while_sending(self, to, name, words):
        house = self.house
        house.order("hold-reports")
        message = self.killed(to, words)
        time.sleep(0.1)  # what is on the air lands
        open_parts = {part for part, result in house.attempts(to).items() if result == "open"}
        self.assertLessEqual(len(open_parts), 1)
        house.start()
        doubtful = {part for part, state in house.parts(message).items() if state == "uncertain"}
        self.assertEqual(doubtful, open_parts, "in doubt is what had no verdict on the disk, and nothing else")
        if doubtful:
            item = house.item(message)
            self.assertEqual((item["state"], item["status"]), ("uncertain", "Pending"))
            self.assertIn("Phone the patient", item["error"])
        house.order("release-reports")
        if open_parts - set(house.network(to)):
            self.doubts[message] = name  # it never left, and nobody but a person can say so
        else:
            house.settles(message, ("delivered",), name)

    def while_reporting(self, to, name, words):
        message = self.killed(to, words)
        if self.route == "direct":
            return self.after_a_lost_report(to, name, message)
        self.house.start()
        self.house.settles(message, ("delivered",), name)

    def after_a_lost_report(self, to, name, message):
        """Nobody keeps a report that was said to a dead process: its part stays as the disk has it."""
        house = self.house
        parts = {row["serial"]: part_of(row) for row in house.journal("network") if row["to"] == to}
        said = {parts[row["serial"]] for row in house.journal("report") if row["to"] == to}
        expected = {part: state for part, state in house.parts_on_disk(to).items() if part in said}
        doubtful = "uncertain" in expected.values()
        for part in range(1, self.size + 1):
            expected.setdefault(part, "queued" if doubtful else "delivered")
        if doubtful:
            self.unheard[message] = name
        house.start()
        try:
            wait_for(lambda: house.parts(message) == expected, "", 20)
        except AssertionError:
            raise AssertionError(f"{name}: {house.parts(message)}, not {expected}") from None

    # --- the judgement ---

    def at_the_end(self):
        house = self.house
        last = self.submit("+41793000000")
        house.settles(last, ("delivered",), "a message after all of it")
        for message, to in self.told.items():
            network, whole = house.network(to), list(range(1, self.size + 1))
            self.assertEqual(len(network), len(set(network)), f"a part was sent twice to {to}")
            if message in self.doubts:
                states = list(house.parts(message).values())
                self.assertEqual(states.count("uncertain"), 1, states)
                self.assertNotEqual(network, whole, self.doubts[message])
            elif message not in self.unheard:
                self.assertEqual(network, whole, to)
        items, killed = house.items(), house.journal("killed")
        self.assertEqual(len(items), len(self.told) + 1)
        self.assertEqual([row["gone"] for row in killed], [True] * len(self.steps))
        check_truth(items, house.journal())
        counts = {state: sum(item["state"] == state for item in items) for state in {i["state"] for i in items}}
        print(f"{self.route}, {self.size} part(s): {len(killed)} kills, {counts}; in doubt for good after a kill "
              f"{', '.join(self.doubts.values()) or '(none)'}", flush=True)


class AfterARefusal(unittest.TestCase):
    def test_the_report_of_the_second_attempt_finds_its_message(self):
        """The first attempt was refused at the prompt and never left, the second is killed on the air: its report is no
        other's, although both attempts know no reference."""
        with KillHouse(routes=("stored",)) as house:
            house.start()
            house.order("refuse-at-prompt modem1 314 1")
            house.snare("submit after 10")
            body = {"client_ref": "busy", "to": "+41791234567", "text": "Hello"}
            message = house.post("/v1/messages", body, 201)["id"]
            house.wait_killed()
            wait_for(lambda: house.journal("report_stored"), "its report waits in the modem")
            self.assertEqual(house.on_disk("SELECT result, reference FROM attempt ORDER BY key"),
                             [("refused", None), ("open", None)])
            house.start()
            house.settles(message, ("delivered",), "refused at first, then killed on the air")
            check_truth(house.items(), house.journal())


def cases():
    """A class for each route, each size, and each third of the steps, so that they can run at the same time."""
    for route in ROUTES:
        names = {**SENDING, **REPORTING[route]}
        for size in (1, 3):
            for third in range(3):
                title = f"{route.title()}{'Single' if size == 1 else 'Long'}{third + 1}"
                steps = dict(list(names.items())[third::3])
                yield title, type(title, (Steps, unittest.TestCase), {"route": route, "size": size, "steps": steps})


globals().update(cases())


if __name__ == "__main__":
    run_all(18)
