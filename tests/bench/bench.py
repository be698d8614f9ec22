#!/usr/bin/env python3
"""Measures burstd over simulated modems and prints a table of what was reached; tools/bench builds and runs it.

    bench.py [--list] [--plots FOLDER] [ROW...]      every row without arguments

docs/performance.md says what each row means. Exit status 1 when a row misses its goal.
"""
import argparse
import sys
from dataclasses import dataclass
from typing import Callable

import air
import engine
import events
import plots
import records


@dataclass
class Goal:
    bound: float
    unit: str = ""
    least: bool = True  # else at most

    def reached(self, value):
        return value >= self.bound if self.least else value <= self.bound

    def words(self):
        return f"{'≥' if self.least else '≤'} {self.bound:g}{self.unit}"


@dataclass
class Row:
    work: str
    goal: Goal
    measure: Callable  # of the Bench: (value, what else there is to say)


class Bench:
    def __init__(self, plots_folder):
        self.shelf = records.Shelf()
        self.plots_folder = plots_folder

    def air_one(self, way):
        flight = air.fly(1, 100, way)
        if way == "direct" and self.plots_folder:
            plots.draw_air(flight, self.plots_folder)
        return flight.share(), flight.words()

    def air_many(self, modems, messages, segments):
        flight = air.fly(modems, messages, segments=segments)
        return flight.share(), flight.words()

    def loop(self):
        ours, bare = engine.through_the_daemon(3000)
        return ours / bare, f"{ours:.0f} messages/s, a bare loop {bare:.0f}"

    def cpu(self):
        share, rate = engine.many_modems(64, 40)
        return 100 * share, f"{rate:.1f} messages/s, {1000 * share / rate:.2f} ms of CPU each"

    def hand_over_ratio(self):
        cost = records.hand_over(10_000)
        return cost["bare"] / cost["all"], (
            f"preview {cost['preview']:.0f} ms + send {cost['send']:.0f} ms = {cost['all']:.0f} ms; bare inserts "
            f"{cost['bare']:.0f} ms of message and part, {cost['bare everything']:.0f} ms of all that is left behind")

    def hand_over_time(self):
        cost = records.hand_over(10_000)
        return cost["all"] / 1000, f"preview {cost['preview']:.0f} ms, send {cost['send']:.0f} ms"

    def rest_queued(self):
        handed, fresh = records.rest_after_hand_over(100_000)
        return max(handed, fresh), f"{handed:.1f} MB after they were handed over, {fresh:.1f} MB after a new start"

    def rest_records(self):
        fresh, after = records.rest_with(self.shelf, 1_000_000)
        return max(fresh, after), f"{fresh:.1f} MB after the start, {after:.1f} MB after clients listed"

    def peak(self):
        most, before = records.peak_of_hand_over(10_000)
        return most, f"{before:.1f} MB before"

    def start(self):
        times = records.start(self.shelf, 1_000_000, 100_000)
        return max(times), ", ".join(f"{seconds:.2f} s" for seconds in times)

    def list(self):
        spent = records.list_while_sending(self.shelf, 1_000_000, 2000)
        at = {share: spent[min(len(spent) - 1, int(len(spent) * share))] for share in (0.5, 0.99)}
        return at[0.99], f"half {at[0.5]:.2f} ms, the slowest {spent[-1]:.1f} ms of {len(spent)}"

    def requests(self):
        rate, share = engine.requests(100_000)
        return rate, f"the daemon at {100 * share:.0f} % of a core, {1e6 * share / rate:.0f} µs each"

    def events(self, watchers):
        spent, share = events.latencies(watchers, 100)
        at = {of: spent[min(len(spent) - 1, int(len(spent) * of))] for of in (0.5, 0.99)}
        return at[0.99], f"half {at[0.5]:.1f} ms, the slowest {spent[-1]:.1f} ms of {len(spent)}; CPU {100 * share:.0f} %"

    def flat(self):
        costs = engine.costs_with((1_000, 10_000, 100_000))
        if self.plots_folder:
            plots.draw_flat(costs, self.plots_folder)
        ratios = [max(kind) / min(kind) for kind in zip(*costs.values())]
        said = "; ".join(f"{n}: {wall:.2f} ms wall, {cpu:.2f} ms CPU" for n, (wall, cpu) in costs.items())
        return max(ratios), said

    def idle(self):
        return 100 * engine.at_rest(4, 60), ""


