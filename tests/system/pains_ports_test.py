"""What users of other gateways suffer, 3: ports. Which stick is which, who holds it, and what is no modem at all.
And several modems, and LTE."""
import subprocess
import sys
import time
import unittest

from bus_house import BRISK, STICK, BusHouse, by_imei, run_all
from house import check_truth, wait_for

HOLDER = """
import fcntl, sys, time
port = open(sys.argv[1], "r+b", buffering=0)
fcntl.flock(port, fcntl.LOCK_EX | fcntl.LOCK_NB)
print("held", flush=True)
time.sleep(600)
"""


def by_sim(sim):
    return [{"name": name, "sim": modem["iccid"]} for name, modem in sim.items()]


def by_socket(sim):
    return [{"name": name, "usb": modem["socket"]} for name, modem in sim.items()]


def swap(house, *pauses):
    """The two sticks are pulled out and plugged in again in the other order; before each plugging a pause."""
    first, second = sorted(("modem1", "modem2"), key=house.device)
    house.order(f"unplug {first}")
    house.order(f"unplug {second}")
    for modem, pause in zip((second, first), pauses or (0, 0)):
        time.sleep(pause)
        house.order(f"plug {modem}")


class Ports(unittest.TestCase):
    def assert_all_are_themselves(self, house):
        simulated = house.simulated()
        for name in house.names:
            modem, meant = house.modem(name), simulated[name]
            told = {"imei": modem["imei"], "iccid": modem["iccid"], "device": modem["port"], "socket": modem["socket"]}
            self.assertEqual(told, {key: meant[key] for key in told}, name)

    def test_port_names_that_change_places(self):
        """PAINS A.3: ttyUSBn swap after a replug or a restart, and the wrong SIM sends."""
        with BusHouse(modems=2) as house:
            house.start()
            first = {name: house.device(name) for name in house.names}
            house.send(6)
            house.wait_delivered(6)
            swap(house)
            self.assertEqual(house.device("modem1"), first["modem2"], "they have changed places")
            house.wait_ready()
            wait_for(lambda: house.modem("modem1")["port"] == first["modem2"], "the new port is told")
            house.wait_ready()
            self.assert_all_are_themselves(house)
            house.send(6, first=10)
            house.wait_delivered(12)
            house.kill()
            swap(house)
            house.start()
            self.assert_all_are_themselves(house)
            house.send(6, first=20)
            items = house.wait_delivered(18)
            for item in items:
                attempt = house.get(f"/v1/messages/{item['id']}")["parts"][0]["attempts"][0]
                self.assertEqual(attempt["sim"], house.simulated()[attempt["modem"]]["iccid"])
            check_truth(items, house.journal())

    def test_a_port_that_is_another_ones_by_now(self):
        """PAINS A.3: the stick next to it takes over its ttyUSBn in the moment in which it is opened again."""
        for options in ({}, {"reopen_first": "100 ms"}):
            with BusHouse(modems=2, section=by_imei(**options)) as house:
                house.start()
                for delay in range(0, 600, 50):
                    swap(house, delay / 1000, 0.1)
                    wait_for(lambda: [house.modem(name)["port"] for name in house.names] ==
                             [house.device(name) for name in house.names], f"both are found, {delay} ms", 20)
                    house.wait_ready()
                self.assert_all_are_themselves(house)
                self.assertNotIn("Another SIM", house.log())
                self.assertNotIn("is in the place of", house.log())
                house.send(4)
                check_truth(house.wait_delivered(4), house.journal())

    def test_to_be_unplugged_is_no_failure(self):
        """PAINS A.3: a loose plug; what comes back is neither reset nor left alone for minutes."""
        with BusHouse(modems=2, section=by_imei(reopen_first="100 ms")) as house:
            house.start()
            for turn in range(10):
                house.order("unplug modem1")
                time.sleep(turn * 0.02)
                house.order("plug modem1")
                wait_for(lambda: len([row for row in house.journal("open") if row["modem"] == "modem1"]) > turn + 1,
                         "it is opened again", 20)
            house.wait_ready()
            self.assertEqual(house.journal("reboot"), [])
            recovery = house.modem("modem1")["recovery"]
            self.assertEqual((recovery["resets"], recovery["usb_resets"], recovery["quarantines"]), (0, 0, 0))
            house.send(2)
            check_truth(house.wait_delivered(2), house.journal())

    def test_two_sticks_that_look_alike(self):
        """PAINS A.3: identical sticks have the same name by id, and the last one wins."""
        with BusHouse(modems=2, section=[{"name": "modem1", "usb": STICK}], finding=()) as house:
            house.start(wait_modems=False)
            other = house.wait_other("Several modems fit what is said of modem modem1")
            self.assertIn(house.device("modem1"), other["sentence"])
            self.assertIn(house.device("modem2"), other["sentence"])
            self.assertEqual(house.modem("modem1")["state"], "absent")
            house.stop()
            house.configure(by_socket)
            house.start()
            self.assert_all_are_themselves(house)
            house.send(6)
            check_truth(house.wait_delivered(6), house.journal())

    def test_one_imei_for_all(self):
        """PAINS A.3: a bank of modems has one IMEI for all of its ports, and rows overwrite each other."""
        with BusHouse(modems=3, section=by_sim) as house:
            house.order("clone-imei modem2 modem1")
            house.order("clone-imei modem3 modem1")
            house.start()
            self.assert_all_are_themselves(house)
            house.send(9)
            items = house.wait_delivered(9)
            self.assertEqual({row["modem"] for row in house.journal("network")}, {"modem1", "modem2", "modem3"})
            house.stop()
            house.configure("all")
            house.start()
            wait_for(lambda: [m["state"] for m in house.get("/v1/modems")["items"]] == ["ready"] * 3, "all are used")
            self.assertEqual(len({m["name"] for m in house.get("/v1/modems")["items"]}), 3)
            house.send(9, first=20)
            check_truth(house.wait_delivered(18), house.journal())
            house.stop()
            house.configure([{"name": "modem1", "imei": house.simulated()["modem1"]["imei"]}])
            house.start(wait_modems=False)
            house.wait_modem("modem1", "ready")  # the one that it was before
            self.assertEqual(house.modem("modem1")["iccid"], house.simulated()["modem1"]["iccid"])
            check_truth(items := house.items(), house.journal())
            self.assertEqual(len(items), 18)

    def test_a_port_by_name_behind_which_another_stick_is_now(self):
        """PAINS A.3: the configuration points at /dev/ttyUSB0, and that is the wrong SIM since the last restart."""
        with BusHouse(modems=2, section=lambda sim: [{"name": "front", "port": sim["modem1"]["device"]}]) as house:
            house.start()
            house.send(2)
            house.wait_delivered(2)
            house.stop()
            swap(house)
            house.start(wait_modems=False)
            house.wait_modem("front", "waiting", "Another SIM")
            house.send(2, first=10)
            house.stop()
            swap(house)
            house.start()
            items = house.wait_delivered(4)
            self.assertEqual({row["modem"] for row in house.journal("network")}, {"modem1"})
            check_truth(items, house.journal())

    def test_another_socket_after_the_restart(self):
        """PAINS A.3: the stick is plugged into another socket while the computer is off."""
        with BusHouse(modems=2) as house:
            house.start()
            house.kill()
            house.order("move modem1 1-1.4")
            house.start()
            self.assertEqual(house.modem("modem1")["socket"], "1-1.4")
            self.assert_all_are_themselves(house)
            house.order("move modem2 2-3")
            wait_for(lambda: house.modem("modem2")["socket"] == "2-3", "it is found in its new socket")
            house.wait_ready()
            house.send(4)
            check_truth(house.wait_delivered(4), house.journal())

    def test_a_port_that_another_program_holds(self):
        """PAINS A.3: "busy or no permission", and nobody says who."""
        with BusHouse(modems=2, section=by_imei(reopen_most="1 s")) as house:
            port = house.device("modem1")
            with subprocess.Popen([sys.executable, "-c", HOLDER, port], stdout=subprocess.PIPE, text=True) as holder:
                try:
                    self.assertEqual(holder.stdout.readline().strip(), "held")
                    house.start(wait_modems=False)
                    house.wait_ready(["modem2"])
                    house.wait_other("is held by another process")
                    self.assertIn("another process", house.ctl("modems").stdout.replace("\n", " "))
                    self.assertFalse(house.said("modem1"))
                finally:
                    holder.kill()
            house.wait_ready()
            house.send(4)
            check_truth(house.wait_delivered(4), house.journal())

    def test_the_program_that_holds_a_port_is_named(self):
        """PAINS A.3: for a modem that is named by its port, with burstctl as root."""
        section = [{"name": "modem1", "port": "", "reopen_most": "1 s"}]
        with BusHouse(section=section) as house:
            section[0]["port"] = house.device("modem1")
            house.configure(section)
            house.start()
            house.send(1)
            house.wait_delivered(1)
            house.ctl("modem", "pause", "modem1")
            wait_for(lambda: house.journal("close"), "the port is free")
            with subprocess.Popen([sys.executable, "-c", HOLDER, section[0]["port"]], stdout=subprocess.PIPE,
                                  text=True) as holder:
                try:
                    self.assertEqual(holder.stdout.readline().strip(), "held")
                    house.ctl("modem", "resume", "modem1")
                    house.wait_modem("modem1", "busy", "another process")
                    told = " ".join(house.ctl("modems", "modem1").stdout.split())
                    self.assertIn(f"(process {holder.pid})", told)
                    self.assertIn("python", told)
                finally:
                    holder.kill()
            house.wait_ready()
            check_truth(house.items(), house.journal())

    def test_a_stick_that_is_a_cd_rom_or_a_router(self):
        """PAINS A.3: there is no serial port at all, and the log says "no modem"."""
        with BusHouse() as house:
            house.start()
            house.order("ghost 12d1:1f01 1-2")
            other = house.wait_other("CD-ROM")
            self.assertEqual((other["usb"], other["socket"]), ("12d1:1f01", "1-2"))
            self.assertIn("usb-modeswitch", other["sentence"])
            house.order("ghost 12d1:14db 1-3")
            self.assertIn("HiLink", house.wait_other("This stick is a router")["sentence"])
            house.order("ghost 19d2:1403 1-4")
            wait_for(lambda: sum("This stick is a router" in o["sentence"] for o in house.others()) == 2, "both")
            told = " ".join(house.ctl("modems").stdout.split())
            self.assertIn("usb-modeswitch", told)
            for socket in ("1-2", "1-3", "1-4"):
                house.order(f"unghost {socket}")
            wait_for(lambda: house.others() == [], "they are gone")
            house.order("unplug modem1")
            house.order("ghost 12d1:1f01 1-1")
            house.wait_other("CD-ROM")
            house.order("unghost 1-1")
            house.order("plug modem1")
            house.wait_ready()
            self.assertIn("CD-ROM", house.log())

    def test_an_adapter_that_nobody_knows_is_not_spoken_to(self):
        """PAINS A.3: other programs probe every port, and a scale or card reader behind one is disturbed."""
        with BusHouse(modems=2, finding=(), section=lambda sim: [{"name": "modem1", "usb": sim["modem1"]["socket"]},
                                                               "all"]) as house:
            house.start()
            other = house.wait_other("not spoken to")
            self.assertEqual((other["port"], other["socket"]), (house.device("modem2"), "1-2"))
            house.order("unplug modem2")
            wait_for(lambda: not house.others(), "it is gone")
            house.order("plug modem2")
            house.wait_other("not spoken to")
            house.send(3)
            check_truth(house.wait_delivered(3), house.journal())
            self.assertEqual({row["modem"] for row in house.journal("open", "command")}, {"modem1"})

    def test_only_the_right_one_of_many_ports_is_asked(self):
        """PAINS A.3: the stick has five ports, and only some of them speak AT."""
        options = ["--interfaces", "5", "--at-interface", "2", "--usb-id", "2c7c:0125"]
        with BusHouse(modems=2, profiles="quectel", finding=(), sim_options=options) as house:
            house.start()
            self.assert_all_are_themselves(house)
            self.assertEqual(house.modem("modem2")["driver"], "quectel")
            self.assertEqual(house.others(), [])
            house.send(4)
            check_truth(house.wait_delivered(4), house.journal())


