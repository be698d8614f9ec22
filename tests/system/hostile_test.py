"""A user of the machine who means harm, by every way that a socket offers, and a clinic that is answered all the same.

As root the harm comes from another user, and takes all that one user may have. Otherwise it comes from the same one,
and leaves it a little: only another user has a purse of its own.
"""
import os
import resource
import select
import socket
import time
import unittest
import warnings

from house import House, wait_for

HARM = 65534 if os.geteuid() == 0 else None
SECONDS = 4
SOON = 2.0  # on a machine that is busy with the harm itself


class Shared(House):
    """Whoever is on the machine may connect, and only look."""

    def configuration(self, extra="", modem_options=()):
        text = super().configuration(extra, modem_options)
        rate = "" if HARM else "  requests_per_second: 0\n"
        return text.replace("api:\n", "api:\n  mode: \"0666\"\n  request_time: 2 s\n" + rate) + (
            f"clients:\n  others: read\n  known: [{{name: clinic, users: [\"{os.geteuid()}\"], role: admin}}]\n")


def connect(path):
    client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    client.setblocking(False)
    client.connect(str(path))
    return client


def send_all(clients, octets):
    for client in clients:
        try:
            client.send(octets)
        except OSError:
            pass


def silent(path, end):
    """More connections than one user may have, in silence. (Whoever connects without end fills the kernel's backlog;
    nobody behind the socket can help that, only its mode.)"""
    held = []
    while time.monotonic() < end:
        try:
            if len(held) < (3000 if HARM else 300):
                held.append(connect(path))
                continue
        except OSError:
            pass
        time.sleep(0.01)


def trickle(path, end):
    clients = [connect(path) for _ in range(50)]
    send_all(clients[:25], b"POST /v1/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                           b"Content-Length: 100000\r\n\r\n")
    while time.monotonic() < end:
        send_all(clients, b"G")
        time.sleep(0.05)


def pipeline(path, end):
    """Requests without end, of which no answer is ever read."""
    request = b"GET /v1/clinical-items?limit=500 HTTP/1.1\r\nHost: x\r\n\r\n" * 100
    while time.monotonic() < end:
        clients = [connect(path) for _ in range(10)]
        for _ in range(50):
            send_all(clients, request)
            time.sleep(0.002)
        for client in clients:
            client.close()


def headers(path, end):
    flood = b"GET / HTTP/1.1\r\n" + b"X-Flood: " + b"f" * 100_000 + b"\r\n"
    while time.monotonic() < end:
        client = connect(path)
        send_all([client], flood)
        select.select([client], [], [], 0.1)
        client.close()


def forbidden(path, end):
    request = b"POST /v1/modems/modem1/pause HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"
    while time.monotonic() < end:
        client = connect(path)
        send_all([client], request * 20)
        select.select([client], [], [], 0.1)
        client.close()


class Hostile(unittest.TestCase):
    def harm(self, house, how):
        """A process that does it for a while as the other user; it ends by itself."""
        child = os.fork()
        if child:
            return child
        try:
            warnings.simplefilter("ignore", ResourceWarning)
            most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
            if HARM:
                os.setgroups([])
                os.setgid(HARM)
                os.setuid(HARM)
            end = time.monotonic() + SECONDS
            while time.monotonic() < end:
                try:
                    how(house.socket_path, end)
                except OSError:
                    time.sleep(0.01)
        finally:
            os._exit(0)

    def slowest(self, house, seconds):
        slowest, asked, end = 0.0, 0, time.monotonic() + seconds
        while time.monotonic() < end:
            begin = time.monotonic()
            house.get("/v1/version")
            body = {"client_ref": f"honest-{asked}-{begin}", "to": "12", "text": "Hello"}
            self.assertEqual(house.call("POST", "/v1/messages", body)[0], 201)
            slowest, asked = max(slowest, time.monotonic() - begin), asked + 1
            time.sleep(0.05)
        self.assertGreater(asked, 5)
        return slowest

    def test_the_clinic_is_answered_whatever_another_user_does(self):
        with Shared(modems=1) as house:
            house.folder.chmod(0o711)
            house.start()
            for how in (silent, trickle, pipeline, headers, forbidden):
                with self.subTest(how=how.__name__):
                    child = self.harm(house, how)
                    try:
                        self.assertLess(self.slowest(house, SECONDS - 0.5), SOON)
                    finally:
                        os.waitpid(child, 0)
            self.assertEqual(house.get("/v1/modems/modem1")["state"], "ready" if HARM else "paused")
            if HARM:
                rows = wait_for(lambda: [row for row in house.get("/v1/audit")["items"] if row["event"] == "refused"],
                                "what was refused is on record")
                self.assertLess(len(rows), 20, "and fills no disk")
                self.assertEqual({(row["uid"], row["subject"]) for row in rows if "pause" in row["route"]},
                                 {(HARM, "modem1")})
            self.assertIsNone(house.daemon.poll())


if __name__ == "__main__":
    unittest.main()
