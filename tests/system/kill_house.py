"""A house in which the daemon is killed at a chosen step or moment, and what its killers share.

What was on the disk at a kill is read from a copy of the record, by SQLite alone: no line of the daemon has a say in it.
"""
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time

from house import BURSTD, House, wait_for

ROUTES = ("stored", "acknowledged", "direct")
STRACE = shutil.which("strace")
CAN_TRACE = bool(STRACE) and subprocess.run([STRACE, "-qq", "-o", "/dev/null", "true"], check=False).returncode == 0
WAITING = ("queued", "held", "sending", "retrying")
# What a killed modem is left in costs a test little.
BRISK = "prompt_timeout: 1 s\nnetwork_timer: 1 s\nsubmit_timeout: 10 s\ncommand_timeout: 2 s\nreset_time: 4 s\n"


class KillHouse(House):
    """One modem for each of the routes, by which its reports come."""

    def __init__(self, routes=ROUTES, air=30, report=20, sim_options=(), **more):
        self.routes = {f"modem{n + 1}": route for n, route in enumerate(routes)}
        options = ["--hold-unacknowledged", "--again", "100", "--slots", "60", "--prompt", "3", *sim_options]
        super().__init__(modems=len(routes), air=air, report=report, sim_options=options, **more)
        own = self.folder / "own-drivers"
        own.mkdir(exist_ok=True)
        for route in ROUTES:
            ways = "".join(f"{way}_reports: {'yes' if way == route else 'no'}\n" for way in ("stored", "acknowledged"))
            (own / f"{route}.yaml").write_text(f"name: {route}\n{ways}{BRISK}")
        self.rows, self.read_to, self.tracers = [], 0, []

    def modems_section(self, modem_options):
        section = [{"name": name, "port": str(self.ports / name), "driver": route, "reopen_first": "100 ms",
                    "keep_alive": "5 s"} for name, route in self.routes.items()]
        return [f"modems: {json.dumps(section)}"]  # JSON is YAML

    # --- the journal, read once ---

    def journal(self, *events):
        with open(self.journal_file, "rb") as file:
            file.seek(self.read_to)
            whole = file.read()
        whole = whole[:whole.rfind(b"\n") + 1]
        self.read_to += len(whole)
        self.rows += [json.loads(line) for line in whole.splitlines()]
        return [row for row in self.rows if not events or row["event"] in events]

    # --- dying and coming back ---

    def spawn(self, *before):
        """The daemon, or `before` it a program that runs it; nothing is waited for."""
        with open(self.log_file, "ab") as log:
            self.daemon = subprocess.Popen([*before, BURSTD, "--config", str(self.config_file)], stdout=log, stderr=log)

    def wait_answers(self, seconds=20):
        end = time.monotonic() + seconds
        while not self.answers():
            assert time.monotonic() < end, "the socket does not answer"
            time.sleep(0.005)

    def snare(self, words):
        self.order(f"kill {self.daemon.pid} at {words}")

    def wait_killed(self, seconds=30):
        try:
            code = self.daemon.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            raise AssertionError("the step at which the daemon was to be killed has not come") from None
        assert code == -signal.SIGKILL, f"the daemon ended by itself with {code}"

    def on_disk(self, question, *values):
        """Asks a copy of the record: what a power cut after this moment would have left."""
        with tempfile.TemporaryDirectory(dir=self.folder) as copy:
            for file in self.record.iterdir():
                if file.is_file():
                    shutil.copy(file, copy)
            found = next(file for file in sorted(self.record.iterdir()) if is_database(file))
            connection = sqlite3.connect(f"{copy}/{found.name}")
            try:
                return connection.execute(question, values).fetchall()
            finally:
                connection.close()

    def inject(self, what, wait=True):
        """strace meddles with the daemon's system calls, as `-e inject` says; it ends with the daemon. Only where
        CAN_TRACE is true."""
        self.tracers = [tracer for tracer in self.tracers if tracer.poll() is None]
        call = what.split(":")[0]
        command = [STRACE, "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={what}"]
        self.tracers.append(subprocess.Popen([*command, "-p", str(self.daemon.pid)], stdout=subprocess.DEVNULL,
                                             stderr=subprocess.DEVNULL))
        tasks = f"/proc/{self.daemon.pid}/task"
        held = lambda task: "TracerPid:\t0" not in open(f"{tasks}/{task}/status", encoding="ascii").read()
        killed = lambda: self.daemon.poll() is not None  # at once, by a commit of its own
        if wait:
            wait_for(lambda: killed() or all(held(task) for task in os.listdir(tasks)), "strace has hold of the daemon", 10)

    def slow_disk(self, wait=True):
        """So slow that what is promised, sent or acknowledged before its commit is found out by a kill."""
        if CAN_TRACE:
            self.inject("pwrite64:delay_enter=3000", wait)

    def __exit__(self, kind, *more):
        super().__exit__(kind, *more)
        for tracer in self.tracers:
            tracer.wait(timeout=10)

    # --- looking ---

    def attempts(self, to):
        """part: result of its last attempt, as the disk has it."""
        return dict(self.all_attempts(to))

    def all_attempts(self, to):
        return self.on_disk("SELECT part, result FROM attempt WHERE message = (SELECT key FROM message"
                            " WHERE number = ?) ORDER BY attempt.key", to)

    def parts_on_disk(self, to):
        """part: its state. What is found on the air at a start is uncertain from then on."""
        rows = self.on_disk("SELECT part.number, part.state FROM part JOIN message ON message.key = part.message"
                            " WHERE message.number = ?", to)
        return {part: "uncertain" if state == "sending" else state for part, state in rows}

    def network(self, to):
        """The parts of the message that have left, each as often as it did."""
        return sorted(part_of(row) for row in self.journal("network") if row["to"] == to)

    def wait_left(self, seconds=60):
        wait_for(lambda: not any(self.items(f"&state={state}") for state in WAITING), "everything leaves", seconds)

    def item(self, message):
        return self.get(f"/v1/clinical-items/{message}")

    def parts(self, message):
        return {part["part"]: part["state"] for part in self.get(f"/v1/messages/{message}")["parts"]}

    def settles(self, message, states, why):
        try:
            wait_for(lambda: self.item(message)["state"] in states, "", 20)
        except AssertionError:
            raise AssertionError(f"{why}: not {states} but {self.item(message)}; {self.parts(message)}") from None


def is_database(file):
    with open(file, "rb") as opened:
        return opened.read(15) == b"SQLite format 3"


def part_of(row):
    return row["concat"]["part"] if row.get("concat") else 1
