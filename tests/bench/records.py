"""Large records: what it costs to take a burst in, to start, to rest and to list."""
import http.client
import json
import shutil
import socket
import subprocess
import threading
from pathlib import Path

from workshop import LONG, PLACE, Workshop, ask, median, rows, run, tempfile, time, TEXT

MESSAGE = ("message", "part")
EVERYTHING = ("message", "part", "batch", "batch_row", "history")


class Shelf:
    """Filled records, made once and copied for each row that wants one; gone at the end."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="burstd-records-"))

    def record(self, house, delivered, queued):
        place = self.folder / f"{delivered}-{queued}"
        if not place.exists():
            self.make(house, place, delivered, queued)
        house.take(place)

    def make(self, house, place, delivered, queued):
        unfinished = self.folder / "unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        base = self.folder / f"{delivered}-0"
        begin = time.monotonic()
        if queued > 0 and base.exists():
            for file in base.iterdir():
                subprocess.run(["cp", "--reflink=auto", file, unfinished], check=True)
            delivered = 0
        run("bench_record", unfinished, delivered, queued, *house.sims())
        unfinished.rename(place)
        print(f"    (record {place.name} filled in {time.monotonic() - begin:.0f} s)", flush=True)

    def clear(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def hand_over(count):
    """Milliseconds from the first octet of the preview to the last octet of the answer to the send."""
    with Workshop(modems=1) as house:
        house.start()
        house.pause("modem1")
        body = json.dumps({"client_ref": "hand-over", "text": TEXT, "recipients": rows(count)}).encode()
        connection = house.connection()
        ask(connection, "GET", "/v1/version")
        begin = time.perf_counter()
        preview = ask(connection, "POST", "/v1/batches", body)
        between = time.perf_counter()
        identity = json.loads(preview)["id"]
        ask(connection, "POST", f"/v1/batches/{identity}/send", b"{}")
        end = time.perf_counter()
        connection.close()
        house.stop()
        file = house.record / "burstd.db"
        bare = [[float(run("bare_inserts", file, house.folder / f"bare-{len(tables)}-{n}.db", *tables))
                 for n in range(3)] for tables in (MESSAGE, EVERYTHING)]
        return {"preview": 1000 * (between - begin), "send": 1000 * (end - between), "all": 1000 * (end - begin),
                "bare": median(bare[0]), "bare everything": median(bare[1])}


def peak_of_hand_over(count):
    """Megabytes at the most while a burst is handed over, and before it."""
    with Workshop(modems=1) as house:
        house.start()
        house.pause("modem1")
        house.send(house.preview(10, 9_000_000))
        time.sleep(1)
        before = house.memory()
        house.forget_peak()
        house.send(house.preview(count))
        return house.memory("VmHWM"), before


def rest_after_hand_over(queued):
    """Megabytes at rest: after so many messages came over the socket, and after a new start with them."""
    with Workshop(modems=1) as house:
        house.start()
        house.pause("modem1")
        house.queue(queued)
        time.sleep(10)
        handed = house.memory()
        house.stop()
        house.start(wait_modems=False)
        time.sleep(10)
        return handed, house.memory()


def rest_with(shelf, delivered):
    """Megabytes at rest with so many messages in the record: after the start, and after a client looked around."""
    with Workshop(modems=1) as house:
        shelf.record(house, delivered, 0)
        house.start()
        time.sleep(5)
        fresh = house.memory()
        look_around(house)
        time.sleep(5)
        return fresh, house.memory()


def look_around(house):
    for path in ("?limit=500", "?status=Pending", "?status=Sent%20Successfully&limit=500", "?patient=P000007"):
        house.get(f"/v1/clinical-items{path}")
    house.get("/v1/batches")
    house.get("/v1/status")


def start(shelf, delivered, queued):
    """Seconds from the start of the program to its first answer; the least of three, the first one warms the cache."""
    with Workshop(modems=1) as house:
        shelf.record(house, delivered, queued)
        return [start_once(house) for _ in range(4)][1:]


def start_once(house):
    house.socket_path.unlink(missing_ok=True)
    begin = time.perf_counter()
    with open(house.log_file, "ab") as log:
        house.daemon = subprocess.Popen(house.command(), stdout=log, stderr=log)
    while True:
        try:
            connection = house.connection()
            ask(connection, "GET", "/v1/version")
            break
        except (OSError, http.client.HTTPException):
            time.sleep(0.001)
    spent = time.perf_counter() - begin
    connection.close()
    house.kill()
    return spent


class Burst(threading.Thread):
    """Keeps a daemon busy: hands over burst after burst, so that its modems never rest."""

    def __init__(self, house, size):
        super().__init__(daemon=True)
        self.house, self.size, self.over, self.sent = house, size, threading.Event(), 0
        self.failure = None

    def run(self):
        try:
            while not self.over.is_set():
                self.house.send(self.house.preview(self.size, self.sent))
                self.sent += self.size
                while not self.over.wait(0.2) and self.sent - self.house.tail.count("verdict") > self.size / 2:
                    pass
        except Exception as failure:  # told by whoever waits for it
            self.failure = failure


def list_while_sending(shelf, delivered, requests, clients=2):
    """Milliseconds of each GET of one patient's items, asked one after the other on each of a few connections."""
    with Workshop(modems=4, air=200, report=300) as house:
        shelf.record(house, delivered, 0)
        house.start()
        burst = Burst(house, 2000)
        burst.start()
        house.wait_verdicts(8)
        spent = []
        askers = [threading.Thread(target=asker, args=(house, requests // clients, which, spent))
                  for which in range(clients)]
        for each in askers:
            each.start()
        for each in askers:
            each.join()
        burst.over.set()
        burst.join(LONG)
        if burst.failure:
            raise burst.failure
        assert len(spent) == requests // clients * clients, "a client got no answer"
        return sorted(spent)


def asker(house, count, which, spent):
    connection = house.connection()
    for n in range(count):
        path = f"/v1/clinical-items?patient=P{(which * 50_021 + n * 7919) % 100_000:06}"
        begin = time.perf_counter()
        found = json.loads(ask(connection, "GET", path))
        end = time.perf_counter()
        assert found["items"], f"{path}: the patient has no items"
        spent.append(1000 * (end - begin))
        time.sleep(0.005)
    connection.close()
