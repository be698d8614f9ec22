"""The daemon as systemd sees it, with modems: what it is told while they come and go, and the order of the end."""
import os
import signal
import socket
import subprocess
import time
import unittest

from house import PATIENCE, House, check_truth, wait_for


class Told:
    """The socket on which systemd would listen."""

    def __init__(self, house):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(str(house.folder / "notify"))
        self.socket.settimeout(PATIENCE)
        house.environment = {**os.environ, "NOTIFY_SOCKET": str(house.folder / "notify"), "WATCHDOG_USEC": "1500000"}

    def hear(self, *wanted):
        """Until each has been told, in this order; everything that was."""
        heard, left = [], list(wanted)
        while left:
            heard.append(self.socket.recv(4096).decode())
            if left[0] in heard[-1]:
                left.pop(0)
        return heard

    def close(self):
        self.socket.close()


class Service(unittest.TestCase):
    def house(self, **more):
        house = self.enterContext(House(**more))
        told = Told(house)
        self.addCleanup(told.close)
        return house, told

    def send(self, house, ref):
        return house.post("/v1/messages", {"client_ref": ref, "to": "+41790000001", "text": "See you soon."}, 201)["id"]

    def test_it_is_ready_without_any_modem_and_says_how_many_are(self):
        house, told = self.house(modems=3)
        house.order("unplug modem3")
        house.start(wait_modems=False)
        heard = told.hear("READY=1", "STATUS=2 of 3 modems ready, 0 messages waiting")
        self.assertEqual("STATUS=opening the record", heard[0])
        house.order("plug modem3")
        told.hear("STATUS=3 of 3 modems ready, 0 messages waiting")

    def test_the_status_says_what_waits_and_why(self):
        house, told = self.house(modems=1)
        house.order("unplug modem1")
        house.start(wait_modems=False)
        told.hear("READY=1")
        self.send(house, "a")
        told.hear("STATUS=0 of 1 modems ready, 1 message waiting: No modem is ready.")

    def test_the_end_waits_for_what_is_on_the_air(self):
        house, told = self.house(modems=1, air=3000, report=20)
        house.start()
        sent = self.send(house, "a")
        wait_for(lambda: house.journal("submit"), "the submission")
        house.daemon.send_signal(signal.SIGTERM)
        told.hear("STOPPING=1", "STATUS=stopping; what is on the air is waited for")
        self.assertEqual(0, house.daemon.wait(PATIENCE))
        self.assertEqual(1, len(house.journal("network")))
        house.start()
        self.assertIn(house.get(f"/v1/clinical-items/{sent}")["state"], ("submitted", "delivered"))
        check_truth(house.items(), house.journal())

    def test_a_second_signal_ends_it_at_once(self):
        house, told = self.house(modems=1, air=int(PATIENCE * 4000))
        house.start()
        sent = self.send(house, "a")
        wait_for(lambda: house.journal("submit"), "the submission")
        house.daemon.send_signal(signal.SIGTERM)
        told.hear("STOPPING=1")
        with self.assertRaises(subprocess.TimeoutExpired):
            house.daemon.wait(1)
        begin = time.monotonic()
        house.daemon.send_signal(signal.SIGTERM)
        self.assertEqual(-signal.SIGTERM, house.daemon.wait(PATIENCE))
        self.assertLess(time.monotonic() - begin, PATIENCE / 2)
        house.start(wait_modems=False)
        self.assertEqual("uncertain", house.get(f"/v1/clinical-items/{sent}")["state"])

    def test_the_watchdog_is_fed_as_long_as_the_record_is_written(self):
        house, told = self.house(modems=1)
        house.start()
        for _ in range(3):
            told.hear("WATCHDOG=1")


if __name__ == "__main__":
    unittest.main()
