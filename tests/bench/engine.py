"""What the daemon itself costs: against a bare loop, at rest, with many modems, with a long queue."""
from workshop import LONG, Workshop, run, time
from air import WAYS

# The report route of WAYS["direct"], said by hand.
BARE_SETTINGS = ("ATE0", "AT+CMGF=0", "AT+CSMS=0", "AT+CNMI=2,1,0,1,0")


def through_the_daemon(count):
    """Messages a second of one modem without air time, and of a bare loop on the same simulator after it."""
    with Workshop(modems=1, driver=WAYS["direct"]) as house:
        house.start()
        answered = house.send(house.preview(count))
        house.wait_verdicts(count)
        rows = house.journal("submit", "verdict")
        last = max(row["at"] for row in rows if row["event"] == "verdict") / 1000
        pdu = next(row["pdu"] for row in rows if row["event"] == "submit")
        house.wait_final(seconds=LONG)
        house.stop()
        bare = float(run("bare_loop", house.ports / "modem1", pdu, count, *BARE_SETTINGS))
        return count / (last - answered), bare


def many_modems(modems, seconds):
    """The daemon's share of one core while all modems send, each message three seconds on the air."""
    with Workshop(modems=modems, air=3000, report=300) as house:
        house.start()
        count = round(modems * (seconds + 20) / 3)
        house.send(house.preview(count))
        house.wait_verdicts(modems * 2)
        before, cpu, begin = house.tail.count("verdict"), house.cpu(), time.monotonic()
        time.sleep(seconds)
        sent, cpu, spent = house.tail.count("verdict") - before, house.cpu() - cpu, time.monotonic() - begin
        assert house.tail.count("verdict") < count, "the burst ended before the measuring"
        return cpu / spent, sent / spent


def requests(count, connections=16):
    """Answers a second to GET /v1/clinical-items/{id} on connections that are kept, and the daemon's share of a core."""
    with Workshop(modems=1) as house:
        house.start()
        house.pause("modem1")
        house.queue(1000)
        paths = "".join(f"/v1/clinical-items/{item['id']}\n" for item in house.items())
        run("request_load", house.socket_path, connections, count // 10, given=paths)  # warm
        cpu, begin = house.cpu(), time.monotonic()
        rate = float(run("request_load", house.socket_path, connections, count, given=paths))
        return rate, (house.cpu() - cpu) / (time.monotonic() - begin)


def at_rest(modems, seconds):
    """The daemon's share of one core while nothing is queued."""
    with Workshop(modems=modems) as house:
        house.start()
        time.sleep(5)
        cpu, begin = house.cpu(), time.monotonic()
        time.sleep(seconds)
        return (house.cpu() - cpu) / (time.monotonic() - begin)


def costs_with(lengths, rounds=3):
    """For each length of the queue what `cost_with` tells, the least of some rounds through all of them: what else the
    machine does only adds, and comes and goes."""
    rounds = [[cost_with(queued) for queued in lengths] for _ in range(rounds)]
    return {queued: tuple(map(min, zip(*costs))) for queued, costs in zip(lengths, zip(*rounds))}


def cost_with(queued, sample=1000, times=3):
    """Milliseconds of wall and of the daemon's CPU for one message while so many others wait behind it."""
    with Workshop(modems=1, driver=WAYS["direct"]) as house:
        house.fill(0, queued + sample * (times + 1))
        house.start()  # the modem is at it as soon as it is ready
        house.wait_verdicts(sample)
        walls, cpus = [], []
        for _ in range(times):
            before, cpu, begin = house.tail.count("verdict"), house.cpu(), time.monotonic()
            house.wait_verdicts(before + sample)
            spent, cpu, sent = time.monotonic() - begin, house.cpu() - cpu, house.tail.count("verdict") - before
            walls.append(1000 * spent / sent)
            cpus.append(1000 * cpu / sent)
        return min(walls), min(cpus)
