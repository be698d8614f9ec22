"""Random sound PDUs of 23.040 with what burstctl pdu decode must print for each, member by member."""

import datetime

from alphabet import GSM, pack, septets

SYMBOLS = "0123456789*#abc"
BASIC = ("gsm7", 0x00), ("8bit", 0x04), ("ucs2", 0x08)


def semi_octets(digits):
    halves = [SYMBOLS.index(digit) for digit in digits] + [15] * (len(digits) % 2)
    return bytes(low | high << 4 for low, high in zip(halves[::2], halves[1::2]))


def two_digits(value):
    return value % 10 << 4 | value // 10


class Builder:
    """Hands out (direction, octets, members); the same `chance` gives the same PDUs."""

    def __init__(self, chance):
        self.chance = chance

    def octets(self, count):
        return bytes(self.chance.randrange(256) for _ in range(count))

    def digits(self, symbols):
        return "".join(self.chance.choice(symbols) for _ in range(self.chance.randint(1, 20)))

    def service_centre(self):
        if self.chance.random() < 0.3:
            return b"\0", {}
        digits, (kind, plus) = self.digits(SYMBOLS[:10]), self.chance.choice([(0x91, "+"), (0x81, "")])
        coded = semi_octets(digits)
        return bytes([len(coded) + 1, kind]) + coded, {"smsc": plus + digits}

    def address(self):
        if self.chance.random() < 0.3:
            name = ""
            for letter in self.chance.choices(list(GSM), k=self.chance.randint(1, 11)):
                name += letter if len(septets(name + letter)) <= 11 else ""
            return bytes([-(-len(septets(name)) * 7 // 4), 0xD0]) + pack(septets(name)), {"address": name}
        kind, plus, symbols = self.chance.choice([(0x91, "+", SYMBOLS[:10]), (0x81, "", SYMBOLS), (0xA1, "", SYMBOLS[:10])])
        digits = self.digits(symbols)
        return bytes([len(digits), kind]) + semi_octets(digits), {"address": plus + digits}

    def time(self):
        moment = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=self.chance.randrange(100 * 365 * 86400))
        quarters = self.chance.randint(-79, 79)
        fields = (moment.year % 100, moment.month, moment.day, moment.hour, moment.minute, moment.second, abs(quarters))
        coded = bytearray(two_digits(field) for field in fields)
        coded[6] |= 8 if quarters < 0 else 0
        hours, minutes = divmod(abs(quarters) * 15, 60)
        return bytes(coded), f"{moment.isoformat()}{'-' if quarters < 0 else '+'}{hours:02}:{minutes:02}"

    def header(self):
        """Elements of which the last one of a kind counts; what is unknown is read past."""
        coded, members = b"", {}
        for _ in range(self.chance.randint(1, 3)):
            kind, one, other = self.chance.choice("cCpPx"), self.octets(2), self.octets(2)
            if kind in "cC":
                reference, total = one[:1] if kind == "c" else one, self.chance.randint(1, 255)
                part = self.chance.randint(1, total)
                coded += (b"\0\3" if kind == "c" else b"\x08\4") + reference + bytes([total, part])
                members["concat"] = {"reference": int.from_bytes(reference, "big"), "total": total, "part": part}
            elif kind in "pP":
                destination, source = (one[:1], other[:1]) if kind == "p" else (one, other)
                coded += (b"\4\2" if kind == "p" else b"\5\4") + destination + source
                members["ports"] = {"destination": int.from_bytes(destination, "big"), "source": int.from_bytes(source, "big")}
            else:
                coded += bytes([0x70, len(other)]) + other
        return bytes([len(coded)]) + coded, members

    def payload(self, encoding, room):
        """Payload for `room` octets beside the header: octets (of gsm7: septets) and members."""
        if encoding == "8bit":
            data = self.octets(self.chance.randint(0, room))
            return data, {"data_hex": data.hex().upper()}
        text = ""
        letters = list(GSM) if encoding == "gsm7" else list("aä中€\0\x7f\x9b\"\\🏥\U0010FFFD\uFFFF")
        coded = septets if encoding == "gsm7" else lambda chosen: chosen.encode("utf-16-be")
        most = room * 8 // 7 if encoding == "gsm7" else room
        for letter in self.chance.choices(letters, k=self.chance.choice([0, 1, 7, 8, 9, 40, 160])):
            text += letter if len(coded(text + letter)) <= most else ""
        return coded(text), {"text": text}

    def user_data(self):
        """TP-UDHI, TP-DCS, TP-UDL with TP-UD, members."""
        header, members = self.header() if self.chance.random() < 0.5 else (b"", {})
        encoding, scheme = self.chance.choice(BASIC)
        if self.chance.random() < 0.5:
            members["class"] = self.chance.randrange(4)
            in_class_group = encoding != "ucs2" and self.chance.random() < 0.5
            scheme |= (0xF0 if in_class_group else 0x10) | members["class"]
        coded, said = self.payload(encoding, 140 - len(header))
        length = len(header) + len(coded)
        if encoding == "gsm7":
            length = -(-len(header) * 8 // 7) + len(coded)
            coded = pack(coded, -len(header) * 8 % 7)
        return 0x40 if header else 0, bytes([scheme]), bytes([length]) + header + bytes(coded), {
            **members, **said, "encoding": encoding}

    def deliver(self):
        (centre, smsc), (sender, address) = self.service_centre(), self.address()
        (taken, timestamp), (flag, scheme, data, said) = self.time(), self.user_data()
        first = bytes([flag | self.chance.choice([0x00, 0x04, 0x24, 0x84])])
        return "mt", centre + first + sender + self.octets(1) + scheme + taken + data, {
            "type": "SMS-DELIVER", **smsc, **address, **said, "timestamp": timestamp}

    def status_report(self):
        (centre, smsc), (recipient, address) = self.service_centre(), self.address()
        (taken, timestamp), (discharge, discharged) = self.time(), self.time()
        reference, status = self.octets(1), self.octets(1)
        flag, optional, said = 0, self.chance.choice([b"", b"\0", b"\1\0"]), {}
        if self.chance.random() < 0.5:
            flag, scheme, data, said = self.user_data()
            optional = b"\6" + scheme + data
        return "mt", (centre + bytes([flag | 2 | self.chance.choice([0x00, 0x04, 0x20])]) + reference + recipient + taken
                      + discharge + status + optional), {
            "type": "SMS-STATUS-REPORT", **smsc, **address, **said, "timestamp": timestamp, "discharge_time": discharged,
            "status": status[0], "message_reference": reference[0]}

    def submit(self):
        (centre, smsc), (recipient, address) = self.service_centre(), self.address()
        flag, scheme, data, said = self.user_data()
        reference = self.octets(1)
        form, validity = self.chance.choice([(0, b""), (0x08, b"\1\5\0\0\0\0\0"), (0x10, self.octets(1)), (0x18, self.time()[0])])
        return "mo", (centre + bytes([flag | 1 | form | self.chance.choice([0x00, 0x04, 0x20])]) + reference + recipient
                      + self.octets(1) + scheme + validity + data), {
            "type": "SMS-SUBMIT", **smsc, **address, **said, "message_reference": reference[0]}
