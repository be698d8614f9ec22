#!/usr/bin/env python3
"""The record survives: it is proved whole, copied while everything goes on, put back, moved to another box, kept from
sending until a person lets it, and never begun anew in silence.

    record_test.py [unittest arguments]"""

import contextlib
import datetime
import json
import os
import shutil
import sqlite3
import stat
import subprocess
import threading
import time
import unittest

from house import ADMIN, BURSTCTL, BURSTD, House, wait_for

TEXT = "Come to see us at the green door"


def numbers(first, count):
    return [f"+4179{n:07d}" for n in range(first, first + count)]


def submit(house, to, ref=None, **more):
    return house.post("/v1/messages", {"client_ref": ref or f"ref-{to}", "to": to, "text": TEXT, **more}, 201)


@contextlib.contextmanager
def sending_on(house):
    """One message after the other is accepted until the end."""
    stopped = threading.Event()

    def send_on():
        count = 0
        while not stopped.is_set():
            count += 1
            submit(house, numbers(count, 1)[0])

    sender = threading.Thread(target=send_on)
    sender.start()
    try:
        yield
    finally:
        stopped.set()
        sender.join()


def ctl(*arguments, expect=0):
    """Without a gateway."""
    done = subprocess.run([BURSTCTL, *map(str, arguments)], capture_output=True, text=True, timeout=120)
    assert done.returncode == expect, f"{arguments}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done


def tamper(file, *statements):
    """As somebody does who can write the file; triggers are taken away."""
    with contextlib.closing(sqlite3.connect(file)) as connection:
        for name, in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        connection.commit()


class Verify(unittest.TestCase):
    def test_a_record_that_is_whole_says_so_and_the_log_tells_its_head(self):
        with House(modems=1, config=ADMIN) as house:
            house.start()
            for to in numbers(1, 5):
                submit(house, to)
            house.wait_final()
            said = house.ctl("verify").stdout
            self.assertIn("The record is whole", said)
            found = json.loads(house.ctl("verify", "--json").stdout)
            self.assertEqual((found["whole"], found["messages"], found["broken"]), (True, 5, None))
            self.assertEqual(house.stop(), 0)
            offline = json.loads(ctl("verify", "--record", house.record, "--json").stdout)
            self.assertTrue(offline["whole"])
            self.assertEqual(offline["epoch"], found["epoch"])
            log = house.log_file.read_text()
            self.assertIn(f"the record at the end: epoch {offline['epoch']}, change {offline['last_seq']}, "
                          f"seal {offline['seal']}", log)
            self.assertIn("the record at the start: epoch", log)
            self.assertNotIn(TEXT, log)

    def test_what_is_committed_while_a_live_record_is_looked_at_does_not_make_it_a_cut_one(self):
        with House(modems=4, air=5, report=5, config=ADMIN) as house:
            house.start()
            with sending_on(house):
                wait_for(lambda: len(house.items()) > 50, "messages are on their way")
                for _ in range(8):
                    self.assertIn("The record is whole", ctl("verify", "--record", house.record).stdout)

    def test_the_first_broken_row_is_named_by_a_running_and_by_a_stopped_one(self):
        with House(modems=1, config=ADMIN) as house:
            house.start()
            items = [submit(house, to) for to in numbers(1, 5)]
            house.wait_final()
            house.stop()
            tamper(house.record / "burstd.db", "UPDATE message SET text = 'x' WHERE key = 3")
            said = ctl("verify", "--record", house.record, expect=1).stdout
            self.assertIn("message 3", said)
            house.start()
            said = house.ctl("verify", expect=1).stdout
            self.assertIn("message 3", said)
            self.assertNotIn(TEXT, said)
            self.assertIn("not whole", house.log_file.read_text())
            audit = house.get("/v1/audit")["items"]
            self.assertEqual(audit[0]["event"], "verified")
            self.assertEqual(len(items), 5)

    def test_a_state_that_its_history_does_not_make_is_named(self):
        with House(modems=1, config=ADMIN) as house:
            house.start()
            submit(house, numbers(1, 1)[0])
            house.wait_final()
            house.stop()
            tamper(house.record / "burstd.db", "UPDATE message SET status = 'Send Failed'")
            self.assertIn("Message 1 is not what its parts make it",
                          ctl("verify", "--record", house.record, expect=1).stdout)


