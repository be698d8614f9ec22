"""What users of other gateways suffer, 1: delivery reports that get lost or find no message."""
import random
import time
import unittest

from bus_house import BRISK, BusHouse, by_imei, run_all
from house import House, check_truth, wait_for

LONG = "This text has more letters than one message can hold, so that it leaves in several parts, one by one. " * 4


def references(house, message):
    """Of each attempt, by part."""
    parts = house.get(f"/v1/messages/{message}")["parts"]
    return [attempt["reference"] for part in parts for attempt in part["attempts"]]


def erased(house):
    return {(row["memory"], row["read"]) for row in house.journal("erased")}


class ReportsThatGetLost(unittest.TestCase):
    def test_the_reference_is_on_record_although_the_report_overtakes_it(self):
        """PAINS A.1.1: no reference is stored, so the report has nothing to pair with."""
        with BusHouse(sim_options=["--early", "before", "--late-ok", "300"]) as house:
            house.start()
            house.send(5)
            items = house.wait_delivered(5)
            told = {row["to"]: row["mr"] for row in house.journal("verdict")}
            for item in items:
                self.assertEqual(references(house, item["id"]), [told[item["mobile_number"]]])
            check_truth(items, house.journal())

    def test_a_report_announced_in_sr_is_read_in_sr(self):
        """PAINS A.1.2: a report announced as +CDSI: "SR",n is looked for in SM or ME only (BGS5, MF626)."""
        with BusHouse(profiles="cinterion") as house:
            house.start()
            self.assertEqual(house.modem("modem1")["report_way"], "stored")
            house.send(12)  # more than its ten places
            items = house.wait_delivered(12)
            wait_for(lambda: len(house.journal("erased")) == 12, "its memory is empty again")
            self.assertEqual(erased(house), {("SR", True)})
            check_truth(items, house.journal())

    def test_a_report_kept_in_another_memory_than_announced_is_found(self):
        """PAINS A.1.2: +CMGR of the announced place fails with 321 while the report lies in another memory."""
        with BusHouse(profiles="simcom_7600", section=by_imei(driver="generic"), sim_options=["--ds", "02"]) as house:
            house.start()
            house.send(3)
            items = house.wait_delivered(3)
            wait_for(lambda: len(house.journal("erased")) == 3, "its memory is empty again")
            self.assertEqual(erased(house), {("ME", True)})
            check_truth(items, house.journal())

    def test_a_report_stored_in_sr_and_announced_as_sm_costs_nobody_his_reply(self):
        """PAINS A.1.3: stored in SR, announced as "SM",0: the reply that lies there is deleted instead (EC25)."""
        with BusHouse(profiles="quectel", section=by_imei(driver="generic"), sim_options=["--ds", "02"]) as house:
            house.start()
            self.assertEqual(house.modem("modem1")["report_way"], "stored")
            house.order("hold-reports")
            house.send(6)
            wait_for(lambda: len(house.journal("network")) == 6, "all have left")
            house.order("deaf modem1 1500")
            for n in range(3):
                house.order(f"deliver modem1 +4179111000{n} Answer {n}")
            house.order("release-reports")
            items = house.wait_delivered(6)
            wait_for(lambda: len(house.get("/v1/inbox")["items"]) == 3, "every reply is there")
            wait_for(lambda: len(house.journal("erased")) == 9, "the memories are empty again")
            self.assertEqual(erased(house), {("SR", True), ("SM", True)})
            check_truth(items, house.journal())

    def test_the_driver_of_that_modem_does_not_have_them_stored(self):
        """PAINS A.1.3: the same modem with its own driver hands reports over itself."""
        with BusHouse(profiles="quectel") as house:
            house.start()
            modem = house.modem("modem1")
            self.assertEqual((modem["driver"], modem["report_way"], modem["report_route"]),
                             ("quectel", "direct", "2,1,0,1,0"))
            house.send(4)
            check_truth(house.wait_delivered(4), house.journal())
            self.assertFalse(house.journal("report_stored"))

    def test_a_modem_without_reports_says_so_at_once(self):
        """PAINS A.1.4: reports are asked for and never routed; the messages stay "sent" for ever."""
        with BusHouse(sim_options=["--ds", "0"]) as house:
            house.start()
            modem = house.modem("modem1")
            self.assertEqual(modem["report_way"], "none")
            self.assertIn("gives no delivery reports", modem["report_note"])
            self.assertIn("gives no delivery reports", modem["sentence"])
            house.send(2)
            house.wait_states(["submitted"] * 2)
            check_truth(house.items(), house.journal())

    def test_a_stick_that_lists_a_route_and_refuses_it_gets_another(self):
        """PAINS A.1.4: mode 2 is listed and refused; the head of +CDS has an empty value (MF190)."""
        with BusHouse(profiles={"modem1": "zte", "modem2": "huawei"}, modems=2) as house:
            house.start()
            for name in house.names:
                self.assertEqual(house.modem(name)["report_route"], "1,1,0,1,0", name)
            house.send(10)
            items = house.wait_delivered(10)
            self.assertEqual({row["modem"] for row in house.journal("network")}, set(house.names))
            check_truth(items, house.journal())

    def test_no_report_vanishes_in_a_rush(self):
        """PAINS A.1.5: 1180 sent, 121 reports recorded: they come while the next ones are being sent."""
        with BusHouse(modems=2, air=20, report=60, sim_options=["--jitter", "200"]) as house:
            house.start()
            house.order("hold-reports")
            house.send(60)
            wait_for(lambda: len(house.journal("network")) == 60, "the first burst has left")
            house.send(60, first=100)
            house.order("release-reports")
            items = house.wait_delivered(120)
            self.assertFalse(house.journal("report_lost"))
            check_truth(items, house.journal())

    def test_a_number_written_in_another_way_is_the_same_number(self):
        """PAINS A.1.6: the report names the recipient as 079… instead of +4179…."""
        with BusHouse(sim_options=["--national", "41"]) as house:
            house.start()
            house.send(5)
            check_truth(house.wait_delivered(5), house.journal())

    def test_references_wrap_and_each_report_finds_its_own_message(self):
        """PAINS A.1.7: one octet of reference wraps at 256 while older messages are still open."""
        with BusHouse(air=0, report=0) as house:
            house.start()
            house.order("hold-reports")
            house.order("fail +41790099999 65")
            first = house.one("+41790099999", ref="first", text="First")
            wait_for(lambda: house.journal("network"), "the first has left")
            house.send(255)
            wait_for(lambda: len(house.journal("network")) == 256, "the reference is about to wrap", 120)
            house.order("clear")
            second = house.one("+41790099999", ref="second", text="Second")
            other = house.one("+41790099998", ref="other", text="Other")
            wait_for(lambda: len(house.journal("network")) == 258, "the last have left")
            self.assertEqual(references(house, first), references(house, second))
            house.order("release-reports")
            wait_for(lambda: all(item["state"] in ("delivered", "failed") for item in house.items()), "reports")
            self.assertEqual([house.item(each)["state"] for each in (first, second, other)],
                             ["failed", "delivered", "delivered"])
            self.assertEqual(house.states().count("delivered"), 257)
            check_truth(house.items(), house.journal())

    def test_a_long_message_is_delivered_when_all_of_it_is(self):
        """PAINS A.1.8: of a long message only one reference is kept, and its report counts for the whole."""
        with BusHouse(air=700, report=100) as house:
            house.start()
            message = house.one("+41790000001", text=LONG)
            wait_for(lambda: house.journal("report"), "the first part's report")
            house.order("eat-reports modem1 on")
            wait_for(lambda: house.item(message)["state"] == "submitted", "all parts have left")
            self.assertEqual(len(references(house, message)), 3)
            states = [part["state"] for part in house.get(f"/v1/messages/{message}")["parts"]]
            self.assertEqual(sorted(states), ["delivered", "submitted", "submitted"])
            house.order("eat-reports modem1 off")
            whole = house.one("+41790000002", text=LONG)
            wait_for(lambda: house.item(whole)["state"] == "delivered", "all reports of the other")
            check_truth(house.items(), house.journal())

    def test_no_later_word_takes_back_a_final_one(self):
        """PAINS A.1.9: a temporary status overwrites the final one. Only a delivery wins over a failure."""
        fates = {"*1": ("48,0", "delivered"), "*2": ("0,48", "delivered"), "*3": ("65,48", "failed"),
                 "*4": ("48,48,65", "failed"), "*5": ("65,0", "delivered")}
        options = [word for number, (statuses, _) in fates.items() for word in ("--fail", f"{number}={statuses}")]
        with BusHouse(sim_options=options) as house:
            house.start()
            house.send(5, first=1)
            wait_for(lambda: len(house.journal("report")) == 11, "every report")
            house.one("+41790000009")
            wait_for(lambda: house.states().count("delivered") == 4, "one more message, after all of them")
            found = {item["mobile_number"][-1]: item["state"] for item in house.items()}
            self.assertEqual(found, {"9": "delivered", **{number[1]: state for number, (_, state) in fates.items()}})
            check_truth(house.items(), house.journal())

    def test_forwarded_or_replaced_is_not_delivered(self):
        """PAINS A.1.10: "delivered" is shown for what never came; all that the network said stays on record."""
        with BusHouse(sim_options=["--fail", "*1=1", "--fail", "*2=2", "--fail", "*3=70"]) as house:
            house.start()
            house.send(3, first=1)
            items = house.wait_final()
            self.assertEqual({item["mobile_number"][-1]: (item["state"], bool(item["error"])) for item in items},
                             {"1": ("unconfirmed", True), "2": ("unconfirmed", True), "3": ("failed", True)})
            told = {row["to"]: (row["status"], row["pdu"].upper()) for row in house.journal("report")}
            for item in items:
                report = house.get(f"/v1/messages/{item['id']}")["parts"][0]["reports"][0]
                self.assertEqual((report["tp_status"], report["pdu"].upper()), told[item["mobile_number"]])
            check_truth(items, house.journal())


