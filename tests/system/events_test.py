"""Watching: nothing missed and nothing twice over a kill and a restart, a crowd that sees a burst, one that stalls,
long polls, and how streams begin and end."""
import json
import random
import signal
import subprocess
import time
import unittest
from datetime import datetime, timezone

from house import BURSTCTL, House, wait_for
from watchers import Crowd, Watcher

UNDER_WAY = ("queued", "held", "sending", "retrying")  # a report that came in between may be lost


class Impatient(House):
    """Cuts off who takes nothing for two seconds."""

    def configuration(self, extra="", modem_options=()):
        return super().configuration(extra, modem_options).replace("api:\n", "api:\n  stall_time: 2 s\n")


def moment(text):
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=timezone.utc).timestamp()


def rows(count):
    return [{"to": f"+4179{n:07}", "patient_name": f"Muster {n}"} for n in range(1, count + 1)]


def send(house, count, ref):
    preview = house.burst(rows(count), ref=ref)
    house.post(f"/v1/batches/{preview['id']}/send", {}, 202)
    return preview["id"]


def settled(watcher, count):
    return lambda: sum(item["status"] != "Pending" for item in watcher.items().values()) >= count


def replay(house, after):
    """All there is after a change, by long polls that wait for nothing."""
    found = []
    while True:
        page = house.get(f"/v1/events?after={after}&wait=0")
        found += page["items"]
        if page["last_seq"] == after:
            return found
        after = page["last_seq"]


def is_quiet(house):
    """Nothing has changed for a second: the lists and the replays that follow are of one moment."""
    head = house.get("/v1/events?wait=0")["last_seq"]
    time.sleep(1)
    return house.get("/v1/events?wait=0")["last_seq"] == head


