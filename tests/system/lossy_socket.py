"""Sockets in front of the daemon that a client meets on a bad day: one that never answers, and one on which the first
answer to a request that sends is lost, after the daemon has given it."""
import contextlib
import http.client

from house import UnixConnection
from listening import Listening

LOST = b"POST /v1/messages HTTP"


class Silent(Listening):
    def serve(self, client):
        with client, contextlib.suppress(OSError):
            while client.recv(1 << 16):
                pass


class Forgetful(Listening):
    def __init__(self, path, daemon):
        self.daemon, self.lost = daemon, 0
        super().__init__(path)

    def serve(self, client):
        with client, contextlib.suppress(OSError, http.client.HTTPException):
            asked = read_request(client)
            server = UnixConnection(self.daemon)
            server.connect()
            with contextlib.closing(server):
                server.sock.sendall(asked)
                answer = read_answer(server.sock)
            if asked.startswith(LOST) and self.lost == 0:
                self.lost += 1
                return
            client.sendall(answer)


def read_request(client):
    octets = b""
    while b"\r\n\r\n" not in octets:
        octets += client.recv(1 << 16) or b"\r\n\r\n"
    head, _, body = octets.partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:")]
    length = sum(int(line.split(b":")[1]) for line in lines if line.lower().startswith(b"content-length:"))
    while len(body) < length:
        body += client.recv(1 << 16)
    return b"\r\n".join([*lines, b"Connection: close", b"", body])


def read_answer(server):
    octets = b""
    while more := server.recv(1 << 16):
        octets += more
    return octets
