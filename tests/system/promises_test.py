"""What the socket promises and no other test asks a running house for: limits as answers, settings that change what is
shown, values of the status, who has which rights, and what the daemon listens on."""
import concurrent.futures
import datetime
import json
import os
import pathlib
import pwd
import socket
import unittest

from house import BOUNDLESS, House, ShiftedHouse, check_truth, wait_for

DAY = 24 * 3600
UNLIMITED = {"per_minute": 0, "per_hour": 0, "per_day": 0, "per_month": 0, "recipients_per_month": 0}


def limits(**some):
    return (f"limits: {json.dumps({**UNLIMITED, **some})}",)


def moment(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def in_seconds(seconds):
    then = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=seconds)
    return then.isoformat(timespec="seconds")


def rows(*numbers):
    return [{"to": number} for number in numbers]


def number(n):
    return f"+4179{1000000 + n}"


def change(house, old, new):
    """Another line in the configuration, before the daemon starts."""
    text = house.config_file.read_text()
    assert old in text, text
    house.config_file.write_text(text.replace(old, new, 1))


def set_clinic(house, *lines):
    change(house, "clinic:\n", "clinic:\n" + "".join(f"  {line}\n" for line in lines))


def submit(house, n, expect=201, **more):
    body = {"client_ref": f"m{n}", "to": number(n), "text": f"No. {n}", **more}
    return house.post("/v1/messages", body, expect)


def send(house, preview, expect=202, **selection):
    return house.post(f"/v1/batches/{preview['id']}/send", selection, expect)


def internet_inodes(pid):
    found = set()
    for table in ("tcp", "tcp6", "udp", "udp6", "raw", "raw6"):
        file = pathlib.Path(f"/proc/{pid}/net/{table}")
        lines = file.read_text().splitlines()[1:] if file.exists() else []
        found |= {line.split()[9] for line in lines}
    return found


def sockets_of(pid):
    names = []
    for descriptor in pathlib.Path(f"/proc/{pid}/fd").iterdir():
        try:
            names.append(os.readlink(descriptor))
        except FileNotFoundError:  # closed meanwhile
            continue
    return {name[len("socket:["):-1] for name in names if name.startswith("socket:[")}


def unix_listeners(pid):
    accepts = "00010000"  # of the column Flags: it listens
    lines = [line.split() for line in pathlib.Path(f"/proc/{pid}/net/unix").read_text().splitlines()[1:]]
    own = sockets_of(pid)
    return [row[7] for row in lines if row[3] == accepts and row[6] in own and len(row) > 7]


class Listening(unittest.TestCase):
    def test_the_daemon_has_no_socket_but_its_own(self):
        with House(modems=1) as house, socket.create_server(("127.0.0.1", 0)):
            self.assertTrue(internet_inodes("self") & sockets_of("self"), "the test's own listener is seen in this way")
            house.start()
            submit(house, 1)
            house.wait_final()
            self.assertEqual(internet_inodes(house.daemon.pid) & sockets_of(house.daemon.pid), set())
            self.assertEqual(unix_listeners(house.daemon.pid), [str(house.socket_path)])


