"""The configuration read anew while it runs: a bad file changes nothing and every mistake is told; a good one is in force for
what can change; modems come and go by it; no message is lost or doubled; who did it is in the audit."""
import os
import signal
import threading
import unittest

from bus_house import BusHouse
from house import BOUNDLESS, House, UnixConnection, check_truth, wait_for

ME = f"clients: {{others: none, known: [{{name: it, users: [{os.getuid()}], role: admin}}]}}\n"
PATIENT = "+41790000001"


class Reload(unittest.TestCase):
    def rewrite(self, house, extra="", sending=BOUNDLESS, modem_options=()):
        house.sending = sending
        house.config_file.write_text(house.configuration(ME + extra, modem_options))

    def reload(self, house, expect=200, **body):
        return house.post("/v1/reload", body, expect)

    def house(self, **more):
        return House(config=ME, **more)

    def test_a_bad_file_changes_nothing_and_every_mistake_is_told(self):
        with self.house(modems=1) as house:
            house.start()
            self.rewrite(house, extra="log: {level: loud}\nclinick: {}\n", sending=("limits: {per_day: 1}",))
            told = self.reload(house, expect=422)
            self.assertEqual(told["code"], "configuration-unsound")
            self.assertEqual(len(told["errors"]), 2)
            for fault in told["errors"]:
                self.assertRegex(fault["pointer"], r"^/burstd\.yaml:\d+:\d+$")
            self.assertEqual(house.get("/v1/modems")["items"][0]["quota_left"], {})
            said = house.ctl("reload", expect=1)
            self.assertRegex(said.stderr, r"(?m)^  burstd\.yaml:\d+:14: level: must be")
            house.daemon.send_signal(signal.SIGHUP)
            wait_for(lambda: house.log_file.read_text().count("is not taken up, it has 2 mistakes") == 3, "the log says it")
            self.assertEqual(house.get("/v1/audit")["items"], [])

    def test_limits_windows_words_and_templates_are_in_force_at_once(self):
        with self.house(modems=1) as house:
            house.start()
            nothing = self.reload(house)
            self.assertEqual((nothing["taken_up"], nothing["for_restart"]), ([], []))
            self.rewrite(house, "replies: {words: {stop: [stop, genug]}}\n", ("limits: {per_day: 7}", 'windows: {default: ["mon-sun 00:00-00:01"]}'))
            text = house.config_file.read_text().replace("clinic:\n", "clinic:\n  margin: 3\n  templates: {recall: {text: \"Please call, {clinic}\"}}\n")
            house.config_file.write_text(text.replace("drivers:\n", "finding: {unknown_adapters: yes}\ndrivers:\n"))
            done = self.reload(house, user="anna")
            self.assertLessEqual({"clinic.margin", "clinic.templates.recall.text", "replies.words.stop", "sending.limits.per_day",
                                  "sending.windows.default"}, set(done["taken_up"]))
            self.assertEqual(done["for_restart"], ["finding.unknown_adapters"])
            self.assertEqual(self.reload(house)["for_restart"], ["finding.unknown_adapters"])
            self.assertEqual(house.get("/v1/modems/modem1")["quota_left"]["day"]["most"], 7)
            self.assertEqual(house.get("/v1/quota")["margin"], 3)
            self.assertIn("recall", [template["name"] for template in house.get("/v1/templates")["items"]])
            house.order(f"deliver modem1 {PATIENT} Genug")
            wait_for(lambda: [reply["class"] for reply in house.get("/v1/inbox")["items"]] == ["stop"], "the word counts")
            audit = house.get("/v1/audit")["items"]
            self.assertEqual([(row["event"], row["user"], row["client"]) for row in audit][-2:],
                             [("reloaded", "anna", "it"), ("reloaded", None, "it")])
            self.assertIn("sending.limits.per_day", audit[-2]["change"])

    def test_hours_that_open_let_go_what_waited_and_routes_lead_elsewhere(self):
        shut = ('windows: {default: ["mon-sun 00:00-00:01"]}',)
        with House(modems=2, config=ME, sending=(*BOUNDLESS, *shut, 'routes: [{prefix: "+4179", modems: [modem1]}]')) as house:
            house.start()
            refs = [house.post("/v1/messages", {"client_ref": f"r{n}", "to": f"+4179000{n:04}", "text": "See you."}, 201)["id"]
                    for n in range(20)]
            house.order("unplug modem1")
            self.rewrite(house, sending=(*BOUNDLESS, 'routes: [{prefix: "+4179", modems: [modem2]}]'))
            self.reload(house)
            items = house.wait_final(refs)
            self.assertEqual({item["state"] for item in items}, {"delivered"})
            self.assertEqual({row["modem"] for row in house.journal("network")}, {"modem2"})
            check_truth(house.items(), house.journal())

    def test_roles_and_the_log_level_change(self):
        with self.house(modems=0) as house:
            house.start()
            watcher = UnixConnection(house.socket_path)
            watcher.request("GET", "/v1/events")
            stream = watcher.getresponse()
            house.config_file.write_text(house.configuration(ME.replace("role: admin", "role: read") + "log: {level: warning}\n"))
            house.daemon.send_signal(signal.SIGHUP)
            wait_for(lambda: house.call("GET", "/v1/audit")[0] == 403, "the role is another")
            stream.read()  # ends: who watches has to ask anew
            watcher.close()
            status, _, _ = house.call("POST", "/v1/messages", {"client_ref": "a", "to": PATIENT, "text": "x"})
            self.assertEqual(status, 403)
            house.config_file.write_text(house.configuration(ME))
            house.daemon.send_signal(signal.SIGHUP)
            audit = wait_for(lambda: house.call("GET", "/v1/audit")[0] == 200 and house.get("/v1/audit")["items"], "it is back")
            self.assertEqual({row["client"] for row in audit if row["event"] == "reloaded"}, {"SIGHUP"})

    def test_modems_come_and_go_while_messages_are_on_the_air(self):
        with self.house(modems=3, air=300, sim_options=("--keep-reports",)) as house:
            all_three = house.names
            house.names = all_three[:2]
            house.config_file.write_text(house.configuration(ME))
            house.start()
            rows = [{"to": f"+4179000{n:04}", "patient": f"P{n}"} for n in range(60)]
            burst = house.burst(rows, text="Long enough to be two of them. " * 6)
            house.post(f"/v1/batches/{burst['id']}/send", {}, 202)
            wait_for(lambda: len(house.journal("network")) > 4, "some are on their way")
            house.names = all_three[1:]
            self.rewrite(house, modem_options=("keep_alive: 20 s",))
            self.reload(house)
            self.assertEqual({modem["name"] for modem in house.get("/v1/modems")["items"]}, {"modem2", "modem3"})
            house.wait_ready()
            house.names = all_three
            self.rewrite(house)
            self.reload(house)
            house.wait_ready()
            items = house.wait_final()
            self.assertEqual({item["state"] for item in items}, {"delivered"})
            self.assertEqual({row["modem"] for row in house.journal("network")}, set(all_three))
            check_truth(house.items(), house.journal())

    def test_what_was_found_goes_by_the_name_that_it_is_given_and_what_waits_for_a_restart_is_said_each_time(self):
        with BusHouse(modems=2, section="all") as house:
            states = lambda: {modem["name"]: modem["state"] for modem in house.get("/v1/modems")["items"]}
            house.start(wait_modems=False)
            wait_for(lambda: list(states().values()) == ["ready", "ready"], "both were found")
            front = {"name": "front", "imei": house.simulated()["modem1"]["imei"]}
            house.configure(["all", front])
            self.assertEqual(self.reload(house)["taken_up"], ["modems"])
            wait_for(lambda: states().get("front") == "ready", "it goes by its name")
            self.assertEqual(len(states()), 2)
            house.configure([front])
            house.own_driver("generic", {"submit_timeout": "77 s"})
            for _ in range(2):
                self.assertEqual(self.reload(house)["for_restart"], ["drivers.generic", "modems: all"])

    def test_many_reloads_under_load_lose_and_double_nothing(self):
        with self.house(modems=2) as house:
            house.start()
            ids, faults = [], []

            def send(client):
                for n in range(40):
                    body = {"client_ref": f"c{client}-{n}", "to": f"+41790{client}0{n:03}", "text": f"See you at {n}."}
                    status, answer, _ = house.call("POST", "/v1/messages", body)
                    (ids if status == 201 else faults).append(answer["id"] if status == 201 else answer)

            senders = [threading.Thread(target=send, args=(client,)) for client in range(4)]
            for sender in senders:
                sender.start()
            number = 0
            while any(sender.is_alive() for sender in senders):
                number += 1
                route = f'routes: [{{prefix: "+4179{number % 5}", modems: [modem{1 + number % 2}]}}]'
                self.rewrite(house, sending=(*BOUNDLESS, route))
                self.reload(house)
            for sender in senders:
                sender.join()
            self.assertEqual(faults, [])
            self.assertGreater(number, 3)
            self.assertEqual(len(house.wait_final(set(ids))), 160)
            check_truth(house.items(), house.journal())


if __name__ == "__main__":
    unittest.main()
