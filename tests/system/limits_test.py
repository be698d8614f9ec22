"""Limits, hours and clocks as a clinic meets them: what a SIM may send holds over restarts, and no jump of the machine's
clock lets a backlog go or gives it up."""
import datetime
import unittest

import house as h
from house import House, ShiftedHouse, wait_for

THREE_A_DAY = ("limits: {per_minute: 0, per_hour: 0, per_day: 3, per_month: 0, recipients_per_month: 0}",)


def in_hours(hours):
    moment = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=hours)
    return moment.isoformat(timespec="seconds")


class Limits(unittest.TestCase):
    def submit(self, house, count, **more):
        for n in range(count):
            body = {"client_ref": f"{more.get('prefix', 'm')}{n}", "to": f"+4179{1000000 + n}", "text": f"No. {n}", **more}
            body.pop("prefix", None)
            status, item, _ = house.call("POST", "/v1/messages", body)
            self.assertEqual(status, 201, item)

    def held(self, house):
        return [item["held_by"] for item in house.items() if item["state"] == "held"]

    def test_the_day_of_a_sim_holds_over_a_kill(self):
        with House(modems=1, air=20, sending=THREE_A_DAY) as house:
            house.start()
            self.submit(house, 5)
            wait_for(lambda: self.held(house) == ["quota"] * 2, "two wait for another day")
            wait_for(lambda: "limit by the day" in (house.get("/v1/status")["reason"] or ""), "the reason is told")
            status = house.get("/v1/status")
            self.assertFalse(status["sending"])
            self.assertIn('burstd_held_back{by="quota"} 1', house.get("/metrics"))
            self.assertIn("WARNING - nothing is sent: the limits of the SIM cards are used up", house.ctl("check", "--nagios", expect=1).stdout)
            left = status["modems"][0]["quota_left"]
            self.assertEqual((left["day"]["most"], left["day"]["left"]), (3, 0))
            held = next(item for item in house.items() if item["state"] == "held")
            hold = house.get(f"/v1/messages/{held['id']}")["hold"]
            self.assertEqual((hold["by"], hold["limit"], hold["modem"]), ("quota", "day", "modem1"))
            self.assertEqual(hold["until"], left["day"]["goes_on_at"])
            quota = house.get("/v1/quota?segments=1")
            self.assertEqual([sim["modem"] for sim in quota["sims"]], ["modem1"])
            self.assertEqual((quota["needed"], quota["limited_by"]), (1, "day"))
            house.kill()
            house.start()
            wait_for(lambda: self.held(house) == ["quota"] * 2, "two wait for another day, also after a restart")
            self.assertEqual(len(house.journal("network")), 3)

    def test_a_pause_by_the_minute_is_sending_all_the_same(self):
        pace = "limits: {per_minute: 2, per_hour: 0, per_day: 0, per_month: 0, recipients_per_month: 0}"
        with House(modems=1, air=20, sending=(pace,)) as house:
            house.start()
            self.submit(house, 4)
            wait_for(lambda: self.held(house) == ["quota"] * 2, "two wait for the next minute")
            wait_for(lambda: "limit by the minute" in (house.get("/v1/status")["reason"] or ""), "the limit is told")
            self.assertTrue(house.get("/v1/status")["sending"])
            self.assertIn('burstd_held_back{by="quota"} 0', house.get("/metrics"))
            self.assertIn(": sending, slowed: The SIM of modem modem1 has used up its limit by the minute", house.ctl("status").stdout)
            self.assertIn("0 (minute)", house.ctl("status").stdout)

    def test_a_burst_beyond_the_day_is_refused_and_says_why(self):
        with House(modems=2, air=20, sending=THREE_A_DAY) as house:
            house.start()
            recipients = [{"to": f"+4179{1000000 + n}"} for n in range(8)]
            draft = {"client_ref": "b", "text": "Hello", "recipients": recipients, "expires_at": in_hours(0.01)}
            status, preview, _ = house.call("POST", "/v1/batches", draft)
            self.assertEqual((status, preview["light"]), (201, "red"), preview)
            self.assertEqual(preview["quota"]["available"], 6)
            self.assertEqual(preview["quota"]["limited_by"], "day")
            status, problem, _ = house.call("POST", f"/v1/batches/{preview['id']}/send", {})
            self.assertEqual((status, problem["code"]), (409, "quota-exhausted"), problem)
            status, sent, _ = house.call("POST", f"/v1/batches/{preview['id']}/send", {"select": [1, 2, 3, 4, 5, 6]})
            self.assertEqual(status, 202, sent)
            wait_for(lambda: len(house.journal("network")) == 6, "both SIMs send their three")

    def test_outside_of_its_hours_a_category_is_held_and_urgent_goes(self):
        day = (datetime.datetime.now(datetime.timezone.utc).weekday() + 3) % 7
        name = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][day]
        with House(modems=1, air=20, sending=(*h.BOUNDLESS, f'windows: {{direct: ["{name} 10:00-11:00"]}}')) as house:
            house.start()
            self.submit(house, 1)
            wait_for(lambda: self.held(house) == ["window"], "it waits for its hours")
            hold = house.items()[0]["hold"]
            self.assertRegex(hold["until"], "T10:00:00|T09:00:00|T08:00:00")
            _, check, _ = house.call("POST", "/v1/messages/check", {"to": "+41791234567", "text": "x", "category": "direct"})
            self.assertEqual((check["opens_at"], check["flags"]), (hold["until"], ["would-expire"]))
            draft = {"client_ref": "b", "text": "x", "category": "direct", "recipients": [{"to": "+41791234567"}]}
            _, preview, _ = house.call("POST", "/v1/batches", draft)
            self.assertEqual((preview["eta"], preview["opens_at"]), (None, hold["until"]))
            rows = house.get(f"/v1/batches/{preview['id']}/rows")["items"]
            self.assertEqual([row["flags"] for row in rows], [["would-expire"]])
            self.submit(house, 1, prefix="urgent", priority="urgent")
            wait_for(lambda: len(house.journal("network")) == 1, "the urgent one goes")
            self.assertEqual(self.held(house), ["window"])

    def test_what_only_an_absent_modem_may_carry_is_held_for_it(self):
        routes = 'routes: [{prefix: "+4178", modems: [modem2]}]'
        with House(modems=2, air=20, sending=(*h.BOUNDLESS, routes)) as house:
            house.start()
            house.order("unplug modem2")
            wait_for(lambda: house.get("/v1/modems/modem2")["state"] != "ready", "modem2 is away")
            self.submit(house, 3, prefix="any")
            self.submit(house, 1, prefix="lonely", to="+41780000001")
            wait_for(lambda: len(house.journal("network")) == 3, "what any modem may carry goes")
            item = house.items("&state=held")[0]
            self.assertEqual((item["mobile_number"], item["held_by"]), ("+41780000001", "no-modem"))
            self.assertEqual(house.items("&state=queued"), [])
            message = house.get(f"/v1/messages/{item['id']}")
            self.assertEqual((message["state"], message["held_by"]), ("held", "no-modem"))
            self.assertIn("no-modem", house.ctl("show", item["id"]).stdout)
            house.ctl("modem", "pause", "modem2")
            wait_for(lambda: self.held(house) == ["paused"], "a person has paused the only one")
            house.ctl("modem", "resume", "modem2")
            house.order("plug modem2")
            wait_for(lambda: len(house.journal("network")) == 4, "it goes when its modem is back")
            self.assertEqual(house.items("&state=held"), [])


