"""The first hour of an administrator, as answers on standard input: from a configuration without a modem to a message whose
report has come, and every place where it stops says what to do."""
import fcntl
import os
import pty
import subprocess
import termios
import threading
import unittest

from house import BURSTCTL, House, wait_for

ME = f"clients: {{others: none, known: [{{name: it, users: [{os.getuid()}], role: admin}}]}}\n"
NUMBER = "079 000 05 67"


class Setup(unittest.TestCase):
    def setup(self, house, answers, *options, expect=0):
        done = house.ctl("setup", "--config", str(house.config_file), *options, stdin="".join(f"{line}\n" for line in answers),
                         expect=expect)
        return done.stdout + done.stderr

    def test_from_a_locked_sim_to_a_message_that_arrived(self):
        with House(modems=1, config=ME, sim_options=("--sim-pin", "4711")) as house:
            house.start(wait_modems=False)
            wait_for(lambda: house.get("/v1/modems/modem1")["wants_pin"], "the SIM waits for its PIN")
            said = self.setup(house, ["4711", "12", NUMBER])
            for words in ("1 of 4", "has no mistakes", "PIN of the SIM in modem1", "modem1 is ready", "It cannot be sent to: ",
                          "It cannot be sent to: Phone number is not valid.", "Accepted; the delivery report from +41790000567",
                          "Sent Successfully", "The gateway works",
                          f'Write it as "pin:" of modem1 into {house.config_file}, or its SIM stays locked'):
                self.assertIn(words, said)
            self.assertNotIn("4711", said)
            self.assertNotIn("/etc/burstd", said)
            self.assertEqual(len(house.journal("network")), 1)

    def test_control_c_at_the_pin_is_no_wrong_pin(self):
        with House(modems=1, config=ME, sim_options=("--sim-pin", "4711")) as house:
            house.start(wait_modems=False)
            wait_for(lambda: house.get("/v1/modems/modem1")["wants_pin"], "the SIM waits for its PIN")
            master, slave = pty.openpty()
            command = [BURSTCTL, "--socket", str(house.socket_path), "setup", "--config", str(house.config_file)]
            process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
                                       preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
            os.close(slave)
            heard = b""
            while b"(3 tries left): " not in heard:
                heard += os.read(master, 4096)
            os.write(master, b"\x03")
            try:
                while part := os.read(master, 4096):
                    heard += part
            except OSError:  # the other end is shut
                pass
            os.close(master)
            self.assertEqual(process.wait(timeout=30), 1)
            said = heard.decode()
            self.assertIn("no PIN was typed; nothing was tried", said)
            self.assertNotIn("4 to 8 digits", said)
            self.assertIn("no modem is ready yet", said)

    def test_a_wrong_pin_is_typed_once_and_the_end_says_what_is_needed(self):
        with House(modems=1, config=ME, sim_options=("--sim-pin", "4711")) as house:
            house.start(wait_modems=False)
            wait_for(lambda: house.get("/v1/modems/modem1")["wants_pin"], "the SIM waits for its PIN")
            said = self.setup(house, ["1111", "2222", "3333"], "--patience", "3", expect=1)
            self.assertIn("no modem is ready yet", said)
            self.assertIn(f"then: burstctl setup --config {house.config_file}", said)
            self.assertNotIn("Write it as", said)
            self.assertEqual(said.count("PIN of the SIM in modem1"), 1)
            self.assertEqual(house.get("/v1/modems/modem1")["pin_tries_left"], 2)

    def test_modems_that_are_not_named_are_found_and_the_lines_for_them_are_told(self):
        with House(modems=1, config=ME) as house:
            names, house.names = house.names, []
            house.config_file.write_text(house.configuration(ME).replace("modems:\n", ""))
            house.start(wait_modems=False)
            command = [BURSTCTL, "--socket", str(house.tapped_socket()), "setup", "--config", str(house.config_file), "--to", NUMBER]
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            heard = []
            reader = threading.Thread(target=lambda: heard.extend(iter(lambda: process.stdout.read(1), "")))
            reader.start()
            wait_for(lambda: "Press Enter" in "".join(heard), "it asks for the modem")
            self.assertIn("  - name: modem1\n", "".join(heard))
            house.names = names
            house.config_file.write_text(house.configuration(ME + "clinick: {}\n"))
            process.stdin.write("\n")
            process.stdin.flush()
            wait_for(lambda: "".join(heard).count("Press Enter") == 2, "it asks again")
            self.assertIn('there is no option "clinick"', "".join(heard))
            house.config_file.write_text(house.configuration(ME))
            process.stdin.write("\n")
            process.stdin.close()
            self.assertEqual(process.wait(timeout=60), 0, "".join(heard))
            reader.join()
            process.stdout.close()
            self.assertIn("The gateway works", "".join(heard))

    def test_mistakes_and_an_absent_gateway_are_told_first(self):
        with House(modems=0, config=ME) as house:
            said = self.setup(house, [], expect=3)
            self.assertIn("systemctl status burstd", said)
            house.start()
            house.config_file.write_text(house.configuration(ME + "log: {level: loud}\n"))
            said = self.setup(house, [], expect=1)
            self.assertRegex(said, r"burstd\.yaml:\d+:\d+: level: must be")
            self.assertNotIn("3 of 4", said)


if __name__ == "__main__":
    unittest.main()
