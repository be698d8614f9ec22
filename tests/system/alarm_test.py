"""An alarm by message: over the modem that works, once for a cause and hour, never more than so many a day, over restarts."""
import time
import unittest

from house import BOUNDLESS, ShiftedHouse, wait_for

IT, PATIENT = "+41790009999", "+41790000001"


class Alarm(unittest.TestCase):
    def alarms(self, house):
        return [item for item in house.items("&number=%2B41790009999")]

    def test_it_is_told_over_another_modem_once_an_hour_and_so_often_a_day(self):
        config = f'alarms: {{to: "{IT}", after: 10 min, most_a_day: 2}}\n'
        with ShiftedHouse(modems=2, air=20, config=config, sending=BOUNDLESS) as house:
            house.start()
            house.order("unplug modem1")
            wait_for(lambda: house.get("/v1/modems/modem1")["state"] == "absent", "it is gone")
            wait_for(lambda: self.at_least(house, 1), "IT is told")
            item = self.alarms(house)[0]
            self.assertIn("burstd: Modem modem1 does not send. ", item["message"])
            wait_for(lambda: self.alarms(house)[0]["state"] == "delivered", "it arrives")
            self.assertEqual({row["modem"] for row in house.journal("network")}, {"modem2"})
            house.stop()
            house.start(wait_modems=False)
            house.wait_ready(["modem2"])
            wait_for(lambda: self.at_least(house, 2), "an hour later it is told again")
            for _ in range(4):
                self.aged(house, 3600)
                time.sleep(4)  # it looks every few seconds
            self.assertEqual(len(self.alarms(house)), 2, "and no more today")
            self.assertEqual({item["client_ref"][:14] for item in self.alarms(house)}, {"modem-modem1@2"})

    def aged(self, house, seconds):
        house.age(seconds)

    def at_least(self, house, count):
        self.aged(house, 300)
        return len(self.alarms(house)) >= count

    def test_nobody_is_told_where_no_number_is_given_or_no_modem_is_left(self):
        config = f'alarms: {{to: "{IT}", after: 1 min}}\n'
        with ShiftedHouse(modems=1, air=20, config=config) as house:
            house.start()
            house.order("unplug modem1")
            wait_for(lambda: house.get("/v1/modems/modem1")["state"] == "absent", "it is gone")
            self.aged(house, 1800)
            wait_for(lambda: house.get("/v1/status")["clock"]["trusted"], "it follows")
            self.assertEqual(self.alarms(house), [])


if __name__ == "__main__":
    unittest.main()
