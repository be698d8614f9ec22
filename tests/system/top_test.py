"""The live screen on a real pseudo-terminal: what it shows at 80 by 24 and less, that nothing flickers, and that it leaves
the terminal as it was, by q, by Ctrl-C, at another size and when the gateway goes away."""
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import unittest

from house import BURSTCTL, House, wait_for

PATIENT, TEXT = "+41790000567", "Harpsichord recital at noon"
ENTER, LEAVE = "\x1b[?1049h", "\x1b[?1049l"


class Terminal:
    """A pseudo-terminal with a program on it, read as far as the program has written."""

    def __init__(self, house, columns=80, rows=24):
        self.master, self.slave = pty.openpty()
        self.resize(columns, rows)
        self.before = termios.tcgetattr(self.slave)
        self.text = ""
        command = [BURSTCTL, "--socket", str(house.socket_path), "top"]
        self.process = subprocess.Popen(command, stdin=self.slave, stdout=self.slave, stderr=self.slave,
                                        env={**os.environ, "TERM": "xterm", "TZ": "UTC"}, start_new_session=True,
                                        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))

    def resize(self, columns, rows):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.columns, self.rows = columns, rows

    def read(self):
        while select.select([self.master], [], [], 0.05)[0]:
            self.text += os.read(self.master, 65536).decode(errors="replace")
        return self.text

    def frames(self):
        return [self.lines(frame) for frame in self.read().split("\x1b[H")[1:-1] if frame]

    @staticmethod
    def lines(frame):
        plain = re.sub(r"\x1b\[[0-9;]*[mKJ]", "", frame.split(LEAVE)[0])
        return plain.split("\r\n")

    def screen(self):
        frames = self.frames()
        return frames[-1] if frames else []

    def shows(self, words):
        return wait_for(lambda: any(words in line for line in self.screen()), f"it shows {words!r}")

    def type(self, text):
        os.write(self.master, text.encode())

    def end(self):
        try:
            status = self.process.wait(timeout=30)
            self.read()
            return status
        finally:
            after = termios.tcgetattr(self.slave)
            os.close(self.master)
            os.close(self.slave)
            assert after == self.before, "the terminal is not as it was"


class Top(unittest.TestCase):
    def check_whole(self, terminal):
        for frame in terminal.frames():
            self.assertLessEqual(len(frame), terminal.rows)
            for line in frame:
                self.assertLessEqual(len(line), terminal.columns, line)

    def test_it_shows_the_house_and_q_ends_it(self):
        with House(modems=2) as house:
            house.start()
            terminal = Terminal(house)
            terminal.shows("burstd 0")
            house.post("/v1/messages", {"client_ref": "a", "to": PATIENT, "text": TEXT, "patient_name": "Anna Muster"}, 201)
            house.wait_final()
            terminal.shows("…567  Sent Successfully")
            terminal.shows("Last minute: 1 sent, 1 delivered, 0 failed, 0 replies")
            screen = "\n".join(terminal.screen())
            for words in ("modem1", "modem2", "ready", "Queue: empty.", "Last events", "q ends this"):
                self.assertIn(words, screen)
            for secret in (PATIENT, TEXT, "Muster"):
                self.assertNotIn(secret, terminal.text)
            self.check_whole(terminal)
            terminal.type("xq")
            self.assertEqual(terminal.end(), 0)
            self.assertEqual((terminal.text.count(ENTER), terminal.text.count(LEAVE)), (1, 1))
            self.assertEqual(terminal.text.count("\x1b[2J"), 1, "the screen is blank only once")

    def test_another_size_is_drawn_at_once_and_none_is_too_small(self):
        with House(modems=2) as house:
            house.start()
            terminal = Terminal(house)
            terminal.shows("q ends this")
            for columns, rows in ((40, 10), (20, 5), (8, 2), (132, 43), (80, 24)):
                seen = len(terminal.frames())
                terminal.resize(columns, rows)
                os.kill(terminal.process.pid, signal.SIGWINCH)
                wait_for(lambda: len(terminal.frames()) > seen + 1, "it is drawn anew")
                for line in terminal.screen():
                    self.assertLessEqual(len(line), columns)
                self.assertLessEqual(len(terminal.screen()), rows)
            terminal.type("Q")
            self.assertEqual(terminal.end(), 0)

    def test_control_c_and_a_termination_end_it_cleanly(self):
        with House(modems=1) as house:
            house.start()
            for ending in (lambda t: t.type("\x03"), lambda t: t.process.send_signal(signal.SIGTERM),
                           lambda t: t.process.send_signal(signal.SIGHUP)):
                terminal = Terminal(house)
                terminal.shows("q ends this")
                ending(terminal)
                self.assertEqual(terminal.end(), 0)
                self.assertTrue(terminal.text.rstrip().endswith(LEAVE))

    def test_a_gateway_that_goes_away_is_told_of_and_waited_for(self):
        with House(modems=1) as house:
            house.start()
            terminal = Terminal(house)
            terminal.shows("ready, nothing to send")
            house.kill()
            terminal.shows("The gateway does not answer; it is asked again.")
            self.assertTrue(any("modem1" in line for line in terminal.screen()), "what was known stays")
            self.assertIn(": not known; below is how it was at ", terminal.screen()[0])
            house.start()
            wait_for(lambda: not any("does not answer" in line for line in terminal.screen()), "it is back")
            self.check_whole(terminal)
            terminal.type("q")
            self.assertEqual(terminal.end(), 0)

    def test_a_modem_in_trouble_says_why(self):
        with House(modems=1) as house:
            house.start()
            terminal = Terminal(house)
            terminal.shows("ready")
            house.order("unplug modem1")
            terminal.shows("modem1: ")
            terminal.shows("absent")
            terminal.type("q")
            self.assertEqual(terminal.end(), 0)

    def test_without_a_terminal_it_is_printed_once(self):
        with House(modems=1) as house:
            house.start()
            printed = house.ctl("top").stdout
            self.assertIn("modem1", printed)
            self.assertNotIn("\x1b", printed)
            for unknown in ("Last minute", "Last events", "q ends this"):
                self.assertNotIn(unknown, printed)
            self.assertLessEqual(len(printed.splitlines()), 24)
            house.stop()
            house.ctl("top", expect=3)


if __name__ == "__main__":
    unittest.main()
