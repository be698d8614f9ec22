"""What users of other gateways suffer, 4: full memories, PINs that lock SIMs, SIMs and modems that are exchanged."""
import time
import unittest

from bus_house import BRISK, BusHouse, by_imei, run_all
from house import check_truth, wait_for

RIGHT, WRONG = "4711", "1234"
LOCKED = ("--sim-pin", RIGHT)


def pins(house):
    """Whether each PIN that was typed was right."""
    return [row["right"] for row in house.journal("pin")]


def typed(house):
    return [line for name in house.simulated() for line in house.said(name, "AT+CPIN=")]


def replug(house, modem="modem1"):
    house.order(f"unplug {modem}")
    wait_for(lambda: house.modem(modem)["state"] == "absent", "it is missed")
    house.order(f"plug {modem}")


class StorageFull(unittest.TestCase):
    def test_a_memory_that_filled_while_nobody_listened(self):
        """PAINS A.9: a full SIM memory stops sending on some modems."""
        with BusHouse(profiles="huawei", sim_options=["--slots", "3"]) as house:
            for n in range(4):
                house.order(f"deliver modem1 +4179111000{n} Answer {n}")
            self.assertTrue(house.journal("memory_full"))
            house.start()
            house.send(3)
            items = house.wait_delivered(3)
            wait_for(lambda: len(house.get("/v1/inbox")["items"]) == 3, "what it held is on record")
            self.assertEqual([(row["memory"], row["read"]) for row in house.journal("erased")], [("SM", True)] * 3)
            check_truth(items, house.journal())

    def test_a_memory_that_fills_while_sending(self):
        """PAINS A.9: AT+CMGS is refused by 322 until somebody empties the memory."""
        with BusHouse(profiles="huawei", sim_options=["--slots", "3"], section=by_imei(keep_alive="5 min"),
                      drivers={"huawei": BRISK}) as house:
            house.start()
            house.send(2)
            house.wait_delivered(2)
            house.order("hang modem1")  # it tells nobody of what it stores
            for n in range(4):
                house.order(f"deliver modem1 +4179111000{n} Answer {n}")
            house.order("unhang modem1")
            house.send(3, first=10)
            wait_for(lambda: house.journal("refused_at_prompt"), "it refuses to send")
            wait_for(lambda: len(house.journal("erased")) == 3, "it is emptied at once, not at the next look", 20)
            items = house.wait_delivered(5)
            wait_for(lambda: len(house.get("/v1/inbox")["items"]) == 3, "what it held is on record")
            check_truth(items, house.journal())

    def test_more_reports_than_places(self):
        """PAINS A.9: reports pile up, and no new one is delivered."""
        with BusHouse(profiles="cinterion", air=0, report=0) as house:
            house.start()
            house.order("hold-reports")
            house.send(25)
            house.wait_states(["submitted"] * 25)
            for _ in range(3):
                house.order("release-reports")
                time.sleep(0.2)
            wait_for(lambda: not [row for row in house.journal("report_stored")
                                  if row["serial"] not in {other["serial"] for other in house.journal("report")}],
                     "whatever was stored is read")
            lost = {row["serial"] for row in house.journal("report_lost")}
            wait_for(lambda: house.states().count("delivered") == 25 - len(lost), "each that was stored counts")
            house.send(2, first=100)
            wait_for(lambda: house.states().count("delivered") == 27 - len(lost), "and new ones come")
            check_truth(house.items(), house.journal())

    def test_the_first_place_is_zero(self):
        """PAINS A.9: some count places from 0; who begins at 1 never sees the first message."""
        with BusHouse(profiles="huawei", sim_options=["--ds", "02"]) as house:
            house.order("deliver modem1 +41791110001 While you were away")
            house.start()
            self.assertEqual(house.modem("modem1")["report_way"], "stored")
            wait_for(lambda: len(house.get("/v1/inbox")["items"]) == 1, "the reply at place 0")
            house.send(3)
            items = house.wait_delivered(3)
            house.order("deliver modem1 +41791110002 Now")
            wait_for(lambda: len(house.get("/v1/inbox")["items"]) == 2, "the reply at place 0 again")
            wait_for(lambda: len(house.journal("erased")) == 5, "the memory is empty again")
            self.assertIn(0, [row["index"] for row in house.journal("erased")])
            self.assertTrue(all(row["read"] for row in house.journal("erased")))
            check_truth(items, house.journal())


