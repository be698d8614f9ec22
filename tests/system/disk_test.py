#!/usr/bin/env python3
"""A disk that fills up, and texts that are removed because they are old.

    disk_test.py [unittest arguments]"""

import os
import subprocess
import time
import unittest

from house import ADMIN, House, ShiftedHouse, wait_for

TEXT = "Come to see us at the green door"


def number(n):
    return f"+4179{n:07d}"


def message(n, **more):
    return {"client_ref": f"ref-{n}", "to": number(n), "text": TEXT, **more}


class LittleRoom(unittest.TestCase):
    def test_nothing_new_is_accepted_and_what_waits_goes_on(self):
        with House(modems=1, config=ADMIN) as house:
            house.start()
            house.post("/v1/modems/modem1/pause", {}, 200)
            waits = house.post("/v1/messages", message(1), 201)["id"]
            preview = house.burst([{"to": number(7)}], ref="before")["id"]
            house.stop()
            house.keeping = ("low_disk: 1000000 GiB",)
            house.config_file.write_text(house.configuration(ADMIN))
            house.start(wait_modems=False)
            self.assertEqual(house.get("/v1/status")["disk"]["room"], "low")
            self.assertIn("Disk: The disk that holds", house.ctl("status").stdout)

            for path, body in (("/v1/messages", message(2)), (f"/v1/batches/{preview}/send", {}),
                               ("/v1/batches", {"client_ref": "b", "text": "x", "recipients": [{"to": number(3)}]})):
                problem = house.post(path, body, 507)
                self.assertEqual((problem["code"], problem["retryable"]), ("disk-low", True), path)
                self.assertIn("Free some space", problem["detail"])
            self.assertIn("Free some space", house.ctl("send", "--to", number(2), "--text", TEXT, expect=1).stderr)
            status, again, headers = house.call("POST", "/v1/messages", message(1))
            self.assertEqual((status, again["id"], headers["Idempotent-Replayed"]), (200, waits, "true"))

            house.ctl("modem", "resume", "modem1")
            house.wait_final([waits])
            self.assertEqual([item["state"] for item in house.items()], ["delivered"])
            house.post(f"/v1/messages/{waits}/note", {"user": "anna", "text": "seen"}, 200)


class NoRoom(unittest.TestCase):
    """On a small disk of its own, which only root can make."""

    def setUp(self):
        self.house = House(modems=1, report=1500, config=ADMIN, keeping=("low_disk: 0 B", "ballast: 8 MiB"))
        self.addCleanup(self.house.__exit__, None)
        made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=40m,mode=0700", "tmpfs", self.house.record],
                              capture_output=True, text=True)
        self.mounted = made.returncode == 0
        if self.mounted:
            self.addCleanup(subprocess.run, ["umount", "-l", self.house.record])
        else:
            print(f"no small disk here ({made.stderr.strip()}): what a full one does is tested in store/disk_test.cpp")

    def fill(self):
        with open(self.house.record / "filler", "wb", buffering=0) as file:
            for size in (1 << 20, 1 << 12):
                try:
                    while True:
                        file.write(b"\0" * size)
                except OSError:
                    pass

    def room(self):
        return self.house.get("/v1/status")["disk"]["room"]

    def test_sending_rests_reads_stay_and_what_is_under_way_is_recorded(self):
        if not self.mounted:
            return
        house = self.house
        house.start()
        self.assertEqual((house.record / "burstd.ballast").stat().st_size, 8 << 20)
        under_way = house.post("/v1/messages", message(1), 201)["id"]
        wait_for(lambda: house.get(f"/v1/messages/{under_way}")["state"] == "submitted", "the network has it")
        house.post("/v1/modems/modem1/pause", {}, 200)
        house.post("/v1/modems/modem1/resume", {}, 200)
        waits = house.post("/v1/messages", message(2, send_after=time.strftime(
            "%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 6))), 201)["id"]
        self.fill()
        wait_for(lambda: self.room() == "full", "that the disk is full is seen")
        self.assertFalse((house.record / "burstd.ballast").exists())
        self.assertIn("is full", house.get("/v1/status")["reason"])
        self.assertEqual(house.post("/v1/messages", message(3), 507)["code"], "disk-low")
        house.wait_final([under_way])
        self.assertEqual(house.get(f"/v1/clinical-items/{under_way}")["state"], "delivered")
        self.fill()
        time.sleep(8)
        self.assertEqual(house.get(f"/v1/clinical-items/{waits}")["status"], "Pending")
        self.assertEqual(len(house.journal("submit")), 1)

        os.unlink(house.record / "filler")
        house.wait_final([waits])
        wait_for(lambda: (house.record / "burstd.ballast").exists(), "the ballast is there again")
        self.assertEqual(self.room(), "ample")
        self.assertIn("The record is whole", house.ctl("verify").stdout)
        self.assertNotIn(TEXT, house.log_file.read_text())


class OldTexts(unittest.TestCase):
    def holders(self, house):
        return [file.name for file in house.record.iterdir()
                if any(text in file.read_bytes() for text in (TEXT.encode(), b"green gate", b"I am ill today"))]

    def test_they_go_from_the_file_and_the_record_stays_whole(self):
        with ShiftedHouse(modems=1, config=ADMIN, keeping=("remove_texts_after: 2 h",)) as house:
            house.start()
            sent = house.post("/v1/messages", message(1), 201)["id"]
            house.burst([{"to": number(2)}], text="See you at the green gate.", ref="never sent")
            house.wait_final([sent])
            house.order(f"deliver modem1 {number(1)} I am ill today")
            reply = wait_for(lambda: house.get("/v1/inbox")["items"], "the reply is there")[0]
            house.post(f"/v1/inbox/{reply['id']}/ack", {"user": "anna"}, 200)
            waits = house.post("/v1/messages", {**message(3), "text": "Later.", "send_after": "2100-01-01T08:00:00Z",
                                                "expires_at": "2100-01-02T08:00:00Z"}, 201)["id"]
            self.assertTrue(self.holders(house))
            self.assertIsNone(house.get(f"/v1/clinical-items/{sent}")["message_removed_at"])
            house.stop()
            house.shift(60 * 3600)
            house.order("network-time modem1 off")
            house.start()
            time.sleep(3)
            self.assertIsNone(house.get(f"/v1/clinical-items/{sent}")["message_removed_at"], "nobody has told the same time")
            house.synchronise()
            item = wait_for(lambda: (i := house.get(f"/v1/clinical-items/{sent}"))["message_removed_at"] and i,
                            "the text is removed")
            self.assertEqual((item["message"], item["status"], item["mobile_number"]),
                             ("", "Sent Successfully", number(1)))
            self.assertEqual(house.get(f"/v1/clinical-items/{waits}")["message"], "Later.")
            wait_for(lambda: house.get("/v1/inbox")["items"][0]["text"] == "", "the reply's text is removed")
            wait_for(lambda: not self.holders(house), "no file holds a text any more")
            self.assertIn("(text removed)", house.ctl("items").stdout)
            self.assertIsNotNone(house.get("/v1/inbox")["items"][0]["text_removed_at"])
            self.assertIn("(text removed)", house.ctl("inbox").stdout)
            self.assertIn("(text removed)", house.ctl("inbox", "show", reply["id"]).stdout)
            self.assertIn("The record is whole", house.ctl("verify").stdout)
            self.assertEqual(house.call("POST", "/v1/messages", message(1))[0], 422, "what it was is not known any more")


if __name__ == "__main__":
    unittest.main()
