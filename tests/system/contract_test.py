"""The check of answers against the document bites: what is not described is a fault, wherever it is."""
import copy
import json
import unittest

from contract import Breach, contract
from house import House
from tap import look

ITEM = "/v1/clinical-items/{id}"
HEADERS = [("Content-Type", "application/json")]


class TheContract(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with House(modems=1) as house:
            house.start()
            created = house.post("/v1/messages", {"client_ref": "a", "to": "079 000 00 01", "text": "See you."}, 201)
            house.wait_final()
            cls.accepted = created
            cls.path = f"/v1/clinical-items/{created['id']}"
            cls.item = house.get(cls.path)
            cls.message = house.get(f"/v1/messages/{created['id']}")
            cls.page = house.get("/v1/clinical-items")
            cls.events = house.get("/v1/events?after=0&wait=0")

    def check(self, body, path=None, method="GET", status=200, headers=None, sent=None):
        contract().check((method, path or self.path, sent), (status, HEADERS if headers is None else headers,
                                                            json.dumps(body).encode()))

    def refused(self, because, *arguments, **more):
        with self.assertRaises(Breach) as caught:
            self.check(*arguments, **more)
        self.assertIn(because, str(caught.exception))

    def test_what_the_gateway_says_is_as_described(self):
        self.check(self.item)
        self.check(self.page, "/v1/clinical-items?limit=3")

    def test_a_member_too_many_or_too_few_or_of_another_kind_is_a_fault(self):
        self.refused("'colour' was unexpected", {**self.item, "colour": "red"})
        self.refused("'user' is a required property", {name: value for name, value in self.item.items() if name != "user"})
        self.refused("status: 'Sent' is not one of", {**self.item, "status": "Sent"})
        self.refused("created_at:", {**self.item, "created_at": "yesterday"})
        self.refused("segments:", {**self.item, "segments": "1"})

    def test_a_fault_deep_inside_is_found(self):
        message = copy.deepcopy(self.message)
        message["parts"][0]["attempts"][0]["colour"] = "red"
        self.refused("parts/0/attempts/0: ", message, "/v1/messages/x")
        page = copy.deepcopy(self.page)
        page["items"][0]["colour"] = "red"
        self.refused("'colour' was unexpected", page, "/v1/clinical-items")
        self.refused("'colour' was unexpected", {**self.page, "colour": "red"}, "/v1/clinical-items")

    def test_an_event_of_an_unknown_kind_or_form_is_a_fault(self):
        event = next(event for event in self.events["items"] if event["kind"] == "item")
        contract().check_event(json.dumps(event))
        for wrong in ({**event, "kind": "weather"}, {**event, "data": {**event["data"], "colour": "red"}}):
            with self.assertRaises(Breach):
                contract().check_event(json.dumps(wrong))

    def test_a_status_a_media_type_or_a_path_that_is_not_described_is_a_fault(self):
        self.refused("does not have this status", self.item, status=202)
        self.refused("the media type 'text/plain'", self.item, headers=[("Content-Type", "text/plain")])
        self.refused("GET /v1/weather answered 200", self.item, "/v1/weather")
        self.refused("DELETE " + ITEM + " answered 200", self.item, method="DELETE")

    def test_headers_are_described_and_there(self):
        self.refused("the header location is missing", self.accepted, "/v1/messages", "POST", 201)
        self.refused("the header retry-after is not described", self.item, headers=[*HEADERS, ("Retry-After", "1")])

    def test_what_was_taken_is_a_request_as_described(self):
        answer = [*HEADERS, ("Location", "/v1/messages/x")]
        whole = {"client_ref": "a", "to": "1", "text": "x"}
        self.check(self.accepted, "/v1/messages", "POST", 201, answer, json.dumps(whole))
        self.refused("'colour' was unexpected", self.accepted, "/v1/messages", "POST", 201, answer,
                     json.dumps({**whole, "colour": "red"}))

    def test_the_tap_hears_what_burstctl_is_told(self):
        body = json.dumps({**self.item, "colour": "red"})
        answer = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        asked = f"GET {self.path} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
        with self.assertRaises(Breach):
            look(asked, answer.encode())
        look(asked, answer.encode()[:-5])  # cut off
        with House(modems=1) as house:
            house.start()
            house.ctl("items", "--json", clock="UTC")
            self.assertEqual(house.tap.settled(), [])
            self.assertEqual(house.tap.heard, 1)


if __name__ == "__main__":
    unittest.main(verbosity=2)