class Events(unittest.TestCase):
    def assert_rising(self, seqs):
        self.assertEqual(seqs, sorted(set(seqs)), "an event was told twice or out of order")

    def assert_replay(self, house, after):
        events = replay(house, after)
        self.assert_rising([event["seq"] for event in events])
        told = {event["data"]["id"]: event["seq"] for event in events if event["kind"] == "item"}
        changed = {item["id"]: item["change_seq"] for item in house.items() if item["change_seq"] > after}
        self.assertEqual(told, changed, f"after {after}")
        self.assertEqual(len(told), sum(event["kind"] == "item" for event in events))
        return events

    def test_nothing_is_missed_nor_told_twice_over_a_kill(self):
        with House(modems=2, air=60) as house:
            house.start()
            first = Watcher(house.socket_path, "/v1/events?after=0")
            send(house, 60, "burst")
            Crowd([first]).listen(settled(first, 15), "a quarter has arrived")
            house.kill()
            Crowd([first]).listen(lambda: not first.open, "the stream ends with the daemon")
            self.assertFalse(first.whole)
            house.start(wait_modems=False)
            # As a browser does it: the same question, and what was seen last.
            second = Watcher(house.socket_path, "/v1/events?after=0", [f"Last-Event-ID: {first.seqs()[-1]}"])
            known = dict(first.items())

            def all_settled():
                known.update(second.items())
                return len(known) == 60 and all(item["state"] not in UNDER_WAY for item in known.values())

            rest = Crowd([second])
            rest.listen(all_settled, "all of it has arrived or is in doubt")
            wait_for(lambda: is_quiet(house), "nothing changes any more")
            rest.listen_for(1)
            known.update(second.items())
            self.assert_rising(first.seqs() + second.seqs())
            final = {item["id"]: item for item in house.items()}
            for identity, item in known.items():
                self.assertEqual(item["change_seq"], final[identity]["change_seq"])
                self.assertEqual(item["state"], final[identity]["state"])
            head = house.get("/v1/events?wait=0")["last_seq"]
            for after in [0, *random.Random(7).sample(range(head), 8), head]:
                self.assert_replay(house, after)
            whole = replay(house, 0)
            self.assertEqual([event["data"]["event"] for event in whole if event["kind"] == "gateway"],
                             ["started", "started"])
            self.assertEqual(sum(event["kind"] == "batch" for event in whole), 1, "a burst is one event")
            second.close()

    def test_two_hundred_watchers_see_a_burst(self):
        with House(modems=2, air=50) as house:
            house.start()
            crowd = Crowd(Watcher(house.socket_path) for _ in range(200))
            crowd.listen(lambda: all(watcher.head for watcher in crowd.watchers), "all are taken in")
            self.assertEqual({watcher.status() for watcher in crowd.watchers}, {200})
            send(house, 30, "burst")
            crowd.listen(lambda: all(settled(watcher, 30)() for watcher in crowd.watchers), "all have seen all of it")
            final = {item["id"]: item["state"] for item in house.items()}
            for watcher in crowd.watchers:
                self.assert_rising(watcher.seqs())
                self.assertEqual({identity: item["state"] for identity, item in watcher.items().items()}, final)
                self.assertGreaterEqual(sum(event["kind"] == "batch" for event in watcher.events), 1)
            crowd.close()

    def test_streams_are_counted_and_free_again_at_once(self):
        with House(modems=1) as house:
            house.start()
            crowd = Crowd(Watcher(house.socket_path) for _ in range(256))
            crowd.listen(lambda: all(watcher.head for watcher in crowd.watchers), "all are taken in")
            status, body, headers = house.call("GET", "/v1/events")
            self.assertEqual((status, body["code"]), (429, "too-many-streams"))
            self.assertIn("Retry-After", headers)
            self.assertEqual(house.get("/v1/events?wait=0")["items"], [], "a long poll takes no stream")
            crowd.watchers[0].close()
            time.sleep(0.2)
            late = Watcher(house.socket_path)
            Crowd([late]).listen(lambda: late.head, "a stream that is closed makes room for another")
            self.assertEqual(late.status(), 200)
            late.close()
            crowd.close()

    def test_one_that_stalls_holds_up_nobody_and_is_cut_off(self):
        with Impatient(modems=2, air=0, report=0) as house:
            house.start()
            stalled = Watcher(house.socket_path, "/v1/events?after=0", buffer=4096)
            crowd = Crowd(Watcher(house.socket_path) for _ in range(20))
            crowd.listen(lambda: all(watcher.head for watcher in crowd.watchers), "all are taken in")
            send(house, 400, "burst")
            crowd.listen(lambda: all(settled(watcher, 400)() for watcher in crowd.watchers), "the others see it all")
            late = sorted(event["got"] - moment(event["at"]) for watcher in crowd.watchers
                          for event in watcher.events)
            self.assertLess(late[len(late) * 99 // 100], 2)
            time.sleep(3)
            Crowd([stalled]).listen(lambda: not stalled.open, "it has been cut off when it reads at last")
            self.assertFalse(stalled.whole)
            # It goes on from where it was, and nothing is missing.
            again = Watcher(house.socket_path, f"/v1/events?after={stalled.seqs()[-1]}")
            known = dict(stalled.items())

            def all_seen():
                known.update(again.items())
                return sum(item["status"] != "Pending" for item in known.values()) >= 400

            Crowd([again]).listen(all_seen, "it sees it all, too")
            self.assert_rising(stalled.seqs() + again.seqs())
            self.assertEqual({key: item["change_seq"] for key, item in known.items()},
                             {item["id"]: item["change_seq"] for item in house.items()})
            again.close()
            crowd.close()

    def test_a_long_poll_waits_for_something_and_no_longer(self):
        with House(modems=1, air=50) as house:
            house.start()
            begin = time.monotonic()
            page = house.get("/v1/events?after=0&wait=20")
            self.assertLess(time.monotonic() - begin, 2)
            self.assertEqual(page["items"][0]["data"]["event"], "started")
            head = page["last_seq"]
            wait_for(lambda: any(event["kind"] == "modem" for event in replay(house, 0)), "the modem is on record")
            head = house.get("/v1/events?wait=0")["last_seq"]
            begin = time.monotonic()
            page = house.get(f"/v1/events?after={head}&wait=2")
            self.assertGreaterEqual(time.monotonic() - begin, 1.9)
            self.assertEqual((page["items"], page["last_seq"]), ([], head))
            self.assertEqual(page["epoch"], house.get("/v1/version")["epoch"])
            status, body, _ = house.call("GET", f"/v1/events?after={head + 1}")
            self.assertEqual((status, body["code"]), (410, "resync"))

    def test_a_modem_that_changes_and_a_sim_at_its_limit_are_told_of(self):
        limits = ("limits: {per_minute: 0, per_hour: 0, per_day: 2, per_month: 0, recipients_per_month: 0}",)
        with House(modems=1, air=50, sending=limits) as house:
            house.start()
            for n in range(3):
                body = {"client_ref": f"m{n}", "to": f"+4179000000{n}", "text": "See you soon."}
                house.post("/v1/messages", body, 201)

            def told(kind):
                return [event["data"] for event in replay(house, 0) if event["kind"] == kind]

            quota = wait_for(lambda: told("quota"), "the limit is told of")
            self.assertEqual([(one["name"], one["event"], one["state"]) for one in quota],
                             [("modem1", "limit-reached", "day")])
            self.assertRegex(quota[0]["detail"], "^until 2")
            house.post("/v1/modems/modem1/pause", {"user": "anna"}, 200)
            wait_for(lambda: [one for one in told("modem") if one["state"] == "paused"], "the pause is told of")
            modem = told("modem")
            self.assertEqual([one["state"] for one in modem if one["event"] == "state"], ["ready", "paused"])
            self.assertIn("by anna of ", next(one["detail"] for one in modem if one["event"] == "paused"))

    def test_a_quiet_stream_shows_that_it_lives(self):
        with House(modems=1) as house:
            house.start()
            wait_for(lambda: any(event["kind"] == "modem" for event in replay(house, 0)), "the modem is on record")
            quiet = Watcher(house.socket_path)
            listening = Crowd([quiet])
            listening.listen_for(17)
            self.assertEqual((quiet.comments, quiet.open), (1, True))
            self.assertEqual(quiet.events, [])
            listening.close()

    def test_streams_end_in_order_when_the_daemon_stops(self):
        with House(modems=1) as house:
            house.start()
            crowd = Crowd(Watcher(house.socket_path) for _ in range(10))
            crowd.listen(lambda: all(watcher.head for watcher in crowd.watchers), "all are taken in")
            begin = time.monotonic()
            house.daemon.send_signal(signal.SIGTERM)
            crowd.listen(lambda: not any(watcher.open for watcher in crowd.watchers), "the streams end")
            self.assertTrue(all(watcher.whole for watcher in crowd.watchers))
            self.assertEqual(house.daemon.wait(timeout=30), 0)
            self.assertLess(time.monotonic() - begin, 10)
            house.start()
            told = [event["data"]["event"] for event in replay(house, 0) if event["kind"] == "gateway"]
            self.assertEqual(told, ["started", "stopped", "started"])

    def test_burstctl_follows_over_a_restart(self):
        with House(modems=1, air=50) as house:
            house.start()
            send(house, 3, "burst")
            house.wait_final()
            shown = house.ctl("burst", "show", house.get("/v1/batches")["items"][0]["id"], "--watch")
            self.assertIn("3 of 3 final", shown.stdout)
            with open(house.folder / "events.txt", "w") as out:
                watching = subprocess.Popen([BURSTCTL, "--socket", str(house.socket_path), "events", "--after", "0",
                                             "--json"], stdout=out, stderr=subprocess.DEVNULL)
            printed = lambda: [json.loads(line) for line in (house.folder / "events.txt").read_text().splitlines()]
            wait_for(lambda: len(printed()) >= 4, "what was is printed")
            house.stop()
            house.start()
            wait_for(lambda: sum(event["data"].get("event") == "started" for event in printed()) == 2,
                     "the new start is printed")
            watching.send_signal(signal.SIGINT)
            self.assertEqual(watching.wait(timeout=10), 0)
            self.assert_rising([event["seq"] for event in printed()])


if __name__ == "__main__":
    unittest.main()