class Pin(unittest.TestCase):
    def test_a_wrong_one_is_typed_once_in_its_life(self):
        """PAINS A.10: a wrong PIN in the configuration and endless tries end in a SIM that wants its PUK."""
        with BusHouse(modems=2, sim_options=LOCKED, section=lambda sim: [
                {"name": "modem1", "imei": sim["modem1"]["imei"], "pin": WRONG},
                {"name": "modem2", "imei": sim["modem2"]["imei"], "pin": RIGHT}]) as house:
            house.start(wait_modems=False)
            modem = house.wait_modem("modem1", "waiting", "refused its PIN (2 tries left)")
            self.assertIn("burstctl modem unlock modem1", modem["sentence"])
            replug(house)
            house.wait_modem("modem1", "waiting", "tries left for its PIN")
            house.kill()
            house.start(wait_modems=False)
            house.wait_modem("modem1", "waiting", "tries left for its PIN")
            house.order("pin-tries modem1 3")  # as if somebody had typed the right one in a telephone
            wait_for(lambda: house.modem("modem1")["pin_tries_left"] == 3, "the tries are told")
            house.wait_modem("modem1", "waiting", "was tried before and not accepted")
            house.stop()
            house.start(wait_modems=False)
            house.wait_modem("modem1", "waiting", "was tried before and not accepted")
            self.assertEqual(sum(not right for right in pins(house)), 1)
            house.send(3)
            house.wait_delivered(3)
            house.ctl("modem", "unlock", "modem1", stdin=RIGHT + "\n")
            house.wait_ready()
            self.assertEqual(sum(not right for right in pins(house)), 1)
            replug(house)
            house.wait_ready()  # a person's PIN is used again, but not the wrong one
            self.assertEqual(sum(not right for right in pins(house)), 1)
            house.order("unplug modem2")
            house.send(2, first=10)
            check_truth(house.wait_delivered(5), house.journal())

    def test_a_modem_that_restarts_by_itself_is_given_its_pin_again(self):
        with BusHouse(sim_options=LOCKED, section=by_imei(pin=RIGHT, keep_alive="5 s")) as house:
            house.start()
            house.order("restart modem1")
            wait_for(lambda: len(pins(house)) == 2, "the PIN is typed again")
            house.wait_ready()
            house.send(1)
            house.wait_delivered(1)
            self.assertEqual(pins(house), [True, True])

    def test_a_kill_in_the_moment_of_typing_counts_as_a_refusal(self):
        """PAINS A.10: the service dies while a PIN is tried, and the service manager starts it again."""
        for latency in ("150", "0"):
            with BusHouse(sim_options=[*LOCKED, "--latency", latency], section=by_imei(pin=WRONG)) as house:
                house.start(wait_modems=False)
                wait_for(lambda: typed(house), "the PIN is typed")
                house.kill()
                for _ in range(2):
                    house.start(wait_modems=False)
                    house.wait_modem("modem1", "waiting", "burstctl modem unlock modem1")
                    house.kill()
                self.assertEqual((len(typed(house)), pins(house)), (1, [False]))
                house.order("pin-tries modem1 3")
                house.start(wait_modems=False)
                house.wait_modem("modem1", "waiting", "was tried before and not accepted")
                self.assertEqual((len(typed(house)), pins(house)), (1, [False]))

    def test_with_less_than_three_tries_nothing_is_typed_by_itself(self):
        """PAINS A.10: each family tells in its own way how many tries are left."""
        families = ("huawei", "telit", "quectel", "cinterion", "generic")
        profiles = {f"modem{n + 1}": family for n, family in enumerate(families)}
        with BusHouse(modems=len(families), profiles=profiles, sim_options=LOCKED, section=by_imei(pin=RIGHT)) as house:
            for name in profiles:
                house.order(f"pin-tries {name} 2")
            house.start(wait_modems=False)
            for name in profiles:
                modem = house.wait_modem(name, "waiting", "has only 2 tries left")
                self.assertEqual(modem["pin_tries_left"], 2, profiles[name])
            self.assertEqual(typed(house), [])
            for name in profiles:
                house.ctl("modem", "unlock", name, "--same")
            house.wait_ready()
            self.assertEqual(pins(house), [True] * len(families))
            house.send(10)
            check_truth(house.wait_delivered(10), house.journal())

    def test_the_last_try_needs_a_word_of_its_own(self):
        """PAINS A.10: a person who guesses locks the SIM."""
        with BusHouse(sim_options=LOCKED, section=by_imei(pin=WRONG)) as house:
            house.order("pin-tries modem1 1")
            house.start(wait_modems=False)
            house.wait_modem("modem1", "waiting", "has only 1 try left")
            answer = house.post("/v1/modems/modem1/unlock", {"pin": RIGHT}, 409)
            self.assertEqual(answer["code"], "pin-last-try")
            self.assertEqual(typed(house), [])
            house.ctl("modem", "unlock", "modem1", "--last-try", stdin=RIGHT + "\n")
            house.wait_ready()
            self.assertEqual(pins(house), [True])
            house.post("/v1/modems/modem1/unlock", {"pin": RIGHT}, 409)
            house.send(1)
            check_truth(house.wait_delivered(1), house.journal())

    def test_a_puk_is_never_typed(self):
        """PAINS A.10: after the last wrong PIN only the PUK helps, and ten wrong ones destroy the SIM."""
        with BusHouse(modems=2, sim_options=LOCKED, section=by_imei(pin=RIGHT)) as house:
            house.order("pin-tries modem1 0")
            house.start(wait_modems=False)
            house.wait_modem("modem1", "waiting", "wants its PUK, which this service never types")
            house.ctl("modem", "unlock", "modem1", stdin=RIGHT + "\n", expect=1)
            house.send(3)
            check_truth(house.wait_delivered(3), house.journal())
            house.wait_modem("modem1", "waiting", "wants its PUK")
            self.assertEqual(house.said("modem1", "AT+CPIN="), [])
            self.assertEqual(house.simulated()["modem1"]["sim"]["puk_tries"], 10)

    def test_a_sim_that_tells_its_number_only_after_the_pin(self):
        """PAINS A.10: what is known of a PIN must not depend on what the SIM tells before."""
        for pin in (RIGHT, WRONG):
            with BusHouse(sim_options=[*LOCKED, "--pin-hides-sim"], section=by_imei(pin=pin)) as house:
                if pin == RIGHT:
                    house.start()
                    replug(house)
                    house.wait_ready()
                    self.assertEqual(pins(house), [True, True])
                    self.assertEqual(house.modem("modem1")["iccid"], house.simulated()["modem1"]["iccid"])
                    house.send(2)
                    check_truth(house.wait_delivered(2), house.journal())
                    continue
                house.start(wait_modems=False)
                house.wait_modem("modem1", "waiting", "refused its PIN")
                house.kill()
                house.order("pin-tries modem1 3")
                for order in ("unplug modem1", "plug modem1"):
                    house.order(order)
                house.start(wait_modems=False)
                house.wait_modem("modem1", "waiting", "was tried before and not accepted")
                self.assertEqual(pins(house), [False])

    def test_a_sim_that_is_wanted_by_its_number_and_hides_it(self):
        """PAINS A.10: it says so; the PIN is not tried on whatever SIM is there."""
        with BusHouse(sim_options=[*LOCKED, "--pin-hides-sim"],
                      section=lambda sim: [{"name": "modem1", "sim": sim["modem1"]["iccid"], "pin": RIGHT}]) as house:
            house.start(wait_modems=False)
            house.wait_other("name it by its IMEI as well")
            self.assertEqual(typed(house), [])


    def test_whatever_is_found_may_be_locked_too(self):
        """PAINS A.10: no PIN is configured; a person's is used as long as the service runs."""
        with BusHouse(section="all", sim_options=LOCKED) as house:
            house.start(wait_modems=False)
            name = wait_for(lambda: [m["name"] for m in house.get("/v1/modems")["items"]], "it is found")[0]
            house.wait_modem(name, "waiting", "needs its PIN")
            house.ctl("modem", "unlock", name, stdin="12\n", expect=2)
            house.ctl("modem", "unlock", name, stdin=RIGHT + "\n")
            house.wait_ready([name])
            house.order("unplug modem1")
            house.wait_modem(name, "absent")
            house.order("plug modem1")
            house.wait_ready([name])
            house.send(2)
            items = house.wait_delivered(2)
            house.order("restart modem1")
            house.kill()
            house.start(wait_modems=False)
            wait_for(lambda: house.get("/v1/modems")["items"], "it is found again")
            house.wait_modem(name, "waiting", "needs its PIN")
            self.assertEqual(pins(house), [True, True])
            check_truth(items, house.journal())