class ManyStoredReports(unittest.TestCase):
    def test_a_burst_does_not_fill_the_memory_for_reports(self):
        """A modem on the air can be asked nothing; what it has stored meanwhile is fetched before the next message."""
        with House(modems=1, air=20, report=30, driver=("stored_reports: yes", "acknowledged_reports: no")) as house:
            house.start()
            people = [{"to": f"+417900{n:05}", "patient": f"P{n}", "patient_name": f"N{n}"} for n in range(150)]
            house.post(f"/v1/batches/{house.burst(people)['id']}/send", {}, 202)
            wait_for(lambda: len(house.journal("verdict")) == 150, "all are sent")
            wait_for(lambda: len(house.journal("report", "report_lost")) == 150, "all reports came")
            self.assertEqual(house.journal("report_lost"), [])
            wait_for(lambda: all(item["state"] == "delivered" for item in house.items()), "all found their messages")
            check_truth(house.items(), house.journal())


class WhileTheDaemonIsAway(unittest.TestCase):
    """The daemon is killed, the reports come, the daemon starts again."""

    def away(self, house, count=5):
        house.start()
        house.order("hold-reports")
        house.send(count)
        house.wait_states(["submitted"] * count)
        house.kill()
        house.order("release-reports")

    def test_stored_reports_wait_in_the_modem(self):
        with BusHouse(profiles="telit", report=100) as house:
            self.away(house)
            wait_for(lambda: len(house.journal("report_stored")) == 5, "the modem has them")
            house.start()
            self.assertEqual(house.modem("modem1")["report_way"], "stored")
            check_truth(house.wait_delivered(5), house.journal())
            wait_for(lambda: len(house.journal("erased")) == 5, "its memory is empty again")
            self.assertTrue(all(row["read"] for row in house.journal("erased")))

    def test_the_network_repeats_what_was_not_acknowledged(self):
        drivers = {"telit": {"stored_reports": "no"}}
        with BusHouse(profiles="telit", drivers=drivers, report=100, sim_options=["--hold-unacknowledged"]) as house:
            self.away(house)
            wait_for(lambda: len(house.journal("report_held")) == 5, "the network keeps them")
            house.start()
            self.assertEqual(house.modem("modem1")["report_way"], "acknowledged")
            check_truth(house.wait_delivered(5), house.journal())
            wait_for(lambda: len({row["serial"] for row in house.journal("ack")}) == 5, "all are acknowledged")

    def test_direct_ones_are_lost_and_nobody_says_delivered(self):
        with BusHouse(drivers={"generic": {"stored_reports": "no"}}, report=100) as house:
            self.away(house)
            wait_for(lambda: len(house.journal("report_lost")) == 5, "they are lost")
            house.start()
            modem = house.modem("modem1")
            self.assertEqual(modem["report_way"], "direct")
            self.assertIn("while the service does not listen is lost", modem["report_note"])
            house.send(2, first=100)
            wait_for(lambda: house.states() == ["delivered"] * 2 + ["submitted"] * 5, "new ones come")
            check_truth(house.items(), house.journal())

    def test_a_direct_one_is_on_record_before_the_modem_is_set_up(self):
        with BusHouse(section=lambda sim: [{"name": "modem1", "port": sim["modem1"]["device"]}], report=100,
                      drivers={"generic": {"stored_reports": "no"}}, sim_options=["--latency", "250"]) as house:
            house.start()
            house.order("hold-reports")
            house.send(1)
            house.wait_states(["submitted"])
            house.kill()
            house.start(wait_modems=False)
            wait_for(lambda: house.modem("modem1")["sim"], "its SIM is known", 60)
            house.order("release-reports")
            wait_for(lambda: house.states() == ["delivered"], "it is on record", 60)
            self.assertEqual(house.modem("modem1")["state"], "setting-up")
            check_truth(house.items(), house.journal())

    def test_doubt_at_the_kill_is_cleared_by_the_report_that_waits(self):
        with BusHouse(profiles="telit", drivers={"telit": BRISK}, air=1500, report=100) as house:
            house.start()
            house.send(3)
            wait_for(lambda: house.journal("submit"), "the first is on the air")
            house.kill()
            wait_for(lambda: house.journal("report_stored"), "its report waits in the modem")
            house.start(wait_modems=False)
            self.assertIn("uncertain", house.states())
            check_truth(house.wait_delivered(3), house.journal())
            self.assertEqual(len(house.journal("network")), 3)

    def test_kills_at_any_time_cost_no_report_that_somebody_keeps(self):
        """One modem keeps reports itself, for the other the network does."""
        dice = random.Random(11)
        section = lambda sim: [{"name": "modem1", "imei": sim["modem1"]["imei"]},
                               {"name": "modem2", "imei": sim["modem2"]["imei"], "driver": "generic"}]
        drivers = {"telit": BRISK, "generic": {**BRISK, "acknowledged_reports": "yes", "stored_reports": "no"}}
        with BusHouse(modems=2, profiles={"modem1": "telit"}, section=section, drivers=drivers, air=40, report=60,
                      sim_options=["--hold-unacknowledged", "--again", "300"]) as house:
            house.start()
            self.assertEqual([house.modem(name)["report_way"] for name in house.names], ["stored", "acknowledged"])
            for number in range(8):
                house.send(10, first=number * 100)
                time.sleep(dice.uniform(0, 1.5))
                house.kill()
                house.start(wait_modems=number % 2 == 0)
            house.wait_left()
            arrived = {row["to"] for row in house.journal("network")}
            wait_for(lambda: arrived == {i["mobile_number"] for i in house.items() if i["state"] == "delivered"},
                     "whatever reached the network is delivered")
            items = house.items()
            self.assertEqual(len(items), 80)
            self.assertEqual({i["state"] for i in items if i["mobile_number"] not in arrived} - {"uncertain"}, set())
            self.assertEqual({row["modem"] for row in house.journal("network")}, {"modem1", "modem2"})
            check_truth(items, house.journal())


if __name__ == "__main__":
    run_all()
