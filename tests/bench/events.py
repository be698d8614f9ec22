"""How soon a change reaches those who watch: from its commit, which a process of its own sees in the record, to the
moment at which the octets are there."""
import multiprocessing
import sqlite3
import sys
import threading
import time
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


class Spotter:
    """When each change could first be read, to a fraction of a millisecond."""

    def __init__(self, record):
        self.mine, theirs = multiprocessing.Pipe()
        self.process = multiprocessing.Process(target=self.look, args=(record, theirs), daemon=True)
        self.process.start()
        self.mine.recv()

    @staticmethod
    def look(record, pipe):
        connection = sqlite3.connect(f"file:{record / 'burstd.db'}?mode=ro", uri=True, isolation_level=None)
        newest, seen = connection.execute("SELECT max(seq) FROM history").fetchone()[0] or 0, {}
        pipe.send("ready")
        while not pipe.poll(0.0002):
            last = connection.execute("SELECT max(seq) FROM history").fetchone()[0] or 0
            now = time.time()
            seen.update(dict.fromkeys(range(newest + 1, last + 1), now))
            newest = last
        connection.close()
        pipe.send(seen)

    def end(self):
        self.mine.send("end")
        seen = self.mine.recv()
        self.process.join()
        return seen


def latencies(watchers, messages, air=200):
    """Milliseconds of every event of a burst at every watcher, and the daemon's share of a core meanwhile."""
    with Workshop(modems=1, air=air, report=300) as house:
        house.start()
        crowd = Crowd(Clocked(house.socket_path) for _ in range(watchers))
        crowd.listen(lambda: all(watcher.pieces for watcher in crowd.watchers), "all are taken in")
        spotter = Spotter(house.record)
        cpu, begin = house.cpu(), time.monotonic()
        sending = threading.Thread(target=lambda: house.send(house.preview(messages)))  # the crowd listens meanwhile
        sending.start()
        crowd.listen(lambda: all(watcher.delivered >= messages for watcher in crowd.watchers), "all is seen", LONG)
        sending.join()
        share = (house.cpu() - cpu) / (time.monotonic() - begin)
        for watcher in crowd.watchers:
            watcher.digest()
        committed = spotter.end()
        spent = sorted(1000 * (event["got"] - committed[event["seq"]]) for watcher in crowd.watchers
                       for event in watcher.events if event["seq"] in committed)
        crowd.close()
        return spent, share