class SeveralModems(unittest.TestCase):
    def test_single_messages_use_all_modems_and_none_uses_two(self):
        """PAINS A.11: single messages always take modem 1; two modems pick the same one."""
        with BusHouse(modems=3, air=200) as house:
            house.start()
            for n in range(18):
                house.one(f"+417900010{n:02}")
            items = house.wait_delivered(18)
            sent = [row["modem"] for row in house.journal("network")]
            for name in house.names:
                self.assertGreaterEqual(sent.count(name), 3, sent)
            check_truth(items, house.journal())

    def test_parts_of_one_message_leave_over_one_sim(self):
        """PAINS A.11: during bursts a message leaves through the wrong line."""
        text = "Dear {patient_name}, this text is so long that it leaves in parts, one after the other, in order. " * 3
        with BusHouse(modems=3, air=50) as house:
            house.start()
            house.send(9, text=text)
            items = house.wait_delivered(9)
            lines = {}
            for row in house.journal("network"):
                lines.setdefault(row["to"], set()).add(row["imsi"])
            self.assertEqual({len(each) for each in lines.values()}, {1})
            check_truth(items, house.journal())


    def test_a_paused_modem_sends_nothing_and_leaves_its_port_to_others(self):
        """PAINS A.11, A.3: one stick is wanted for something else for an hour."""
        with BusHouse(modems=2, air=100) as house:
            house.start()
            house.send(10)
            wait_for(lambda: len(house.journal("network")) > 2, "sending has begun")
            house.ctl("modem", "pause", "modem1")
            house.wait_modem("modem1", "paused")
            wait_for(lambda: not house.simulated()["modem1"]["open"], "its port is closed")
            paused = len([row for row in house.journal("submit") if row["modem"] == "modem1"])
            house.send(10, first=100)
            house.wait_left()
            self.assertEqual(len([row for row in house.journal("submit") if row["modem"] == "modem1"]), paused)
            self.assertFalse(house.simulated()["modem1"]["open"])
            house.ctl("modem", "resume", "modem1")
            house.wait_ready()
            house.send(10, first=200)
            wait_for(lambda: len(house.journal("network")) == 30, "all have left")
            self.assertGreater(len([row for row in house.journal("submit") if row["modem"] == "modem1"]), paused)
            self.assertNotIn("uncertain", house.states())
            check_truth(house.items(), house.journal())