class Clock(unittest.TestCase):
    def shift(self, house, span):
        """The daemon's wall clock is off by so much, as in "-3d"."""
        house.shift(int(span[:-1]) * {"s": 1, "h": 3600, "d": 86400}[span[-1]])

    def jump(self, house, span):
        self.shift(house, span)
        wait_for(lambda: not house.get("/v1/status")["clock"]["trusted"], "the jump is seen")

    def test_a_jump_ahead_neither_releases_nor_expires(self):
        with ShiftedHouse(modems=1, air=20) as house:
            house.start()
            for ref, more in {"later": {"send_after": in_hours(5), "expires_at": in_hours(30)}}.items():
                body = {"client_ref": ref, "to": "+41791234567", "text": "Hello", **more}
                self.assertEqual(house.call("POST", "/v1/messages", body)[0], 201)
            self.jump(house, "+10h")
            self.assertIn("10 hours ahead", house.get("/v1/status")["clock"]["sentence"])
            self.jump(house, "+400d")
            for _ in range(3):
                self.assertEqual([(i["state"], i["held_by"]) for i in house.items()], [("held", "send-after")])
            self.assertEqual(house.journal("network"), [])

    def test_a_jump_back_stops_nothing(self):
        with ShiftedHouse(modems=1, air=20) as house:
            house.start()
            self.jump(house, "-3d")
            body = {"client_ref": "now", "to": "+41791234567", "text": "Hello"}
            status, item, _ = house.call("POST", "/v1/messages", body)
            self.assertEqual(status, 201)
            wait_for(lambda: house.items()[0]["state"] == "delivered", "it goes all the same")
            self.assertLess(abs((datetime.datetime.now(datetime.timezone.utc)
                                 - datetime.datetime.fromisoformat(item["created_at"].replace("Z", "+00:00"))
                                 ).total_seconds()), 120)

    def test_the_network_is_the_witness_of_a_right_clock(self):
        with ShiftedHouse(modems=1, air=20) as house:
            self.shift(house, "-2d")
            house.start()
            self.jump(house, "+0s")
            body = {"client_ref": "now", "to": "+41791234567", "text": "Hello"}
            house.call("POST", "/v1/messages", body)
            wait_for(lambda: house.get("/v1/status")["clock"]["trusted"], "the report tells the same time")


if __name__ == "__main__":
    unittest.main()
