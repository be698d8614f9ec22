"""How much of the time in which it could be a modem is on the air: the sum of all air times over the makespan."""
from collections import defaultdict

from workshop import LONG, Workshop

AIR = 200  # milliseconds
WAYS = {
    "direct": ("stored_reports: no", "acknowledged_reports: no"),
    "acknowledged": ("stored_reports: no", "acknowledged_reports: yes"),
    "stored": ("stored_reports: yes", "acknowledged_reports: no"),
}
TWO_SEGMENTS = ("Dear {patient_name}, your appointment is on Monday at 08:30 at our practice. Please bring your insurance "
                "card and a list of all medicines that you take now, and call us in time if you cannot come. Your clinic.")


class Flight:
    """One run: per modem the (begin, end) of everything that was on the air, in milliseconds since `start`."""

    def __init__(self, journal, answered):
        begun, self.spans = {}, defaultdict(list)
        for row in journal:
            if row["event"] == "submit":
                begun[row["modem"]] = row["at"]
            elif row["event"] == "verdict":
                self.spans[row["modem"]].append((begun.pop(row["modem"]), row["at"]))
        first = min(spans[0][0] for spans in self.spans.values())
        start = min(first, round(answered * 1000))
        self.spans = {name: [(a - start, b - start) for a, b in spans] for name, spans in self.spans.items()}
        self.makespan = max(spans[-1][1] for spans in self.spans.values())
        self.modems = len(self.spans)

    def share(self):
        on_air = sum(end - begin for spans in self.spans.values() for begin, end in spans)
        return on_air / (self.modems * self.makespan)

    def gaps(self):
        """From one verdict to the next Ctrl-Z, of all modems."""
        return [after[0] - before[1] for spans in self.spans.values() for before, after in zip(spans, spans[1:])]

    def first(self):
        return min(spans[0][0] for spans in self.spans.values())

    def words(self):
        gaps = sorted(self.gaps())
        ends = [spans[-1][1] for spans in self.spans.values()]
        return (f"first Ctrl-Z after {self.first()} ms, gaps {gaps[len(gaps) // 2]} ms (half), "
                f"{gaps[len(gaps) * 99 // 100]} ms (99 of 100), the modems end within {max(ends) - min(ends)} ms")


def fly(modems, messages, way=None, segments=1, air=AIR):
    """All messages of one burst, handed over while every modem is ready and idle."""
    driver = WAYS[way] if way else ()
    with Workshop(modems=modems, air=air, report=300, driver=driver) as house:
        house.start()
        if way:
            told = house.get("/v1/modems")["items"][0]["report_way"]
            assert told == way, f"the modem reports in the way {told}"
        text = {"text": TWO_SEGMENTS} if segments == 2 else {}
        preview = house.preview(messages, **text)
        answered = house.send(preview)
        house.wait_verdicts(messages * segments, LONG, 0.2)
        flight = Flight(house.journal("submit", "verdict"), answered)
        house.wait_final(seconds=LONG)
        assert flight.modems == modems, "a modem had nothing to do"
        return flight
