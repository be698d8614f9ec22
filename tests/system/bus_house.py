"""A house whose modems are found on a pretended USB bus, and what the tests of pains share.

The modems behave as the profiles say, the section `modems` of the configuration is the test's own, and the cases of a
file run at the same time, because they mostly wait (run_all).
"""
import concurrent.futures
import json
import sys
import threading
import time
import unittest

from house import DRIVERS, House, wait_for

PROFILES = DRIVERS.parent / "tests" / "profiles"
STICK = "1209:0001"  # what the simulator's modems are on the bus unless something else is said
# Short times, so that what a modem does not answer costs a test little.
BRISK = {"prompt_timeout": "2 s", "submit_timeout": "10 s", "network_timer": "1 s", "command_timeout": "2 s",
         "reset_time": "4 s"}
WAITING = ("queued", "held", "sending", "retrying")


def by_imei(**more):
    """The section in which each modem is named by its IMEI, with the same options for all."""
    return lambda sim: [{"name": name, "imei": modem["imei"], **more} for name, modem in sim.items()]


class BusHouse(House):
    """`section`: what stands under `modems`, or a function that makes it of the simulator's modems by name.
    `profiles`: a family for all, or for each modem one or an object of its own.
    `drivers`: what is changed of which driver's file."""

    def __init__(self, modems=1, section=by_imei(), profiles="", drivers=None, finding=("unknown_adapters: yes",),
                 **more):
        self.section, self.finding, self.extra = section, finding, more.pop("config", "")
        self.trace = ["--trace"] if more.pop("trace", True) else []
        self.profiles = profiles if isinstance(profiles, dict) else {"": profiles} if profiles else {}
        super().__init__(modems=modems, **more)
        for name, changes in (drivers or {}).items():
            self.own_driver(name, changes)

    @property
    def bus(self):
        return self.folder / "bus"

    @property
    def requests(self):
        """Sockets are switched by request only where the test makes this folder."""
        return self.folder / "usb-requests"

    def _start_sim(self, modems, air, report, options):
        families = [word for modem, family in self.profiles.items() for word in self._profile(modem, family)]
        return super()._start_sim(modems, air, report, ["--bus", str(self.bus), *self.trace, *families, *options])

    def _profile(self, modem, family):
        file = PROFILES / f"{family}.json" if isinstance(family, str) else self.folder / f"{modem}.json"
        if not isinstance(family, str):
            file.write_text(json.dumps(family))
        return ["--profile", f"{modem}={file}" if modem else str(file)]

    def configuration(self, extra="", modem_options=()):
        finding = ["finding:", f"  sysfs: {self.bus / 'sys'}", f"  devices: {self.bus / 'dev'}",
                   f"  usb_requests: {self.requests}",
                   *(f"  {option}" for option in self.finding), "clients:", "  others: admin"]
        return super().configuration("\n".join([*finding, self.extra, extra]) + "\n", modem_options)

    def modems_section(self, _):
        section = self.section(self.simulated()) if callable(self.section) else self.section
        self.names = [] if section == "all" else [each["name"] for each in section if each != "all"]
        return [f"modems: {json.dumps(section)}"]  # JSON is YAML

    def configure(self, section):
        """Another section, for the next start."""
        self.section = section
        self.config_file.write_text(self.configuration())

    def own_driver(self, name, changes):
        """The installed driver's file with some of its lines changed."""
        own = self.folder / "own-drivers"
        own.mkdir(exist_ok=True)
        lines = (DRIVERS / f"{name}.yaml").read_text().splitlines()
        kept = [line for line in lines if line.split(":")[0] not in changes]
        kept += [f"{key}: {value}" for key, value in changes.items()]
        (own / f"{name}.yaml").write_text("\n".join(kept) + "\n")

    # --- the simulator ---

    def simulated(self):
        return {modem["name"]: modem for modem in self.order("status")["modems"]}

    def device(self, modem):
        return self.simulated()[modem]["device"]

    def said(self, modem, beginning="", since=0):
        """The commands that the modem was given."""
        return [row["line"] for row in self.journal("command")
                if row["modem"] == modem and row["at"] >= since and row["line"].upper().startswith(beginning.upper())]

    # --- what the daemon tells ---

    def modem(self, name):
        return self.get(f"/v1/modems/{name}")

    def others(self):
        return self.get("/v1/modems")["others"]

    def wait_modem(self, name, state, words="", seconds=60):
        def is_so():
            modem = self.modem(name)
            return modem if modem["state"] == state and words in (modem["sentence"] or "") else None
        try:
            return wait_for(is_so, "", seconds)
        except AssertionError:
            modem = self.modem(name)
            raise AssertionError(f"{name} is not {state} '{words}' in {seconds} s, but {modem}") from None

    def wait_other(self, words, seconds=60):
        """Something on the bus that is not used, with these words in its sentence."""
        def found():
            return next((other for other in self.others() if words in (other["sentence"] or "")), None)
        try:
            return wait_for(found, "", seconds)
        except AssertionError:
            raise AssertionError(f"no other device '{words}', but {self.others()}") from None

    def log(self):
        return self.log_file.read_text(errors="replace")

    # --- messages ---

    def send(self, count, first=0, ref="", text="Dear {patient_name}, see you."):
        """A burst to numbers of its own."""
        rows = [{"to": f"+417900{n:05}", "patient": f"P{n}", "patient_name": f"N{n}"}
                for n in range(first, first + count)]
        preview = self.burst(rows, text, ref or f"burst-{first}")
        return self.post(f"/v1/batches/{preview['id']}/send", {}, 202)

    def one(self, to, ref=None, text="Hello", **more):
        """A single message; its id."""
        body = {"client_ref": ref or f"one-{to}", "to": to, "text": text, **more}
        return self.post("/v1/messages", body, 201)["id"]

    def item(self, message):
        return self.get(f"/v1/clinical-items/{message}")

    def states(self):
        return sorted(item["state"] for item in self.items())

    def wait_states(self, expected, seconds=60):
        expected = sorted(expected)
        try:
            wait_for(lambda: self.states() == expected, "", seconds)
        except AssertionError:
            raise AssertionError(f"not {expected} in {seconds} s, but {self.states()}") from None

    def wait_delivered(self, count, seconds=90):
        self.wait_states(["delivered"] * count, seconds)
        return self.items()

    def wait_left(self, seconds=60):
        """Until nothing waits any more."""
        wait_for(lambda: not any(item["state"] in WAITING for item in self.items()), "everything leaves", seconds)


class Account:
    """How each case went, told as soon as it is known."""

    def __init__(self):
        self.lock = threading.Lock()
        self.bad = 0

    def run(self, case):
        result, began = unittest.TestResult(), time.monotonic()
        case.run(result)
        troubles = [text for _, text in result.errors + result.failures]
        word = "FAILED" if troubles else "skipped" if result.skipped else "ok"
        with self.lock:
            self.bad += bool(troubles)
            print(f"{case.id().replace('__main__.', '')}: {word} ({time.monotonic() - began:.1f} s)", flush=True)
            print("\n".join(troubles), end="", file=sys.stderr, flush=True)


def cases_of(suite):
    for each in suite:
        yield from cases_of(each) if isinstance(each, unittest.TestSuite) else [each]


def run_all(at_once=8):
    """The cases of the main module, or those that are named, at the same time; they share nothing."""
    loader, module = unittest.defaultTestLoader, sys.modules["__main__"]
    named = sys.argv[1:]
    suite = loader.loadTestsFromNames(named, module) if named else loader.loadTestsFromModule(module)
    account = Account()
    with concurrent.futures.ThreadPoolExecutor(at_once) as pool:
        list(pool.map(account.run, cases_of(suite)))
    sys.exit(1 if account.bad else 0)
