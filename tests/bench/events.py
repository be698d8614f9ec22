"""How soon a change reaches those who watch: from the moment that its row names, which is before the commit, to the
moment at which the octets are there."""
import sys
import time
from datetime import datetime, timezone
from pathlib import Path

from workshop import LONG, Workshop

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "system"))
from watchers import Crowd, Watcher  # noqa: E402


class Clocked(Watcher):
    """Notes when octets come and reads them only afterwards: two hundred readers in one thread have no time to."""

    def __init__(self, path):
        super().__init__(path)
        self.pieces, self.delivered = [], 0

    def read(self):
        octets = self.socket.recv(1 << 16)
        self.pieces.append((time.time(), octets))
        self.delivered += octets.count(b'"state":"delivered"')
        if not octets:
            self.close()

    def digest(self):
        for got, octets in self.pieces:
            self.raw += octets
            if self.head is None and b"\r\n\r\n" in self.raw:
                head, self.raw = self.raw.split(b"\r\n\r\n", 1)
                self.head = head.decode()
            while self.head is not None and self.take_chunk():
                pass
            while "\n\n" in self.text:
                block, self.text = self.text.split("\n\n", 1)
                self.take_event(block, got)


def moment(text):
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=timezone.utc).timestamp()


def latencies(watchers, messages, air=200):
    """Milliseconds of every event of a burst at every watcher, and the daemon's share of a core meanwhile."""
    with Workshop(modems=1, air=air, report=300) as house:
        house.start()
        crowd = Crowd(Clocked(house.socket_path) for _ in range(watchers))
        crowd.listen(lambda: all(watcher.pieces for watcher in crowd.watchers), "all are taken in")
        cpu, begin = house.cpu(), time.monotonic()
        house.send(house.preview(messages))
        crowd.listen(lambda: all(watcher.delivered >= messages for watcher in crowd.watchers), "all is seen", LONG)
        share = (house.cpu() - cpu) / (time.monotonic() - begin)
        for watcher in crowd.watchers:
            watcher.digest()
        spent = sorted(1000 * (event["got"] - moment(event["at"])) for watcher in crowd.watchers
                       for event in watcher.events)
        crowd.close()
        return spent, share
