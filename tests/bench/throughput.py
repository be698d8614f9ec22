#!/usr/bin/env python3
"""How many messages a second go from the queue over simulated modems without air time, with every attempt, verdict and
delivery report on disk; beside it, in the same run, what the simulator itself takes from a bare loop of AT+CMGS.

    tests/bench/throughput.py [MESSAGES]      1000 by default; the programs as in tests/system
"""
import os
import sys
import time
import tty
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "system"))
from house import House, check_truth, wait_for  # noqa: E402


def bare_loop(house, count):
    """Messages a second of a loop that records nothing: command, prompt, PDU, verdict."""
    journal = [row for row in house.journal("submit")][:1]
    pdu, port = journal[0]["pdu"], os.open(house.ports / "modem1", os.O_RDWR | os.O_NOCTTY)
    tty.setraw(port)
    line = f"AT+CMGS={len(pdu) // 2 - 1}\r".encode()

    def until(mark):
        heard = b""
        while mark not in heard:
            heard += os.read(port, 4096)

    os.write(port, b"ATE0\r")
    until(b"OK")
    begin = time.monotonic()
    for _ in range(count):
        os.write(port, line)
        until(b"> ")
        os.write(port, pdu.encode() + b"\x1a")
        until(b"OK\r\n")
    spent = time.monotonic() - begin
    os.close(port)
    return count / spent


def through_the_daemon(modems, count, then=None):
    with House(modems=modems, air=0, report=0) as house:
        house.start()
        rows = [{"to": f"+4179{n:07}", "patient_name": f"N{n}"} for n in range(count)]
        preview = house.burst(rows)
        begin = time.monotonic()
        house.post(f"/v1/batches/{preview['id']}/send", {}, 202)
        wait_for(lambda: len(house.journal("verdict")) >= count, "all have left", 300)
        spent = time.monotonic() - begin
        items = house.wait_final(seconds=300)
        check_truth(items, house.journal())
        house.stop()
        return count / spent, then(house, count) if then else None


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    one, bare = through_the_daemon(1, count, bare_loop)
    four, _ = through_the_daemon(4, count)
    print(f"1 modem:  {one:7.0f} messages/s, {one / bare:.2f} of a bare loop's {bare:.0f}")
    print(f"4 modems: {four:7.0f} messages/s, {four / one:.2f} times one modem's")


if __name__ == "__main__":
    main()