class Backup(unittest.TestCase):
    def test_it_is_taken_under_load_and_is_whole_and_private(self):
        with House(modems=4, air=5, report=5, config=ADMIN) as house:
            house.start()
            with sending_on(house):
                wait_for(lambda: len(house.items()) > 50, "messages are on their way")
                copy = house.folder / "backup"
                for _ in range(3):
                    said = house.ctl("backup", str(copy)).stdout
                    self.assertIn("a whole backup", said)
            self.assertEqual(stat.S_IMODE(copy.stat().st_mode), 0o600)
            found = json.loads(ctl("verify", "--record", copy, "--json").stdout)
            self.assertGreater(found["messages"], 50)
            self.assertEqual([each.name for each in house.folder.glob("backup*")], ["backup"])
            self.assertEqual(list(house.record.glob("*.part")), [])
            self.assertIn("backed-up", [row["event"] for row in house.get("/v1/audit")["items"]])

    def test_it_replaces_nothing_that_is_no_backup_and_leaves_nothing_when_it_fails(self):
        with House(modems=1, config=ADMIN) as house:
            house.start()
            submit(house, numbers(1, 1)[0])
            precious = house.folder / "precious"
            precious.write_text("a list of something")
            self.assertIn("is no backup", house.ctl("backup", str(precious), expect=1).stderr)
            self.assertEqual(precious.read_text(), "a list of something")
            before = sorted(set(each.name for each in house.folder.iterdir()) - {"tap.sock"})
            self.assertIn("could not be written", house.ctl("backup", str(house.folder / "none" / "copy"), expect=1).stderr)
            house.wait_final()
            house.stop()
            tamper(house.record / "burstd.db", "UPDATE message SET text = 'x'")
            house.start()
            said = house.ctl("backup", str(house.folder / "copy"), expect=1).stderr
            self.assertIn("not whole", said)
            self.assertEqual(sorted(set(each.name for each in house.folder.iterdir()) - {"tap.sock"}), before)
            self.assertIn("backup-failed", [row["event"] for row in house.get("/v1/audit")["items"]])

    def test_who_is_no_administrator_gets_none(self):
        config = "clients: {known: [{name: desk, users: [" + str(os.getuid()) + "], role: send}]}\n"
        with House(modems=1, config=config) as house:
            house.start(wait_modems=False)
            for method, path in (("GET", "/v1/backup"), ("POST", "/v1/verify"), ("POST", "/v1/release")):
                status, body, _ = house.call(method, path, {} if method == "POST" else None)
                self.assertEqual((status, body["code"]), (403, "forbidden"))


