"""A socket between burstctl and the daemon: what goes through is passed on octet by octet, and looked at when the
connection is over. It is one request a connection, as burstctl asks. What was cut off in the middle is not judged."""
import http.client
import io
import socket
import threading

from contract import Breach, contract
from listening import Listening

ENOUGH = 60  # seconds without a word


class Recorded:
    """Octets as http.client wants its socket."""

    def __init__(self, octets):
        self.octets = octets

    def makefile(self, *_):
        return io.BytesIO(self.octets)


class Tap(Listening):
    def __init__(self, path, daemon):
        self.daemon = daemon
        self.breaches = []
        self.heard = 0  # answers that were looked at
        super().__init__(path)

    def serve(self, client):
        asked, answered = bytearray(), bytearray()
        with client, socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
            try:
                server.connect(str(self.daemon))
            except OSError:
                return
            back = threading.Thread(target=pass_on, args=(server, client, answered), daemon=True)
            back.start()
            pass_on(client, server, asked)
            back.join()
        try:
            self.heard += look(bytes(asked), bytes(answered))
        except Breach as breach:
            self.breaches.append(str(breach))

    def settled(self):
        """What was found wrong with all that has gone through so far."""
        for thread in self.threads:
            thread.join(timeout=5)
        self.threads = [thread for thread in self.threads if thread.is_alive()]
        return self.breaches


def pass_on(source, target, record):
    """Until one of them ends; then both ends are told."""
    source.settimeout(ENOUGH)
    try:
        while octets := source.recv(1 << 16):
            record += octets
            target.sendall(octets)
    except OSError:
        pass
    for end in (source, target):
        try:
            end.shutdown(socket.SHUT_WR if end is target else socket.SHUT_RD)
        except OSError:
            pass


def look(asked, answered):
    """Whether there was a whole answer to look at."""
    head, found, body = asked.partition(b"\r\n\r\n")
    if not found or not answered:
        return False
    method, target, _ = head.split(b"\r\n")[0].decode().split(" ", 2)
    response = http.client.HTTPResponse(Recorded(answered), method=method)
    try:
        response.begin()
        raw = response.read()
    except (http.client.HTTPException, OSError, ValueError):
        return False
    contract().check((method, target, body or None), (response.status, response.getheaders(), raw))
    return True
