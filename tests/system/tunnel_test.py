"""A practice server elsewhere reaches the socket by an OpenSSH tunnel, as docs/clients.md says: a real sshd on loopback,
an account and a key for this client alone, and what the daemon makes of who comes out of it.

As root the account is `nobody`, whom the daemon tells from root by its user; otherwise it is the one who runs the test.
"""
import json
import os
import pathlib
import pwd
import shutil
import socket
import subprocess
import sys
import time
import unittest
import urllib.error
import urllib.request

from house import House, wait_for

SSHD = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:" + os.environ["PATH"])
DOCS = pathlib.Path(__file__).resolve().parents[2] / "docs"
PAGE, CLIENT = DOCS / "clients.md", DOCS / "clients" / "remind.py"
IS_ROOT = os.getuid() == 0
ACCOUNT = pwd.getpwnam("nobody") if IS_ROOT else pwd.getpwuid(os.getuid())
CLIENTS = f"""clients:
  others: none
  known:
    - {{name: tests, users: [{os.getuid()}], role: {'admin' if IS_ROOT else 'send'}}}
    - {{name: practice, users: [{ACCOUNT.pw_uid}], role: send}}
"""


def rules(socket_path):
    """What docs/clients.md has the administrator write into sshd_config, for the socket of this test."""
    block = PAGE.read_text().split("Match Group burstd-clients\n")[1].split("```")[0]
    assert "/run/burstd/burstd.sock" in block, "the page names the socket"
    return block.replace("/run/burstd/burstd.sock", str(socket_path))


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return listening.getsockname()[1]


def is_open(port):
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def heard(port):
    """What whoever is behind this port says to an order of the simulator."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        try:
            client.sendall(b"status\n")
            return client.recv(100)
        except ConnectionError:
            return b""


class Tunnel(unittest.TestCase):
    def setUp(self):
        self.house = self.enterContext(House(modems=1, sim_options=["--numbers"], config=CLIENTS))
        self.house.folder.chmod(0o711)
        self.folder = self.house.folder / "ssh"
        self.folder.mkdir(mode=0o711)
        configured = self.house.config_file.read_text()
        self.house.config_file.write_text(configured.replace("api:\n", 'api:\n  mode: "0666"\n'))
        self.house.start()
        self.ssh_port, self.processes = free_port(), []
        self.addCleanup(self.end)
        self.start_sshd()

    def end(self):
        for process in self.processes:
            process.terminate()
            process.wait(timeout=10)

    def start(self, *command):
        process = subprocess.Popen([*map(str, command)], stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        self.addCleanup(process.stderr.close)
        self.processes.append(process)
        return process

    def start_sshd(self):
        if IS_ROOT:
            os.makedirs("/run/sshd", mode=0o755, exist_ok=True)  # the service makes it otherwise
        for name in ("host", "practice"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.folder / name], check=True)
        allowed = self.folder / "authorized_keys"
        allowed.write_text("restrict,port-forwarding " + (self.folder / "practice.pub").read_text())
        allowed.chmod(0o644)
        config = self.folder / "sshd_config"
        config.write_text(f"Port {self.ssh_port}\nListenAddress 127.0.0.1\nHostKey {self.folder / 'host'}\nPidFile none\n"
                          f"AuthorizedKeysFile {allowed}\nStrictModes no\nUsePAM no\nPasswordAuthentication no\n"
                          f"KbdInteractiveAuthentication no\nAllowUsers {ACCOUNT.pw_name}\n"
                          f"Match User {ACCOUNT.pw_name}\n" + rules(self.house.socket_path))
        self.start(SSHD, "-D", "-e", "-f", config)
        wait_for(lambda: is_open(self.ssh_port), "sshd listens")

    def ssh(self, *options):
        return ["ssh", "-F", "none", "-p", str(self.ssh_port), "-i", str(self.folder / "practice"), "-o", "BatchMode=yes",
                "-o", "IdentitiesOnly=yes", "-o", "StrictHostKeyChecking=accept-new",
                "-o", f"UserKnownHostsFile={self.folder / 'known_hosts'}", *options, f"{ACCOUNT.pw_name}@127.0.0.1"]

    def tunnel(self):
        """The port at which the gateway is now."""
        port = free_port()
        self.start(*self.ssh("-N", "-o", "ExitOnForwardFailure=yes", "-L", f"127.0.0.1:{port}:{self.house.socket_path}"))
        wait_for(lambda: is_open(port), "the tunnel is open")
        return port

    def call(self, port, path, body=None, method=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", data, {"Content-Type": "application/json"},
                                         method=method)
        try:
            with urllib.request.urlopen(request, timeout=10) as response:
                return response.status, json.loads(response.read())
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code, json.loads(refusal.read())

    def remind(self, port, ref):
        return subprocess.run([sys.executable, CLIENT, "079 000 99 00", "See you at 9.", ref], capture_output=True, text=True,
                              env={**os.environ, "BURSTD_URL": f"http://127.0.0.1:{port}"}, timeout=120)

    def test_a_client_behind_it_has_the_rights_of_its_account(self):
        port = self.tunnel()
        done = self.remind(port, "a")
        self.assertEqual((done.returncode, done.stdout.splitlines()[-1]), (0, "Sent Successfully"), done.stderr)
        item = self.house.items()[0]
        told = self.house.get(f"/v1/messages/{item['id']}")
        self.assertEqual(told["client"], "practice" if IS_ROOT else "tests")
        status, problem = self.call(port, "/v1/modems/modem1/pause", {}, "POST")
        self.assertEqual((status, problem["code"]), (403, "forbidden"))
        self.assertIn(told["client"], problem["detail"])

    def test_the_account_can_do_nothing_else(self):
        ran = subprocess.run([*self.ssh(), "id"], capture_output=True, text=True, timeout=30)
        self.assertNotEqual(ran.returncode, 0)
        self.assertNotIn("uid=", ran.stdout)
        self.house.control_path.chmod(0o666)
        for other in (f"127.0.0.1:{self.ssh_port}", self.house.control_path):
            with self.subTest(other=other):
                port = free_port()
                self.start(*self.ssh("-N", "-L", f"127.0.0.1:{port}:{other}"))
                wait_for(lambda: is_open(port), "this end listens")
                self.assertEqual(heard(port), b"", "no other socket and no port is reached")
        back = self.start(*self.ssh("-N", "-o", "ExitOnForwardFailure=yes", "-R", f"{free_port()}:127.0.0.1:1"))
        self.assertNotEqual(back.wait(timeout=30), 0, "nothing is opened on the gateway's machine")

    def test_a_tunnel_or_a_gateway_that_is_away_is_told_as_not_handed_over(self):
        port = self.tunnel()
        self.house.stop()
        done = self.remind(port, "a")
        self.assertEqual((done.returncode, done.stdout), (3, "not handed over\n"))
        self.house.start()
        self.processes[-1].terminate()
        self.processes[-1].wait(timeout=10)
        done = self.remind(port, "a")
        self.assertEqual((done.returncode, done.stdout), (3, "not handed over\n"))
        time.sleep(0.1)
        done = self.remind(self.tunnel(), "a")
        self.assertEqual((done.returncode, done.stdout.splitlines()[1]), (0, "handed over"), done.stderr)
        self.assertEqual(len(self.house.journal("network")), 1)


if __name__ == "__main__":
    unittest.main(verbosity=2)
