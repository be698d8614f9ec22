"""A whole installation for one test: simulated modems, the daemon, and a client on its socket.

Everything lives in a temporary folder that is removed at the end; when a test fails, the daemon's log and
the simulator's journal are printed. The programs come from the environment: BURSTD, BURSTCTL, BURST_MODEM_SIM.
"""
import http.client
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

import secrets_kept
from contract import Breach, contract
from tap import Tap

BURSTD = os.environ.get("BURSTD", "build/release/src/burstd")
BURSTCTL = os.environ.get("BURSTCTL", "build/release/tools/ctl/burstctl")
SIM = os.environ.get("BURST_MODEM_SIM", "build/release/tools/sim/burst-modem-sim")
DRIVERS = pathlib.Path(__file__).resolve().parents[2] / "drivers"
SHIFTED_CLOCK = os.environ.get("BURSTD_SHIFTED_CLOCK", "build/release/tests/libshifted_clock.so")
PATIENCE = float(os.environ.get("BURSTD_TEST_PATIENCE", "60"))


def wait_for(condition, what, seconds=PATIENCE):
    """Asks again and again until the condition answers something true, and returns that."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = condition()
        if answer:
            return answer
        time.sleep(0.05)
    raise AssertionError(f"waited {seconds} s in vain: {what}")


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=30)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self.path))


# The section "sending" of a house whose SIMs may send as fast as they can.
BOUNDLESS = ("limits: {per_minute: 0, per_hour: 0, per_day: 0, per_month: 0, recipients_per_month: 0}",)


# The section "clients" of a house that lets whoever runs the test do everything.
ADMIN = f"clients: {{known: [{{name: it, users: [{os.getuid()}], role: admin}}]}}\n"


class House:
    def __init__(self, modems=2, air=50, report=100, sim_options=(), config="", modem_options=(), driver=(),
                 sending=BOUNDLESS, keeping=()):
        self.sending = sending
        self.keeping = keeping  # further lines of the section "record"
        self.environment = None  # the daemon's; nothing: that of the test
        self.arguments = ()  # of the daemon, beside its configuration
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="burstd-system-"))
        self.ports = self.folder / "ports"
        self.ports.mkdir()
        self.journal_file = self.folder / "journal.jsonl"
        self.control_path = self.folder / "control.sock"
        self.socket_path = self.folder / "burstd.sock"
        self.log_file = self.folder / "burstd.log"
        self.record = self.folder / "record"
        self.record.mkdir(mode=0o700)
        self.names = [f"modem{n}" for n in range(1, modems + 1)]
        self.daemon = None
        self.tap = None
        self.breaches = []  # answers that are not as they are described
        self.config_file = self.folder / "burstd.yaml"
        if driver:
            own = self.folder / "own-drivers"
            own.mkdir()
            (own / "generic.yaml").write_text("\n".join(["name: generic", *driver]) + "\n")
        self.sim = self._start_sim(modems, air, report, sim_options)
        self.config_file.write_text(self.configuration(config, modem_options))

    def configuration(self, extra="", modem_options=()):
        lines = [
            "record:", f"  folder: {self.record}", *(f"  {line}" for line in self.keeping),
            "api:", f"  socket: {self.socket_path}",
            "drivers:", f"  installed: {DRIVERS}", f"  override: {self.folder / 'own-drivers'}",
            "clinic:", "  country: CH",
            "sending:", *(f"  {line}" for line in self.sending),
            *self.modems_section(modem_options),
        ]
        return "\n".join(lines) + "\n" + extra

    def modems_section(self, modem_options):
        lines = ["modems:"]
        for name in self.names:
            lines += [f"  - name: {name}", f"    port: {self.ports / name}"]
            lines += [f"    {option}" for option in modem_options]
        return lines

    # --- the simulator ---

    def _start_sim(self, modems, air, report, options):
        command = [SIM, "--modems", str(max(modems, 1)), "--dir", str(self.ports), "--log", str(self.journal_file),
                   "--control", str(self.control_path), "--air", str(air), "--report", str(report), *options]
        sim = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        for line in sim.stdout:
            if line.strip() == "ready":
                sim.stdout.close()
                return sim
        raise AssertionError("the simulator did not become ready")

    def order(self, text):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as control:
            control.connect(str(self.control_path))
            control.sendall(text.encode() + b"\n")
            answer = json.loads(control.makefile().readline())
        assert answer.get("ok", True), f"{text}: {answer}"
        return answer

    def journal(self, *events):
        rows = [json.loads(line) for line in self.journal_file.read_text().splitlines()]
        return [row for row in rows if not events or row["event"] in events]

    # --- the daemon ---

    def start(self, wait_modems=True):
        log = open(self.log_file, "ab")
        command = [BURSTD, "--config", str(self.config_file), *self.arguments]
        self.daemon = subprocess.Popen(command, stdout=log, stderr=log, env=self.environment)
        log.close()
        wait_for(self.answers, "the socket answers")
        if wait_modems:
            self.wait_ready()

    def answers(self):
        if self.daemon.poll() is not None:
            raise AssertionError(f"the daemon ended with {self.daemon.returncode}")
        try:
            return self.get("/v1/version")
        except (OSError, http.client.HTTPException):
            return None

    def wait_ready(self, names=None):
        wanted = set(names or self.names)
        wait_for(lambda: wanted <= {m["name"] for m in self.get("/v1/modems")["items"] if m["state"] == "ready"},
                 f"{sorted(wanted)} become ready")

    def kill(self):
        self.daemon.kill()
        self.daemon.wait()

    def stop(self, seconds=30):
        self.daemon.send_signal(signal.SIGTERM)
        self.daemon.wait(timeout=seconds)
        return self.daemon.returncode

    # --- a client ---

    def call(self, method, path, body=None, headers=None):
        connection = UnixConnection(self.socket_path)
        try:
            data = None if body is None else (body if isinstance(body, bytes) else json.dumps(body).encode())
            sent = {"Content-Type": "application/json"} if data is not None else {}
            sent.update(headers or {})
            connection.request(method, path, data, sent)
            response = connection.getresponse()
            raw = response.read()
            self.check((method, path, data), (response.status, response.getheaders(), raw))
            is_text = response.getheader("Content-Type", "").startswith("text/plain")
            parsed = raw.decode() if is_text else json.loads(raw) if raw else None
            return response.status, parsed, dict(response.getheaders())
        finally:
            connection.close()

    def check(self, asked, answer):
        """Also told at the end, where a test tries again and again whatever comes."""
        try:
            contract().check(asked, answer)
        except Breach as breach:
            self.breaches.append(str(breach))
            raise

    def get(self, path):
        status, body, _ = self.call("GET", path)
        assert status == 200, f"GET {path}: {status} {body}"
        return body

    def post(self, path, body, expect):
        status, answer, _ = self.call("POST", path, body)
        assert status == expect, f"POST {path}: {status} {answer}"
        return answer

    def items(self, query=""):
        found, cursor = [], ""
        while True:
            page = self.get(f"/v1/clinical-items?limit=500{query}{cursor}")
            found += page["items"]
            if not page["next"]:
                return found
            cursor = f"&cursor={page['next']}"

    def wait_final(self, ids=None, seconds=PATIENCE):
        def settled():
            items = [item for item in self.items() if ids is None or item["id"] in ids]
            return items if items and all(item["status"] != "Pending" for item in items) else None
        return wait_for(settled, "no item is pending any more", seconds)

    def burst(self, recipients, text="Dear {patient_name}, see you soon.", ref="burst-1", **more):
        preview = self.post("/v1/batches", {"client_ref": ref, "text": text, "recipients": recipients, **more}, 201)
        return preview

    def ctl(self, *arguments, stdin=None, expect=0, clock=None):
        """`clock` is its TZ; without it there is none, as where cron starts it."""
        environment = {name: value for name, value in os.environ.items() if name != "TZ"}
        if clock:
            environment["TZ"] = clock
        done = subprocess.run([BURSTCTL, "--socket", str(self.tapped_socket()), *arguments], input=stdin,
                              capture_output=True, text=True, timeout=PATIENCE * 2, env=environment)
        assert done.returncode == expect, f"burstctl {arguments}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def tapped_socket(self):
        """The daemon's, by way of the tap; where there is no daemon, its own."""
        if self.daemon is None or self.daemon.poll() is not None:
            return self.socket_path
        if self.tap is None:
            self.tap = Tap(self.folder / "tap.sock", self.socket_path)
        return self.tap.path

    # --- the end ---

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        states = self._states() if kind is not None else ""
        for process in (self.daemon, self.sim):
            if process and process.poll() is None:
                process.terminate()
                try:
                    process.wait(timeout=20)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
        if self.tap:
            self.breaches += self.tap.settled()
            self.tap.close()
        if kind is None and "--unsafe-trace" not in self.arguments:
            self.breaches += secrets_kept.told(self.log_file, self.record / "burstd.db")
        if kind is not None:
            self._tell(states)
            self._keep()
        shutil.rmtree(self.folder, ignore_errors=True)
        assert kind is not None or not self.breaches, "\n".join(self.breaches)

    def _keep(self):
        """What the daemon and the simulator wrote, for whoever looks into a failure."""
        if folder := os.environ.get("BURSTD_TEST_KEEP"):
            kept = pathlib.Path(folder) / self.folder.name
            kept.mkdir(parents=True)
            for file in (self.log_file, self.journal_file, self.config_file, *self.record.iterdir()):
                if file.exists():
                    shutil.copy(file, kept)
            print(f"--- kept in {kept}", file=sys.stderr)

    def _states(self):
        try:
            return [(item["mobile_number"], item["state"], item["error"]) for item in self.items()]
        except Exception as trouble:  # the daemon may be gone
            return f"no items: {trouble}"

    def _tell(self, states):
        print(f"--- items: {states}", file=sys.stderr)
        for file in (self.log_file, self.journal_file):
            if file.exists():
                lines = file.read_text(errors="replace").splitlines()
                print(f"--- {file.name}, the last 60 of {len(lines)} lines", file=sys.stderr)
                print("\n".join(lines[-60:]), file=sys.stderr)


