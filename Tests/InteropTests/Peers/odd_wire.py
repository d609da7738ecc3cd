"""What odd_server.py reads and writes: a ClientHello taken apart, and answers put together by hand. Standard library only."""

import os
import struct

RETRY_RANDOM = bytes.fromhex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c")
TLS12, TLS13 = 0x0303, 0x0304
P256 = bytes.fromhex(
    "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
    "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"
)
X25519 = b"\x09" + bytes(31)
# What a server's share of a group may look like; nobody derives anything from it.
SERVER_SHARES = {0x001D: X25519, 0x0017: P256, 0x11EC: bytes(1088) + X25519, 0x0100: b"\x04" * 256}
# RFC 7919 appendix A.1, and the 1024 bits of RFC 2409 §6.2 that too many servers share.
FFDHE2048 = int(
    "FFFFFFFFFFFFFFFFADF85458A2BB4A9AAFDC5620273D3CF1D8B9C583CE2D3695A9E13641146433FBCC939DCE249B3EF97D2FE363630C75D8"
    "F681B202AEC4617AD3DF1ED5D5FD65612433F51F5F066ED0856365553DED1AF3B557135E7F57C935984F0C70E0E68B77E2A689DAF3EFE872"
    "1DF158A136ADE73530ACCA4F483A797ABC0AB182B324FB61D108A94BB2C8E3FBB96ADAB760D7F4681D4F42A3DE394DF4AE56EDE76372BB19"
    "0B07A7C8EE0A6D709E02FCE1CDF7E2ECC03404CD28342F619172FE9CE98583FF8E4F1232EEF28183C3FE3B1B4C6FAD733BB5FCBC2EC22005"
    "C58EF1837D1683B2C6F34A26C1B2EFFA886B423861285C97FFFFFFFFFFFFFFFF", 16
)
OAKLEY2 = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B"
    "302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE6"
    "49286651ECE65381FFFFFFFFFFFFFFFF", 16
)


class Closed(Exception):
    """The client is gone."""


def vector(width, body):
    return len(body).to_bytes(width, "big") + body


def extension(number, body):
    return struct.pack(">H", number) + vector(2, body)


def read_exactly(connection, count):
    data = b""
    while len(data) < count:
        piece = connection.recv(count - len(data))
        if not piece:
            raise Closed
        data += piece
    return data


class Hello:
    """A ClientHello in either format."""

    def __init__(self, message, is_ssl2):
        self.is_ssl2 = is_ssl2
        #: Bytes of the handshake message, header included.
        self.size = len(message)
        self.extensions, self.session_id, self.kinds, self.compressions = {}, b"", [], b"\0"
        if is_ssl2:
            self.legacy_version, count, session, _ = struct.unpack(">HHHH", message[1:9])
            listed = message[9:9 + count]
            self.kinds = [int.from_bytes(listed[at:at + 3], "big") for at in range(0, len(listed), 3)]
            self.suites = [kind for kind in self.kinds if kind <= 0xFFFF]
            self.session_id = message[9 + count:9 + count + session]
            return
        self.legacy_version = int.from_bytes(message[4:6], "big")
        at = 38
        self.session_id, at = self._vector(message, at, 1)
        suites, at = self._vector(message, at, 2)
        self.suites = [int.from_bytes(suites[i:i + 2], "big") for i in range(0, len(suites), 2)]
        self.compressions, at = self._vector(message, at, 1)
        if at < len(message):
            rest, _ = self._vector(message, at, 2)
            while len(rest) >= 4:
                kind, length = struct.unpack(">HH", rest[:4])
                self.extensions[kind] = rest[4:4 + length]
                rest = rest[4 + length:]

    @staticmethod
    def _vector(data, at, width):
        length = int.from_bytes(data[at:at + width], "big")
        return data[at + width:at + width + length], at + width + length

    @property
    def versions(self):
        """What the client speaks, as far as it says; with no supported_versions everything up to the legacy version."""
        body = self.extensions.get(43)
        if body is None:
            return [version for version in (0x0303, 0x0302, 0x0301, 0x0300) if version <= self.legacy_version]
        return [int.from_bytes(body[i:i + 2], "big") for i in range(1, len(body), 2)]

    @property
    def groups(self):
        body = self.extensions.get(10, b"\0\0")
        return [int.from_bytes(body[i:i + 2], "big") for i in range(2, len(body), 2)]

    @property
    def shares(self):
        """The groups in key_share; None without the extension."""
        if 51 not in self.extensions:
            return None
        rest, groups = self.extensions[51][2:], []
        while len(rest) >= 4:
            group, length = struct.unpack(">HH", rest[:4])
            groups.append(group)
            rest = rest[4 + length:]
        return groups

    @property
    def name(self):
        """The server_name, or None."""
        body = self.extensions.get(0)
        return body[5:].decode("latin-1") if body else None


