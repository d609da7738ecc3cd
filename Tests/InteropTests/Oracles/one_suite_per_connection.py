#!/usr/bin/env python3
"""Which cipher suites does a TLS server accept? Asked the slow way, one suite a connection.

    one_suite_per_connection.py HOST PORT [--versions ssl2,ssl3,tls1.0,tls1.1,tls1.2,tls1.3] [--sni NAME] [--timeout SECONDS]

The oracle of the interop suite: it shares no code and no cleverness with sechan. Every code point below is offered alone, one
connection after the other, and counts as accepted only when the server answers with a ServerHello (or a TLS 1.3
HelloRetryRequest) that selects it at the version that was asked for. Standard library only.

Writes {"tls1.2": ["0xC02F", ...], "ssl2": ["0x010080", ...], ...} with the code points ascending. Exit status 1, and a line per
case on standard error, when an answer was neither an acceptance nor a refusal (a timeout, garbage), because then the list can't
be trusted.
"""

import argparse
import json
import os
import struct
import sys
import time

sys.dont_write_bytecode = True  # a checkout is not to be littered

from oracle_wire import (  # noqa: E402
    SIGNATURE_SCHEMES, Closed, Garbage, ServerHello, connected, extension, handshake_record, messages, numbers, read_exactly,
    vector,
)

VERSIONS = {"ssl2": 0x0002, "ssl3": 0x0300, "tls1.0": 0x0301, "tls1.1": 0x0302, "tls1.2": 0x0303, "tls1.3": 0x0304}

# Everything registered or known to have been in use lies in these ranges; what is unassigned in them is asked all the same.
CODE_POINTS = [
    *range(0x0000, 0x0100),  # SSL 3.0 to TLS 1.2, and the renegotiation SCSV, which no server may select
    *range(0x1301, 0x1308),  # TLS 1.3
    *range(0xC001, 0xC100),  # ECC, SRP, ARIA, Camellia, CCM, ECJ-PAKE, SHA-256 integrity only
    *range(0xC100, 0xC107),  # GOST
    *range(0xCC13, 0xCC16),  # draft ChaCha20-Poly1305
    *range(0xCCA8, 0xCCAF),  # ChaCha20-Poly1305
    *range(0xD001, 0xD006),  # ECDHE-PSK AEAD
    *range(0xE001, 0xE020),  # SM draft, Salsa20 drafts
    *range(0xFEFE, 0xFF04),  # FIPS SSL 3.0, old GOST
    0xFF85, 0xFF87,  # GOST as some libraries numbered it
]

# x25519, P-256, P-384, P-521, x448, ffdhe2048 to ffdhe8192: what TLS 1.3 knows; strict servers refuse a hello for TLS 1.3
# alone that has others.
TLS13_GROUPS = [0x001D, 0x0017, 0x0018, 0x0019, 0x001E, *range(0x0100, 0x0105)]
# The same, and Brainpool, binary and older prime curves.
GROUPS = [*TLS13_GROUPS, *range(0x001A, 0x001D), *range(0x0001, 0x0017)]

# The seven kinds of SSL 2.0, and four that SSLeay had besides.
SSL2_KINDS = [
    0x000000, 0x010080, 0x020080, 0x030080, 0x040080, 0x050080, 0x060040, 0x060140, 0x0700C0, 0x0701C0, 0x080080,
]


def client_hello(version, suite, name):
    """One record with a ClientHello that offers `suite` and nothing else."""
    if version == 0x0300:
        # SSL 3.0 knew no extensions, and some of its servers fail on bytes after the compression methods.
        body = struct.pack(">H", version) + os.urandom(32) + vector(1, b"")
        body += vector(2, struct.pack(">H", suite)) + vector(1, b"\x00")
        return handshake_record(1, body, version)

    extensions = b""
    if name:
        extensions += extension(0, vector(2, b"\x00" + vector(2, name.encode("idna"))))
    extensions += extension(10, vector(2, numbers(TLS13_GROUPS if version == 0x0304 else GROUPS)))
    extensions += extension(11, vector(1, b"\x00\x01\x02"))
    if version >= 0x0303:
        extensions += extension(13, vector(2, numbers(SIGNATURE_SCHEMES)))
    if version == 0x0304:
        extensions += extension(43, vector(1, struct.pack(">H", version)))
        extensions += extension(45, vector(1, b"\x01"))
        # Any 32 bytes are an X25519 public key; 9 is the base point.
        extensions += extension(51, vector(2, struct.pack(">H", 0x001D) + vector(2, b"\x09" + bytes(31))))
        session_id = os.urandom(32)
    else:
        extensions += extension(22, b"") + extension(23, b"")  # encrypt_then_mac, extended_master_secret
        extensions += extension(0xFF01, vector(1, b""))  # renegotiation_info, so that no SCSV is offered
        session_id = b""

    legacy = min(version, 0x0303)
    body = struct.pack(">H", legacy) + os.urandom(32) + vector(1, session_id)
    body += vector(2, struct.pack(">H", suite)) + vector(1, b"\x00") + vector(2, extensions)
    return handshake_record(1, body, 0x0301)


