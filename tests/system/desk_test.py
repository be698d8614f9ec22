"""burstctl at the reception desk, over the daemon: what stands on the screen when nothing can leave, when a message
fails at once, when a burst is looked for and withdrawn, and that none of it says what is not so."""
import unittest

from house import House, wait_for

ROWS = "to,name\n079 000 00 01,Anna\n079 000 00 02,Ben\n12,Carl\n"
NOBODY = "Nothing can leave now: every modem is paused (burstctl modem resume NAME).\n"


class Desk(unittest.TestCase):
    def pause(self, house):
        house.ctl("modem", "pause", "modem1")
        wait_for(lambda: house.get("/v1/modems/modem1")["state"] == "paused", "the modem is paused")

    def test_a_burst_that_waits_is_found_explained_and_withdrawn(self):
        with House(modems=1) as house:
            house.start()
            self.pause(house)
            shown = house.ctl("burst", "preview", "-", "--text", "Dear {name}", stdin=ROWS).stdout
            self.assertIn("3 of 3 selected; 1 of them cannot be sent and becomes Send Failed\n", shown)
            self.assertIn(NOBODY, shown)
            burst = house.get("/v1/batches")["items"][0]["id"]
            shown = house.ctl("burst", "send", f" {burst.lower()}").stdout
            self.assertIn("1 not sent:\n  row 3: Phone number is not valid", shown)
            self.assertIn(NOBODY, shown)
            self.assertRegex(house.ctl("burst", "list").stdout, rf" 3 +0 +2 +1 +{burst}\n")
            self.assertIn("Withdrawn: 2 messages of burst", house.ctl("burst", "cancel", burst).stdout)
            again = house.ctl("burst", "cancel", burst, expect=1)
            self.assertEqual((again.stdout, "was cancelled before" in again.stderr), ("", True))

    def test_a_message_that_waits_says_why(self):
        with House(modems=1) as house:
            house.start()
            self.pause(house)
            sent = house.ctl("send", "--to", "079 000 00 01", "--text", "See you.").stdout
            self.assertIn("It waits: every modem that may send it is paused", sent)
            self.assertIn(NOBODY, house.ctl("check", "--to", "079 000 00 01", "--text", "See you.").stdout)

    def test_what_fails_at_once_is_not_called_sent(self):
        with House(modems=1) as house:
            house.start()
            late = house.ctl("send", "--to", "079 000 00 01", "--text", "Hi", "--expires-at", "2026-01-01 08:00", expect=1)
            self.assertRegex(late.stdout, r"\ARecorded, not sent: \S+\nSend Failed: Expired before sending\n\Z")
            house.ctl("send", "--to", "12", "--text", "Hi", expect=1)
            wrong = house.items("&state=failed")[0]["id"]
            again = house.ctl("resend", wrong, "--user", "anna", expect=1)
            self.assertRegex(again.stdout, r"\ARecorded, not sent: \S+\nSend Failed: Phone number is not valid\n\Z")

    def test_a_burst_that_has_left_has_nothing_to_withdraw(self):
        with House(modems=1, report=600_000) as house:
            house.start()
            house.ctl("burst", "send", "-", "--text", "Dear {name}", "--yes", stdin=ROWS)
            burst = house.get("/v1/batches")["items"][0]["id"]
            wait_for(lambda: house.get(f"/v1/batches/{burst}")["state"] == "done", "all have left")
            self.assertIn("all have left; 2 await their reports\n", house.ctl("burst", "show", burst).stdout)
            self.assertIn("nothing to withdraw", house.ctl("burst", "cancel", burst, expect=1).stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