class Limits(unittest.TestCase):
    def test_a_full_queue_is_worth_asking_again(self):
        with House(modems=1) as house:
            set_clinic(house, "queue_cap: 2")
            house.order("unplug modem1")
            house.start(wait_modems=False)
            first = submit(house, 1)
            submit(house, 2)
            problem = submit(house, 3, expect=503)
            self.assertEqual((problem["code"], problem["retryable"]), ("queue-full", True))
            preview = house.burst(rows(number(4)), "Hello")
            self.assertEqual(send(house, preview, expect=503)["code"], "queue-full")
            self.assertEqual(len(house.items()), 2, "nothing of it is on record")
            house.post(f"/v1/messages/{first['id']}/cancel", {}, 200)
            submit(house, 3)
            self.assertEqual(send(house, preview, expect=503)["code"], "queue-full")

    def test_who_asks_too_often_is_told_when_to_ask_again(self):
        with House(modems=1) as house:
            change(house, "api:\n", "api:\n  requests_per_second: 1\n  requests_at_once: 100\n")
            house.start()
            for _ in range(1000):
                status, problem, headers = house.call("GET", "/v1/version")
                if status != 200:
                    break
            self.assertEqual((status, problem["code"], problem["retryable"]), (429, "too-many-requests", True))
            self.assertRegex(headers["Retry-After"], "^[1-9][0-9]*$")

    def test_what_asking_again_does_not_help_says_so(self):
        with House(modems=1) as house:
            house.start()
            for status, method, path, body in ((400, "POST", "/v1/messages", {}), (404, "GET", "/v1/messages/x", None),
                                               (405, "DELETE", "/v1/messages/x", None)):
                answered, problem, _ = house.call(method, path, body)
                self.assertEqual((answered, problem["retryable"]), (status, False))

    def test_a_burst_has_ten_thousand_rows_at_most(self):
        with House(modems=1) as house:
            house.start()
            everybody = rows(*(number(n) for n in range(10_001)))
            body = {"client_ref": "b", "text": "Hello", "recipients": everybody}
            problem = house.post("/v1/batches", body, 400)
            self.assertEqual([fault["pointer"] for fault in problem["errors"]], ["/recipients"])
            self.assertIn("10000", problem["errors"][0]["detail"])
            self.assertEqual(house.get("/v1/batches")["items"], [])
            preview = house.post("/v1/batches", {**body, "recipients": everybody[:-1]}, 201)
            self.assertEqual(preview["rows_total"], 10_000)

    def test_green_at_the_preview_may_be_red_when_it_is_sent(self):
        with House(modems=1, air=20, sending=limits(per_month=3)) as house:
            set_clinic(house, "margin: 0")
            house.start()
            preview = house.burst(rows(number(1), number(2)), "Hello", expires_at=in_seconds(600))
            self.assertEqual((preview["light"], preview["quota"]["available"]), ("green", 3))
            submit(house, 3)
            submit(house, 4)
            house.wait_final()
            problem = send(house, preview, expect=409)
            self.assertEqual((problem["code"], problem["retryable"]), ("quota-exhausted", False))
            self.assertEqual(len(house.items()), 2, "nothing of it is on record")
            now = house.get(f"/v1/batches/{preview['id']}")
            self.assertEqual((now["state"], now["light"], now["quota"]["available"]), ("preview", "red", 1))
            self.assertEqual(len(send(house, preview, select=[1])["accepted"]), 1, "so much still fits")

    def test_numbers_nobody_wrote_to_this_month_are_a_limit_of_bursts(self):
        with House(modems=1, air=20, sending=limits(recipients_per_month=3)) as house:
            set_clinic(house, "margin: 0")
            house.start()
            submit(house, 1)
            house.wait_final()
            preview = house.burst(rows(*(number(n) for n in range(1, 6))), "Hello", expires_at=in_seconds(600))
            self.assertEqual(preview["light"], "red", preview)
            self.assertEqual(preview["quota"]["limited_by"], "recipients")
            self.assertLess(preview["quota"]["available"], preview["quota"]["needed"])
            self.assertEqual(send(house, preview, expect=409)["code"], "quota-exhausted")
            fitting = house.burst(rows(number(1), number(2), number(3)), "Hello", "fits", expires_at=in_seconds(600))
            self.assertNotEqual(fitting["light"], "red", "one of them has had a message this month")
            send(house, fitting)
            self.assertEqual({item["state"] for item in house.wait_final()}, {"delivered"})

    def test_of_a_burst_that_has_begun_the_rest_is_withdrawn(self):
        with House(modems=1, air=20, sending=limits(per_minute=2)) as house:
            house.start()
            preview = house.burst(rows(*(number(n) for n in range(5))), "Hello")
            send(house, preview)
            wait_for(lambda: len(house.journal("report")) == 2, "two have left")
            cancelled = house.post(f"/v1/batches/{preview['id']}/cancel", {"user": "anna"}, 200)
            self.assertEqual(cancelled["state"], "cancelled")
            items = house.wait_final()
            self.assertEqual(sorted(item["state"] for item in items), ["cancelled"] * 3 + ["delivered"] * 2)
            withdrawn = [item for item in items if item["state"] == "cancelled"]
            self.assertEqual({(item["status"], item["error"], item["error_code"]) for item in withdrawn},
                             {("Send Failed", "Cancelled before sending", "cancelled")})
            counts = house.get(f"/v1/batches/{preview['id']}")["counts"]
            self.assertEqual(counts["status"], {"Send Failed": 3, "Sent Successfully": 2})
            self.assertEqual(counts["failures"], 0, "what was withdrawn is no failure")
            self.assertIn("Reached 2 · waiting 0 · to be called 0 · withdrawn 3", house.ctl("burst", "show", preview["id"]).stdout)
            check_truth(items, house.journal())


