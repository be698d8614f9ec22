"""Ten thousand requests that are wrong in some way (structure, types, sizes, encodings, cut-offs, floods of headers): each
gets a problem document or a clean close, and the daemon stays alive, quick and as large as it was. A seed repeats a run:
BURSTD_MALFORMED_SEED."""
import json
import os
import random
import socket
import time
import unittest

from house import House

COUNT = int(os.environ.get("BURSTD_MALFORMED_COUNT", "10000"))
SEED = int(os.environ.get("BURSTD_MALFORMED_SEED", str(random.randrange(1_000_000))))
GOOD = {
    "/v1/messages": {"client_ref": "r", "to": "079 123 45 67", "text": "Hello"},
    "/v1/messages/check": {"to": "079 123 45 67", "text": "Hello"},
    "/v1/batches": {"client_ref": "b", "text": "Dear {patient_name}", "recipients": [{"to": "0791234567"}]},
}
WRONG_VALUES = (None, True, -1, 1e308, 2**70, [[]], {}, {"a": {}}, "\ud800", ["x"] * 300)
METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "BREW", "get", "", "G\tT")
PATHS = ("/v1/messages", "/v1/batches", "/v1/clinical-items", "/v1/clinical-items?limit=x&limit=2", "/v1/%zz", "/v1//",
         "/v1/batches/%00/rows", "/" + "a" * 9000, "*", "http://other/v1/status", "/v1/messages/../status", "/v1/é",
         "/v1/events?after=-1", "/v1/clinical-items?cursor=%ff%fe", "/v1/groups/" + "%41" * 3000)

RIGHT = ("/v1/batches", "/v1/clinical-items", "http://other/v1/status")  # to be read


def head(method, path, fields=(), version="HTTP/1.1", end="\r\n"):
    lines = [f"{method} {path} {version}", "Host: localhost", *fields, "", ""]
    return end.join(lines).encode("utf-8", "surrogatepass")


def post(path, body, *fields, length=None):
    size = len(body) if length is None else length
    return head("POST", path, ("Content-Type: application/json", f"Content-Length: {size}", *fields)) + body


class Spoiler:
    """Makes a request and spoils it."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.ways = (self.wrong_type, self.unknown_member, self.cut_json, self.flipped, self.nested, self.encoded,
                     self.duplicate_key, self.wrong_length, self.header_flood, self.long_header, self.wrong_line,
                     self.smuggled, self.cut_off, self.noise, self.chunked, self.wrong_media, self.large_number)

    def request(self):
        way = self.random.choice(self.ways)
        return way.__name__, way()

    def target(self):
        path = self.random.choice(list(GOOD))
        return path, dict(GOOD[path])

    def wrong_type(self):
        path, body = self.target()
        body[self.random.choice(list(body))] = self.random.choice(WRONG_VALUES)
        return post(path, json.dumps(body).encode())

    def unknown_member(self):
        path, body = self.target()
        body["".join(self.random.choices("abcé\u202e_.", k=8))] = 1
        return post(path, json.dumps(body).encode())

    def cut_json(self):
        path, body = self.target()
        octets = json.dumps(body).encode()
        return post(path, octets[:self.random.randrange(len(octets))])

    def flipped(self):
        path, body = self.target()
        octets = bytearray(json.dumps(body).encode())
        for _ in range(self.random.randint(1, 4)):
            octets[self.random.randrange(len(octets))] = self.random.randrange(128, 256)
        octets[self.random.randrange(len(octets))] = 0xFF  # two side by side may be a letter
        return post(path, bytes(octets))

    def nested(self):
        opening = self.random.choice(("[", '{"a":'))
        return post("/v1/batches", (opening * self.random.randint(17, 20_000)).encode())

    def encoded(self):
        path, body = self.target()
        return post(path, json.dumps(body).encode(self.random.choice(("utf-16", "utf-32"))))

    def duplicate_key(self):
        path, body = self.target()
        octets = json.dumps(body).encode()
        return post(path, octets[:-1] + b"," + octets[1:])

    def wrong_length(self):
        path, body = self.target()
        octets = json.dumps(body).encode()
        wrong = self.random.choice(("-1", "x", "99999999999999999999", "1e3", str(len(octets) + 5), "0x10", "9000000", ""))
        return post(path, octets, length=wrong)

    def header_flood(self):
        return head("GET", "/v1/status", [f"X-{n}: {'y' * 20}" for n in range(self.random.randint(300, 5000))])

    def long_header(self):
        return head("GET", "/v1/status", [f"X: {'y' * self.random.randint(9000, 100_000)}"])

    def wrong_line(self):
        method, path = self.random.choice(METHODS), self.random.choice(PATHS)
        version = self.random.choice(("HTTP/1.1", "HTTP/2.0", "HTTP/9.9", "ICY/1", "", "HTTP/1.1 x"))
        if version == "HTTP/1.1" and method == "GET" and path in RIGHT:
            version = "HTTP/0.0"
        return head(method, path, version=version, end=self.random.choice(("\r\n", "\r\n", "\r", "\n\r")))

    def smuggled(self):
        path, body = self.target()
        octets = json.dumps(body).encode()
        extra = self.random.choice((f"Content-Length: {len(octets) + 1}", "Transfer-Encoding: chunked",
                                    "Transfer-Encoding: gzip, chunked", "Content-Length : 3", " folded: x", "no colon",
                                    "Expect: 200-maybe", "Host: other", "Bad\x00name: x", "Content-Encoding: gzip"))
        return post(path, octets, extra)

    def cut_off(self):
        path, body = self.target()
        octets = post(path, json.dumps(body).encode())
        return octets[:self.random.randrange(1, len(octets) - 1)]

    def noise(self):
        return self.random.randbytes(self.random.randint(1, 4000))

    def chunked(self):
        fields = ("Content-Type: application/json", "Transfer-Encoding: chunked")
        chunk = self.random.choice((b"zz\r\n{}\r\n0\r\n\r\n", b"2\r\n{}x\r\n0\r\n\r\n", b"ffffffffffffffff\r\n{}", b"-2\r\n{}",
                                    b"1\r\n{\r\n0\r\n\r\n", b"2;" + b"e" * 9000 + b"\r\n{}\r\n0\r\n\r\n"))
        return head("POST", "/v1/messages", fields) + chunk

    def wrong_media(self):
        path, body = self.target()
        octets = json.dumps(body).encode()
        media = self.random.choice(("text/plain", "application/xml", "", "application/json2", "multipart/form-data"))
        return head("POST", path, (f"Content-Type: {media}", f"Content-Length: {len(octets)}")) + octets

    def large_number(self):
        return post("/v1/batches", b'{"client_ref":"n","text":"x","recipients":[' + b"0," * 20_000 + b"0]}")


def exchange(path, request):
    """Everything that comes back until the daemon closes, or has answered."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.settimeout(20)
        client.connect(str(path))
        try:
            client.sendall(request)
            client.shutdown(socket.SHUT_WR)
        except (BrokenPipeError, ConnectionResetError):
            pass  # it has been refused already
        answer = b""
        try:
            while piece := client.recv(1 << 16):
                answer += piece
        except ConnectionResetError:
            pass
        return answer


