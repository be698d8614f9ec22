#!/usr/bin/env python3
"""burstd as a process: command line, configuration, start, what systemd is told, the order of the end, and a clear
sentence for everything that keeps it from starting.    app_test.py BURSTD [unittest arguments]"""

import contextlib
import http.client
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BURSTD = sys.argv.pop(1)
PATIENCE = 30  # seconds for what takes a moment
STRACE = shutil.which("strace")
CAN_TRACE = bool(STRACE) and subprocess.run([STRACE, "-qq", "-o", "/dev/null", "true"], check=False).returncode == 0


def wait_for(condition, what):
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"waited {PATIENCE} s for {what}")
        time.sleep(0.02)


class Connection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=PATIENCE)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(PATIENCE)
        try:
            self.sock.connect(str(self.path))
        except OSError:
            self.close()
            raise


def get(path, target):
    with contextlib.closing(Connection(path)) as connection:
        connection.request("GET", target)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


class Place(unittest.TestCase):
    """A folder with a configuration; every process started in it is ended with the test."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="burstd-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.socket = self.folder / "s"
        (self.folder / "record").mkdir(mode=0o700)
        self.config = self.write("burstd.yaml")

    def write(self, name, record="record", socket_name="s", more=""):
        path = self.folder / name
        path.write_text(f"record: {{folder: {self.folder / record}}}\napi: {{socket: {self.folder / socket_name}}}\n"
                        f"drivers: {{installed: {ROOT / 'drivers'}, override: {self.folder / 'none'}}}\n{more}")
        return path

    def run_it(self, *arguments):
        return subprocess.run([BURSTD, *map(str, arguments)], capture_output=True, text=True, timeout=PATIENCE)

    def start(self, config=None, wait=True, **environment):
        process = subprocess.Popen([BURSTD, "--config", str(config or self.config)], stderr=subprocess.PIPE, text=True,
                                   env={**os.environ, **environment})
        self.addCleanup(self.end, process)
        if wait:
            wait_for(self.listens, "the socket")
        return process

    def listens(self):  # the name is there a moment before
        with socket.socket(socket.AF_UNIX) as probe:
            return probe.connect_ex(str(self.socket)) == 0

    def end(self, process):
        if process.poll() is None:
            process.kill()
        process.wait()
        if process.stderr:
            process.stderr.close()

    def ended(self, process, signal_number=signal.SIGTERM):
        process.send_signal(signal_number)
        _, said = process.communicate(timeout=PATIENCE)
        return process.returncode, said


class CommandLine(Place):
    def test_version_and_help_go_to_standard_output(self):
        version, usage = self.run_it("--version"), self.run_it("--help")
        self.assertRegex(version.stdout, r"^burstd \d+\.\d+\.\d+\n$")
        self.assertIn("--config FILE", usage.stdout)
        self.assertEqual((0, 0, "", ""), (version.returncode, usage.returncode, version.stderr, usage.stderr))

    def test_what_is_not_understood_ends_with_2_and_starts_nothing(self):
        for wrong in (["--nonsense"], ["--config"], ["file.yaml"]):
            done = self.run_it(*wrong)
            self.assertEqual((2, ""), (done.returncode, done.stdout), wrong)
            self.assertIn("usage: burstd", done.stderr)

    def test_check_of_a_sound_file(self):
        done = self.run_it("--check", "--config", self.config)
        self.assertEqual((0, f"{self.config}: no complaints\n"), (done.returncode, done.stdout))
        self.assertEqual([], list((self.folder / "record").iterdir()))

    def test_the_shipped_file_is_checked_as_the_readme_says(self):
        readme = (ROOT / "README.md").read_text(encoding="utf-8")
        lines = [line for line in readme.splitlines() if "/tmp/burstd.yaml" in line]
        self.assertEqual(len(lines), 2)
        script = "\n".join(lines).replace("/tmp/burstd.yaml", str(self.folder / "try.yaml"))
        script = script.replace("build/release/src/burstd", BURSTD)
        done = subprocess.run(["sh", "-ec", script], cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("no complaints", done.stdout)

    def test_check_tells_every_mistake_with_its_place(self):
        bad = self.write("bad.yaml", more="log: {level: loud}\nclinick: {}\n")
        done = self.run_it("--check", "-c", bad)
        self.assertEqual(78, done.returncode)
        lines = done.stdout.splitlines()
        self.assertEqual(2, len(lines), lines)
        self.assertTrue(lines[0].startswith(f"{bad}:4:14: level: must be"), lines[0])
        self.assertEqual(f'{bad}:5:1: there is no option "clinick"; did you mean "clinic"?', lines[1])

    def test_check_asks_the_rooms_too(self):
        bad = self.write("bad.yaml", more="clinic: {templates: {appointment-reminder: {text: mine}}}\n")
        done = self.run_it("--check", "-c", bad)
        self.assertEqual(78, done.returncode)
        self.assertIn("appointment-reminder", done.stdout)

    def test_a_wrong_configuration_does_not_start(self):
        done = self.run_it("-c", self.folder / "absent.yaml")
        self.assertEqual(78, done.returncode)
        self.assertIn("absent.yaml:1:1: the file cannot be read: No such file", done.stderr)


class Running(Place):
    def test_it_serves_and_ends_in_order(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            process = self.start()
            status, body = get(self.socket, "/v1/version")
            self.assertEqual(200, status, body)
            self.assertIn('"burstd"', body)
            code, said = self.ended(process, number)
            self.assertEqual(0, code, said)
            self.assertFalse(self.socket.exists())

    def test_only_its_user_reads_the_record(self):
        self.start()
        wait_for(lambda: get(self.socket, "/v1/status")[0] == 200, "an answer")
        for path in (self.folder / "record").iterdir():
            self.assertEqual(0, path.stat().st_mode & 0o077, path)
        self.assertEqual(0o660, stat.S_IMODE(self.socket.stat().st_mode))

    def test_a_client_that_goes_away_does_no_harm(self):
        process = self.start()
        for _ in range(20):
            with socket.socket(socket.AF_UNIX) as client:
                client.connect(str(self.socket))
                client.sendall(b"GET /v1/status HTTP/1.1\r\nHost: a\r\n\r\n" * 50)
        self.assertEqual(200, get(self.socket, "/v1/version")[0])
        self.assertEqual(0, self.ended(process)[0])

    def test_it_starts_again_after_a_kill(self):
        process = self.start()
        self.assertEqual(200, get(self.socket, "/v1/version")[0])
        process.kill()
        process.wait()
        self.assertTrue(self.socket.exists())
        again = self.start(wait=False)
        wait_for(lambda: self.answers(), "an answer after the restart")
        self.assertEqual(0, self.ended(again)[0])

    def answers(self):
        try:
            return get(self.socket, "/v1/version")[0] == 200
        except OSError:
            return False


class Service(Place):
    def listen(self):
        told = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.addCleanup(told.close)
        told.bind(str(self.folder / "notify"))
        told.settimeout(PATIENCE)
        return told

    def hear(self, told, wanted):
        heard = []
        while not any(wanted in text for text in heard):
            heard.append(told.recv(4096).decode())
        return heard

    def test_systemd_is_told_ready_status_and_stopping(self):
        told = self.listen()
        process = self.start(NOTIFY_SOCKET=str(self.folder / "notify"))
        self.hear(told, "READY=1")
        self.assertEqual(200, get(self.socket, "/v1/version")[0])
        self.assertIn("STATUS=0 of 0 modems ready, 0 messages waiting", self.hear(told, "STATUS=")[-1])
        process.send_signal(signal.SIGTERM)
        self.hear(told, "STOPPING=1")
        self.assertEqual(0, process.wait(PATIENCE))

    def test_the_watchdog_is_fed_when_asked(self):
        told = self.listen()
        self.start(NOTIFY_SOCKET=str(self.folder / "notify"), WATCHDOG_USEC="600000")
        for _ in range(3):
            self.hear(told, "WATCHDOG=1")

    def opened_slowly(self, late):
        """What systemd is told until the daemon is ready, when the syncs of its first thread are late."""
        told = self.listen()
        tracer = subprocess.Popen(["strace", "-qq", "-o", str(self.folder / "trace"), "-e", "trace=fsync,fdatasync",
                                   "-e", f"inject={late}", BURSTD, "--config", str(self.config)],
                                  env={**os.environ, "NOTIFY_SOCKET": str(self.folder / "notify")},
                                  stderr=subprocess.DEVNULL)
        self.addCleanup(self.end, tracer)
        self.addCleanup(self.end_traced, tracer)
        return self.hear(told, "READY=1")

    def end_traced(self, tracer):
        children = Path(f"/proc/{tracer.pid}/task/{tracer.pid}/children").read_text().split()
        for child in children:
            os.kill(int(child), signal.SIGKILL)

    @unittest.skipUnless(CAN_TRACE, "strace cannot be used here")
    def test_a_record_that_takes_long_to_open_puts_off_the_time_out(self):
        heard = self.opened_slowly("fsync,fdatasync:delay_enter=900000")
        self.assertEqual("STATUS=opening the record", heard[0])
        self.assertIn("EXTEND_TIMEOUT_USEC=60000000", heard)

    @unittest.skipUnless(CAN_TRACE, "strace cannot be used here")
    def test_a_record_that_hangs_does_not(self):
        heard = self.opened_slowly("fdatasync:delay_enter=11000000:when=1")
        self.assertLessEqual(heard.count("EXTEND_TIMEOUT_USEC=60000000"), 1, heard)  # what came before it hung

    def activated(self, listening):
        handing_over = f'export LISTEN_PID=$$ LISTEN_FDS=1; exec "$@" 3<&{listening}'
        process = subprocess.Popen(["/bin/sh", "-c", handing_over, "sh", BURSTD, "--config", str(self.config)],
                                   stderr=subprocess.PIPE, text=True, pass_fds=[listening])
        self.addCleanup(self.end, process)
        return process

    def test_a_socket_of_systemd_is_used_and_left_alone(self):
        path = self.folder / "activated"
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(str(path))
            listening.listen()
            process = self.activated(listening.fileno())
            self.assertEqual(200, get(path, "/v1/version")[0])
            self.assertFalse(self.socket.exists())
            self.assertEqual(0, self.ended(process)[0])
            self.assertTrue(path.exists())

    def test_a_socket_of_another_kind_is_refused(self):
        with socket.socket(socket.AF_INET) as listening:
            listening.bind(("127.0.0.1", 0))
            listening.listen()
            process = self.activated(listening.fileno())
            _, said = process.communicate(timeout=PATIENCE)
        self.assertEqual(1, process.returncode)
        self.assertIn("exactly one listening Unix stream socket", said)


class CannotStart(Place):
    def refused(self, config):
        done = self.run_it("--config", config)
        self.assertEqual(1, done.returncode, done.stderr)
        lines = [line for line in done.stderr.splitlines() if line.startswith("burstd: ")]
        self.assertEqual(1, len(lines), done.stderr)
        return lines[0]

    def test_a_record_in_use(self):
        self.start()
        self.assertIn(str(self.folder / "record"), self.refused(self.write("second.yaml", socket_name="t")))

    def test_a_socket_in_use(self):
        self.start()
        (self.folder / "record2").mkdir(mode=0o700)
        self.assertIn(str(self.socket), self.refused(self.write("second.yaml", record="record2")))
        self.assertEqual(200, get(self.socket, "/v1/version")[0])

    def test_no_folder_for_the_record(self):
        self.assertIn(str(self.folder / "absent"), self.refused(self.write("second.yaml", record="absent")))

    def test_no_folder_for_the_socket(self):
        self.assertIn(str(self.folder / "absent"), self.refused(self.write("second.yaml", socket_name="absent/s")))


if __name__ == "__main__":
    unittest.main()