class Exchange(unittest.TestCase):
    def test_which_of_two_takes_its_place_is_for_a_person_to_say(self):
        """PAINS A.3: two new sticks are plugged in at once."""
        with BusHouse(modems=3, section=lambda sim: [{"name": "front", "imei": sim["modem1"]["imei"]}]) as house:
            house.start()
            house.order("unplug modem1")
            house.wait_modem("front", "absent")
            answer = house.post("/v1/modems/front/replace", {}, 409)
            for name in ("modem2", "modem3"):
                self.assertIn(house.simulated()[name]["imei"], answer["detail"])
            house.post("/v1/modems/front/replace", {"imei": "490154203237518"}, 409)
            house.post("/v1/modems/front/replace", {"imei": house.simulated()["modem3"]["imei"]}, 200)
            house.wait_ready()
            self.assertEqual(house.modem("front")["imei"], house.simulated()["modem3"]["imei"])
            house.send(2)
            check_truth(house.wait_delivered(2), house.journal())
            self.assertEqual({row["modem"] for row in house.journal("network")}, {"modem3"})

    def test_another_sim_is_not_used_and_not_tried_until_a_person_says_so(self):
        """PAINS A.3, A.10: quota, PIN and open reports belong to the SIM, not to the stick."""
        with BusHouse(sim_options=LOCKED, section=by_imei(pin=RIGHT), report=100) as house:
            house.start()
            old = house.modem("modem1")["sim"]
            house.order("hold-reports")
            house.send(4)
            house.wait_states(["submitted"] * 4)
            new = house.order("swap-sim modem1")["iccid"]
            house.order("sim-pin modem1 9999")
            replug(house)
            modem = house.wait_modem("modem1", "waiting", "Another SIM")
            self.assertIn("burstctl modem replace modem1", modem["sentence"])
            self.assertIn(new[-6:], modem["sentence"])
            house.send(1, first=10)
            self.assertEqual((pins(house), len(house.journal("network"))), ([True], 4))
            self.assertIn("modem1", house.ctl("modem", "replace", "modem1").stdout)
            house.wait_modem("modem1", "waiting", "is not the one that the configured PIN belongs to")
            house.kill()
            house.start(wait_modems=False)
            house.wait_modem("modem1", "waiting", "is not the one that the configured PIN belongs to")
            self.assertEqual(pins(house), [True])
            house.ctl("modem", "unlock", "modem1", stdin="9999\n")
            house.wait_ready()
            self.assertEqual(house.modem("modem1")["iccid"], new)
            wait_for(lambda: house.states() == ["submitted"] * 5, "what waited leaves over it")
            self.assertEqual(house.journal("network")[-1]["imsi"], house.modem("modem1")["imsi"])
            owed = {each["sim"]: each["reports"] for each in house.modem("modem1")["owed"]}
            self.assertEqual(owed.get(old), 4, owed)
            self.assertIn(f"{old[-4:]} is still owed 4 delivery reports", house.ctl("modems", "modem1").stdout)
            check_truth(house.items(), house.journal())

    def test_a_modem_that_is_named_by_its_sim_gets_another_or_its_own_back(self):
        """PAINS A.3: what is said of the SIM follows what is in the modem, without a replug."""
        with BusHouse(modems=2, section=[{"name": "modem1", "sim": "8900101000000010018", "keep_alive": "5 s"},
                                         {"name": "modem2", "imei": "001010000010023", "keep_alive": "5 s"}]) as house:
            house.start()
            own = house.modem("modem2")["iccid"]
            new = house.order("swap-sim modem1")["iccid"]
            house.order("swap-sim modem2")
            for name in house.names:
                house.wait_modem(name, "waiting", "Another SIM")
            self.assertIn("SIM …" + new[-6:], house.ctl("modem", "replace", "modem1").stdout)
            house.order(f"swap-sim modem2 {own}")
            house.wait_ready()
            self.assertEqual([house.modem(name)["iccid"] for name in house.names], [new, own])

    def test_the_old_sim_comes_back_and_brings_what_it_owes(self):
        with BusHouse(report=100, sim_options=["--hold-unacknowledged"], profiles="telit",
                      drivers={"telit": {"stored_reports": "no"}}) as house:
            house.start()
            old = house.modem("modem1")["iccid"]
            house.order("hold-reports")
            house.send(3)
            house.wait_states(["submitted"] * 3)
            house.order("swap-sim modem1")
            replug(house)
            house.wait_modem("modem1", "waiting", "Another SIM")
            house.order("release-reports")
            house.ctl("modem", "replace", "modem1")
            house.wait_ready()
            house.send(2, first=10)
            wait_for(lambda: house.states() == ["delivered"] * 2 + ["submitted"] * 3, "the new SIM works")
            house.order(f"swap-sim modem1 {old}")
            replug(house)
            house.wait_modem("modem1", "waiting", "Another SIM")
            house.ctl("modem", "replace", "modem1")
            check_truth(house.wait_delivered(5), house.journal())

    def test_a_broken_stick_is_replaced_by_another(self):
        """PAINS A.3: a new stick of the same make is put in the place of a broken one."""
        with BusHouse(modems=2, section=lambda sim: [{"name": "front", "imei": sim["modem1"]["imei"]}]) as house:
            house.order("unplug modem2")
            house.start()
            house.send(3)
            house.wait_delivered(3)
            house.order("unplug modem1")
            house.wait_modem("front", "absent", "is plugged in")
            house.ctl("modem", "replace", "front", expect=1)
            house.send(2, first=10)
            house.order("plug modem2")
            house.wait_other("burstctl modem replace")
            self.assertEqual(len(house.journal("network")), 3)
            told = house.ctl("modem", "replace", "front").stdout
            self.assertIn("IMEI …" + house.simulated()["modem2"]["imei"][-6:], told)
            house.wait_ready()
            house.wait_delivered(5)
            house.kill()
            house.start()
            self.assertEqual(house.modem("front")["imei"], house.simulated()["modem2"]["imei"])
            house.order("plug modem1")
            house.wait_other("burstctl modem replace")
            house.send(3, first=20)
            items = house.wait_delivered(8)
            self.assertEqual([row["modem"] for row in house.journal("network")], ["modem1"] * 3 + ["modem2"] * 5)
            check_truth(items, house.journal())

    def test_the_sim_moves_into_another_stick(self):
        """PAINS A.3: named by its SIM, it is found in whatever stick it is; reports find their messages."""
        with BusHouse(modems=2, report=100, section=lambda sim: [{"name": "line", "sim": sim["modem1"]["iccid"]}],
                      sim_options=["--hold-unacknowledged"]) as house:
            card = house.simulated()["modem1"]["iccid"]
            house.start()
            house.send(3)
            house.wait_delivered(3)
            house.order("unplug modem1")
            house.order("unplug modem2")
            house.wait_modem("line", "absent")
            house.order("swap-sim modem1")
            house.order(f"swap-sim modem2 {card}")
            house.send(2, first=10)
            house.order("plug modem2")
            house.order("plug modem1")
            house.wait_ready()
            items = house.wait_delivered(5)
            self.assertEqual(house.modem("line")["imei"], house.simulated()["modem2"]["imei"])
            self.assertEqual([row["modem"] for row in house.journal("network")], ["modem1"] * 3 + ["modem2"] * 2)
            check_truth(items, house.journal())


