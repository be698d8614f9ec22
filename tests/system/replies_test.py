"""Patients answer: short and long, while the daemon listens, while it is down and while it is killed. Every reply is in
the inbox once and whole; the modem's memory is emptied only of what is on record; no log holds a text or a number."""
import random
import time
import unittest

from house import House, wait_for

PATIENT = "+41790000001"
LONG = ("Guten Tag, ich kann am Dienstag leider nicht kommen, weil ich da bei meiner Tochter in Zürich bin. Hätten Sie am "
        "Donnerstag oder Freitag noch etwas frei, am liebsten am Nachmittag? Bitte rufen Sie mich zurück, ich bin ab 14 Uhr "
        "zu Hause. Freundliche Grüsse 🙂")


class Replies(unittest.TestCase):
    def inbox(self, house, query=""):
        return house.get(f"/v1/inbox?limit=500{query}")["items"]

    def texts(self, house):
        return sorted(reply["text"] for reply in self.inbox(house))

    def memory_left(self, house):
        return sum(row.get("how") == "stored" for row in house.journal("incoming")) - len(house.journal("erased"))

    def test_a_reply_is_in_the_inbox_and_no_longer_in_the_modem(self):
        with House(modems=1) as house:
            house.start()
            house.order(f"deliver modem1 {PATIENT} Yes, I will come.")
            reply = wait_for(lambda: self.inbox(house), "the reply")[0]
            self.assertEqual((reply["from"], reply["text"], reply["modem"]), (PATIENT, "Yes, I will come.", "modem1"))
            self.assertTrue(reply["complete"])
            wait_for(lambda: self.memory_left(house) == 0, "the slot is free again")
            seen = house.post(f"/v1/inbox/{reply['id']}/ack", {"user": "anna"}, 200)
            self.assertEqual(seen["acknowledged_by"], "anna")
            self.assertEqual(self.inbox(house, "&unacknowledged=true"), [])

    def test_a_long_reply_in_parts_is_one_text(self):
        with House(modems=1) as house:
            house.start()
            self.assertGreater(house.order(f"deliver modem1 {PATIENT} {LONG}")["parts"], 3)
            wait_for(lambda: self.texts(house) == [LONG], "the whole text")
            reply = self.inbox(house)[0]["id"]
            shown = house.ctl("inbox", "show", f" {reply.lower()} ").stdout
            self.assertIn(f"\n\n{LONG}\n", shown)
            self.assertIn("Seen by      nobody yet\n", shown)

    def test_what_came_while_nobody_listened_is_found_at_the_start(self):
        with House(modems=1) as house:
            house.start()
            house.stop()
            house.order(f"deliver modem1 {PATIENT} No, sorry.")
            house.order(f"deliver modem1 {PATIENT} {LONG}")
            house.start()
            wait_for(lambda: self.texts(house) == sorted(["No, sorry.", LONG]), "both replies")
            wait_for(lambda: self.memory_left(house) == 0, "the slots are free again")

    def test_kills_at_any_moment_lose_no_reply_and_double_none(self):
        dice = random.Random(11)
        sent = []
        with House(modems=1) as house:
            for number in range(8):
                house.start(wait_modems=number == 0)
                for n in range(3):
                    text = f"Reply {number}.{n}" if n else f"{number}: {LONG}"
                    house.order(f"deliver modem1 {PATIENT} {text}")
                    sent.append(text)
                time.sleep(dice.uniform(0.0, 1.0))
                house.kill()
            house.start()
            wait_for(lambda: len(self.inbox(house)) >= len(sent), "every reply")
            time.sleep(0.5)
            self.assertEqual(self.texts(house), sorted(sent))
            self.assertTrue(all(reply["complete"] for reply in self.inbox(house)))
            log = house.log_file.read_text(errors="replace")
            for secret in ("Reply 1", "Guten Tag", "+4179", "0000001"):
                self.assertNotIn(secret, log)


if __name__ == "__main__":
    unittest.main(verbosity=2)
