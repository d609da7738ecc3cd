#!/usr/bin/env python3
"""Sends one ClientHello that offers what no client should, or a good one, and reads until the server has had enough.

    odd_client.py PORT HELLO

HELLO is `weak` (TLS 1.0 with everything that is weak), `bare` (SSL 3.0 without extensions), `ssl2` (the format of SSL 2.0),
`unknown` (code points that no registry has), or `good` (TLS 1.3 and 1.2 as they should be). No handshake comes of any.
"""

import os
import socket
import struct
import sys

sys.dont_write_bytecode = True  # a checkout is not to be littered

from odd_wire import X25519, extension, vector  # noqa: E402

GOOD_SUITES = [0x1301, 0x1302, 0xC02B, 0xC02F]
# NULL, anonymous, export, DES, RC4, 3DES, MD5, and none with forward secrecy.
WEAK_SUITES = [0x0002, 0x0034, 0x0008, 0x0009, 0x0005, 0x000A, 0x0004, 0x002F]
FALLBACK_SCSV = 0x5600


def numbers(values):
    return vector(2, b"".join(struct.pack(">H", value) for value in values))


def server_name():
    return extension(0, vector(2, b"\0" + vector(2, b"localhost")))


def modern(groups=(0x11EC, 0x001D, 0x0017), more=b""):
    share = struct.pack(">H", 0x001D) + vector(2, X25519)
    return server_name() + more + b"".join([
        extension(10, numbers(groups)), extension(13, numbers([0x0403, 0x0804, 0x0401])), extension(11, b"\x01\x00"),
        extension(23, b""), extension(0xFF01, b"\0"), extension(43, vector(1, b"\x03\x04\x03\x03")),
        extension(51, vector(2, share)),
    ])


def weak_extensions():
    return extension(10, numbers([0x0013, 0x0001])) + extension(13, numbers([0x0101, 0x0201])) + extension(15, b"\x01")


def hello(version, suites, extensions, compressions=b"\0"):
    body = struct.pack(">H", version) + os.urandom(32) + b"\0" + numbers(suites) + vector(1, compressions)
    if extensions:
        body += vector(2, extensions)
    return b"\x16\x03\x01" + vector(2, b"\x01" + vector(3, body))


def ssl2_hello():
    suites = b"".join(b"\0" + struct.pack(">H", suite) for suite in GOOD_SUITES + [0x00FF])
    body = b"\x01" + struct.pack(">HHHH", 0x0303, len(suites), 0, 16) + suites + os.urandom(16)
    return struct.pack(">H", 0x8000 | len(body)) + body


HELLOS = {
    "good": lambda: hello(0x0303, GOOD_SUITES, modern()),
    "weak": lambda: hello(0x0301, WEAK_SUITES + [FALLBACK_SCSV], weak_extensions(), b"\x01\x00"),
    "bare": lambda: hello(0x0300, [0x002F], b""),
    "ssl2": ssl2_hello,
    "unknown": lambda: hello(0x0303, GOOD_SUITES + [0xEEEE], modern(more=extension(0xEEEE, b""))),
}


def main():
    port, kind = int(sys.argv[1]), sys.argv[2]
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.settimeout(20)
        connection.sendall(HELLOS[kind]())
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(4096):
            pass


if __name__ == "__main__":
    main()