def ask(address, version, suite, name, timeout):
    """True when accepted, False when refused; anything else is a sentence that says what happened."""
    try:
        with connected(address, timeout) as connection:
            if version == 0x0002:
                return ask_ssl2(connection, suite)
            connection.sendall(client_hello(version, suite, name))
            for kind, first, second in messages(connection):
                if (kind, first) != ("alert", 1):  # after a warning, the answer still comes
                    break
    except (Closed, ConnectionResetError, BrokenPipeError):
        return False
    except Garbage as garbage:
        return f"not TLS: {garbage.args[0]!r}"
    except OSError as error:
        return f"no answer: {error}"
    if kind == "alert":
        return False
    if first != 2:
        return f"unexpected answer: {kind} {first!r}"
    hello = ServerHello(second)
    if hello.suite != suite:
        return f"selected 0x{hello.suite:04X}, which was not offered"
    # A server that answers with a lower version accepts the suite there, not here.
    return hello.version == version


def ask_ssl2(connection, kind):
    """The same for one cipher kind of SSL 2.0 (draft-hickman-netscape-ssl-00 §1.2)."""
    wanted = kind.to_bytes(3, "big")
    body = b"\x01\x00\x02" + struct.pack(">HHH", 3, 0, 16) + wanted + os.urandom(16)
    connection.sendall(struct.pack(">H", 0x8000 | len(body)) + body)
    header = read_exactly(connection, 2)
    if header[0] & 0x80 == 0:
        # No record of SSL 2.0 without padding: an alert of SSL 3.0 or TLS, mostly.
        return False if header == b"\x15\x03" else f"not SSL 2.0: {header!r}"
    answer = read_exactly(connection, int.from_bytes(header, "big") & 0x7FFF)
    if answer[0] == 0:  # ERROR
        return False
    if answer[0] != 4 or len(answer) < 11:
        return f"unexpected answer: {answer[:16]!r}"
    version, certificate, ciphers = struct.unpack(">HHH", answer[3:9])
    if version != 0x0002:
        return f"answered version 0x{version:04X}"
    listed = answer[11 + certificate:11 + certificate + ciphers]
    # The server lists what both can do; a list without the kind is a refusal.
    return wanted in [listed[offset:offset + 3] for offset in range(0, len(listed), 3)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("host")
    parser.add_argument("port", type=int)
    parser.add_argument("--versions", default=",".join(VERSIONS))
    parser.add_argument("--sni", default=None)
    parser.add_argument("--timeout", type=float, default=10.0)
    arguments = parser.parse_args()

    started = time.monotonic()
    doubts, connections, accepted = [], 0, {}
    for version_id in arguments.versions.split(","):
        version = VERSIONS[version_id]
        accepted[version_id] = []
        width = 6 if version_id == "ssl2" else 4
        for suite in SSL2_KINDS if version_id == "ssl2" else CODE_POINTS:
            answer = ask((arguments.host, arguments.port), version, suite, arguments.sni, arguments.timeout)
            connections += 1
            if answer is True:
                accepted[version_id].append(f"0x{suite:0{width}X}")
            elif answer is not False:
                doubts.append(f"{version_id} 0x{suite:0{width}X}: {answer}")
                if len(doubts) > 20:
                    break
    json.dump(accepted, sys.stdout, indent=1)
    print()
    for doubt in doubts:
        print(f"oracle: {doubt}", file=sys.stderr)
    print(f"oracle: {connections} connections in {time.monotonic() - started:.1f} s", file=sys.stderr)
    return 1 if doubts else 0


if __name__ == "__main__":
    sys.exit(main())