class Settings(unittest.TestCase):
    def test_another_country_and_another_margin(self):
        with House(modems=1) as house:
            change(house, "country: CH", "country: DE")
            set_clinic(house, "appointment_margin: 2 h")
            house.start()
            item = submit(house, 1, to="0151 23456789", appointment_at=in_seconds(3 * DAY))
            self.assertEqual((item["mobile_number"], item["number_as_typed"]), ("+4915123456789", "0151 23456789"))
            ahead = moment(item["appointment_at"]) - moment(item["expires_at"])
            self.assertEqual(ahead, datetime.timedelta(hours=2))
            self.assertEqual([found["id"] for found in house.items("&number=0049+151+23456789")], [item["id"]])
            check = house.post("/v1/messages/check", {"to": "0151 2345 6789", "text": "x"}, 200)
            self.assertEqual((check["to"], check["number_kind"]), ("+4915123456789", "mobile"))
            preview = house.burst(rows("0151/23456789", "079 123 45 67"), "Hello")
            lines = house.get(f"/v1/batches/{preview['id']}/rows")["items"]
            self.assertEqual(lines[0]["mobile_number"], "+4915123456789")
            self.assertNotEqual(lines[1]["mobile_number"], "+41791234567", "no Swiss reading")
            blocked, _, _ = house.call("PUT", "/v1/opt-outs/015123456789", {"user": "anna", "reason": "moved"})
            self.assertEqual(blocked, 201)
            self.assertEqual(house.get("/v1/opt-outs/+4915123456789")["number"], "+4915123456789")

    def test_where_the_network_confirms_what_it_took_counts_as_sent(self):
        deaf, off = number(1), number(2)
        options = ["--no-report", deaf, "--fail", f"{off}=0x46"]
        with House(modems=1, sim_options=options, sending=(*BOUNDLESS, "confirmation: network")) as house:
            house.start()
            taken, failed = submit(house, 1), submit(house, 2)
            item = wait_for(lambda: (found := house.get(f"/v1/clinical-items/{taken['id']}"))["sent_at"] and found, "it left")
            self.assertEqual((item["state"], item["status"]), ("submitted", "Sent Successfully"))
            self.assertEqual((item["confirmation"], item["delivery"], item["delivered_at"]), ("network", None, None))
            found = house.items("&status=Sent%20Successfully")
            self.assertIn(item["id"], [each["id"] for each in found])
            known = wait_for(lambda: (found := house.get(f"/v1/clinical-items/{failed['id']}"))["state"] == "failed" and found,
                             "a report knows better")
            self.assertEqual((known["status"], known["error"]), ("Send Failed", "Phone stayed off"))

    def unconfirmed(self, *sending):
        """A message whose report never comes, once its time is over."""
        with ShiftedHouse(modems=1, sim_options=["--no-report", "*"], sending=(*BOUNDLESS, "report_grace: 1 min", *sending)
                          ) as house:
            house.start()
            item = submit(house, 1, expires_at=in_seconds(600))
            wait_for(lambda: house.items()[0]["state"] == "submitted", "it leaves")
            house.age(30 * 60)
            return wait_for(lambda: (found := house.items()[0])["state"] == "unconfirmed" and found, "its time is over")

    def test_what_nobody_reported_is_sent_or_failed_as_the_clinic_says(self):
        with concurrent.futures.ThreadPoolExecutor() as pool:
            usual, strict = pool.submit(self.unconfirmed), pool.submit(self.unconfirmed, "unconfirmed: failed")
        for item, status in ((usual.result(), "Sent Successfully"), (strict.result(), "Send Failed")):
            self.assertEqual((item["status"], item["error"]), (status, "No delivery report"))
            self.assertEqual((item["delivery"], item["confirmation"]), ("unconfirmed", "network"))

    def test_what_was_sent_within_a_day_is_not_selected_again(self):
        with ShiftedHouse(modems=1) as house:
            for n, ago in ((1, DAY + 600), (2, DAY - 600)):
                house.shift(-ago)
                house.start()
                submit(house, n, text="Hello", to=number(n))
                wait_for(lambda: house.items()[0]["state"] == "delivered", "it is delivered")
                self.assertEqual(house.stop(), 0)
            house.shift(0)
            house.start()
            earlier = {item["mobile_number"]: item["id"] for item in house.items()}
            preview = house.burst(rows(number(1), number(2)), "Hello")
            first, second = house.get(f"/v1/batches/{preview['id']}/rows")["items"]
            self.assertEqual((first["flags"], first["selected"], first["earlier_item"]), ([], True, None))
            self.assertEqual((second["flags"], second["selected"]), (["recently-sent"], False))
            self.assertEqual(second["earlier_item"], earlier[number(2)])


