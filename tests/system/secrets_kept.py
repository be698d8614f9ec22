"""Whether a log has kept its secrets: no text, no whole number and no name of a patient that the record knows stands in it.

Asked at the end of every house. A number is looked for by its digits, however it was written; what is as short as a word
that a log may need is left out.
"""
import contextlib
import re
import sqlite3

SHORTEST_TEXT, SHORTEST_NUMBER, MOST = 12, 8, 20_000
ASKED = (
    "SELECT DISTINCT text FROM message", "SELECT DISTINCT patient_name FROM message",
    "SELECT DISTINCT number FROM message", "SELECT DISTINCT number_as_typed FROM message",
    "SELECT DISTINCT text FROM reply", "SELECT DISTINCT sender FROM reply",
    "SELECT DISTINCT text FROM note", "SELECT DISTINCT number FROM opt_out",
)


def known(record):
    """What the record holds, as far as it can be read: a test may have broken it."""
    try:
        # Nobody has it open any more; read-only SQLite could not look into what a kill has left in the log.
        with contextlib.closing(sqlite3.connect(record)) as database:
            return [row[0] for question in ASKED for row in database.execute(f"{question} LIMIT {MOST}") if row[0]]
    except sqlite3.Error:
        return []


def told(log, record):
    """A sentence for each secret that the log tells."""
    if not log.exists() or not record.exists():
        return []
    text = log.read_text(errors="replace")
    numbers = set(re.findall(rf"\d{{{SHORTEST_NUMBER},}}", re.sub(r"(?<=\d)[ /-](?=\d)", "", text)))
    numbers |= set(re.findall(rf"\d{{{SHORTEST_NUMBER},}}", text))
    found = []
    for secret in known(record):
        digits = re.sub(r"\D", "", secret)
        is_number = not re.search(r"[^\d\s+()/.-]", secret)
        if is_number and len(digits) >= SHORTEST_NUMBER and (digits in numbers or "00" + digits in numbers):
            found.append(f"the log tells the number {secret}")
        if not is_number and len(secret) >= SHORTEST_TEXT and secret in text:
            found.append(f"the log tells {secret!r}")
    return found