class Lte(unittest.TestCase):
    def registered(self, **stats):
        """A modem that tells this of its networks."""
        return {"name": "lte", "answers": {f"AT+{name}?": [f"+{name}: 1,{stat}", "OK"] for name, stat in stats.items()}}

    def test_emergency_calls_only_is_no_network(self):
        """PAINS A.12: +CREG: 0,11 looks like a registration, and nothing can be sent."""
        with BusHouse(modems=2, section=by_imei(keep_alive="5 s")) as house:
            house.start()
            house.order("registration modem1 11")
            house.wait_modem("modem1", "waiting", "emergency calls only")
            house.send(6)
            house.wait_delivered(6)
            self.assertEqual({row["modem"] for row in house.journal("network")}, {"modem2"})
            house.order("registration modem1 5")
            house.wait_ready()
            house.order("registration modem2 8")
            house.wait_modem("modem2", "waiting", "emergency calls only")
            house.send(2, first=10)
            check_truth(house.wait_delivered(8), house.journal())

    def test_a_network_that_only_lte_tells_is_one(self):
        """PAINS A.12: an LTE module is registered by +CEREG only, perhaps for messages only (6)."""
        profiles = {"modem1": self.registered(CREG=2, CEREG=6, CGREG=2),
                    "modem2": self.registered(CREG=11, CEREG=3, CGREG=0)}
        with BusHouse(modems=2, profiles=profiles) as house:
            house.start(wait_modems=False)
            house.wait_ready(["modem1"])
            house.wait_modem("modem2", "waiting", "emergency calls only")
            house.send(3)
            items = house.wait_delivered(3)
            self.assertEqual({row["modem"] for row in house.journal("network")}, {"modem1"})
            check_truth(items, house.journal())


