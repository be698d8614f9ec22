"""A burst in over the socket, out over two modems, delivery reports back into clinical items."""
import unittest

from house import House, check_truth, texts_on_network, wait_for

LONG = ("Dear {patient_name}, your appointment with Dr. Müller is on Tuesday at 9:30. Please bring your insurance "
        "card, a list of your current medicines and the results of your last examinations. If you cannot come, call "
        "us at least one day before, so that another patient can have your place. You find us on the second floor, "
        "the lift is to the left of the entrance. We look forward to seeing you. Your practice team, {code}")
NEGATIVE = "+41790000066"


def recipients():
    rows = [{"patient": f"P{n:03}", "patient_name": name, "to": f"079 000 01 {n:02}", "fields": {"code": f"A{n}"}}
            for n, name in enumerate(["Jürg Grünwald", "Zoë Núñez", "Łukasz Żak", "Aña 🙂", "O'Brien, Seán"] * 6)]
    rows.append({"patient": "P900", "patient_name": "Nobody", "to": "079 12", "fields": {"code": "X"}})
    rows.append({"patient": "P901", "patient_name": "Off", "to": NEGATIVE, "fields": {"code": "Y"}})
    return rows


class EndToEnd(unittest.TestCase):
    def test_every_clinical_item_of_a_burst_agrees_with_the_network(self):
        with House(modems=2, sim_options=["--fail", f"{NEGATIVE}=70"]) as house:
            house.start()
            preview = house.burst(recipients(), LONG, name="Tuesday")
            self.assertEqual((preview["state"], preview["rows_total"]), ("preview", 32))
            self.assertFalse(house.journal("network"), "a preview sends nothing")
            rows = house.get(f"/v1/batches/{preview['id']}/rows?limit=500")["items"]
            by_row = {row["row"]: row for row in rows}
            self.assertEqual(by_row[31]["verdict"], "number-invalid")
            self.assertIn("Jürg Grünwald", by_row[1]["text"])
            self.assertEqual(by_row[1]["mobile_number"], "+41790000100")
            self.assertGreaterEqual(by_row[1]["segments"], 3)
            self.assertGreater(by_row[4]["segments"], by_row[1]["segments"], "an emoji makes it UCS-2")

            answer = house.post(f"/v1/batches/{preview['id']}/send", {"deselect": [2, 3]}, 202)
            self.assertEqual(len(answer["accepted"]), 29)
            self.assertEqual([row["row"] for row in answer["refused"]], [31])
            again = house.post(f"/v1/batches/{preview['id']}/send", {"deselect": [3, 2]}, 202)
            self.assertEqual(again, answer, "the same selection again: the same answer")
            status, problem, _ = house.call("POST", f"/v1/batches/{preview['id']}/send", {"deselect": [5]})
            self.assertEqual(status, 409, problem)

            items = house.wait_final(seconds=120)
            self.assertEqual(len(items), 30)
            self.assertEqual(check_truth(items, house.journal()), None)
            by_patient = {item["patient"]: item for item in items}
            self.assertEqual(by_patient["P900"]["status"], "Send Failed")
            self.assertEqual(by_patient["P900"]["error"], "Phone number is not valid")
            self.assertEqual(by_patient["P901"]["status"], "Send Failed")
            self.assertIn("(Phone stayed off)", by_patient["P901"]["error"])
            delivered = [item for item in items if item["status"] == "Sent Successfully"]
            self.assertEqual(len(delivered), 28)
            for item in delivered:
                self.assertEqual(item["delivery"], "delivered")
                self.assertTrue(item["sent_at"] and item["delivered_at"])
            self.assertNotIn("+41790000101", texts_on_network(house.journal()), "deselected rows leave nothing")
            shares = {modem: sum(row["modem"] == modem for row in house.journal("network")) for modem in house.names}
            self.assertGreater(min(shares.values()), sum(shares.values()) / 4, f"both modems work: {shares}")
            for item in delivered:
                sims = {row["imsi"] for row in house.journal("network") if row["to"] == item["mobile_number"]}
                self.assertEqual(len(sims), 1, "all parts of a message on one SIM")
            for row in house.journal("submit"):
                self.assertTrue(row["srr"], "a delivery report is requested for every part")

    def test_a_single_message_tells_its_whole_story(self):
        with House() as house:
            house.start()
            body = {"client_ref": "m-1", "to": "079 000 00 05", "text": "Grüezi, see you at 9.", "patient": "P5"}
            created = house.post("/v1/messages", body, 201)
            item = house.wait_final([created["id"]])[0]
            self.assertEqual(item["status"], "Sent Successfully")
            self.assertEqual((item["mobile_number"], item["number_as_typed"]), ("+41790000005", "079 000 00 05"))
            story = house.get(f"/v1/messages/{created['id']}")
            self.assertEqual([part["state"] for part in story["parts"]], ["delivered"])
            attempt = story["parts"][0]["attempts"][0]
            verdict = house.journal("verdict")[0]
            self.assertEqual(attempt["reference"], verdict["mr"])
            self.assertEqual(attempt["modem"], verdict["modem"])
            events = [row["event"] for row in story["history"]]
            self.assertEqual(events, ["recorded", "dispatched", "accepted", "report-delivered"])
            sequence = [row["seq"] for row in story["history"]]
            self.assertEqual(sequence, sorted(sequence))
            self.assertEqual(item["change_seq"], sequence[-1])

    def test_a_repeated_request_is_the_same_message(self):
        with House() as house:
            house.start()
            body = {"client_ref": "m-1", "to": "+41790000005", "text": "Once."}
            first = house.post("/v1/messages", body, 201)
            status, second, headers = house.call("POST", "/v1/messages", body)
            self.assertEqual((status, second["id"]), (200, first["id"]))
            self.assertEqual(headers.get("Idempotent-Replayed"), "true")
            status, problem, _ = house.call("POST", "/v1/messages", {**body, "text": "Twice."})
            self.assertEqual((status, problem["code"]), (422, "client-ref-reused"))
            house.wait_final()
            self.assertEqual(len(house.journal("network")), 1)

    def test_nothing_can_be_deleted(self):
        with House() as house:
            house.start(wait_modems=False)
            created = house.post("/v1/messages", {"client_ref": "m", "to": "+41790000005", "text": "Stays."}, 201)
            for path in (f"/v1/messages/{created['id']}", f"/v1/clinical-items/{created['id']}"):
                for method in ("DELETE", "PUT", "PATCH"):
                    status, problem, headers = house.call(method, path)
                    self.assertEqual((status, problem["code"]), (405, "record-permanent"), (method, path))
                    self.assertIn("GET", headers["Allow"])
            self.assertEqual(house.get(f"/v1/clinical-items/{created['id']}")["message"], "Stays.")

    def test_pages_are_stable_while_rows_arrive_and_changes_are_not_missed(self):
        with House(air=5, report=5) as house:
            house.start()
            for n in range(30):
                house.post("/v1/messages", {"client_ref": f"m{n}", "to": f"+4179000{n:04}", "text": f"No {n}"}, 201)
            seen, cursor = [], ""
            while True:
                page = house.get(f"/v1/clinical-items?limit=7{cursor}")
                seen += [item["client_ref"] for item in page["items"]]
                if not page["next"]:
                    break
                cursor = f"&cursor={page['next']}"
                house.post("/v1/messages", {"client_ref": f"late{len(seen)}", "to": "+41790009999",
                                            "text": f"Late {len(seen)}"}, 201)
            self.assertEqual(seen, [f"m{n}" for n in reversed(range(30))])
            house.wait_final()
            follower, states, last = 0, {}, None
            while last != follower:
                last = follower
                page = house.get(f"/v1/clinical-items?changed_after={follower}&limit=5")
                for item in page["items"]:
                    self.assertGreater(item["change_seq"], follower)
                    follower, states[item["client_ref"]] = item["change_seq"], item["status"]
            self.assertEqual(set(states.values()), {"Sent Successfully"})
            self.assertEqual(len(states), len(house.items()))

    def test_a_refused_recipient_fails_with_a_sentence_and_delays_nobody(self):
        with House(modems=1, sim_options=["--refuse", "+41790000007=1"]) as house:
            house.start()
            rows = [{"to": f"+417900000{n:02}", "patient_name": f"N{n}"} for n in range(5, 10)]
            preview = house.burst(rows)
            house.post(f"/v1/batches/{preview['id']}/send", {}, 202)
            items = house.wait_final()
            failed = [item for item in items if item["status"] == "Send Failed"]
            self.assertEqual([item["mobile_number"] for item in failed], ["+41790000007"])
            self.assertIn("does not exist", failed[0]["error"])
            check_truth(items, house.journal())

    def test_a_report_still_trying_keeps_it_pending_until_the_final_one(self):
        with House(report=400, sim_options=["--fail", "+41790000008=34,0"]) as house:
            house.start()
            created = house.post("/v1/messages", {"client_ref": "a", "to": "+41790000008", "text": "Slow."}, 201)
            path = f"/v1/messages/{created['id']}"
            wait_for(lambda: house.get(path)["parts"][0]["reports"], "the first report")
            self.assertEqual(house.get(f"/v1/clinical-items/{created['id']}")["status"], "Pending")
            self.assertEqual(house.wait_final()[0]["status"], "Sent Successfully")


if __name__ == "__main__":
    unittest.main(verbosity=2)
