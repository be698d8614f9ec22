"""The default alphabet of 23.038, 6.2.1, a second time: the tests of burstctl pdu share no table with what they test."""

MAIN = ("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
        "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà")
SHIFTED = {0x0A: "\f", 0x14: "^", 0x28: "{", 0x29: "}", 0x2F: "\\", 0x3C: "[", 0x3D: "~", 0x3E: "]", 0x40: "|", 0x65: "€"}
GSM = {letter: (code,) for code, letter in enumerate(MAIN) if code != 0x1B}
GSM.update({letter: (0x1B, code) for code, letter in SHIFTED.items()})


def septets(text):
    return [code for letter in text for code in GSM[letter]]


def pack(codes, fill=0):
    """Septets to octets, the first lowest, after `fill` zero bits."""
    bits = sum(code << 7 * at + fill for at, code in enumerate(codes))
    return bits.to_bytes(-(-(len(codes) * 7 + fill) // 8), "little")
