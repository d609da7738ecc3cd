#!/usr/bin/env python3
"""Which groups, signature schemes and application protocols does a TLS server take? Asked one at a time.

    one_choice_per_connection.py HOST PORT [--timeout SECONDS] [--alpn NAME,...]

As one_suite_per_connection.py, an oracle that shares nothing with sechan: each hello offers one group, one scheme or one
protocol, and only an answer that names it counts.

- "tls1.3": groups that a HelloRetryRequest asks for when the hello has no key share ("retry"), and groups whose share a
  ServerHello answers ("share"; only for groups of which a valid public share is known without computing one).
- "tls1.2": groups in a ServerKeyExchange, for each kind of suites; for DHE, the RFC 7919 group whose prime was sent.
- "signatures": schemes that a ServerKeyExchange of TLS 1.2 is signed with.
- "alpn": protocols that a ServerHello of TLS 1.2 names.

Writes JSON with the code points ascending. Exit status 1, and a line per case on standard error, when an answer was neither an
acceptance nor a refusal.
"""

import argparse
import json
import os
import struct
import sys
import time
from fractions import Fraction

sys.dont_write_bytecode = True  # a checkout is not to be littered

from oracle_wire import (  # noqa: E402
    SIGNATURE_SCHEMES, Closed, Garbage, ServerHello, connected, extension, handshake_record, messages, numbers, vector,
)

# Every registered group, the pure and hybrid ML-KEM ones, and the draft numbers that came before them.
GROUPS = [
    *range(0x0001, 0x002A), *range(0x0100, 0x0105), *range(0x0200, 0x0203), 0x11EB, 0x11EC, 0x11ED, 0x11EE, 0x6399, 0x639A,
]
TLS13_SUITES = [0x1301, 0x1302, 0x1303, 0x1304, 0x1305]
FAMILIES = {
    "ECDHE RSA": [0xC02F, 0xC030, 0xCCA8, 0xC027, 0xC028, 0xC013, 0xC014, 0xC012, 0xC011, 0xC010],
    "ECDHE ECDSA": [0xC02B, 0xC02C, 0xCCA9, 0xC023, 0xC024, 0xC009, 0xC00A, 0xC008, 0xC007, 0xC006],
    "DHE RSA": [0x009E, 0x009F, 0xCCAA, 0x0067, 0x006B, 0x0033, 0x0039, 0x0016],
    "ECDHE anon": [0xC018, 0xC019, 0xC017, 0xC016, 0xC015],
    "DHE anon": [0x00A6, 0x00A7, 0x0034, 0x003A, 0x001B, 0x006C, 0x006D],
}


def e_times_two_to_the(bits):
    """floor(2^bits · e), from e's series."""
    total, term, index = Fraction(0), Fraction(1), 0
    while term * 2 ** bits > Fraction(1, 4):
        total += term
        index += 1
        term /= index
    # The tail is less than the last term; no prime below sits that close to a whole number.
    return int((total + term) * 2 ** bits)


def ffdhe_prime(bits, constant):
    """RFC 7919 appendix A: 2^b - 2^{b-64} + {[2^{b-130} e] + X} 2^64 - 1."""
    return 2 ** bits - 2 ** (bits - 64) + (e_times_two_to_the(bits - 130) + constant) * 2 ** 64 - 1


PRIMES = {
    ffdhe_prime(2048, 560316): 0x0100, ffdhe_prime(3072, 2625351): 0x0101, ffdhe_prime(4096, 5736041): 0x0102,
    ffdhe_prime(6144, 15705020): 0x0103, ffdhe_prime(8192, 10965728): 0x0104,
}