class Status(unittest.TestCase):
    def test_a_modem_tells_its_network_its_number_and_when_it_last_sent(self):
        with House(modems=1) as house:
            profile = house.folder / "speaking.json"
            profile.write_text(json.dumps({"name": "speaking", "answers": {
                "AT+CNUM": '+CNUM: "","0791234567",129\nOK', "AT+CSQ": "+CSQ: 19,99\nOK"}}))
            house.sim.terminate()
            house.sim.wait()
            house.sim = house._start_sim(1, 20, 50, ["--profile", str(profile)])
            began = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(seconds=1)
            house.start()
            modem = house.get("/v1/status")["modems"][0]
            self.assertEqual((modem["operator"], modem["registration"], modem["signal"]), ("Harbour Mobile", 1, 19))
            self.assertEqual((modem["last_accepted"], modem["last_report"]), (None, None))
            self.assertEqual(modem["number"], "+41791234567", "as the SIM says it, with the country's code")
            submit(house, 1)
            house.wait_final()
            modem = house.get("/v1/modems/modem1")
            self.assertLessEqual(began, moment(modem["last_accepted"]))
            self.assertLessEqual(moment(modem["last_accepted"]), moment(modem["last_report"]))
            self.assertIn("Number          +41791234567\n", house.ctl("modems", "modem1").stdout)
            self.assertNotIn("1234567", house.log_file.read_text(), "and nowhere in the log")

    def test_a_configured_number_goes_before_the_sims(self):
        with House(modems=1, modem_options=('number: "+4915123456789"',)) as house:
            house.order("unplug modem1")
            house.start(wait_modems=False)
            self.assertEqual(house.get("/v1/modems/modem1")["number"], "+4915123456789", "whatever is plugged in")
            house.order("plug modem1")
            house.wait_ready()
            self.assertEqual(house.get("/v1/modems/modem1")["number"], "+4915123456789")

    def test_what_will_be_tried_again_says_when(self):
        with House(modems=1, sim_options=["--numbers"]) as house:
            house.start()
            item = submit(house, 1, to="+41790009738")
            found = wait_for(lambda: (now := house.items()[0])["state"] == "retrying" and now, "it is refused")
            message = house.get(f"/v1/messages/{item['id']}")
            self.assertEqual(found["next_attempt_at"], message["next_attempt_at"])
            attempt = message["parts"][0]["attempts"][0]
            pause = moment(found["next_attempt_at"]) - moment(attempt["ended_at"])
            self.assertAlmostEqual(pause.total_seconds(), 600, delta=150)
            self.assertIsNone(submit(house, 2)["next_attempt_at"], "of one that is not")


def in_child(groups, work):
    """What `work` returns in a process with these groups beside its own: as root another user's, else ours as it is."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.getuid() == 0:
                nobody = pwd.getpwnam("nobody")
                os.setgroups(groups)
                os.setgid(nobody.pw_gid)
                os.setuid(nobody.pw_uid)
            os.write(writing, json.dumps(work()).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading, encoding="utf-8") as told:
        answer = told.read()
    os.waitpid(child, 0)
    return json.loads(answer)


class Rights(unittest.TestCase):
    def group(self):
        if os.getuid() == 0:
            return 54321
        others = [group for group in os.getgroups() if group != os.getgid()]
        if not others:
            self.skipTest("only root, or a user with a second group, can be a client with one")
        return others[0]

    def answers(self, house):
        """To a reader's question, a sender's (which is wrong) and an administrator's."""
        asked = (("GET", "/v1/status", None), ("POST", "/v1/messages", {}), ("POST", "/v1/modems/modem1/pause", {}))
        return [house.call(*question)[0] for question in asked]

    def test_a_role_comes_by_a_group_beside_the_own(self):
        group = self.group()
        for role, expected in (("none", [403, 403, 403]), ("read", [200, 403, 403]), ("send", [200, 400, 403]),
                               ("admin", [200, 400, 200])):
            me = f"{{name: tests, users: [{os.getuid()}], role: admin}}" if os.getuid() == 0 else None
            known = [line for line in (f"{{name: desk, groups: [{group}], role: {role}}}", me) if line]
            config = "clients:\n  others: none\n  known:\n" + "".join(f"    - {line}\n" for line in known)
            with self.subTest(role=role), House(modems=1, config=config) as house:
                house.folder.chmod(0o711)
                change(house, "api:\n", 'api:\n  mode: "0666"\n')
                house.answers = house.socket_path.exists  # of the role "none" nobody is answered
                house.start(wait_modems=False)
                self.assertEqual(in_child([group], lambda: self.answers(house)), expected)
                if os.getuid() == 0:
                    self.assertEqual(in_child([], lambda: self.answers(house)), [403, 403, 403])


if __name__ == "__main__":
    unittest.main(verbosity=2)