class Restore(unittest.TestCase):
    def test_a_restored_record_sends_nothing_until_somebody_releases_it(self):
        with House(modems=1, config=ADMIN) as house:
            house.start()
            house.post("/v1/modems/modem1/pause", {}, 200)
            waited = submit(house, numbers(1, 1)[0])["id"]
            later = submit(house, numbers(2, 1)[0], send_after="2100-01-01T08:00:00Z",
                           expires_at="2100-01-02T08:00:00Z")["id"]
            seen = house.get("/v1/clinical-items?changed_after=0")["last_seq"]
            cursor = house.get("/v1/clinical-items?limit=1")["next"]
            epoch = house.get("/v1/version")["epoch"]
            copy = house.folder / "copy"
            house.ctl("backup", str(copy))
            house.ctl("modem", "resume", "modem1")
            house.wait_final([waited])
            lost = submit(house, numbers(3, 1)[0])["id"]
            house.wait_final([lost])
            self.assertIn("Another burstd uses this record",
                          ctl("restore", copy, "--record", house.record, expect=1).stderr)
            house.stop()

            said = ctl("restore", copy, "--record", house.record).stdout
            self.assertIn("burstctl release", said)
            aside, = house.record.glob("burstd.db.aside-*Z")
            self.assertIn("The record is whole", ctl("verify", "--record", aside).stdout)
            sent = len(house.journal("submit"))

            house.start(wait_modems=False)
            self.assertNotEqual(house.get("/v1/version")["epoch"], epoch)
            status = house.get("/v1/status")
            self.assertEqual(status["held"]["cause"], "backup")
            self.assertIn("burstctl release", status["reason"])
            self.assertIn("NOT SENDING: Nothing is sent, because a backup of", house.ctl("status").stdout)
            self.assertEqual(house.call("GET", f"/v1/clinical-items/{lost}")[0], 404)
            item = house.get(f"/v1/clinical-items/{waited}")
            self.assertEqual((item["state"], item["status"]), ("uncertain", "Send Failed"))
            self.assertIn("restored", item["error"])
            self.assertEqual(house.get(f"/v1/clinical-items/{later}")["held_by"], "restored")
            for path in (f"/v1/clinical-items?changed_after={seen}", f"/v1/events?after={seen}&wait=0",
                         f"/v1/inbox?after={seen}", f"/v1/clinical-items?cursor={cursor}"):
                code = house.call("GET", path)
                self.assertEqual((code[0], code[1]["code"]), (410, "resync"), path)
            stream = subprocess.run(["curl", "-sS", "--max-time", "10", "--unix-socket", str(house.socket_path), "-H",
                                     f"Last-Event-ID: {seen}", "http://burstd/v1/events"], capture_output=True, text=True)
            self.assertEqual(json.loads(stream.stdout)["code"], "resync", "a stream is told the same")
            house.get("/v1/clinical-items?changed_after=0")

            house.ctl("modem", "resume", "modem1")
            house.wait_ready()
            fresh = submit(house, numbers(4, 1)[0])
            self.assertEqual(house.get(f"/v1/clinical-items/{fresh['id']}")["held_by"], "restored")
            self.assertEqual([i["id"] for i in house.items("&state=held")], [fresh["id"], later])
            said = house.ctl("check", "--to", numbers(5, 1)[0], "--text", TEXT).stdout
            self.assertIn("Nothing can leave now. Nothing is sent, because a backup of", said)
            time.sleep(1)
            self.assertEqual(len(house.journal("submit")), sent)

            self.assertIn("reason", house.ctl("release", "--user", "anna", expect=2).stderr)
            house.ctl("release", "--user", "anna", "--reason", "the old box is off")
            house.wait_final([fresh["id"]])
            self.assertEqual(house.get(f"/v1/clinical-items/{waited}")["state"], "uncertain")
            self.assertEqual(len(house.journal("submit")), sent + 1)
            self.assertIsNone(house.get("/v1/status")["held"])
            self.assertIn("not held", house.ctl("release", "--user", "a", "--reason", "b", expect=1).stderr)
            row = next(r for r in house.get("/v1/audit")["items"] if r["event"] == "released")
            self.assertEqual((row["user"], row["change"]), ("anna", "the old box is off"))
            self.assertIn("The record is whole", house.ctl("verify").stdout)
            house.stop()
            house.start()
            self.assertIsNone(house.get("/v1/status")["held"], "once released it is not held again")

    def test_a_message_that_was_half_sent_is_in_doubt_as_a_whole_and_a_person_ends_it(self):
        with House(modems=1, air=1000, config=ADMIN) as house:
            house.start()
            sent = house.post("/v1/messages", {"client_ref": "long", "to": numbers(1, 1)[0],
                                               "text": "Long enough for four. " * 25}, 201)["id"]
            wait_for(lambda: house.get(f"/v1/messages/{sent}")["parts"][0]["state"] == "delivered", "the first part is there")
            copy = house.folder / "copy"
            house.ctl("backup", str(copy))
            house.wait_final([sent])
            house.stop()
            ctl("restore", copy, "--record", house.record)
            house.start(wait_modems=False)
            parts = house.get(f"/v1/messages/{sent}")["parts"]
            self.assertNotIn("queued", [part["state"] for part in parts])
            house.ctl("release", "--user", "anna", "--reason", "the old box is off")
            house.ctl("resolve", sent, "--sent", "--user", "anna", "--reason", "phoned; she has it")
            self.assertEqual(house.get(f"/v1/clinical-items/{sent}")["status"], "Sent Successfully")

    def test_what_falls_due_while_it_is_held_is_in_doubt_when_it_is_released(self):
        with House(modems=1, config=ADMIN) as house:
            house.start()
            house.post("/v1/modems/modem1/pause", {}, 200)
            due = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=6)
            soon = submit(house, numbers(1, 1)[0], send_after=due.isoformat())["id"]
            copy = house.folder / "copy"
            house.ctl("backup", str(copy))
            house.stop()
            ctl("restore", copy, "--record", house.record)
            house.start(wait_modems=False)
            house.ctl("modem", "resume", "modem1")
            self.assertEqual(house.get(f"/v1/clinical-items/{soon}")["held_by"], "restored")
            wait_for(lambda: datetime.datetime.now(datetime.timezone.utc) > due, "it is due, where the record came from, too")
            house.ctl("release", "--user", "anna", "--reason", "the old box is off")
            self.assertEqual(house.get(f"/v1/clinical-items/{soon}")["state"], "uncertain")
            fresh = submit(house, numbers(2, 1)[0])["id"]
            house.wait_final([fresh])
            self.assertEqual(len(house.journal("submit")), 1, "only the new one is sent")

    def test_a_configuration_that_is_named_and_cannot_be_read_is_no_reason_to_take_the_usual_folder(self):
        with House(modems=0, config=ADMIN) as house:
            house.start(wait_modems=False)
            copy = house.folder / "copy"
            house.ctl("backup", str(copy))
            house.stop()
            before = (house.record / "burstd.db").read_bytes()
            for named, words in ((house.folder / "burst.yaml", "the file cannot be read"),
                                 (house.folder, "this is a folder")):
                said = ctl("restore", copy, "--config", named, expect=1).stderr
                self.assertIn(words, said)
                self.assertIn("--record FOLDER", said)
            self.assertEqual((house.record / "burstd.db").read_bytes(), before)

    def test_moved_to_another_box(self):
        with House(modems=1, config=ADMIN) as old, House(modems=1, config=ADMIN) as new:
            old.start()
            ids = [submit(old, to)["id"] for to in numbers(1, 3)]
            old.wait_final()
            copy = old.folder / "copy"
            old.ctl("backup", str(copy))
            old.stop()
            ctl("restore", copy, "--config", new.config_file)
            new.start()
            self.assertEqual(sorted(item["id"] for item in new.items()), sorted(ids))
            new.ctl("release", "--user", "it", "--reason", "the old box is switched off")
            item = submit(new, numbers(9, 1)[0])
            self.assertNotEqual(item["id"][:6], ids[0][:6])
            new.wait_final([item["id"]])

    def test_an_older_file_that_was_copied_back_is_held_in_the_same_way(self):
        with House(modems=1, config=ADMIN) as house:
            house.start()
            submit(house, numbers(1, 1)[0])
            house.wait_final()
            house.stop()
            older = house.folder / "older"
            shutil.copy(house.record / "burstd.db", older)
            house.start()
            submit(house, numbers(2, 1)[0])
            house.wait_final()
            house.stop()
            shutil.copy(older, house.record / "burstd.db")
            house.start()
            self.assertEqual(house.get("/v1/status")["held"]["cause"], "behind")
            self.assertIn("an older file", house.get("/v1/status")["reason"])

    def test_a_kill_at_any_time_does_not_make_it_look_like_an_older_one(self):
        with House(modems=2, air=5) as house:
            for turn in range(4):
                house.start(wait_modems=turn == 0)
                for to in numbers(100 * turn, 10):
                    submit(house, to)
                house.kill()
            house.start(wait_modems=False)
            self.assertIsNone(house.get("/v1/status")["held"])