# Base points (SEC 2, RFC 7748), and for ML-KEM an encapsulation key of zeros, which FIPS 203 §7.2 has nothing against.
P256 = bytes.fromhex(
    "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
    "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"
)
P384 = bytes.fromhex(
    "04aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7"
    "3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f"
)
X25519 = b"\x09" + bytes(31)
SHARES = {
    0x0017: P256,
    0x0018: P384,
    0x001D: X25519,
    0x001E: b"\x05" + bytes(55),
    # 2² is in the group that 2 generates, and is neither 1 nor p - 1.
    0x0100: (4).to_bytes(256, "big"),
    0x0101: (4).to_bytes(384, "big"),
    0x0102: (4).to_bytes(512, "big"),
    0x0103: (4).to_bytes(768, "big"),
    0x0104: (4).to_bytes(1024, "big"),
    0x0200: bytes(800),
    0x0201: bytes(1184),
    0x0202: bytes(1568),
    0x11EB: P256 + bytes(1184),
    0x11EC: bytes(1184) + X25519,
    0x11ED: P384 + bytes(1568),
}


def hello_tls13(group, share):
    extensions = extension(10, vector(2, numbers([group])))
    extensions += extension(13, vector(2, numbers(SIGNATURE_SCHEMES)))
    extensions += extension(43, vector(1, struct.pack(">H", 0x0304))) + extension(45, vector(1, b"\x01"))
    shares = b"" if share is None else struct.pack(">H", group) + vector(2, share)
    extensions += extension(51, vector(2, shares))
    body = struct.pack(">H", 0x0303) + os.urandom(32) + vector(1, os.urandom(32))
    body += vector(2, numbers(TLS13_SUITES)) + vector(1, b"\x00") + vector(2, extensions)
    return handshake_record(1, body, 0x0301)


def hello_tls12(suites, groups, schemes=(), protocol=None):
    extensions = extension(10, vector(2, numbers(groups))) + extension(11, vector(1, b"\x00\x01\x02"))
    extensions += extension(13, vector(2, numbers(schemes or SIGNATURE_SCHEMES)))
    extensions += extension(23, b"") + extension(0xFF01, vector(1, b""))
    if protocol is not None:
        extensions += extension(16, vector(2, vector(1, protocol.encode("ascii"))))
    body = struct.pack(">H", 0x0303) + os.urandom(32) + vector(1, b"")
    body += vector(2, numbers(suites)) + vector(1, b"\x00") + vector(2, extensions)
    return handshake_record(1, body, 0x0301)


class Doubt(Exception):
    """Neither yes nor no."""


