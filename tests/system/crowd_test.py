"""Five hundred clients that each hand over one message at the same moment, and again with a kill in between: all are
answered, what was answered is on disk, and nothing is there twice."""
import json
import signal
import socket
import threading
import time
import unittest

from house import House, wait_for

CLIENTS = 500
HEAD = "POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n"


class Client(threading.Thread):
    """Connected before the others start; asks once, as octets, so that all hundreds are there at the same moment."""

    def __init__(self, path, which, barrier):
        super().__init__(daemon=True)
        self.ref, self.barrier, self.status, self.answer, self.spent = f"crowd-{which}", barrier, None, None, None
        body = json.dumps({"client_ref": self.ref, "to": f"+4179{which:07}", "text": f"Hello {which}"})
        self.request = (HEAD.format(len(body)) + body).encode()
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.settimeout(30)
        self.socket.connect(str(path))

    def run(self):
        self.barrier.wait()
        begin = time.monotonic()
        try:
            self.socket.sendall(self.request)
            answer = self.socket.makefile("rb")
            status = int(answer.readline().split()[1])
            length = 0
            while (line := answer.readline().strip()):
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            body = answer.read(length)
            if len(body) == length and body:
                self.status, self.answer, self.spent = status, json.loads(body), time.monotonic() - begin
        except (OSError, IndexError):
            pass  # the daemon was killed: no answer
        finally:
            self.socket.close()


def crowd(house):
    barrier = threading.Barrier(CLIENTS + 1)
    clients = [Client(house.socket_path, which, barrier) for which in range(CLIENTS)]
    for client in clients:
        client.start()
    barrier.wait()
    return clients


class CrowdTest(unittest.TestCase):
    def assert_each_once(self, house, answers):
        items = house.items()
        self.assertEqual(sorted(item["client_ref"] for item in items), sorted(set(answers)), "one item a client")
        self.assertEqual({item["client_ref"]: item["id"] for item in items}, answers)

    def test_all_are_answered_and_durable_and_none_twice(self):
        with House(modems=1) as house:
            house.start()
            house.post("/v1/modems/modem1/pause", {}, 200)
            clients = crowd(house)
            for client in clients:
                client.join(60)
            self.assertEqual({client.status for client in clients}, {201})
            slowest = max(client.spent for client in clients)
            print(f"{CLIENTS} clients at the same moment, the slowest answer after {1000 * slowest:.0f} ms", flush=True)
            house.kill()  # what was answered is on disk
            house.start(wait_modems=False)
            self.assert_each_once(house, {client.ref: client.answer["id"] for client in clients})

    def test_a_kill_among_them_loses_no_answered_one_and_repeating_is_safe(self):
        with House(modems=1) as house:
            house.start()
            house.post("/v1/modems/modem1/pause", {}, 200)
            clients = crowd(house)
            wait_for(lambda: any(client.status for client in clients), "the first is answered")
            house.daemon.send_signal(signal.SIGKILL)
            house.daemon.wait()
            for client in clients:
                client.join(60)
            answered = {client.ref: client.answer["id"] for client in clients if client.status == 201}
            self.assertTrue(answered)
            house.start(wait_modems=False)
            known = {item["client_ref"]: item["id"] for item in house.items()}
            self.assertEqual({ref: known.get(ref) for ref in answered}, answered, "answered and not there")
            again = crowd(house)
            for client in again:
                client.join(60)
            self.assertLessEqual({client.status for client in again}, {200, 201})
            kept = {client.ref: client.answer["id"] for client in again}
            self.assertEqual({ref: kept[ref] for ref in known}, known, "the same client_ref made another message")
            self.assert_each_once(house, kept)
            print(f"{len(answered)} of {CLIENTS} had their answer before the kill, {len(known)} were on disk", flush=True)


if __name__ == "__main__":
    unittest.main(verbosity=2)
