"""The daemon is killed again and again, mostly with messages on the air over all three routes of reports, while a client
submits without end and repeats what got no answer, and modems vanish, hang, babble and are refused by the network. At
the end the record is held against what the network got and what the client was promised.

BURSTD_KILL_ROUNDS says how often, BURSTD_KILL_SEED repeats the dice (the machine's speed is its own).
"""
import bisect
import http.client
import os
import random
import select
import threading
import time
import unittest

from house import check_truth, on_network, wait_for
from kill_house import KillHouse, ROUTES

ROUNDS = int(os.environ.get("BURSTD_KILL_ROUNDS", "30"))
SEED = int(os.environ.get("BURSTD_KILL_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
AIR = 40
# Modems of which the newest attempt has no verdict.
CAUGHT = ("SELECT modem FROM attempt WHERE key IN (SELECT max(key) FROM attempt GROUP BY modem)"
          " AND result IN ('open', 'unknown')")
LONG = "This text has more letters than one message can hold, so that it leaves in parts. " * 4
MODEMS = int(os.environ.get("BURSTD_KILL_MODEMS", "24"))
SLOW = 0.2  # of the rounds: the disk is slow
FEW = 4  # so few modems are left that have not to listen for a late verdict first
MOMENT = 1500  # ms: a direct report so shortly before a kill may not have been on the disk
STEPS = ("line with AT+CMGS=", "line with AT+CMGS= lose", "prompt lose", "typed number 30 lose", "control-z lose", "submit",
         "network", "verdict", "told", "ok", "ok after 2", "report", "report_stored", "announced", "announced after 2",
         "line with AT+CNMA lose", "ack", "line with AT+CMGR", "line with AT+CMGD lose", "erased")
# +CMS ERROR: no such number; time-out, which may come after the message has left; the SIM is busy, which soon is over.
PERMANENT, LIED, BUSY = 1, 332, 314


class Client(threading.Thread):
    """Clinic software: it asks again, with the same client_ref, until it has an answer, and remembers the answer."""

    def __init__(self, house):
        super().__init__(daemon=True)
        self.house, self.dice = house, random.Random(f"{SEED} client")
        self.promised, self.numbers = {}, {}  # client_ref: id, number
        self.unanswered, self.again, self.refusing, self.trouble = 0, 0, 0, None
        self.room = threading.Semaphore(0)  # so many more may wait
        self.idle, self.ended = False, False

    def run(self):
        try:
            number = 0
            while True:
                self.take_room()
                if self.ended:
                    return
                self.submit(number)
                number += 1
        except Exception as trouble:  # told by whoever joins
            self.trouble = trouble

    def take_room(self):
        if not self.room.acquire(blocking=False):
            self.idle = True
            self.room.acquire()
            self.idle = False

    def submit(self, number):
        ref, to = f"ref-{number}", f"+4179{number:07}"
        text = f"{to}: {LONG}" if number % 12 == 5 else f"Hello {to}"
        if number % 25 == 7:
            # What the network does with it: refused once and for all, or taken although it says no.
            self.house.order(f"refuse {to} {PERMANENT} 1" if number % 2 else f"refuse-but-send {to} {LIED} 1")
            self.refusing += 1
        self.numbers[ref] = to
        body = {"client_ref": ref, "to": to, "text": text}
        self.promised[ref] = self.ask_until_answered(body)
        if self.dice.random() < 0.1:
            self.again += 1
            told = self.ask_until_answered(body)
            assert told == self.promised[ref], f"{ref} was {self.promised[ref]} and is {told} now"

    def ask_until_answered(self, body):
        while True:
            try:
                status, answer, _ = self.house.call("POST", "/v1/messages", body)
                assert status in (200, 201), f"{status} {answer}"
                return answer["id"]
            except (OSError, http.client.HTTPException):
                self.unanswered += 1
                time.sleep(0.01)


def now():
    return time.time() * 1000


class Killer:
    """One round after the other; it knows when each daemon began and ended, and which modems it has caught in the act.
    Such a modem is listened to for two seconds before it sends again, at every start until it has sent something: so a
    few are caught in each round, and when few are left there is a round in which all of them send."""

    def __init__(self, house, client):
        self.house, self.client, self.dice = house, client, random.Random(SEED)
        self.begun, self.kills, self.mishaps, self.undo = [now()], [], [], []
        self.caught, self.missed, self.rests = set(), 0, 0

    def round(self):
        if len(self.house.routes) - len(self.caught) <= FEW:
            self.rest()
        number, chance = self.dice.choice((1, 1, 2, 3)), self.dice.random()
        self.client.room.release(max(number, 2))
        if self.dice.random() < SLOW:
            self.house.slow_disk(wait=False)
        if chance < 0.85:
            self.strike(f"submit number {number} after {self.dice.randint(0, AIR - 5)}")
        elif chance < 0.95:
            self.strike(self.dice.choice(STEPS))
        else:
            self.died(self.dice.uniform(0, 0.3))
        if self.house.daemon.poll() is None:
            self.house.kill()
        self.kills.append(now())
        assert self.house.daemon.returncode == -9, f"the daemon ended by itself with {self.house.daemon.returncode}"
        self.caught = {modem for modem, in self.house.on_disk(CAUGHT)}
        self.mishap()
        self.begun.append(now())
        self.house.spawn()

    def strike(self, words):
        self.house.snare(words)
        if not self.died(1):
            self.house.order("spare")
            self.missed += 1

    def rest(self):
        """Until every modem that was caught has sent something again."""
        self.rests += 1
        self.make_good()
        self.house.wait_answers()
        read, end = len(self.house.journal()), time.monotonic() + 6
        while self.caught and time.monotonic() < end:
            waiting = self.house.get("/v1/clinical-items?state=queued&limit=1")["items"]
            modems = self.house.get("/v1/modems")["items"]
            if self.client.idle and not waiting and all(modem["state"] == "ready" for modem in modems):
                self.client.room.release(len(modems))
            time.sleep(0.05)
            self.house.journal()
            self.caught -= {row["modem"] for row in self.house.rows[read:] if row["event"] == "verdict"}
            read = len(self.house.rows)

    def died(self, seconds):
        handle = os.pidfd_open(self.house.daemon.pid)
        try:
            poll = select.poll()
            poll.register(handle, select.POLLIN)
            return bool(poll.poll(seconds * 1000))
        finally:
            os.close(handle)

    def make_good(self):
        for words in self.undo:
            self.house.order(words)
        self.undo = []

    def mishap(self):
        """What befell a modem in the last round is over; now and then something befalls one again."""
        self.make_good()
        if self.dice.random() > 0.25:
            return
        name = self.dice.choice(list(self.house.routes))
        words, undo = self.dice.choice((
            (f"unplug {name} after {self.dice.randint(0, 500)}", f"unplug {name}|plug {name}"),
            (f"unplug {name}", f"plug {name}"), (f"hang {name}", f"unhang {name}"), (f"deaf {name} 150", ""),
            (f"noise {name} {self.dice.randint(16, 512)}", ""), (f"flood {name} 50", ""),
            (f"swallow-verdict {name}", ""), (f"refuse-at-prompt {name} {BUSY} 1", ""), (f"forget {name}", ""),
            (f"restart {name}", "")))
        self.house.order(words)
        self.mishaps.append((now(), words))
        self.undo = undo.split("|") if undo else []


class KillLoop(unittest.TestCase):
    def test_nothing_is_lost_and_nothing_sent_twice(self):
        print(f"BURSTD_KILL_SEED={SEED}", flush=True)
        routes = [ROUTES[n % len(ROUTES)] for n in range(MODEMS)]
        with KillHouse(routes=routes, air=AIR, report=60, sim_options=["--late-ok", "5", "--jitter", "100"]) as house:
            house.start()
            client = Client(house)
            killer = Killer(house, client)
            client.start()
            began = time.monotonic()
            for _ in range(ROUNDS):
                killer.round()
                self.assertIsNone(client.trouble)
            seconds = time.monotonic() - began
            killer.make_good()
            client.ended = True
            client.room.release()
            house.wait_answers()
            client.join(30)
            self.assertIsNone(client.trouble)
            self.settle(house)
            owed = self.owed(house, killer)
            try:
                wait_for(lambda: owed <= self.delivered(house), "", 20)
            except AssertionError:
                pass  # judged below
            self.figures(house, killer, client, seconds)
            self.judge(house, killer, client, owed)

    def settle(self, house):
        house.wait_ready()
        house.wait_left(300)
        wait_for(lambda: not house.order("status")["kept_reports"], "the network has told all reports", 60)
        wait_for(lambda: not any(memory["used"] for modem in house.order("status")["modems"]
                                 for memory in modem["memories"].values()), "the modems' memories are empty", 60)

    # --- the judgement ---

    def judge(self, house, killer, client, owed):
        """All complaints at once: another run has others."""
        items, complaints = house.items(), []
        judgements = (lambda: self.judge_promises(client, items), lambda: check_truth(items, house.journal()),
                      lambda: self.judge_reports(house, owed), lambda: self.judge_absent(house, items),
                      lambda: self.judge_doubts(house, killer, items))
        for judgement in judgements:
            try:
                judgement()
            except AssertionError as complaint:
                complaints.append(str(complaint))
        self.assertEqual(complaints, [])

    def judge_promises(self, client, items):
        """What was promised is there, under the same name and once, and nothing else."""
        self.assertEqual({item["client_ref"]: item["id"] for item in items}, client.promised)
        self.assertEqual({item["client_ref"]: item["mobile_number"] for item in items}, client.numbers)
        self.assertEqual(len(items), len(client.promised))

    def judge_reports(self, house, owed):
        missing = sorted(owed - self.delivered(house))
        attempts = {to: house.all_attempts(to) for to in missing[:20]}
        self.assertEqual(missing, [], f"these have not found their messages, whose attempts are {attempts}")

    def delivered(self, house):
        return {item["mobile_number"] for item in house.items() if item["state"] == "delivered"}

    def owed(self, house, killer):
        """The numbers of which the reports of all parts must have found their message."""
        told = set()
        ends = sorted(killer.kills + [row["at"] for row in house.journal("unplug", "close")])
        for row in house.journal("report"):
            end = bisect.bisect_left(ends, row["at"])
            shortly = end < len(ends) and ends[end] - row["at"] < MOMENT
            if row["status"] == 0 and not (house.routes[row["modem"]] == "direct" and shortly):
                told.add(row["serial"])
        return {number for number, _, serials in on_network(house.rows)[0] if told.issuperset(serials)}

    def judge_absent(self, house, items):
        """What never reached the network is in doubt, or was refused for good, or is half sent; it is not lost."""
        whole = {number for number, _, _ in on_network(house.rows)[0]}
        refused = {row["to"] for row in house.journal("refused") if not row["sent"]}
        for item in items:
            if item["mobile_number"] in whole:
                continue
            failed = item["state"] == "failed" and (item["mobile_number"] in refused or item["segments"] > 1)
            self.assertTrue(item["state"] == "uncertain" or failed, f"it did not arrive: {item}")

    def judge_doubts(self, house, killer, items):
        """Nobody is bothered by a doubt without a cause: within it a daemon died, or a modem had a mishap."""
        causes = sorted(killer.kills + [at for at, _ in killer.mishaps])
        lied = {row["to"] for row in house.journal("refused") if row["sent"]}
        unknown = house.on_disk("SELECT message.number, started_at, ended_at FROM attempt JOIN message"
                                " ON message.key = attempt.message WHERE result = 'unknown'")
        for number, started, ended in unknown:
            cause = bisect.bisect_left(causes, started - 3000)
            caused = cause < len(causes) and causes[cause] <= ended
            self.assertTrue(caused or number in lied, f"a doubt without a cause: {number}, {started} to {ended}")

    # --- what it amounts to ---

    def figures(self, house, killer, client, seconds):
        items = house.items()
        counts = {state: sum(item["state"] == state for item in items) for state in {i["state"] for i in items}}
        flights, opened = [], {}
        for row in house.rows:
            if row["event"] == "submit":
                opened[row["modem"]] = row["at"]
            elif row["event"] in ("verdict", "verdict_lost", "refused", "swallowed", "lost") and row["modem"] in opened:
                flights.append((opened.pop(row["modem"]), row["at"]))
        aloft = [sum(begin <= kill <= end for begin, end in flights) for kill in killer.kills]
        unknown = house.on_disk("SELECT part.state, count(*) FROM attempt JOIN part ON part.message = attempt.message"
                                " AND part.number = attempt.part WHERE result = 'unknown' GROUP BY part.state")
        left = {row["serial"]: row["at"] for row in house.rows if row["event"] == "network"}
        told = {row["serial"]: row["at"] for row in house.rows if row["event"] == "report"}
        later = sum(bisect.bisect(killer.kills, left[serial]) != bisect.bisect(killer.kills, at)
                    for serial, at in told.items())
        waits = {event: self.after_begin(killer, event, house) for event in ("open", "submit")}
        print(f"{len(killer.kills)} kills in {seconds:.0f} s ({seconds / len(killer.kills):.2f} s each); {len(items)} "
              f"messages: {counts}; on the air at the kill: {sum(map(bool, aloft))} kills, {sum(aloft)} messages; "
              f"interrupted parts, as they stand now: {dict(unknown)}; reports told after another start: {later}; "
              f"{client.unanswered} requests without an answer, {client.again} asked again all the same; "
              f"{len(killer.mishaps)} mishaps, {client.refusing} refusals; {killer.missed} snares missed, {killer.rests} rests; from the start "
              f"to the first opening {waits['open']} ms, to the first message {waits['submit']} ms", flush=True)

    def after_begin(self, killer, event, house):
        """The median of the time from a daemon's start to the first such event."""
        times = [row["at"] for row in house.rows if row["event"] == event]
        waits = []
        for begun, end in zip(killer.begun, killer.kills):
            first = bisect.bisect_left(times, begun)
            if first < len(times) and times[first] <= end:
                waits.append(times[first] - begun)
        return round(sorted(waits)[len(waits) // 2]) if waits else None


if __name__ == "__main__":
    unittest.main(verbosity=2)