class ShiftedHouse(House):
    """A house whose daemon has a wall clock of its own, which may be off (shifted_clock.cpp)."""

    STEP = 100  # seconds; the daemon takes a smaller jump than two minutes for a correction and follows it

    def __init__(self, **more):
        super().__init__(**more)
        self.shift_file = self.folder / "clock-shift"
        self.shift_file.write_bytes(bytes(16))
        self.shift(0)
        self.environment = {
            **os.environ, "LD_PRELOAD": SHIFTED_CLOCK, "BURSTD_CLOCK_SHIFT": str(self.shift_file),
            "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0",
        }

    def shift(self, seconds):
        self.shifted = seconds
        self.put(0, seconds)

    def synchronise(self, on=True):
        """A time server keeps the clock, as the kernel says."""
        self.put(8, int(on))

    def put(self, at, number):
        with open(self.shift_file, "r+b") as file:
            file.seek(at)
            file.write(number.to_bytes(8, "little", signed=True))

    def age(self, seconds):
        """So much time passes for the daemon at once. What it does every few seconds it does when they are over."""
        while seconds > 0:
            self.shift(self.shifted + min(seconds, self.STEP))
            seconds -= self.STEP
            assert self.get("/v1/status")["clock"]["trusted"], "it does not follow the clock"