class Blocked(unittest.TestCase):
    def test_every_sim_that_the_network_refuses_says_why_and_until_when(self):
        """PAINS A.6: the operator blocks the SIMs, and nobody sees why nothing is sent."""
        with BusHouse(modems=2) as house:
            house.start()
            for name in house.names:
                house.order(f"refuse-at-prompt {name} 8 0")
            house.send(12)
            for name in house.names:
                wait_for(lambda: house.modem(name)["next_try_at"], f"the SIM of {name} rests")
                sentence = house.modem(name)["sentence"]
                self.assertIn("rests", sentence)
                self.assertIn("not allowed to send", sentence)
                self.assertEqual(house.modem(name)["state"], "ready")
            status = house.get("/v1/status")
            self.assertEqual([modem["next_try_at"] for modem in status["modems"]],
                             [house.modem(name)["next_try_at"] for name in house.names])
            for name in house.names:
                self.assertIn(f"modem {name} ", status["reason"])
            held = {item["held_by"] for item in house.items() if item["state"] == "held"}
            self.assertEqual(held, {"no-modem"})
            for command in ("status", "modems"):
                told = house.ctl(command).stdout
                self.assertEqual(told.count("  resting"), 2, told)
                self.assertEqual(told.count("It is tried again"), 2 if command == "modems" else 4, told)
                self.assertNotRegex(told, r"\d{4}-\d\d-\d\dT", "times are those of the clock on the wall")
            log = house.log()
            for name in house.names:
                self.assertEqual(log.count(f"modem {name}: a message was refused (+CMS ERROR: 8)"), 1)
            self.assertNotIn("+4179", log)


if __name__ == "__main__":
    run_all()