def read_hello(connection):
    """The next ClientHello; raises `Closed` at the end of the connection, returns None for what is something else."""
    first = read_exactly(connection, 2)
    if first[0] & 0x80:
        message = read_exactly(connection, int.from_bytes(first, "big") & 0x7FFF)
        return Hello(message, True) if message[:1] == b"\x01" else None
    kind, message = first[0], b""
    header = first + read_exactly(connection, 3)
    while True:
        fragment = read_exactly(connection, int.from_bytes(header[3:5], "big"))
        if kind == 21:
            raise Closed
        if kind == 22:
            message += fragment
            if len(message) >= 4 and len(message) >= 4 + int.from_bytes(message[1:4], "big"):
                return Hello(message, False) if message[0] == 1 else None
        header = read_exactly(connection, 5)
        kind = header[0]


def records(kind, version, body):
    """`body` in records of at most 2^14 bytes."""
    version = min(version, TLS12)
    pieces = [body[at:at + 16384] for at in range(0, len(body), 16384)]
    return b"".join(struct.pack(">BH", kind, version) + vector(2, piece) for piece in pieces)


def message(kind, body):
    return bytes([kind]) + vector(3, body)


def alert(description, version=TLS12, level=2):
    return records(21, version, bytes([level, description]))


def server_hello(version, suite, hello, extensions=b"", random=None):
    """The message; a TLS 1.3 one says so in supported_versions."""
    session = hello.session_id if version == TLS13 else os.urandom(32)
    if version == TLS13:
        extensions = extension(43, struct.pack(">H", TLS13)) + extensions
    body = struct.pack(">H", min(version, TLS12)) + (random or os.urandom(32)) + vector(1, session)
    body += struct.pack(">H", suite) + b"\0"
    return message(2, body + (vector(2, extensions) if extensions else b""))


def certificate(chain):
    return message(11, vector(3, b"".join(vector(3, one) for one in chain)))


def signature(version):
    """An RSA key's, of 2048 bits; nobody checks it."""
    return (b"\x04\x01" if version >= TLS12 else b"") + vector(2, os.urandom(256))


def ecdhe_key_exchange(version, group):
    return message(12, b"\x03" + struct.pack(">H", group) + vector(1, SERVER_SHARES[group]) + signature(version))


def dhe_key_exchange(version, prime):
    size = (prime.bit_length() + 7) // 8
    parameters = vector(2, prime.to_bytes(size, "big")) + vector(2, b"\x02") + vector(2, b"\x04" * size)
    return message(12, parameters + signature(version))


def ssl2_server_hello(kinds, der):
    listed = b"".join(kind.to_bytes(3, "big") for kind in kinds)
    body = b"\x04\x00\x01\x00\x02" + struct.pack(">HHH", len(der), len(listed), 16) + der + listed + os.urandom(16)
    return struct.pack(">H", 0x8000 | len(body)) + body


def pct_server_hello(der):
    """PCT 1.0 (draft-benaloh-pct-01 §5.2.2): RC4 of 128 bits, MD5, an X.509 certificate, RSA."""
    body = b"\x02\x00\x80\x01\x00\x00" + b"\x00\x04\x80\x40" + b"\x00\x01" + b"\x00\x01" + b"\x00\x01" + os.urandom(32)
    body += struct.pack(">HHHH", len(der), 0, 0, 0) + der
    return struct.pack(">H", 0x8000 | len(body)) + body