class Refused(unittest.TestCase):
    """What cannot be used is left as it is, said loudly, and not begun anew; the status tells systemd to leave it."""

    def end(self, house):
        log = open(house.log_file, "ab")
        done = subprocess.run([BURSTD, "--config", str(house.config_file)], stdout=log, stderr=log, timeout=60)
        log.close()
        return done.returncode, house.log_file.read_text().splitlines()[-1]

    def test_a_damaged_a_missing_and_a_newer_one(self):
        with House(modems=1, config=ADMIN) as house:
            house.start(wait_modems=False)
            submit(house, numbers(1, 1)[0])
            copy = house.folder / "copy"
            house.ctl("backup", str(copy))
            house.stop()
            file = house.record / "burstd.db"
            whole = file.read_bytes()

            file.write_bytes(b"x" * 100 + whole[100:3000] + b"\xff" * 2000 + whole[5000:])
            damaged = file.read_bytes()
            code, said = self.end(house)
            self.assertEqual(code, 65)
            self.assertIn("burstd.db", said)
            self.assertEqual(file.read_bytes(), damaged, "never overwritten")

            file.unlink()
            code, said = self.end(house)
            self.assertEqual(code, 65)
            self.assertIn("missing or empty", said)
            self.assertFalse(file.exists(), "no empty record in its place")

            file.write_bytes(whole)
            with contextlib.closing(sqlite3.connect(file)) as connection:
                connection.execute("PRAGMA user_version = 99")
                connection.commit()
            code, said = self.end(house)
            self.assertEqual(code, 65)
            self.assertIn("newer burstd", said)

            ctl("restore", copy, "--record", house.record)
            house.start(wait_modems=False)
            self.assertEqual(len(house.items()), 1)

    def test_damage_that_is_met_later_keeps_the_next_start_away_from_it(self):
        with House(modems=1, config=ADMIN) as house:
            house.start(wait_modems=False)
            burst = house.burst([{"to": to, "patient_name": "p" * 80} for to in numbers(1, 400)])["id"]
            house.stop()
            file = house.record / "burstd.db"
            with contextlib.closing(sqlite3.connect(file)) as connection:
                root, = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'batch_row'").fetchone()
                size, = connection.execute("PRAGMA page_size").fetchone()
            octets = bytearray(file.read_bytes())
            octets[(root - 1) * size:root * size] = b"\x55" * size
            file.write_bytes(octets)
            house.start(wait_modems=False)
            self.assertEqual(house.call("GET", f"/v1/batches/{burst}/rows")[0], 500)
            verified = house.post("/v1/verify", {}, 200)
            self.assertEqual((verified["whole"], verified["broken"]["table"]), (False, "file"))
            self.assertIn("is damaged", verified["sentence"])
            self.assertEqual(house.call("GET", "/v1/backup")[1]["code"], "backup-failed")
            self.assertIn("Record: ", house.ctl("status").stdout)
            self.assertIn("something is wrong with the record", house.ctl("check", "--nagios", expect=2).stdout)
            house.stop()
            code, said = self.end(house)
            self.assertEqual(code, 65)
            self.assertIn("is damaged", said)
            self.assertEqual(file.read_bytes()[(root - 1) * size:root * size], b"\x55" * size)


if __name__ == "__main__":
    unittest.main()