class HotPlug(unittest.TestCase):
    def test_a_modem_that_comes_later(self):
        """Also one that the configuration does not name."""
        section = lambda sim: [{"name": "modem1", "imei": sim["modem1"]["imei"]}, "all"]
        with BusHouse(modems=3, section=section) as house:
            for name in ("modem1", "modem2", "modem3"):
                house.order(f"unplug {name}")
            house.start(wait_modems=False)
            house.wait_modem("modem1", "absent", "is plugged in")
            house.send(3)
            plugged = time.monotonic()
            house.order("plug modem1")
            house.wait_ready()
            took = time.monotonic() - plugged
            print(f"a first one is ready after {took:.1f} s", flush=True)
            self.assertLess(took, 5)
            house.order("plug modem3")
            house.order("plug modem2")
            wait_for(lambda: [m["state"] for m in house.get("/v1/modems")["items"]] == ["ready"] * 3, "all are used")
            self.assertEqual({m["imei"] for m in house.get("/v1/modems")["items"]},
                             {each["imei"] for each in house.simulated().values()})
            house.send(9, first=10)
            check_truth(house.wait_delivered(12), house.journal())
            self.assertEqual({row["modem"] for row in house.journal("network")}, {"modem1", "modem2", "modem3"})

    def test_a_modem_is_ready_within_five_seconds_and_its_queue_goes_to_the_other(self):
        with BusHouse(modems=2, air=150, sim_options=["--keep-reports"], drivers={"generic": BRISK}) as house:
            house.start()
            took = []
            for turn in range(4):
                house.send(10, first=turn * 100)
                seen = len(house.journal("network"))
                wait_for(lambda: len(house.journal("network")) > seen + 2, "sending has begun")
                house.order("unplug modem1")
                house.wait_left()
                self.assertNotEqual(house.modem("modem1")["state"], "ready")
                house.order("plug modem1")
                plugged = time.monotonic()
                house.wait_ready()
                took.append(time.monotonic() - plugged)
            print(f"ready after {', '.join(f'{each:.1f}' for each in sorted(took))} s", flush=True)
            self.assertLess(sorted(took)[1], 5)
            wait_for(lambda: "submitted" not in house.states(), "the reports that were kept")
            self.assertLessEqual(house.states().count("uncertain"), 4)
            check_truth(house.items(), house.journal())


if __name__ == "__main__":
    run_all()
