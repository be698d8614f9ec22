"""Clients that watch the gateway's events, many at once in one thread: each a raw connection whose chunks are read as
they come, with the moment of each event."""
import json
import selectors
import socket
import time

from contract import contract


class Watcher:
    """One stream. `events` are the data of each event, with "id", "event" and the moment "got" beside it."""

    def __init__(self, path, target="/v1/events", headers=(), buffer=None):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        if buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        self.socket.settimeout(30)
        self.socket.connect(str(path))
        lines = [f"GET {target} HTTP/1.1", "Host: localhost", "Accept: text/event-stream", *headers]
        self.socket.sendall("\r\n".join([*lines, "", ""]).encode())
        self.raw, self.text, self.head, self.events = b"", "", None, []
        self.comments = 0
        self.whole = False  # the last chunk has come
        self.open = True

    def fileno(self):
        return self.socket.fileno()

    def status(self):
        return int(self.head.split()[1]) if self.head else None

    def read(self):
        """What there is now; to be called when there is something."""
        try:
            octets = self.socket.recv(1 << 16)
        except ConnectionError:
            octets = b""
        got = time.time()
        if not octets:
            self.close()
            return
        self.raw += octets
        if self.head is None and b"\r\n\r\n" in self.raw:
            head, self.raw = self.raw.split(b"\r\n\r\n", 1)
            self.head = head.decode()
        while self.head is not None and self.take_chunk():
            pass
        while "\n\n" in self.text:
            block, self.text = self.text.split("\n\n", 1)
            self.take_event(block, got)

    def take_chunk(self):
        size, found, rest = self.raw.partition(b"\r\n")
        if not found or len(rest) < int(size, 16) + 2:
            return False
        length = int(size, 16)
        self.whole = length == 0
        self.text += rest[:length].decode()
        self.raw = rest[length + 2:]
        return True

    def take_event(self, block, got):
        if block.startswith(":"):
            self.comments += 1
            return
        fields = dict(line.split(": ", 1) for line in block.split("\n"))
        told = json.loads(fields["data"])
        assert int(fields["id"]) == told["seq"] and fields["event"] == told["kind"], block
        contract().check_event(fields["data"])
        self.events.append({**told, "got": got})

    def close(self):
        self.open = False
        self.socket.close()

    # --- what was heard ---

    def seqs(self):
        return [event["seq"] for event in self.events]

    def items(self):
        """The last that was told of each item."""
        return {event["data"]["id"]: event["data"] for event in self.events if event["kind"] == "item"}


class Crowd:
    def __init__(self, watchers):
        self.watchers = list(watchers)
        self.selector = selectors.DefaultSelector()
        for watcher in self.watchers:
            self.selector.register(watcher, selectors.EVENT_READ)

    def listen(self, until, what, seconds=60):
        """Reads whatever comes to whoever, until the condition holds."""
        end = time.monotonic() + seconds
        while not until():
            if time.monotonic() > end:
                raise AssertionError(f"waited {seconds} s in vain: {what}")
            for key, _ in self.selector.select(0.05):
                descriptor = key.fd
                key.fileobj.read()
                if not key.fileobj.open:
                    self.selector.unregister(descriptor)

    def listen_for(self, seconds):
        end = time.monotonic() + seconds
        self.listen(lambda: time.monotonic() > end, "never", seconds + 10)

    def close(self):
        for watcher in self.watchers:
            if watcher.open:
                watcher.close()
        self.selector.close()
