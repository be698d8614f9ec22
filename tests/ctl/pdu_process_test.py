#!/usr/bin/env python3
"""burstctl pdu as a process, held against a second reading of 3GPP 23.040 and 23.038 that shares nothing with ours:
standard streams, exit statuses, octets of standard input, random texts and random octets.

    pdu_process_test.py BURSTCTL [unittest arguments]"""

import json
import os
import random
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True
from alphabet import GSM, MAIN, SHIFTED
from pdu_builder import Builder

BURSTCTL = sys.argv.pop(1)
ENVIRONMENT = {**os.environ, "BURSTD_SOCKET": "/nowhere/burstd.sock"}
KNOWN = "07911326040000F0040B911346610089F60000208062917314080CC8F71D14969741F977FD07"  # oFono, python-messaging

ORDER = ["type", "smsc", "address", "text", "data_hex", "encoding", "class", "timestamp", "discharge_time", "status",
         "message_reference", "concat", "ports"]


def run(*words, typed=b""):
    done = subprocess.run([BURSTCTL, "pdu", *words], input=typed, capture_output=True, env=ENVIRONMENT, timeout=60)
    return done.returncode, done.stdout, done.stderr


class Pdu:
    """One SMS-SUBMIT, read by the standard's text."""

    def __init__(self, hexadecimal):
        octets = bytes.fromhex(hexadecimal)
        self.centre, self.tpdu = octets[0], octets[1:]
        first = self.tpdu[0]
        self.type, self.validity_format = first & 3, first >> 3 & 3
        self.report, has_header = bool(first & 0x20), bool(first & 0x40)
        self.reference, digits = self.tpdu[1], self.tpdu[2]
        self.type_of_address = self.tpdu[3]
        at = 4 + (digits + 1) // 2
        swapped = "".join(f"{octet & 15:X}{octet >> 4:X}" for octet in self.tpdu[4:at])
        self.number = swapped[:digits]
        self.protocol, self.scheme = self.tpdu[at], self.tpdu[at + 1]
        at += 2
        self.validity = self.tpdu[at] if self.validity_format == 2 else None
        at += self.validity_format == 2
        length, data = self.tpdu[at], self.tpdu[at + 1:]
        self.header = data[1:1 + data[0]] if has_header else b""
        skipped = 1 + data[0] if has_header else 0
        if self.scheme & 0x0C == 8:
            assert len(data) == length <= 140
            self.text, self.units = data[skipped:], (length - skipped) // 2
        else:
            bits = int.from_bytes(data, "little")
            septets = [bits >> 7 * n & 0x7F for n in range(-(-skipped * 8 // 7), length)]
            assert length <= 160 and len(data) == -(-length * 7 // 8)
            self.text, self.units = septets, len(septets)


def read_septets(septets):
    out, shifted = "", False
    for septet in septets:
        if shifted:
            out, shifted = out + SHIFTED[septet], False
        elif septet == 0x1B:
            shifted = True
        else:
            out += MAIN[septet]
    return out


def random_text(chance):
    letters = {"ascii": "abc XYZ019.,", "gsm": "".join(GSM), "shifted": "€[]{}^~|\\a", "latin": "açőñ–“", "emoji": "🏥👍🏽x",
               "cjk": "中兴通讯 ", "controls": "a\0\x01\x7f\x1b\u0085"}[chance.choice(
                   ["ascii", "gsm", "shifted", "latin", "emoji", "cjk", "controls"])]
    size = chance.choice([0, 1, 8, 69, 70, 71, 80, 134, 135, 153, 159, 160, 161, 306, 307, 459, 900])
    return "".join(chance.choice(letters) for _ in range(size))


class Encode(unittest.TestCase):
    def check(self, text, said, options):
        is_gsm = all(letter in GSM for letter in text)
        units = sum(len(GSM[letter]) for letter in text) if is_gsm else len(text.encode("utf-16-be")) // 2
        alone, part = (160, 153) if is_gsm else (70, 67)
        self.assertEqual(list(said), ["encoding", "segments", "units_used", "units_per_segment", "pdus"])
        self.assertEqual(said["encoding"], "gsm7" if is_gsm else "ucs2")
        self.assertEqual(said["units_used"], units)
        self.assertEqual(said["units_per_segment"], alone if units <= alone else part)
        self.assertEqual(said["segments"], len(said["pdus"]))
        self.assertGreaterEqual(said["segments"] * said["units_per_segment"], units)
        read = [Pdu(each["pdu"]) for each in said["pdus"]]
        for number, (pdu, each) in enumerate(zip(read, said["pdus"]), 1):
            self.assertEqual((pdu.centre, pdu.type, pdu.protocol), (0, 1, 0))
            self.assertEqual(each["length"], len(pdu.tpdu))
            self.assertEqual(each["pdu"], each["pdu"].upper())
            self.assertLessEqual(pdu.units, said["units_per_segment"])
            wanted = b"" if len(read) == 1 else bytes([0, 3, options["reference"], len(read), number])
            self.assertEqual(pdu.header, wanted)
            scheme = (0 if is_gsm else 8) | (0 if options["class"] is None else 0x10 | options["class"])
            self.assertEqual(pdu.scheme, scheme)
            self.assertEqual((pdu.report, pdu.validity), (options["report"], options["validity"]))
            self.assertEqual((pdu.number.rstrip("F"), pdu.type_of_address), ("41791234567", 0x91))
        whole = "".join(read_septets(pdu.text) for pdu in read) if is_gsm else b"".join(
            bytes(pdu.text) for pdu in read).decode("utf-16-be")
        self.assertEqual(whole, text)
        for pdu in read:
            if is_gsm and pdu.text:
                read_septets(pdu.text)
                self.assertNotEqual(pdu.text[-1], 0x1B, "no escape is parted from its letter")
            else:
                bytes(pdu.text).decode("utf-16-be" if not is_gsm else "ascii")

    def test_random_texts_are_what_the_standard_says(self):
        chance = random.Random(23040)
        for _ in range(120):
            text = random_text(chance)
            options = {"class": chance.choice([None, 0, 1, 2, 3]), "reference": chance.randrange(256),
                       "report": chance.random() < 0.5, "validity": None}
            words = ["encode", "--to", "+41 79 123 45 67", "--reference", str(options["reference"])]
            if options["class"] is not None:
                words += ["--class", str(options["class"])]
            if options["report"]:
                words.append("--report")
            if chance.random() < 0.5:
                options["validity"] = chance.randrange(256)
                words += ["--validity", str(self.minutes(options["validity"]))]
            with self.subTest(text=text, words=words):
                status, out, err = run(*words, typed=text.encode() + b"\n")
                self.assertEqual((status, err), (0, b""))
                self.assertTrue(out.endswith(b"}\n") and out.count(b"\n") == 1)
                said = json.loads(out)
                self.check(text, said, options)
                for each in said["pdus"]:
                    status, out, err = run("decode", "--direction", "mo", each["pdu"])
                    self.assertEqual((status, err), (0, b""))
                    self.assertEqual(json.loads(out)["address"], "+41791234567")

    @staticmethod
    def minutes(value):
        """What a relative TP-VP stands for, 23.040, 9.2.3.12.1."""
        if value <= 143:
            return (value + 1) * 5
        if value <= 167:
            return 12 * 60 + (value - 143) * 30
        return (value - 166 if value <= 196 else (value - 192) * 7) * 24 * 60

    def test_every_period_between_two_steps_is_the_longer(self):
        for value in (0, 1, 142, 143, 144, 166, 167, 168, 195, 196, 197, 254, 255):
            before = self.minutes(value - 1) if value else 0
            for minutes in (before + 1, self.minutes(value)):
                _, out, _ = run("encode", "--to", "1", "--text", "x", "--validity", str(minutes))
                self.assertEqual(Pdu(json.loads(out)["pdus"][0]["pdu"]).validity, value, minutes)

    def test_a_number_as_typed_has_no_known_type(self):
        for typed, digits in (("079 123 45 67", "0791234567"), ("0041791234567", "0041791234567"), ("9292", "9292"),
                              ("*100#", "A100B")):
            status, out, _ = run("encode", "--to", typed, "--text", "x")
            pdu = Pdu(json.loads(out)["pdus"][0]["pdu"])
            self.assertEqual((status, pdu.number, pdu.type_of_address), (0, digits, 0x81))

    def test_what_cannot_be_sent_is_one_sentence(self):
        for words, typed in ((["--to", "+41791234567"], b"M\xfcller"), (["--to", "+41791234567"], b"\xed\xa0\x80"),
                             (["--to", "nobody", "--text", "x"], b""), (["--to", "", "--text", "x"], b""),
                             (["--to", "+41791234567"], b"x" * (255 * 153 + 1)),
                             (["--to", "+41791234567", "--text", b"\xff"], b"")):
            status, out, err = run("encode", *words, typed=typed)
            self.assertEqual((status, out, err.count(b"\n")), (1, b"", 1), words)
            self.assertTrue(err.startswith(b"burstctl: "), err)


class Decode(unittest.TestCase):
    def refused(self, status, out, err):
        self.assertEqual((status, out), (2, b""))
        self.assertEqual(err.count(b"\n"), 1)
        self.assertTrue(err.startswith(b"burstctl: ") and err.endswith(b"\n") and len(err) > 20, err)

    def test_a_known_pdu(self):
        wanted = {"type": "SMS-DELIVER", "smsc": "+31624000000", "address": "+31641600986", "text": "How are you?",
                  "encoding": "gsm7", "timestamp": "2002-08-26T19:37:41+00:00"}
        for words, typed in (([KNOWN], b""), ([KNOWN.lower()], b""), ([f" {KNOWN}\n"], b""), (["-"], KNOWN.encode() + b"\r\n")):
            status, out, err = run("decode", "--direction", "mt", *words, typed=typed)
            self.assertEqual((status, err), (0, b""))
            self.assertEqual(json.loads(out), wanted)

    def test_a_pdu_cut_anywhere_is_one_line(self):
        for size in range(len(KNOWN)):
            self.refused(*run("decode", "--direction", "mt", KNOWN[:size]))

    def test_any_octets_are_json_or_one_line(self):
        chance = random.Random(27005)
        known = [bytes.fromhex(KNOWN), bytes.fromhex("0006D60B911326880736F4111011719551401110117195714000"),
                 bytes.fromhex("0041010C910661345542F600080A050003000301306F3044")]
        for _ in range(250):
            octets = bytearray(chance.choice(known))
            for _ in range(chance.randrange(6)):
                octets[chance.randrange(len(octets))] = chance.randrange(256)
            octets = octets[:chance.randrange(len(octets) + 1)] if chance.random() < 0.2 else octets
            direction = chance.choice(["mt", "mo"])
            with self.subTest(direction=direction, octets=octets.hex()):
                status, out, err = run("decode", "--direction", direction, octets.hex())
                if status == 0:
                    self.assertEqual((err, out.count(b"\n")), (b"", 1))
                    said = json.loads(out.decode("utf-8"))
                    self.assertIn(said["type"], ["SMS-SUBMIT"] if direction == "mo" else ["SMS-DELIVER", "SMS-STATUS-REPORT"])
                    self.assertEqual("data_hex" in said, said.get("encoding") == "8bit")
                else:
                    self.refused(status, out, err)

    def test_random_pdus_say_what_they_were_built_from(self):
        builder = Builder(random.Random(23038))
        for _ in range(60):
            for direction, octets, members in (builder.deliver(), builder.status_report(), builder.submit()):
                with self.subTest(direction=direction, octets=octets.hex()):
                    status, out, err = run("decode", "--direction", direction, octets.hex())
                    self.assertEqual((status, err), (0, b""))
                    said = json.loads(out)
                    self.assertEqual(said, members)
                    self.assertEqual(list(said), sorted(said, key=ORDER.index))

    def test_wrong_usage_is_two(self):
        for words in ([], ["fly"], ["decode"], ["decode", KNOWN], ["decode", "--direction", "up", KNOWN], ["encode"],
                      ["encode", "--to", "1", "--class", "4"], ["encode", "--to", "1", "--reference", "256"]):
            status, out, err = run(*words)
            self.assertEqual((status, out), (2, b""), words)
            self.assertTrue(err)


if __name__ == "__main__":
    unittest.main()
