"""The programs of docs/clients, as they stand there, against the daemon: the short job, and what they say when the
gateway is away. The one in C# is compiled by Mono and goes through a TCP port, as it does over a tunnel."""
import concurrent.futures
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import threading
import unittest

from house import House, wait_for
from listening import Listening
from lossy_socket import Forgetful, Silent
from tap import pass_on

CLIENTS = pathlib.Path(__file__).resolve().parents[2] / "docs" / "clients"
SENT, FAILED, REFUSED, NOT_HANDED_OVER, NO_END = range(5)


class Port(Listening):
    """A TCP port of this machine that leads to the Unix socket at `path`, like the end of a tunnel."""

    def listen(self):
        listening = socket.create_server(("127.0.0.1", 0))
        self.url = "http://127.0.0.1:%d" % listening.getsockname()[1]
        return listening

    def serve(self, client):
        with client, socket.socket(socket.AF_UNIX) as server:
            try:
                server.connect(str(self.path))
            except OSError:
                return
            back = threading.Thread(target=pass_on, args=(server, client, bytearray()), daemon=True)
            back.start()
            pass_on(client, server, bytearray())
            back.join()


class Clients(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="burstd-clients-")
        program = f"{cls.folder}/Remind.exe"
        subprocess.run(["mcs", "-warnaserror", "-nowarn:0649", f"-out:{program}", "-r:System.Net.Http",
                        "-r:System.Runtime.Serialization", CLIENTS / "Remind.cs"], check=True)
        cls.commands = {"curl": [CLIENTS / "remind.sh"], "python": [CLIENTS / "remind.py"],
                        "node": [CLIENTS / "remind.mjs"], "c#": ["mono", program]}

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def setUp(self):
        self.patience = 60

    def run_one(self, name, path, number, ref):
        port = Port(path)
        where = {"BURSTD_URL": port.url} if name == "c#" else {"BURSTD_SOCKET": str(path)}
        command = [*map(str, self.commands[name]), number, "See you at 9, Zoë.", f"{ref}-{name}"]
        environment = {**os.environ, "BURSTD_PATIENCE": str(self.patience), **where}
        try:
            for _ in range(3):
                done = subprocess.run(command, env=environment, timeout=120, capture_output=True, text=True, cwd=self.folder)
                if done.returncode >= 0:  # Mono 6.8 was seen to die of a signal; the program is run again then
                    break
            return done.returncode, done.stdout.splitlines(), done.stderr
        finally:
            port.close()

    def test_without_arguments_each_says_what_it_takes(self):
        for name, command in self.commands.items():
            with self.subTest(program=name):
                done = subprocess.run([*map(str, command)], capture_output=True, text=True, timeout=60)
                self.assertEqual((done.returncode, done.stdout), (REFUSED, ""))
                self.assertIn("NUMBER TEXT CLIENT_REF", done.stderr)

    def test_a_socket_that_is_missing_is_named(self):
        environment = {**os.environ, "BURSTD_SOCKET": f"{self.folder}/none.sock"}
        for name in ("curl", "python", "node"):
            with self.subTest(program=name):
                done = subprocess.run([*map(str, self.commands[name]), "079", "x", "r"], capture_output=True, text=True,
                                      timeout=60, env=environment)
                self.assertEqual((done.returncode, done.stdout), (NOT_HANDED_OVER, "not handed over\n"))
                self.assertNotIn("port 80", done.stderr)
                self.assertIn("none.sock", done.stderr)

    def run_all(self, path, number, ref):
        """Every program at once, each with a client_ref of its own: name -> (exit status, lines, errors)."""
        with concurrent.futures.ThreadPoolExecutor() as pool:
            return dict(zip(self.commands, pool.map(lambda name: self.run_one(name, path, number, ref), self.commands)))

    def expect_of_all(self, results, code, *lines, first=None):
        """Each ended so, its last lines are these, and its first is `first`."""
        for name, (got, said, errors) in results.items():
            with self.subTest(program=name, said=said, errors=errors):
                self.assertEqual((got, said[-len(lines):]), (code, list(lines)))
                self.assertEqual(said[0], said[0] if first is None else first)

    def test_the_job_and_its_ends(self):
        with House(modems=2, report=3000, sim_options=["--numbers"]) as house:
            house.start()
            sent = self.run_all(house.socket_path, "079 000 99 00", "a")
            self.expect_of_all(sent, SENT, "Pending (submitted)", "Sent Successfully", first="check: ok, 1 segments")
            self.assertTrue(all(said[1] == "handed over" for _, said, _ in sent.values()))
            self.expect_of_all(self.run_all(house.socket_path, "079 000 99 46", "b"), FAILED,
                               "Send Failed: Phone stayed off")
            self.patience = 2.5
            self.expect_of_all(self.run_all(house.socket_path, "079 000 98 02", "c"), NO_END, "Pending")
            self.expect_of_all(self.run_all(house.socket_path, "12", "d"), FAILED,
                               "check: number-invalid, 1 segments", "handed over", "Send Failed: Phone number is not valid")
            self.assertEqual({item["message"] for item in house.items()}, {"See you at 9, Zoë."})

    def test_a_refusal_says_every_fault(self):
        with House(modems=1) as house:
            house.start(wait_modems=False)
            self.expect_of_all(self.run_all(house.socket_path, "9" * 300, "a"), REFUSED,
                               "refused: The request has a fault; nothing was done.",
                               "  /to: must have at most 200 characters")

    def test_a_gateway_that_is_away_is_never_pending(self):
        with House(modems=1) as house:
            away = self.run_all(house.socket_path, "079 000 99 00", "a")
            with Silent(house.folder / "silent.sock") as silent:
                mute = self.run_all(silent.path, "079 000 99 00", "a")
            for results in (away, mute):
                self.expect_of_all(results, NOT_HANDED_OVER, "not handed over", first="not handed over")

    def test_a_lost_answer_sends_nothing_twice(self):
        with House(modems=2) as house:
            house.start()
            for name in self.commands:
                with self.subTest(program=name), Forgetful(house.folder / f"{name}.sock", house.socket_path) as lossy:
                    code, lines, _ = self.run_one(name, lossy.path, "079 000 99 00", "a")
                    self.assertEqual((code, lines[1], lossy.lost), (SENT, "handed over before", 1))
            self.assertEqual(len(house.journal("network")), len(self.commands))

    def test_who_waits_for_the_end_outlives_a_restart_of_the_gateway(self):
        with House(modems=1, report=4000, sim_options=["--hold-unacknowledged", "--again", "200"]) as house:
            house.start()
            with concurrent.futures.ThreadPoolExecutor() as pool:
                running = pool.submit(self.run_all, house.socket_path, "079 000 99 00", "a")
                wait_for(lambda: len(house.items()) == len(self.commands), "all are handed over")
                house.stop()
                house.start()
                self.expect_of_all(running.result(), SENT, "Sent Successfully")


if __name__ == "__main__":
    unittest.main(verbosity=2)