MEGABYTES = " MB"
ROWS = {
    "air-1-direct": Row("1 modem, air 200 ms, 100 messages: air time / makespan", Goal(0.99),
                        lambda bench: bench.air_one("direct")),
    "air-1-acknowledged": Row("the same, each report acknowledged by AT+CNMA", Goal(0.98),
                              lambda bench: bench.air_one("acknowledged")),
    "air-1-stored": Row("the same, each report read and deleted", Goal(0.95), lambda bench: bench.air_one("stored")),
    "air-4": Row("4 modems, air 200 ms, 400 messages", Goal(0.99), lambda bench: bench.air_many(4, 400, 1)),
    "air-8-long": Row("8 modems, air 200 ms, 1,000 messages of 2 segments", Goal(0.98),
                      lambda bench: bench.air_many(8, 1000, 2)),
    "loop": Row("1 modem, no air: messages/s over those of a bare loop", Goal(0.3), Bench.loop),
    "cpu-64": Row("64 modems, air 3 s: the daemon's CPU", Goal(10, " % of a core", False), Bench.cpu),
    "hand-over": Row("10,000 messages: bare inserts / preview and send", Goal(0.25), Bench.hand_over_ratio),
    "hand-over-time": Row("10,000 messages: preview and send", Goal(2, " s", False), Bench.hand_over_time),
    "rest-queued": Row("memory at rest, 100,000 queued", Goal(40, MEGABYTES, False), Bench.rest_queued),
    "rest-records": Row("memory at rest, 1,000,000 records", Goal(40, MEGABYTES, False), Bench.rest_records),
    "peak": Row("memory at the most while 10,000 are handed over", Goal(120, MEGABYTES, False), Bench.peak),
    "start": Row("exec to first answer, 1,000,000 records, 100,000 queued", Goal(1, " s", False), Bench.start),
    "list": Row("a patient's items of 1,000,000 during a burst, 99 of 100", Goal(5, " ms", False), Bench.list),
    "requests": Row("GET /v1/clinical-items/{id} on 16 kept connections", Goal(20_000, " /s"), Bench.requests),
    "event": Row("from a change to the one who watches, 1 modem, 99 of 100", Goal(10, " ms", False),
                 lambda bench: bench.events(1)),
    "events": Row("from a change to each of 200 watchers, 1 modem, 99 of 100", Goal(10, " ms", False),
                  lambda bench: bench.events(200)),
    "flat": Row("cost of a message with 1,000 to 100,000 queued, max / min", Goal(1.2, "", False), Bench.flat),
    "idle": Row("4 modems, nothing to do: the daemon's CPU", Goal(0.5, " % of a core", False), Bench.idle),
}


def measure(name, bench):
    """A line of the table, and whether the goal was reached."""
    row = ROWS[name]
    value, more = row.measure(bench)
    reached = row.goal.reached(value)
    shown = f"{value:.3f}" if not row.goal.unit else f"{value:.2f}{row.goal.unit}"
    return f"{name:<20}{row.work:<62}{shown:>17}{row.goal.words():>19}  {'yes' if reached else 'NO':<4} {more}", reached


def main():
    reading = argparse.ArgumentParser(description="Measures burstd over simulated modems.")
    reading.add_argument("--list", action="store_true", help="name the rows and end")
    reading.add_argument("--plots", metavar="FOLDER", help="draw air.png and flat.png there")
    reading.add_argument("rows", nargs="*", metavar="ROW", help="see --list")
    said = reading.parse_args()
    if said.list:
        for name, row in ROWS.items():
            print(f"{name:<20}{row.work:<62}{row.goal.words():>19}")
        return 0
    if strange := [name for name in said.rows if name not in ROWS]:
        print(f"bench: there is no row {', '.join(strange)}; --list names them", file=sys.stderr)
        return 2
    sys.setswitchinterval(1e-4)  # threads of this program that measure must not wait 5 ms for each other
    bench, all_reached = Bench(said.plots), True
    print(f"{'row':<20}{'measured':<62}{'value':>17}{'goal':>19}  reached", flush=True)
    try:
        for name in said.rows or ROWS:
            line, reached = measure(name, bench)
            all_reached &= reached
            print(line, flush=True)
    finally:
        bench.shelf.clear()
    return 0 if all_reached else 1


if __name__ == "__main__":
    sys.exit(main())