class Oracle:
    def __init__(self, address, timeout):
        self.address, self.timeout = address, timeout
        self.connections, self.doubts = 0, []

    def answer(self, hello, awaited):
        """The bodies of the handshake messages up to `awaited`, by type; None for a refusal."""
        self.connections += 1
        bodies = {}
        try:
            with connected(self.address, self.timeout) as connection:
                connection.sendall(hello)
                for kind, first, second in messages(connection):
                    if kind == "alert":
                        if first == 1:  # a warning, unrecognized_name for instance
                            continue
                        return None
                    bodies[first] = second
                    if first in (14, awaited):  # or ServerHelloDone
                        return bodies
        except (Closed, ConnectionResetError, BrokenPipeError):
            return None
        except Garbage as garbage:
            raise Doubt(f"not TLS: {garbage.args[0]!r}") from garbage
        except OSError as error:
            raise Doubt(f"no answer: {error}") from error
        return None

    def each(self, label, values, ask):
        """The values for which `ask` says yes."""
        accepted = []
        for value in values:
            try:
                if ask(value):
                    accepted.append(value)
            except Doubt as doubt:
                self.doubts.append(f"{label} {value}: {doubt}")
                if len(self.doubts) > 20:
                    break
        return accepted

    def retry(self, group):
        bodies = self.answer(hello_tls13(group, None), 2)
        if not bodies:
            return False
        hello = ServerHello(bodies[2])
        return hello.is_retry and hello.version == 0x0304 and hello.group == group

    def share(self, group):
        bodies = self.answer(hello_tls13(group, SHARES[group]), 2)
        if not bodies:
            return False
        hello = ServerHello(bodies[2])
        return not hello.is_retry and hello.version == 0x0304 and hello.group == group

    def key_exchange(self, suites, groups, schemes=()):
        """(suite, ServerKeyExchange) or (None, b"")."""
        bodies = self.answer(hello_tls12(suites, groups, schemes), 12)
        if not bodies or 2 not in bodies or 12 not in bodies:
            return None, b""
        hello = ServerHello(bodies[2])
        if hello.version != 0x0303:
            return None, b""
        if hello.suite not in suites:
            raise Doubt(f"selected 0x{hello.suite:04X}, which was not offered")
        return hello.suite, bodies[12]

    def curve(self, family, group):
        suites = FAMILIES[family]
        suite, exchange = self.key_exchange(suites, [group])
        if suite is None:
            return False
        if family.startswith("ECDH"):
            return exchange[0] == 3 and int.from_bytes(exchange[1:3], "big") == group
        prime, _ = taken(exchange)
        return PRIMES.get(int.from_bytes(prime, "big")) == group

    def scheme(self, scheme):
        # One kind of key at a time: a server may choose the suite first and only then see that its key can't do the scheme.
        for suites in (FAMILIES["ECDHE RSA"] + FAMILIES["DHE RSA"], FAMILIES["ECDHE ECDSA"], [0x00A2, 0x00A3, 0x0032, 0x0038]):
            suite, exchange = self.key_exchange(suites, [0x001D, 0x0017, 0x0018, 0x0019, 0x001E, 0x0100], [scheme])
            if suite is None:
                continue
            if exchange[0] == 3 and suite >= 0xC000:
                rest = exchange[4 + exchange[3]:]
            else:
                rest = exchange
                for _ in range(3):
                    _, rest = taken(rest)
            if int.from_bytes(rest[:2], "big") == scheme:
                return True
        return False

    def protocol(self, name):
        everything = [suite for suites in FAMILIES.values() for suite in suites] + [0x009C, 0x009D, 0x002F, 0x0035, 0x000A]
        hello = hello_tls12(everything, [0x001D, 0x0017, 0x0018, 0x0019], protocol=name)
        bodies = self.answer(hello, 2)
        if not bodies:
            return False
        return ServerHello(bodies[2]).extensions.get(16) == vector(2, vector(1, name.encode("ascii")))


def taken(data):
    """A vector with two bytes of length, and what follows it."""
    length = int.from_bytes(data[:2], "big")
    return data[2:2 + length], data[2 + length:]


def named(values):
    return [f"0x{value:04X}" for value in sorted(values)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("host")
    parser.add_argument("port", type=int)
    parser.add_argument("--timeout", type=float, default=10.0)
    parser.add_argument(
        "--alpn", default="h2,http/1.1,http/1.0,http/0.9,h2c,h3,spdy/3,spdy/1,stun.turn,smb,ftp,imap,pop3,xmpp-client,dot,mqtt,postgresql"
    )
    arguments = parser.parse_args()
    oracle = Oracle((arguments.host, arguments.port), arguments.timeout)
    started = time.monotonic()
    result = {
        "tls1.3": {
            "retry": named(oracle.each("retry", GROUPS, oracle.retry)),
            "share": named(oracle.each("share", SHARES, oracle.share)),
        },
        "tls1.2": {
            family: named(oracle.each(
                family,
                [group for group in GROUPS if (0x0100 <= group < 0x0200) != family.startswith("ECDH")],
                lambda group, family=family: oracle.curve(family, group),
            ))
            for family in FAMILIES
        },
        "signatures": named(oracle.each("scheme", SIGNATURE_SCHEMES, oracle.scheme)),
        "alpn": oracle.each("protocol", arguments.alpn.split(","), oracle.protocol),
    }
    json.dump(result, sys.stdout, indent=1)
    print()
    for doubt in oracle.doubts:
        print(f"oracle: {doubt}", file=sys.stderr)
    print(f"oracle: {oracle.connections} connections in {time.monotonic() - started:.1f} s", file=sys.stderr)
    return 1 if oracle.doubts else 0


if __name__ == "__main__":
    sys.exit(main())