# --- what must always hold between the record and the network ---

# How often a message may have reached the network whole, by what the record says of it.
COPIES = {
    "queued": (0, 0), "held": (0, 0), "retrying": (0, 0), "sending": (0, 1),
    "submitted": (1, 1), "delivered": (1, 1), "unconfirmed": (1, 1), "uncertain": (0, 1),
    "failed": (0, 1), "expired": (0, 0), "blocked": (0, 0), "cancelled": (0, 0),
}
HALF_SENT = ("queued", "held", "retrying", "sending", "uncertain", "failed")
MISTAKES = ("invalid", "stray", "intrusion")

GSM = ("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
       "¿abcdefghijklmnopqrstuvwxyzäöñüà")
EXTENSION = dict(zip(b"\x0a\x14()/<=>@e", "\f^{}\\[~]|€"))
INTERNATIONAL, VALIDITY_OCTETS, CONCATENATION = 0x91, {0: 0, 1: 7, 2: 1, 3: 7}, 0


def septets(octets, count):
    bits = int.from_bytes(octets, "little")
    return [bits >> 7 * n & 0x7F for n in range(count)]


def gsm_text(values):
    text, escaped = "", False
    for value in values:
        if value == 0x1B and not escaped:
            escaped = True
            continue
        text += EXTENSION.get(value, GSM[value]) if escaped else GSM[value]
        escaped = False
    return text


def concatenation(header):
    """(reference, total, part) of a user data header, None without one."""
    while header:
        kind, length = header[0], header[1]
        if kind == CONCATENATION:
            return tuple(header[2:5])
        header = header[2 + length:]
    return None


