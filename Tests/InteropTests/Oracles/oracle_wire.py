"""What the oracles share: hellos put together by hand and the little of an answer that they look at. Standard library only."""

import socket
import struct

HELLO_RETRY_REQUEST = bytes.fromhex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c")

# ECDSA, EdDSA, PSS and PKCS #1 down to SHA-1 and MD5, and DSA: nothing must ever fail for want of a signature scheme.
SIGNATURE_SCHEMES = [
    0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0804, 0x0805, 0x0806, 0x0809, 0x080A, 0x080B, 0x081A, 0x081B, 0x081C,
    0x0401, 0x0501, 0x0601, 0x0303, 0x0301, 0x0203, 0x0201, 0x0101, 0x0402, 0x0502, 0x0602, 0x0302, 0x0202,
]


class Closed(Exception):
    """The peer ended the connection."""


class Garbage(Exception):
    """The peer said something that isn't TLS."""


def vector(width, body):
    """A TLS vector: its length in `width` bytes, then the bytes."""
    return len(body).to_bytes(width, "big") + body


def numbers(values):
    return b"".join(struct.pack(">H", value) for value in values)


def extension(number, body):
    return struct.pack(">H", number) + vector(2, body)


def handshake_record(kind, body, version):
    return b"\x16" + struct.pack(">H", version) + vector(2, bytes([kind]) + vector(3, body))


def connected(address, timeout):
    connection = socket.create_connection(address, timeout=timeout)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def read_exactly(connection, count):
    data = b""
    while len(data) < count:
        piece = connection.recv(count - len(data))
        if not piece:
            raise Closed
        data += piece
    return data


def messages(connection):
    """What comes, one after the other: ("handshake", type, body) or ("alert", level, description).

    Raises `Garbage` with the first bytes of what isn't TLS, and `Closed`.
    """
    handshake = alert = b""
    while True:
        header = read_exactly(connection, 5)
        kind, major, length = header[0], header[1], int.from_bytes(header[3:5], "big")
        if kind not in (20, 21, 22, 23) or major != 3 or length > 16384 + 2048:
            raise Garbage(header)
        fragment = read_exactly(connection, length)
        if kind == 21:
            alert += fragment
            while len(alert) >= 2:
                yield "alert", alert[0], alert[1]
                alert = alert[2:]
        if kind != 22:
            continue
        handshake += fragment
        while len(handshake) >= 4 and len(handshake) >= 4 + int.from_bytes(handshake[1:4], "big"):
            size = int.from_bytes(handshake[1:4], "big")
            yield "handshake", handshake[0], handshake[4:4 + size]
            handshake = handshake[4 + size:]


class ServerHello:
    """The fields of a ServerHello that an oracle looks at."""

    def __init__(self, body):
        self.version = int.from_bytes(body[0:2], "big")
        self.is_retry = body[2:34] == HELLO_RETRY_REQUEST
        offset = 34 + 1 + body[34]
        self.suite = int.from_bytes(body[offset:offset + 2], "big")
        self.extensions = {}
        offset += 3
        if offset + 2 <= len(body):
            end = offset + 2 + int.from_bytes(body[offset:offset + 2], "big")
            offset += 2
            while offset + 4 <= min(end, len(body)):
                kind, length = struct.unpack(">HH", body[offset:offset + 4])
                self.extensions[kind] = body[offset + 4:offset + 4 + length]
                offset += 4 + length
        if 43 in self.extensions:
            self.version = int.from_bytes(self.extensions[43], "big")

    @property
    def group(self):
        """The group of TLS 1.3's key_share, in a HelloRetryRequest or a ServerHello."""
        share = self.extensions.get(51, b"")
        return int.from_bytes(share[:2], "big") if len(share) >= 2 else None
