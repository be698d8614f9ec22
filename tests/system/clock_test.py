"""A box without a time server: it starts in 1970 or days behind its record, its clock is set, jumps, and comes to daylight
saving. Nothing is sent, given up or counted anew by a time that cannot be right."""
import datetime
import time
import unittest

from house import ADMIN, BOUNDLESS, ShiftedHouse, wait_for

PATIENT = "+41790000001"
DAY = 86400


def moment(seconds):
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).isoformat(timespec="seconds")


class Clock(unittest.TestCase):
    def submit(self, house, ref, **more):
        return house.post("/v1/messages", {"client_ref": ref, "to": PATIENT, "text": f"No. {ref}", **more}, 201)["id"]

    def states(self, house):
        return sorted((item["client_ref"], item["state"], item["held_by"]) for item in house.items())

    def begin(self, house, shift, network_time):
        """A record with messages that wait, then a start with another clock."""
        house.order("unplug modem1")
        house.start(wait_modems=False)
        self.submit(house, "short", expires_at=moment(time.time() + 900))
        self.submit(house, "long", expires_at=moment(time.time() + 10 * DAY))
        house.stop()
        house.order("plug modem1")
        house.order(f"network-time modem1 {'on' if network_time else 'off'}")
        house.shift(shift)
        house.start()

    def test_a_box_that_starts_in_1970_holds_everything_until_its_clock_is_set(self):
        with ShiftedHouse(modems=1, air=20) as house:
            self.begin(house, -int(time.time()) + 3600, network_time=False)
            status = house.get("/v1/status")
            self.assertFalse(status["clock"]["trusted"])
            self.assertIn("before what is on record", status["clock"]["sentence"])
            self.assertIn("timedatectl", status["reason"])
            self.assertFalse(status["sending"])
            self.submit(house, "new")
            wait_for(lambda: house.get("/v1/modems")["items"][0]["state"] == "ready", "the modem is ready")
            for _ in range(3):
                self.assertEqual({row[1:] for row in self.states(house)}, {("held", "clock")})
                time.sleep(0.3)
            self.assertEqual(house.journal("network"), [])
            self.assertIn("burstd_clock_suspect 1\n", house.get("/metrics"))
            created = [item["created_at"] for item in house.items()]
            self.assertGreater(min(created), "2025")
            self.assertEqual(created, sorted(created, reverse=True))
            house.shift(0)
            items = house.wait_final()
            self.assertEqual({item["state"] for item in items}, {"delivered"})
            self.assertTrue(house.get("/v1/status")["clock"]["trusted"])

    def test_what_has_expired_meanwhile_expires_as_soon_as_the_time_is_known(self):
        with ShiftedHouse(modems=1, air=20) as house:
            self.begin(house, -int(time.time()) + 3600, network_time=False)
            self.assertEqual({row[1:] for row in self.states(house)}, {("held", "clock")})
            house.shift(DAY)
            wait_for(lambda: not house.journal("network") == [], "what may go goes")
            self.assertIn(("short", "held", "clock"), self.states(house), "nobody has told the same time")
            house.synchronise()
            house.wait_final()
            self.assertEqual([row[:2] for row in self.states(house)], [("long", "delivered"), ("short", "expired")])

    def test_a_modem_whose_network_tells_the_time_is_believed(self):
        with ShiftedHouse(modems=1, air=20) as house:
            self.begin(house, -2 * DAY, network_time=True)
            items = house.wait_final()
            self.assertEqual({item["state"] for item in items}, {"delivered"})
            for item in items:
                sent = datetime.datetime.fromisoformat(item["sent_at"].replace("Z", "+00:00")).timestamp()
                self.assertLess(abs(sent - time.time()), 120)
            self.assertIn("the network tells modem modem1", house.log_file.read_text())
            self.assertFalse(house.get("/v1/status")["clock"]["trusted"], "the machine's is still wrong")

    def test_a_modem_without_a_time_of_its_network_is_not(self):
        with ShiftedHouse(modems=1, air=20) as house:
            self.begin(house, -2 * DAY, network_time=False)
            for _ in range(5):
                self.assertEqual({row[1:] for row in self.states(house)}, {("held", "clock")})
                time.sleep(0.2)

    def test_where_nobody_tells_the_time_a_person_vouches_for_the_clock_once_and_for_all(self):
        with ShiftedHouse(modems=1, air=20) as house:
            house.shift(400 * DAY)
            house.order("network-time modem1 off")
            house.start()
            self.submit(house, "by the wrong year")
            house.wait_final()
            house.stop()
            house.shift(0)
            house.start()
            self.submit(house, "now", expires_at=moment(time.time() + 500 * DAY))
            wait_for(lambda: house.get("/v1/modems")["items"][0]["state"] == "ready", "the modem is ready")
            self.assertIn(("now", "held", "clock"), self.states(house))
            self.assertIn("trust-clock", house.get("/v1/status")["reason"])
            asked = house.ctl("trust-clock", "--user", "anna", "--reason", "the radio says so")
            self.assertIn("goes by the machine's clock", asked.stdout)
            house.wait_final()
            house.stop()
            house.start()
            self.assertEqual(len(house.journal("network")), 2)
            self.assertTrue(house.get("/v1/status")["clock"]["trusted"], "the next start knows it")
            self.assertIn("believed already",
                          house.ctl("trust-clock", "--user", "anna", "--reason", "again", expect=1).stderr)
            act = house.get("/v1/audit")["items"][0]
            self.assertEqual((act["event"], act["user"], act["change"]), ("clock-trusted", "anna", "the radio says so"))

    def test_a_clock_that_was_a_year_ahead_and_is_set_lets_go_what_waited_by_it(self):
        limits = ("limits: {per_minute: 0, per_hour: 0, per_day: 1, per_month: 0, recipients_per_month: 0}",)
        with ShiftedHouse(modems=1, air=20, sending=limits) as house:
            house.order("network-time modem1 off")
            house.shift(400 * DAY)
            house.start()
            first = self.submit(house, "first")
            house.wait_final([first])
            self.submit(house, "second", expires_at=moment(time.time() + 800 * DAY))
            wait_for(lambda: ("second", "held", "quota") in self.states(house), "the day is used up")
            house.shift(0)
            wait_for(lambda: not house.get("/v1/status")["clock"]["trusted"], "the jump is seen")
            house.order(f"deliver modem1 {PATIENT} The network tells the time")
            house.wait_final()
            self.assertIn("planned anew", house.log_file.read_text())
            self.assertTrue(house.get("/v1/status")["clock"]["trusted"])
            self.assertEqual(len(house.journal("network")), 2)

    def tomorrow(self, house, network_time):
        """A record with a message for tomorrow, then a start two years ahead."""
        house.order(f"network-time modem1 {network_time}")
        house.start()
        self.submit(house, "tomorrow", send_after=moment(time.time() + DAY), expires_at=moment(time.time() + 2 * DAY))
        house.stop()
        house.shift(730 * DAY)
        house.start()

    def test_a_start_years_ahead_ends_nothing_and_the_networks_time_goes_before_it(self):
        with ShiftedHouse(modems=1, air=20) as house:
            self.tomorrow(house, "on")
            wait_for(lambda: "the network tells" in (house.get("/v1/status")["clock"]["sentence"] or ""), "the network is heard")
            sent = self.submit(house, "now")
            house.wait_final([sent])
            self.assertIn(("tomorrow", "held", "send-after"), self.states(house))
            left = datetime.datetime.fromisoformat(house.get(f"/v1/clinical-items/{sent}")["sent_at"].replace("Z", "+00:00"))
            self.assertLess(abs(left.timestamp() - time.time()), 120)

    def test_where_nobody_tells_the_time_a_start_years_ahead_ends_nothing_either(self):
        with ShiftedHouse(modems=1, air=20) as house:
            self.tomorrow(house, "off")
            for _ in range(3):
                self.assertIn(("tomorrow", "held", "clock"), self.states(house))
                time.sleep(1)
            self.assertEqual([item["client_ref"] for item in house.items("&state=held")], ["tomorrow"])
            self.assertIn("Nobody has told", house.get("/v1/status")["clock"]["sentence"])
            house.shift(0)
            wait_for(lambda: "jumped" in (house.get("/v1/status")["clock"]["sentence"] or ""), "the jump is seen")
            wait_for(lambda: "has jumped 730 days back" in house.log_file.read_text(), "the log says it")
            house.order(f"deliver modem1 {PATIENT} The network tells the time")
            wait_for(lambda: house.get("/v1/status")["clock"]["trusted"], "the network agrees")
            self.assertEqual(self.states(house), [("tomorrow", "held", "send-after")])

    def test_a_correction_is_followed_where_it_stands(self):
        with ShiftedHouse(modems=1, air=20) as house:
            house.order("network-time modem1 off")
            house.shift(1800)
            house.start()
            house.ctl("modem", "pause", "modem1")
            self.submit(house, "waits")
            house.shift(0)
            wait_for(lambda: not house.get("/v1/status")["clock"]["trusted"], "the jump is seen")
            house.ctl("modem", "resume", "modem1")
            house.order(f"deliver modem1 {PATIENT} The network tells the time")
            wait_for(lambda: house.get("/v1/status")["clock"]["trusted"], "the network agrees")
            house.wait_final()

    def test_a_restored_record_is_not_released_before_the_time_is_known(self):
        with ShiftedHouse(modems=1, air=20, config=ADMIN) as house:
            house.order("network-time modem1 off")
            house.start()
            house.ctl("modem", "pause", "modem1")
            due = self.submit(house, "due")
            later = self.submit(house, "later", send_after=moment(time.time() + 2 * DAY),
                                expires_at=moment(time.time() + 3 * DAY))
            house.ctl("backup", str(house.folder / "copy"))
            house.stop()
            house.ctl("restore", str(house.folder / "copy"), "--record", str(house.record))
            house.shift(-int(time.time()) + 3600)
            house.start(wait_modems=False)
            refusal = house.ctl("release", "--user", "anna", "--reason", "moved", expect=1).stderr
            self.assertIn("trust-clock", refusal)
            self.assertEqual([house.get(f"/v1/clinical-items/{i}")["state"] for i in (due, later)], ["uncertain", "held"])
            house.shift(0)
            wait_for(lambda: house.get("/v1/status")["clock"]["trusted"], "the clock is set")
            house.ctl("release", "--user", "anna", "--reason", "moved")
            self.assertEqual([house.get(f"/v1/clinical-items/{i}")["state"] for i in (due, later)], ["uncertain", "held"])

    def test_a_clock_that_starts_years_ahead_takes_no_text_away_however_often(self):
        keeping = ("remove_texts_after: 24 h",)
        with ShiftedHouse(modems=1, air=20, keeping=keeping) as house:
            house.order("network-time modem1 off")
            house.start()
            sent = self.submit(house, "first")
            house.wait_final([sent])
            house.stop()
            house.shift(800 * DAY)
            for _ in range(2):
                house.start()
                time.sleep(3)
                self.assertIsNone(house.get(f"/v1/clinical-items/{sent}")["message_removed_at"])
                house.stop()

    def test_no_day_of_a_sim_begins_anew_by_a_doubtful_clock(self):
        limits = ("limits: {per_minute: 0, per_hour: 0, per_day: 2, per_month: 0, recipients_per_month: 0}",)
        with ShiftedHouse(modems=1, air=20, sending=limits) as house:
            house.start()
            for n in range(3):
                self.submit(house, f"m{n}")
            wait_for(lambda: (house.get("/v1/modems/modem1")["quota_left"].get("day") or {}).get("left") == 0, "the day is used up")
            house.stop()
            house.order("network-time modem1 on")
            house.shift(-int(time.time()) + 3600)
            house.start()
            wait_for(lambda: ("m2", "held", "quota") in self.states(house), "the time is known again, and the day is the same")
            self.assertEqual(len(house.journal("network")), 2)

    def test_hours_begin_by_the_clock_of_the_wall_over_daylight_saving(self):
        spring = int(datetime.datetime(2027, 3, 28, 0, 59, 50, tzinfo=datetime.timezone.utc).timestamp())
        hours = (*BOUNDLESS, 'windows: {default: ["sun 03:00-04:00"]}')
        with ShiftedHouse(modems=1, air=20, sending=hours) as house:
            house.shift(spring - int(time.time()))
            house.start()
            self.submit(house, "a")
            held = house.items()[0]
            if held["state"] == "held":
                hold = house.get(f"/v1/messages/{held['id']}")["hold"]
                self.assertEqual((hold["by"], hold["until"]), ("window", "2027-03-28T01:00:00.000Z"))
            item = house.wait_final()[0]
            self.assertGreaterEqual(item["sent_at"], "2027-03-28T01:00:00")
            self.assertEqual(item["state"], "delivered")
            self.assertTrue(house.get("/v1/status")["clock"]["trusted"])


if __name__ == "__main__":
    unittest.main()
