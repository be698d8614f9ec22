"""A fresh Debian 12 in a folder, from the mirrors that the apt of this machine uses, and commands run inside it.

In a FreshRoot systemd is there, but not what runs: no service is started by an installation, as in any chroot. A BootedRoot
is a computer of its own as far as systemd-nspawn can make one, with systemd as its first process. What lives in either has
process ids and mounts of its own and ends with it. Needs root.
"""
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import time

CODENAME = "bookworm"
PATIENCE = float(os.environ.get("BURSTD_TEST_PATIENCE", "60"))
ENVIRONMENT = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "HOME": "/root", "DEBIAN_FRONTEND": "noninteractive"}
# Nothing of this machine is seen inside but what devices it has: the files of /dev are those that mmdebstrap has made.
KEEPER = """
set -e
mount --make-rprivate /
mount -t proc proc "$1/proc"
mount -t sysfs -o ro sys "$1/sys"
mount -t devpts -o newinstance,ptmxmode=0666 devpts "$1/dev/pts"
ln -sf pts/ptmx "$1/dev/ptmx"
exec chroot "$1" sleep infinity
"""


def mirrors():
    """The lines of sources.list for the release, as apt has read them."""
    fields = "$(ORIGIN)\t$(CODENAME)\t$(SITE)\t$(RELEASE)\t$(COMPONENT)"
    said = subprocess.run(["apt-get", "indextargets", "--format", fields, "Created-By: Packages"], capture_output=True,
                          text=True, check=True).stdout
    found = []
    for line in said.splitlines():
        origin, codename, site, release, component = line.split("\t")
        if origin == "Debian" and codename.startswith(CODENAME):
            found.append(f"deb {site} {release} {component}")
    if not found:
        raise AssertionError(f"apt knows no mirror of Debian {CODENAME}; run apt-get update")
    return sorted(set(found))


def proxies():
    said = subprocess.run(["apt-config", "dump"], capture_output=True, text=True, check=True).stdout
    return [f"--aptopt={line.rstrip(';')}" for line in said.splitlines()
            if line.startswith("Acquire::http") and "Proxy" in line and not line.endswith('"";')]


class FreshRoot:
    INCLUDED = "systemd,systemd-sysv,udev,man-db"
    FIRST = "sleep"  # the first process inside

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="burst-", dir="/var/tmp"))
        self.root = self.folder / "r"
        self.keeper = None
        try:
            subprocess.run(["mmdebstrap", "--mode=root", "--variant=apt", "--quiet", f"--include={self.INCLUDED}", *proxies(),
                            CODENAME, str(self.root), *mirrors()], check=True)
            # It ends with whoever has made it, however that ends.
            with open(self.folder / "keeper.log", "wb") as log:
                self.keeper = subprocess.Popen(["setpriv", "--pdeathsig=KILL", *self.keeping()], stdin=subprocess.DEVNULL,
                                               stdout=log, stderr=subprocess.STDOUT)
            self.wait_entered()
            self.run("apt-get", "update")  # mmdebstrap leaves no lists behind
        except BaseException:
            self.close()
            raise

    def keeping(self):
        return ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", KEEPER, "sh", str(self.root)]

    def wait_entered(self):
        self.run("true")

    def command(self, *words, user=None):
        """How the words are run inside, as root or as a user with that user's groups."""
        change = [] if user is None else ["setpriv", f"--reuid={user}", f"--regid={self._group_of(user)}", "--init-groups"]
        return ["nsenter", f"--target={self._pid_inside()}", "--all", "--root", "--wd", *change, *map(str, words)]

    def _group_of(self, user):
        for line in (self.root / "etc/passwd").read_text().splitlines():
            name, _, _, group, *_ = line.split(":")
            if name == user:
                return group
        raise AssertionError(f"there is no user {user} in the fresh root")

    def _pid_inside(self):
        """The keeper is outside of what it makes; its child is the first process inside."""
        task = pathlib.Path(f"/proc/{self.keeper.pid}/task/{self.keeper.pid}/children")
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.keeper.poll() is None:
            for child in task.read_text().split():
                if pathlib.Path(f"/proc/{child}/comm").read_text().strip() == self.FIRST:
                    return child
            time.sleep(0.05)
        raise AssertionError("the fresh root could not be entered:\n" + (self.folder / "keeper.log").read_text(errors="replace"))

    def run(self, *words, user=None, stdin=None, expect=0):
        done = subprocess.run(self.command(*words, user=user), env=ENVIRONMENT, text=True, capture_output=True, input=stdin or "",
                              timeout=600)
        if done.returncode != expect:
            raise AssertionError(f"{' '.join(map(str, words))}: {done.returncode}\n{done.stdout}\n{done.stderr}")
        return done.stdout + done.stderr

    def start(self, *words, user=None, environment=None, **more):
        return subprocess.Popen(self.command(*words, user=user), env={**ENVIRONMENT, **(environment or {})}, **more)

    def take(self, file):
        """A file from outside, in /root."""
        shutil.copy(file, self.root / "opt")
        return f"/opt/{pathlib.Path(file).name}"

    def has(self, path):
        """Seen from inside, where folders such as /run may be other ones."""
        return subprocess.run(self.command("test", "-e", path), env=ENVIRONMENT).returncode == 0

    def install(self, *files):
        return self.run("apt-get", "install", "-y", "--no-install-recommends", *map(self.take, files))

    def close(self):
        if self.keeper:
            self.keeper.send_signal(signal.SIGKILL)
            self.keeper.wait()
        shutil.rmtree(self.folder)


class BootedRoot(FreshRoot):
    INCLUDED = FreshRoot.INCLUDED + ",dbus"
    FIRST = "systemd"

    def keeping(self):
        return ["systemd-nspawn", "--quiet", f"--directory={self.root}", "--boot", "--register=no", "--keep-unit",
                "--timezone=off", "--console=pipe"]

    def wait_entered(self):
        wait_for(lambda: self.state() in ("running", "degraded"), "systemd has started")

    def state(self):
        asked = subprocess.run(self.command("systemctl", "is-system-running"), capture_output=True, text=True, env=ENVIRONMENT)
        return asked.stdout.strip()


def can_boot():
    """Whether systemd-nspawn can make a place for a system: as root, with the groups of processes that systemd wants."""
    cgroups = pathlib.Path("/proc/self/mountinfo").read_text()
    return os.geteuid() == 0 and re.search(r" - cgroup2? ", cgroups) and os.access("/sys/fs/cgroup", os.W_OK)


def wait_for(condition, what, seconds=PATIENCE):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := condition():
            return answer
        time.sleep(0.1)
    raise AssertionError(f"waited {seconds} s in vain: {what}")


# --- the packages -------------------------------------------------------------------------------------------------

def deb(folder, name):
    found = list(folder.glob(f"{name}_*.deb"))
    assert len(found) == 1, f"tools/package has not made {name}: {found}"
    return found[0]


def newer(root, package):
    """The same package under a higher version."""
    tree, made = root.folder / "newer", root.folder / package.name.replace("_amd64", "+newer_amd64")
    subprocess.run(["dpkg-deb", "--raw-extract", package, tree], check=True)
    control = tree / "DEBIAN/control"
    control.write_text(re.sub(r"^Version: (.*)$", r"Version: \1+newer", control.read_text(), flags=re.M))
    subprocess.run(["dpkg-deb", "--build", "--root-owner-group", tree, made], check=True, stdout=subprocess.DEVNULL)
    return made