def decode_submit(pdu):
    """An SMS-SUBMIT as 23.040 and 23.038 describe it, read without a line of the daemon's code."""
    octets = bytes.fromhex(pdu)
    rest = octets[1 + octets[0]:]
    first, digits, kind = rest[0], rest[2], rest[3]
    assert first & 3 == 1, f"no SUBMIT: {pdu}"
    address, rest = rest[4:4 + (digits + 1) // 2], rest[4 + (digits + 1) // 2:]
    number = "".join(f"{octet & 15:x}{octet >> 4:x}" for octet in address)[:digits]
    scheme, rest = rest[1], rest[2 + VALIDITY_OCTETS[first >> 3 & 3]:]
    length, data = rest[0], rest[1:]
    header = data[1:1 + data[0]] if first & 0x40 else b""
    skipped = 1 + len(header) if first & 0x40 else 0
    if scheme & 0x0C == 8:
        assert length == len(data), f"TP-UDL: {pdu}"
        text = data[skipped:].decode("utf-16-be")
    else:
        assert len(data) == (7 * length + 7) // 8, f"TP-UDL: {pdu}"
        text = gsm_text(septets(data, length)[(8 * skipped + 6) // 7:])
    return {"to": ("+" if kind == INTERNATIONAL else "") + number, "text": text, "srr": bool(first & 0x20),
            "concat": concatenation(header)}


def check_pdus(journal):
    """What the simulator understood of every message is what stands in its octets."""
    for row in journal:
        if row["event"] != "submit":
            continue
        read = decode_submit(row["pdu"])
        told = row["concat"] and (row["concat"]["reference"], row["concat"]["total"], row["concat"]["part"])
        assert read == {"to": row["to"], "text": row["text"], "srr": row["srr"], "concat": told}, (read, row)


def on_network(journal):
    """Whole messages as (number, text, serials of its parts), and those of which parts are missing, as numbers."""
    whole, parts = [], {}
    for row in journal:
        if row["event"] != "network":
            continue
        concat = row.get("concat")
        if not concat:
            whole.append((row["to"], row["text"], [row["serial"]]))
            continue
        collected = parts.setdefault((row["to"], concat["reference"]), {})
        assert concat["part"] not in collected, f"part sent twice: {row}"
        collected[concat["part"]] = row
        if len(collected) == concat["total"]:
            rows = [collected[n] for n in sorted(collected)]
            whole.append((row["to"], "".join(each["text"] for each in rows), [each["serial"] for each in rows]))
    halves = [number for (number, _), rows in parts.items() if len(rows) < next(iter(rows.values()))["concat"]["total"]]
    return whole, halves


def texts_on_network(journal):
    """number -> list of whole texts that reached the network, parts joined; fails on a part sent twice."""
    texts = {}
    for number, text, _ in on_network(journal)[0]:
        texts.setdefault(number, []).append(text)
    return texts


def check_truth(items, journal, mistakes=()):
    """Every item is held against the simulator's journal: nothing lost, nothing twice, every status true."""
    check_pdus(journal)
    for row in journal:
        assert row["event"] not in MISTAKES or row["event"] in mistakes, f"the modem was mistreated: {row}"
    whole, halves = on_network(journal)
    arrived = {row["serial"] for row in journal if row["event"] == "report" and row["status"] == 0}
    copies, twins = {}, {}
    for number, text, serials in whole:
        copies.setdefault((number, text), []).append(serials)
    for item in items:
        twins.setdefault((item["mobile_number"], item["message"]), []).append(item)
    for key, same in twins.items():
        found = copies.pop(key, [])
        least, most = (sum(COPIES[item["state"]][end] for item in same) for end in (0, 1))
        names = [(item["id"], item["state"]) for item in same]
        assert least <= len(found) <= most, f"reached the network {len(found)} times: {names}"
        delivered = sum(item["state"] == "delivered" for item in same)
        proven = sum(arrived.issuperset(serials) for serials in found)
        assert delivered <= proven, f"delivered without a report for each part: {names}"
    assert not copies, f"the network got what the record does not know: {list(copies)}"
    half_sent = {item["mobile_number"] for item in items if item["state"] in HALF_SENT}
    for number in halves:
        assert number in half_sent, f"parts are missing, and no message says so: {number}"
