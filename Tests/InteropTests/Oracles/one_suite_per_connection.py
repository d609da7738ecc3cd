#!/usr/bin/env python3
"""Which cipher suites does a TLS server accept? Asked the slow way, one suite a connection.

    one_suite_per_connection.py HOST PORT [--versions tls1.0,tls1.1,tls1.2,tls1.3] [--sni NAME] [--timeout SECONDS]

The oracle of the interop suite: it shares no code and no cleverness with sechan. Every code point below is offered alone, one
connection after the other, and counts as accepted only when the server answers with a ServerHello (or a TLS 1.3
HelloRetryRequest) that selects it at the version that was asked for. Standard library only.

Writes {"tls1.2": ["0xC02F", ...], ...} with the code points ascending. Exit status 1, and a line per case on standard error,
when an answer was neither an acceptance nor a refusal (a timeout, garbage), because then the list can't be trusted.
"""

import argparse
import json
import os
import socket
import struct
import sys
import time

VERSIONS = {"tls1.0": 0x0301, "tls1.1": 0x0302, "tls1.2": 0x0303, "tls1.3": 0x0304}

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

# x25519, P-256, P-384, P-521, x448, Brainpool, binary and older prime curves, ffdhe2048 to ffdhe8192.
GROUPS = [0x001D, 0x0017, 0x0018, 0x0019, 0x001E, *range(0x001A, 0x001D), *range(0x0001, 0x0017), *range(0x0100, 0x0105)]

# ECDSA, EdDSA, PSS and PKCS #1 down to SHA-1 and MD5, and DSA: a suite must never fail for want of a signature scheme.
SIGNATURE_SCHEMES = [
    0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0804, 0x0805, 0x0806, 0x0809, 0x080A, 0x080B, 0x081A, 0x081B, 0x081C,
    0x0401, 0x0501, 0x0601, 0x0303, 0x0301, 0x0203, 0x0201, 0x0101, 0x0402, 0x0502, 0x0602, 0x0302, 0x0202,
]

HELLO_RETRY_REQUEST = bytes.fromhex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c")


def vector(width, body):
    """A TLS vector: its length in `width` bytes, then the bytes."""
    return len(body).to_bytes(width, "big") + body


def numbers(values):
    return b"".join(struct.pack(">H", value) for value in values)


def client_hello(version, suite, name):
    """One record with a ClientHello that offers `suite` and nothing else."""
    def extension(number, body):
        return struct.pack(">H", number) + vector(2, body)

    extensions = b""
    if name:
        extensions += extension(0, vector(2, b"\x00" + vector(2, name.encode("idna"))))
    extensions += extension(10, vector(2, numbers(GROUPS)))
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
    return b"\x16" + struct.pack(">H", 0x0301) + vector(2, b"\x01" + vector(3, body))


class Closed(Exception):
    """The peer ended the connection."""


def read_exactly(connection, count):
    data = b""
    while len(data) < count:
        piece = connection.recv(count - len(data))
        if not piece:
            raise Closed
        data += piece
    return data


def first_answer(connection):
    """("handshake", type, body), ("alert", level, description) or ("garbage", bytes, None): what came first."""
    handshake = b""
    while True:
        header = read_exactly(connection, 5)
        kind, major, length = header[0], header[1], int.from_bytes(header[3:5], "big")
        if kind not in (21, 22) or major != 3 or length > 16384 + 2048:
            return "garbage", header, None
        fragment = read_exactly(connection, length)
        if kind == 21:
            return "alert", fragment[0], fragment[1]
        handshake += fragment
        if len(handshake) >= 4:
            size = int.from_bytes(handshake[1:4], "big")
            if len(handshake) >= 4 + size:
                return "handshake", handshake[0], handshake[4:4 + size]


def selected(body):
    """(version, suite) of a ServerHello's body."""
    version = int.from_bytes(body[0:2], "big")
    offset = 34 + 1 + body[34]
    suite = int.from_bytes(body[offset:offset + 2], "big")
    offset += 3
    if offset + 2 <= len(body):
        end = offset + 2 + int.from_bytes(body[offset:offset + 2], "big")
        offset += 2
        while offset + 4 <= min(end, len(body)):
            kind, length = struct.unpack(">HH", body[offset:offset + 4])
            if kind == 43 and length == 2:
                version = int.from_bytes(body[offset + 4:offset + 6], "big")
            offset += 4 + length
    return version, suite


def ask(address, version, suite, name, timeout):
    """True when accepted, False when refused; anything else is a sentence that says what happened."""
    try:
        with socket.create_connection(address, timeout=timeout) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.sendall(client_hello(version, suite, name))
            kind, first, second = first_answer(connection)
    except (Closed, ConnectionResetError, BrokenPipeError):
        return False
    except OSError as error:
        return f"no answer: {error}"
    if kind == "alert":
        return False
    if kind == "garbage" or first != 2:
        return f"unexpected answer: {kind} {first!r}"
    got_version, got_suite = selected(second)
    if got_suite != suite:
        return f"selected 0x{got_suite:04X}, which was not offered"
    # A server that answers with a lower version accepts the suite there, not here.
    return got_version == version


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
        for suite in CODE_POINTS:
            answer = ask((arguments.host, arguments.port), version, suite, arguments.sni, arguments.timeout)
            connections += 1
            if answer is True:
                accepted[version_id].append(f"0x{suite:04X}")
            elif answer is not False:
                doubts.append(f"{version_id} 0x{suite:04X}: {answer}")
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
