"""A house (tests/system) to measure in: its record may come filled, its journal is followed as it grows, and what the
daemon costs is read from the kernel."""
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "system"))
from house import BURSTD, House, UnixConnection  # noqa: E402

PROGRAMS = Path(os.environ.get("BURSTD_BENCH_PROGRAMS", "build/release/tests/bench"))
PLACE = os.environ.get("TMPDIR", "/var/tmp")  # a disk: syncing is part of what is measured
tempfile.tempdir = PLACE
LONG = 1800
TEXT = "Dear {patient_name}, your appointment is on Monday at 08:30. Please call us if you cannot come."


def median(values):
    return statistics.median(values)


def run(program, *arguments, given=None):
    command = [PROGRAMS / program, *map(str, arguments)]
    done = subprocess.run(command, input=given, capture_output=True, text=True, timeout=LONG)
    if done.returncode != 0:
        raise RuntimeError(f"{program}: {done.stderr.strip()}")
    return done.stdout.strip()


class Journal:
    """The simulator's journal, read once from the beginning to the end while it grows."""

    def __init__(self, path):
        self.file = open(path, "rb")
        self.counts = {}

    def count(self, event):
        """How many there are by now. The event is asked for from the beginning or never."""
        while chunk := self.file.read(1 << 20):
            whole = chunk.rfind(b"\n") + 1
            self.file.seek(whole - len(chunk), os.SEEK_CUR)
            if whole == 0:
                break
            for name in (b"verdict", b"report", b"report_stored"):
                found = chunk.count(b'"event":"' + name + b'"', 0, whole)
                self.counts[name] = self.counts.get(name, 0) + found
        return self.counts.get(event.encode(), 0)


class Workshop(House):
    def __init__(self, modems=1, air=0, report=0, clinic=(), **more):
        self.clinic = ("queue_cap: 2000000", *clinic)
        super().__init__(modems=modems, air=air, report=report, **more)
        self.tail = Journal(self.journal_file)

    def configuration(self, extra="", modem_options=()):
        lines = super().configuration(extra, modem_options)
        lines = lines.replace("api:\n", "api:\n  requests_per_second: 0\n")
        return lines.replace("  country: CH\n", "".join(f"  {line}\n" for line in ("country: CH", *self.clinic)))

    def command(self):
        return [BURSTD, "--config", str(self.config_file)]

    # --- the record ---

    def fill(self, delivered, queued):
        """Messages of long ago and waiting ones, before the daemon starts."""
        run("bench_record", self.record, delivered, queued, *self.sims())
        os.sync()  # else it is still being written while something is measured

    def sims(self):
        return [modem["iccid"] for modem in self.order("status")["modems"]]

    def take(self, record):
        for file in Path(record).iterdir():
            subprocess.run(["cp", "--reflink=auto", file, self.record], check=True)
        os.sync()  # else the copy is still being written while something is measured

    # --- bursts ---

    def preview(self, count, first=0, text=TEXT):
        return self.burst(rows(count, first), text=text, ref=f"burst-{first}-{count}")

    def send(self, preview):
        """The moment of the answer, on the clock of the journal."""
        self.post(f"/v1/batches/{preview['id']}/send", {}, 202)
        return time.time()

    def queue(self, count, first=0, slice=10_000):
        for begin in range(first, first + count, slice):
            self.send(self.preview(min(slice, first + count - begin), begin))

    def pause(self, name):
        self.post(f"/v1/modems/{name}/pause", {}, 200)

    def resume(self, name):
        self.post(f"/v1/modems/{name}/resume", {}, 200)

    def wait_verdicts(self, count, seconds=LONG, pause=0.02):
        end = time.monotonic() + seconds
        while self.tail.count("verdict") < count:
            if time.monotonic() > end or self.daemon.poll() is not None:
                raise AssertionError(f"waited in vain for {count} verdicts")
            time.sleep(pause)

    # --- what the daemon costs ---

    def cpu(self):
        """Seconds on a core so far, of all its threads."""
        tasks = Path(f"/proc/{self.daemon.pid}/task").iterdir()
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9

    def memory(self, field="VmRSS"):
        """Megabytes (of 2^20 octets)."""
        for line in Path(f"/proc/{self.daemon.pid}/status").read_text().splitlines():
            if line.startswith(field + ":"):
                return int(line.split()[1]) / 1024
        raise AssertionError(f"the kernel does not tell {field}")

    def forget_peak(self):
        Path(f"/proc/{self.daemon.pid}/clear_refs").write_text("5")

    def connection(self):
        return UnixConnection(self.socket_path)


def rows(count, first=0):
    return [{"to": f"+4179{n:07}", "patient": f"B{n}", "patient_name": f"Muster {n:06}"}
            for n in range(first, first + count)]


def ask(connection, method, path, body=None):
    """Over a connection that stays; the octets of the answer."""
    connection.request(method, path, body, {"Content-Type": "application/json"} if body else {})
    response = connection.getresponse()
    answer = response.read()
    if response.status >= 300:
        raise AssertionError(f"{method} {path}: {response.status} {answer[:300]}")
    return answer


