"""STOP, START and the other words: a STOP blocks what waits while no client is connected and whatever becomes of the
daemon; nothing leaves once it is on disk; staff lift what is theirs, an administrator the rest; replies name the patients
they may be from, and every word is told to those who watch."""
import json
import os
import time
import unittest

from house import House, check_truth, wait_for
from watchers import Crowd, Watcher

PATIENT, FAMILY, OTHER = "+41790000001", "+41790000002", "+41790000003"
WHO = {"user": "anna", "reason": "asked by phone"}
# Whoever runs the test may send; as an administrator only where a test says so.
STAFF = "clients: {others: send, known: []}\n"
ADMIN = "clients: {others: admin, known: []}\n"
ANSWERED = 'replies: {opt_out_confirmation: "You will get no more messages from us."}\n'
LONG = "Guten Tag, " + "am Dienstag kann ich leider nicht, da bin ich bei meiner Tochter. " * 4 + "Bitte um Rückruf."


class OptOut(unittest.TestCase):
    def send(self, house, ref, to=PATIENT, **more):
        return house.post("/v1/messages", {"client_ref": ref, "to": to, "text": f"Hello {ref}", **more}, 201)

    def item(self, house, identity):
        return house.get(f"/v1/clinical-items/{identity}")

    def inbox(self, house, query=""):
        return house.get(f"/v1/inbox?limit=500{query}")["items"]

    def blocked(self, house):
        return [row["number"] for row in house.get("/v1/opt-outs")["items"]]

    def sent_to(self, house, number):
        return [row for row in house.journal("network") if row["to"] == number]

    def says(self, house, text, number=PATIENT, modem="modem1"):
        before = len(self.inbox(house))
        house.order(f"deliver {modem} {number} {text}")
        return wait_for(lambda: len(found := self.inbox(house)) > before and found[0], f"the reply {text}")

    def lift(self, house, number=PATIENT):
        status, body, _ = house.call("DELETE", f"/v1/opt-outs/{number}", WHO)
        return status, body

    def test_stop_blocks_the_queued_message_of_a_burst_while_nobody_is_connected(self):
        with House(modems=1, config=STAFF) as house:
            house.start()
            rows = [{"to": number, "patient": number[-1]} for number in (PATIENT, FAMILY, OTHER)]
            later = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 6))
            burst = house.burst(rows, text="See you soon.", send_after=later)
            sent = house.post(f"/v1/batches/{burst['id']}/send", {}, 202)
            ids = {row["row"]: row["id"] for row in sent["accepted"]}
            # From here to the end of the wait nothing asks the daemon anything.
            house.order(f"deliver modem1 {PATIENT} Stop")
            wait_for(lambda: len(self.sent_to(house, OTHER)) == 1 and len(self.sent_to(house, FAMILY)) == 1,
                     "the others' messages leave")
            items = {item["id"]: item for item in house.wait_final()}
            self.assertEqual(items[ids[1]]["state"], "blocked")
            self.assertEqual(items[ids[1]]["status"], "Send Failed")
            self.assertEqual(items[ids[1]]["error"], "Recipient opted out")
            self.assertEqual({items[ids[row]]["state"] for row in (2, 3)}, {"delivered"})
            self.assertEqual(self.sent_to(house, PATIENT), [])
            self.assertEqual(self.blocked(house), [PATIENT])
            self.assertEqual(self.send(house, "after")["state"], "blocked")
            preview = house.burst(rows, text="See you.", ref="again")
            shown = house.get(f"/v1/batches/{preview['id']}/rows")["items"]
            self.assertEqual([row["verdict"] for row in shown], ["opted-out", "ok", "ok"])
            check_truth(house.items(), house.journal())
            log = house.log_file.read_text(errors="replace")
            self.assertNotIn("000001", log)

    def test_a_kill_right_after_stop_loses_neither_the_word_nor_what_it_did(self):
        with House(modems=1, config=STAFF) as house:
            house.start()
            queued = []
            for round_number in range(6):
                number = f"+4179000010{round_number}"
                later = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 3600))
                queued.append(self.send(house, f"k{round_number}", number, send_after=later)["id"])
                house.order(f"deliver modem1 {number} STOP")
                time.sleep(0.01 * round_number * round_number)
                house.kill()
                house.start(wait_modems=False)
            house.wait_ready()
            wait_for(lambda: len(self.blocked(house)) == 6, "every STOP is on record")
            self.assertEqual(len(self.inbox(house)), 6)
            for identity in queued:
                self.assertEqual(self.item(house, identity)["state"], "blocked")
            self.assertEqual(house.journal("network"), [])

    def test_a_stop_that_came_while_the_daemon_was_away_goes_before_what_waits(self):
        with House(modems=1, config=STAFF) as house:
            house.start()
            house.post("/v1/modems/modem1/pause", {}, 403)
            house.stop()
            house.config_file.write_text(house.configuration(ADMIN))
            house.start()
            house.post("/v1/modems/modem1/pause", {}, 200)
            waiting = self.send(house, "a")["id"]
            house.stop()
            house.order(f"deliver modem1 {PATIENT} STOP")
            house.start(wait_modems=False)
            house.post("/v1/modems/modem1/resume", {}, 200)
            wait_for(lambda: self.item(house, waiting)["state"] == "blocked", "it is blocked")
            self.assertEqual(self.sent_to(house, PATIENT), [])

    def test_nothing_begins_after_stop_while_a_long_queue_runs(self):
        with House(modems=2, air=30, config=STAFF) as house:
            house.start()
            ids = [self.send(house, f"q{n}")["id"] for n in range(40)]
            wait_for(lambda: len(self.sent_to(house, PATIENT)) > 5, "some have left")
            house.order(f"deliver modem2 {PATIENT} STOP")
            reply = wait_for(lambda: self.inbox(house), "the STOP")[0]
            items = house.wait_final(ids)
            told = {event["data"]["event"]: event["seq"] for event in self.events(house, "opt-out")}
            for item in items:
                history = house.get(f"/v1/messages/{item['id']}")["history"]
                begun = [row["seq"] for row in history if row["event"] == "dispatched"]
                self.assertTrue(all(seq < told["stop"] for seq in begun), (item["state"], history))
            states = {item["state"] for item in items}
            self.assertEqual(states, {"delivered", "blocked"})
            self.assertEqual(reply["class"], "stop")
            check_truth(house.items(), house.journal())

    def events(self, house, kind):
        found, after = [], 0
        while True:
            page = house.get(f"/v1/events?after={after}&wait=0")
            found += [event for event in page["items"] if event["kind"] == kind]
            if page["last_seq"] == after:
                return found
            after = page["last_seq"]

    def test_start_lifts_and_staff_lift_only_what_is_theirs(self):
        with House(modems=1, config=STAFF) as house:
            house.start()
            stop = self.says(house, "STOP")
            row = house.get(f"/v1/opt-outs/{PATIENT}")
            self.assertEqual((row["by"], row["reply"], row["opted_out"]), ("patient", stop["id"], True))
            self.assertEqual(self.lift(house)[0], 403)
            self.says(house, "start")
            self.assertEqual(self.blocked(house), [])
            self.assertEqual(house.call("GET", f"/v1/opt-outs/{PATIENT}")[0], 404)
            self.assertEqual(self.send(house, "open")["state"], "queued")
            status, row, _ = house.call("PUT", f"/v1/opt-outs/{PATIENT}", WHO)
            self.assertEqual((status, row["by"], row["user"], row["uid"]), (201, "staff", "anna", os.getuid()))
            self.assertEqual(self.send(house, "staff")["state"], "blocked")
            self.assertEqual(self.lift(house)[0], 200)
            self.says(house, "Unsubscribe")
            self.assertEqual(self.lift(house)[0], 403)
            house.stop()
            house.config_file.write_text(house.configuration(ADMIN))
            house.start()
            self.assertEqual(house.call("DELETE", f"/v1/opt-outs/{PATIENT}", {"user": "anna"})[0], 400)
            status, row = self.lift(house)
            self.assertEqual((status, row["opted_out"], row["reason"]), (200, False, WHO["reason"]))
            events = [row["event"] for row in house.get(f"/v1/opt-outs/{PATIENT}/history")["items"]]
            self.assertEqual(events, ["stop", "start", "added", "lifted", "stop", "lifted"])
            self.assertEqual([event["data"]["event"] for event in self.events(house, "opt-out")], events)

    def test_those_who_watch_a_stream_are_told_of_each_word(self):
        with House(modems=1, config=STAFF) as house:
            house.start()
            watcher = Watcher(house.socket_path)
            crowd = Crowd([watcher])
            crowd.listen(lambda: watcher.head, "the stream begins")
            house.order(f"deliver modem1 {PATIENT} STOP")

            def told(kind):
                return [event["data"] for event in watcher.events if event["kind"] == kind]

            crowd.listen(lambda: told("opt-out"), "the STOP is told of")
            self.assertEqual([(one["from"], one["class"]) for one in told("reply")], [(PATIENT, "stop")])
            opt_out = told("opt-out")[0]
            self.assertEqual((opt_out["number"], opt_out["opted_out"], opt_out["by"], opt_out["reply"]),
                             (PATIENT, True, "patient", told("reply")[0]["id"]))
            reply = told("reply")[0]["id"]
            house.post(f"/v1/inbox/{reply}/ack", {"user": "eva"}, 200)
            crowd.listen(lambda: len(told("reply")) == 2, "that it was seen is told of")
            self.assertEqual(told("reply")[1]["acknowledged_by"], "eva")
            crowd.close()

    def test_one_number_of_two_patients_is_ambiguous_and_counted(self):
        with House(modems=1, config=STAFF) as house:
            house.start()
            first = self.send(house, "a", FAMILY, patient="4711", context="visit 9")["id"]
            house.wait_final([first])
            alone = self.says(house, "Yes", FAMILY)
            self.assertEqual((alone["class"], alone["ambiguous"], alone["ordinal"]), ("confirm", False, 1))
            self.assertEqual(alone["matches"][0]["message"], first)
            self.assertEqual(alone["matches"][0]["context"], "visit 9")
            second = self.send(house, "b", FAMILY, patient="4712")["id"]
            house.wait_final([second])
            both = self.says(house, "N", FAMILY)
            self.assertEqual([match["patient"] for match in both["matches"]], ["4712", "4711"])
            self.assertEqual((both["class"], both["ambiguous"], both["in_window"]), ("decline", True, True))
            stranger = self.says(house, "Who is this?", OTHER)
            self.assertEqual((stranger["class"], stranger["matches"], stranger["ambiguous"], stranger["in_window"]),
                             ("other", [], False, False))
            table = house.ctl("inbox").stdout
            self.assertIn("4712 or 4711 ?", table)

    def test_a_reply_after_its_time_says_so(self):
        with House(modems=1, config=STAFF) as house:
            house.start()
            until = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 2))
            sent = self.send(house, "a", expects_reply={"until": until}, patient="4711")["id"]
            house.wait_final([sent])
            time.sleep(3)
            late = self.says(house, "Yes")
            self.assertEqual((late["in_window"], late["matches"][0]["message"]), (False, sent))

    def test_a_long_reply_is_whole_and_seen_once(self):
        with House(modems=1, config=STAFF) as house:
            house.start()
            self.assertGreater(house.order(f"deliver modem1 {PATIENT} {LONG}")["parts"], 1)
            reply = wait_for(lambda: self.inbox(house), "the reply")[0]
            self.assertEqual((reply["text"], reply["complete"], reply["class"]), (LONG, True, "other"))
            self.assertIsNotNone(house.get("/v1/status")["oldest_unacknowledged_reply"])
            self.assertIn(reply["id"], house.ctl("inbox", "--unacknowledged").stdout)
            done = house.ctl("inbox", "ack", reply["id"], "--user", "eva")
            self.assertIn("Seen by eva", done.stdout)
            again = house.post(f"/v1/inbox/{reply['id']}/ack", {"user": "anna"}, 200)
            self.assertEqual(again["acknowledged_by"], "eva")
            self.assertEqual(self.inbox(house, "&unacknowledged=true"), [])
            self.assertEqual(house.ctl("inbox", "--unacknowledged").stdout, "Every reply has been seen.\n")
            self.assertIsNone(house.get("/v1/status")["oldest_unacknowledged_reply"])

    def test_a_stop_is_answered_once_and_a_machine_never_again(self):
        with House(modems=1, config=STAFF + ANSWERED) as house:
            house.start()
            self.says(house, "STOP")
            wait_for(lambda: len(self.sent_to(house, PATIENT)) == 1, "the answer")
            self.assertIn("no more messages", self.sent_to(house, PATIENT)[0]["text"])
            house.wait_final()
            item = house.items()[0]
            self.assertEqual((item["state"], item["category"]), ("delivered", "direct"))
            self.says(house, "Stop")
            self.says(house, "START")
            self.says(house, "stop")
            self.says(house, "STOP", "4040")
            time.sleep(0.5)
            self.assertEqual(len(house.journal("network")), 1)
            self.assertEqual(self.blocked(house), [PATIENT])

    def test_burstctl_keeps_the_list(self):
        with House(modems=1, config=ADMIN) as house:
            house.start()
            house.ctl("opt-out", "add", "079 000 00 01", "--user", "anna", "--reason", "wants letters")
            self.says(house, "STOP", FAMILY)
            table = house.ctl("opt-out", "list").stdout
            self.assertIn("wants letters", table)
            self.assertIn("patient, reply", table)
            house.ctl("opt-out", "lift", FAMILY, "--user", "anna", "--reason", "asked at the desk")
            shown = house.ctl("opt-out", "show", FAMILY).stdout
            self.assertIn("is not blocked", shown)
            self.assertIn("asked at the desk", shown)
            rows = json.loads(house.ctl("opt-out", "list", "--json").stdout)["items"]
            self.assertEqual([row["number"] for row in rows], [PATIENT])
            house.ctl("opt-out", "lift", FAMILY, "--user", "anna", "--reason", "again", expect=1)


if __name__ == "__main__":
    unittest.main(verbosity=2)