def answers_of(octets):
    """(status, headers, body) of each answer in what came back."""
    found = []
    while octets:
        front, _, octets = octets.partition(b"\r\n\r\n")
        lines = front.decode("ascii").split("\r\n")
        status = int(lines[0].split()[1])
        fields = {line.split(":", 1)[0].lower(): line.split(":", 1)[1].strip() for line in lines[1:]}
        length = int(fields.get("content-length", "0"))
        found.append((status, fields, octets[:length]))
        octets = octets[length:]
    return found


class Malformed(unittest.TestCase):
    def check(self, way, request, octets):
        shown = f"seed {SEED}, {way}: {request[:300]!r}"
        for status, fields, body in answers_of(octets):
            if status == 100:
                continue
            self.assertNotIn(status, (500, 200, 201, 202), f"{shown} → {body[:300]!r}")
            self.assertEqual(fields["content-type"], "application/problem+json", shown)
            problem = json.loads(body)
            self.assertEqual(problem["status"], status, shown)
            self.assertTrue(problem["code"] and problem["title"] and problem["detail"], shown)

    def quickness(self, house):
        begin = time.monotonic()
        for _ in range(20):
            house.get("/v1/version")
        return (time.monotonic() - begin) / 20

    def memory(self, house):
        with open(f"/proc/{house.daemon.pid}/status") as told:
            return next(int(line.split()[1]) for line in told if line.startswith("VmRSS"))

    def descriptors(self, house):
        return len(os.listdir(f"/proc/{house.daemon.pid}/fd"))

    def test_each_gets_a_problem_or_a_clean_close(self):
        spoiler = Spoiler(SEED)
        with House(modems=1) as house:
            house.start()
            for _ in range(min(COUNT, 500)):  # what it needs once it has by now
                exchange(house.socket_path, spoiler.request()[1])
            memory, files = self.memory(house), self.descriptors(house)
            begin, answered = time.monotonic(), 0
            for _ in range(COUNT):
                way, request = spoiler.request()
                octets = exchange(house.socket_path, request)
                self.check(way, request, octets)
                answered += bool(octets)
            spent = time.monotonic() - begin
            self.assertIsNone(house.daemon.poll(), "the daemon is gone")
            self.assertGreater(answered, 0.7 * COUNT, "what can be answered is told what was wrong")
            self.assertEqual(house.items(), [], "a malformed request left a record")
            self.assertLess(self.quickness(house), 0.5)
            self.assertLessEqual(self.descriptors(house), files + 2)
            self.assertLess(self.memory(house), memory + 20_000, "kB")
            print(f"{COUNT} in {spent:.0f} s, {answered} were answered, {self.memory(house) - memory} kB more, seed {SEED}",
                  flush=True)


if __name__ == "__main__":
    unittest.main(verbosity=2)
