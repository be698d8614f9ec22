"""What users of other gateways suffer, 2: modems that hang, babble, restart and come back as something else."""
import os
import subprocess
import time
import unittest

from bus_house import BRISK, BusHouse, by_imei, run_all
from house import DRIVERS, check_truth, wait_for

KEEN = {"keep_alive": "5 s"}
IMPATIENT = {"keep_alive": "5 s", "reopen_first": "200 ms", "reopen_most": "1 s"}


def type_into(port, *lines):
    """What another program has left behind in a modem."""
    with open(port, "r+b", buffering=0) as other:
        for line in lines:
            other.write(line.encode() + b"\r")
            time.sleep(0.3)


class HangsResetsUnplugs(unittest.TestCase):
    def test_stored_messages_are_listed_once_at_the_start_and_never_polled(self):
        """PAINS A.2.1: sticks stop answering to AT+CMGL after 20 minutes of polling."""
        with BusHouse(modems=2, profiles={"modem1": "huawei"}, section=by_imei(keep_alive="5 s")) as house:
            house.start()
            began = time.monotonic()
            house.send(6)
            items = house.wait_delivered(6)
            wait_for(lambda: time.monotonic() > began + 16, "three keep-alives")
            for modem, memories in (("modem1", 3), ("modem2", 4)):
                self.assertLessEqual(len(house.said(modem, "AT+CMGL")), memories, "one look into each memory")
                self.assertGreaterEqual(len(house.said(modem, "AT+CSQ")), 3, "it was asked whether it is well")
            check_truth(items, house.journal())

    def test_a_reset_that_brings_it_back_under_another_name(self):
        """PAINS A.2.2: after AT+CFUN=1,1 the stick is another ttyUSB, and the daemon keeps the dead one."""
        with BusHouse(profiles="telit", sim_options=["--boot", "2500", "--hold-unacknowledged"]) as house:
            house.start()
            before = house.modem("modem1")["port"]
            house.send(3)
            house.ctl("modem", "reset", "modem1")
            wait_for(lambda: house.journal("unplug"), "it is away")
            house.order("shift 3")
            house.send(3, first=10)
            items = house.wait_delivered(6)
            modem = house.modem("modem1")
            self.assertNotEqual(modem["port"], before)
            self.assertEqual((modem["port"], modem["recovery"]["resets"]), (house.device("modem1"), 1))
            self.assertIn("AT#REBOOT", house.said("modem1"))
            check_truth(items, house.journal())

    def test_when_nothing_leaves_it_says_why(self):
        """PAINS A.2.3: the daemon is alive, its row is refreshed, and nothing is sent for a day."""
        with BusHouse(modems=2, section=by_imei(**KEEN), drivers={"generic": BRISK}) as house:
            house.start()
            house.order("hang modem1")
            house.order("registration modem2 3")
            house.wait_modem("modem2", "waiting", "refuses this SIM")
            wait_for(lambda: house.modem("modem1")["state"] != "ready", "the silence is noticed")
            house.send(2)
            status = house.get("/v1/status")
            self.assertIs(status["sending"], False, status)
            self.assertRegex(str(status), "not answer|opened again|answers to AT")
            self.assertEqual({item["held_by"] for item in house.items()}, {"no-modem"})
            self.assertFalse(house.journal("network"))
            house.order("unhang modem1")
            check_truth(house.wait_delivered(2), house.journal())

    def test_floods_are_a_remark_and_no_error(self):
        """PAINS A.2.4: lines that nobody asked for starve the command loop."""
        with BusHouse(modems=2, profiles={"modem2": "zte"}, section=by_imei(**KEEN)) as house:
            house.start()
            house.send(20)
            remark = ""
            for _ in range(20):
                house.order("flood modem1 150")
                remark = remark or house.modem("modem1")["sentence"] or ""
                time.sleep(0.3)
            self.assertIn("talks without pause", remark)
            items = house.wait_delivered(20)
            self.assertEqual({row["modem"] for row in house.journal("network")}, set(house.names))
            self.assertEqual([house.modem(name)["recoveries"] for name in house.names], [0, 0])
            house.wait_modem("modem1", "ready")
            wait_for(lambda: not house.modem("modem1")["sentence"], "it is over, and said so")
            check_truth(items, house.journal())

    def test_a_modem_that_another_program_left_at_the_prompt(self):
        """PAINS A.2.5: stuck in the prompt, no command is answered until ESC."""
        with BusHouse() as house:
            type_into(house.ports / "modem1", "AT+CMGS=20")
            house.start()
            self.assertTrue(house.journal("abandoned"))
            house.send(2)
            check_truth(house.wait_delivered(2), house.journal())

    def test_a_prompt_that_nobody_answered_is_no_message(self):
        """PAINS A.2.5: the daemon is killed between AT+CMGS and the prompt."""
        with BusHouse(drivers={"generic": BRISK}, sim_options=["--prompt", "1500"]) as house:
            house.start()
            house.send(1)
            wait_for(lambda: house.said("modem1", "AT+CMGS"), "the modem is asked for its prompt")
            house.kill()
            house.start()
            house.send(1, first=10)
            wait_for(lambda: "delivered" in house.states(), "the next one leaves")
            self.assertEqual(len(house.journal("network")), 1)
            self.assertTrue(house.journal("abandoned"))
            check_truth(house.items(), house.journal())

    def test_modes_that_another_program_left_behind(self):
        """PAINS A.2.10: what the modem has in its profile breaks messages; all that is relied on is set."""
        with BusHouse() as house:
            type_into(house.ports / "modem1", "ATE1", "AT+CMEE=2", "ATV0", "ATQ1")
            house.start()
            house.send(2)
            check_truth(house.wait_delivered(2), house.journal())

    def test_silence_after_the_text_is_doubt_and_no_second_message(self):
        """PAINS A.2.6: the text is handed over, then silence: others send it again."""
        drivers = {"generic": BRISK}
        with BusHouse(modems=2, air=1200, section=by_imei(**IMPATIENT), drivers=drivers,
                      sim_options=["--keep-reports"]) as house:
            house.start()
            message = house.one("+41790000001")
            submit = wait_for(lambda: house.journal("submit"), "it is on the air")[0]
            house.order(f"hang {submit['modem']}")
            wait_for(lambda: house.item(message)["state"] == "uncertain", "the doubt is shown")
            self.assertIn("Phone the patient", house.item(message)["error"])
            house.send(3, first=10)
            wait_for(lambda: len(house.journal("network")) == 4, "the other modem goes on")
            check_truth(house.items(), house.journal())
            house.order(f"unhang {submit['modem']}")
            check_truth(house.wait_delivered(4), house.journal())
            self.assertEqual(len(house.journal("network")), 4)

    def test_the_port_is_opened_once(self):
        """PAINS A.2.7: the second opening of a port times out."""
        with BusHouse(modems=2) as house:
            house.start()
            for first in (0, 10, 20):
                house.send(4, first=first)
                wait_for(lambda: len(house.journal("network")) == first // 10 * 4 + 4, "they have left")
            check_truth(house.wait_delivered(12), house.journal())
            opened = [row["modem"] for row in house.journal("open")]
            self.assertEqual(sorted(opened), house.names)

    def test_settings_that_are_silently_forgotten_are_set_again(self):
        """PAINS A.2.8: nothing comes in until somebody restarts the daemon."""
        with BusHouse(section=by_imei(**KEEN), sim_options=["--keep-reports"]) as house:
            house.start()
            house.send(1)
            house.wait_delivered(1)
            forgotten = time.time() * 1000
            house.order("forget modem1")
            house.send(2, first=10)
            wait_for(lambda: house.said("modem1", "AT+CNMI=2", forgotten), "the route is set again")
            items = house.wait_delivered(3)
            house.order("deliver modem1 +41790000001 Yes")
            wait_for(lambda: house.get("/v1/inbox")["items"], "replies come again")
            check_truth(items, house.journal())

    def test_a_restart_that_says_so_is_noticed_at_once(self):
        """PAINS A.2.8: a modem that restarts by itself, in the middle of a burst."""
        with BusHouse(modems=2, profiles={"modem1": "cinterion"}, air=300, sim_options=["--keep-reports"],
                      drivers={"cinterion": BRISK}) as house:
            house.start()
            house.send(10)
            wait_for(lambda: len(house.journal("network")) > 3, "sending has begun")
            house.order("restart modem1")
            house.wait_left()
            house.wait_ready()
            wait_for(lambda: not [item for item in house.items() if item["state"] == "submitted"], "reports")
            self.assertLessEqual(house.states().count("uncertain"), 1)
            check_truth(house.items(), house.journal())

    def test_readiness_is_waited_for(self):
        """PAINS A.2.9: AT+CMGF is an ERROR until the SIM has started, seconds after the port is there."""
        with BusHouse(modems=3, profiles={"modem1": "simcom_7600", "modem2": "wavecom", "modem3": "quectel"}) as house:
            house.start()
            for modem in house.names:
                house.order(f"unplug {modem}")
            house.send(9)
            for modem in house.names:
                house.order(f"plug {modem}")
            items = house.wait_delivered(9)
            house.wait_ready()
            self.assertEqual([house.modem(name)["recovery"]["resets"] for name in house.names], [0, 0, 0])
            check_truth(items, house.journal())


class Ladder(unittest.TestCase):
    """PAINS A.2: probe, open again, reset, switch the socket off and on, leave in peace and tell somebody."""

    def test_a_hang_that_a_reset_cures(self):
        with BusHouse(modems=2, section=by_imei(**IMPATIENT), drivers={"generic": BRISK}) as house:
            house.start()
            house.order("wedge modem1 soft")
            house.send(5)
            house.wait_delivered(5)
            wait_for(lambda: house.journal("reboot"), "it is reset", 120)
            house.wait_ready()
            self.assertEqual(house.modem("modem1")["recovery"]["resets"], 1)
            house.order("hang modem2")
            house.send(3, first=10)
            check_truth(house.wait_delivered(8), house.journal())

    def test_a_hang_that_only_the_socket_cures(self):
        """The other modem on the bus is not touched."""
        with BusHouse(modems=2, drivers={"generic": {**BRISK, "reset_time": "2 s"}},
                      section=by_imei(**IMPATIENT, usb_reset=True)) as house:
            house.start()
            house.order("wedge modem1 hard")
            wait_for(lambda: [row for row in house.journal("unplug")], "its socket is switched off", 170)
            house.wait_ready()
            modem = house.modem("modem1")
            self.assertEqual((modem["recovery"]["resets"], modem["recovery"]["usb_resets"]), (1, 1))
            self.assertEqual({row["modem"] for row in house.journal("unplug")}, {"modem1"})
            self.assertEqual((house.bus / "sys/bus/usb/devices/1-1/authorized").read_text().strip(), "1")
            house.send(4)
            check_truth(house.wait_delivered(4), house.journal())

    def test_a_socket_that_somebody_else_switches(self):
        """As in the sandbox of the service, where burstd may not: it asks, and burstd-usb-reset.path runs the program."""
        with BusHouse(drivers={"generic": {**BRISK, "reset_time": "2 s"}},
                      section=by_imei(**IMPATIENT, usb_reset=True)) as house:
            house.requests.mkdir()
            house.start()
            port = house.bus / "dev" / house.modem("modem1")["port"].rpartition("/")[2]
            house.order("wedge modem1 hard")
            wait_for((house.requests / "1-1").exists, "it is asked for", 170)
            done = subprocess.run([DRIVERS.parent / "systemd/usb-reset", house.requests, port.group(), house.bus / "sys",
                                   house.bus / "dev"], capture_output=True, text=True, timeout=60)
            self.assertEqual((0, "usb-reset: the USB socket 1-1 was switched off and on\n"), (done.returncode, done.stdout))
            house.wait_modem("modem1", "ready")
            recovery = house.modem("modem1")["recovery"]
            self.assertEqual((recovery["resets"], recovery["usb_resets"]), (1, 1))
            self.assertEqual([], list(house.requests.iterdir()))

    def test_a_socket_that_nobody_switches(self):
        """The request is withdrawn, and the sentence says what to switch on."""
        with BusHouse(drivers={"generic": {**BRISK, "reset_time": "2 s"}},
                      section=by_imei(**IMPATIENT, usb_reset=True)) as house:
            house.requests.mkdir()
            house.start()
            house.order("wedge modem1 hard")
            wait_for(lambda: "systemctl enable --now burstd-usb-reset.path" in house.log(), "it is told", 190)
            self.assertEqual(house.modem("modem1")["recovery"]["usb_resets"], 0)
            self.assertEqual([], list(house.requests.iterdir()))
            self.assertFalse(house.journal("unplug"))

    def test_a_hang_that_nothing_cures(self):
        """Without leave to switch the socket: a person is told, and a replug is noticed at once."""
        with BusHouse(modems=2, drivers={"generic": {**BRISK, "reset_time": "2 s"}},
                      section=by_imei(**IMPATIENT)) as house:
            house.start()
            house.order("wedge modem1 hard")
            modem = house.wait_modem("modem1", "quarantined", "did not help", 220)
            self.assertTrue(modem["next_try_at"])
            self.assertIn("burstctl modem reset modem1", modem["sentence"])
            self.assertEqual((modem["recovery"]["usb_resets"], modem["recovery"]["quarantines"]), (0, 1))
            self.assertFalse([row for row in house.journal("unplug")])
            house.send(4)
            house.wait_delivered(4)
            house.order("unplug modem1")
            house.order("plug modem1")
            house.wait_ready()
            self.assertIsNone(house.modem("modem1")["next_try_at"])
            check_truth(house.items(), house.journal())


if __name__ == "__main__":
    os.environ.setdefault("BURSTD_TEST_PATIENCE", "60")
    run_all(16)
