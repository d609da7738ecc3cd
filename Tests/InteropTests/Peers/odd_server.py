#!/usr/bin/env python3
"""Servers that misbehave as real ones have been seen to, and of which it's known what they would accept.

    odd_server.py MODE [NUMBER] --certificate LEAF.pem

Every mode begins as the same server, with its own order: TLS 1.3 with 1302 and 1301, TLS 1.2 with C030, C02F, 009D and 002F,
TLS 1.0 with C013 and 002F, no other version; X25519 before P-256. `MODES` says what each does otherwise. Nothing is encrypted
and no signature is real: it serves clients that stop after the server's hello.

Prints "LISTENING port", and serves until standard input ends. A line on standard error for each connection.
"""

import argparse
import base64
import collections
import socket
import struct
import sys
import threading
import time

sys.dont_write_bytecode = True  # a checkout is not to be littered

from odd_wire import (  # noqa: E402
    FFDHE2048, OAKLEY2, RETRY_RANDOM, SERVER_SHARES, TLS12, TLS13, Closed, alert, certificate, dhe_key_exchange,
    ecdhe_key_exchange, extension, message, pct_server_hello, read_hello, records, server_hello, ssl2_server_hello, vector,
)

HANDSHAKE_FAILURE, ILLEGAL_PARAMETER, PROTOCOL_VERSION, INSUFFICIENT_SECURITY, UNRECOGNIZED_NAME = 40, 47, 70, 71, 112
ECDHE = range(0xC007, 0xC0FF)
DHE = (0x009E, 0x009F, 0x0033, 0x0039)
TLS13_GROUPS = {0x0017, 0x0018, 0x0019, 0x001D, 0x001E, *range(0x001F, 0x0022), *range(0x0100, 0x0105), 0x0200, 0x0201, 0x0202,
                0x11EB, 0x11EC, 0x11ED}


class Server:
    """The well-behaved one."""

    suites = {TLS13: [0x1302, 0x1301], TLS12: [0xC030, 0xC02F, 0x009D, 0x002F], 0x0301: [0xC013, 0x002F]}
    groups = [0x001D, 0x0017]

    def __init__(self, number, chain):
        self.number, self.chain = number, chain
        self.lock, self.accepted = threading.Lock(), 0

    # What modes replace.

    def connected(self, connection, index):
        """True when that was all; called before anything is read."""
        return False

    def answer(self, connection, hello):
        """The bytes to send; None to send nothing and leave the connection open."""
        return self.choose(hello)

    # What they are made of.

    def choose(self, hello):
        version = next((version for version in sorted(self.suites, reverse=True) if version in hello.versions), None)
        if version is None:
            return self.refusal(PROTOCOL_VERSION, min(hello.legacy_version, TLS12))
        suite = next((suite for suite in self.suites[version] if suite in hello.suites), None)
        if suite is None:
            return self.refusal(HANDSHAKE_FAILURE, version)
        return self.flight(hello, version, suite)

    def refusal(self, description, version):
        return alert(description, max(version, 0x0300))

    def flight(self, hello, version, suite):
        if version == TLS13:
            return self.flight13(hello, suite)
        offered = hello.groups or [0x0017]
        messages = server_hello(version, suite, hello, self.extensions(hello)) + certificate(self.chain)
        if suite in ECDHE:
            group = next((group for group in self.groups if group in offered and group in (0x1D, 0x17)), None)
            if group is None:
                return self.refusal(HANDSHAKE_FAILURE, version)
            messages += ecdhe_key_exchange(version, group)
        elif suite in DHE:
            messages += dhe_key_exchange(version, FFDHE2048 if self.number != 1024 else OAKLEY2)
        return records(22, version, messages + message(14, b""))

    def extensions(self, hello):
        return extension(0xFF01, b"\0") if 0xFF01 in hello.extensions or 0x00FF in hello.suites else b""

    def flight13(self, hello, suite):
        shared = next((group for group in self.groups if group in (hello.shares or [])), None)
        if shared is not None:
            share = struct.pack(">H", shared) + vector(2, SERVER_SHARES[shared])
            first = records(22, TLS13, server_hello(TLS13, suite, hello, extension(51, share)))
            return first + records(20, TLS13, b"\x01") + records(23, TLS13, bytes(700))
        asked = next((group for group in self.groups if group in hello.groups), None)
        if asked is None or hello.shares is None:
            return self.refusal(HANDSHAKE_FAILURE, TLS13)
        retry = server_hello(TLS13, suite, hello, extension(51, struct.pack(">H", asked)), RETRY_RANDOM)
        return records(22, TLS13, retry) + records(20, TLS13, b"\x01")

    # Running.

    def serve(self, connection, index):
        connection.settimeout(30)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            if self.connected(connection, index):
                return
            while True:
                hello = read_hello(connection)
                reply = self.answer(connection, hello) if hello else alert(10)
                if reply is None:
                    while connection.recv(4096):
                        pass
                    return
                connection.sendall(reply)
                if reply[:1] == b"\x15" or reply == b"":
                    # The client's unread bytes would turn FIN into RST, which could overtake the answer.
                    connection.shutdown(socket.SHUT_WR)
        except (Closed, OSError):
            pass
        finally:
            connection.close()

    def run(self, listener):
        while True:
            connection, _ = listener.accept()
            with self.lock:
                self.accepted += 1
                index = self.accepted
            print(f"connection {index}", file=sys.stderr, flush=True)
            self.dispatch(connection, index)

    def dispatch(self, connection, index):
        threading.Thread(target=self.serve, args=(connection, index), daemon=True).start()


def reset(connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def finish(connection):
    """FIN, and then whatever else comes is read and forgotten."""
    connection.shutdown(socket.SHUT_WR)
    while connection.recv(4096):
        pass


MODES = {"plain": Server}


def mode(name):
    def register(kind):
        MODES[name] = kind
        return kind
    return register


@mode("hang-long")
class HangsOnLongHellos(Server):
    """Never answers hellos of more than NUMBER bytes."""

    def answer(self, connection, hello):
        return None if hello.size > self.number else self.choose(hello)


@mode("close-long")
class ClosesOnLongHellos(Server):
    """FIN for hellos of more than NUMBER bytes."""

    def answer(self, connection, hello):
        return b"" if hello.size > self.number else self.choose(hello)


@mode("reset-long")
class ResetsOnLongHellos(Server):
    """RST for hellos of more than NUMBER bytes."""

    def answer(self, connection, hello):
        if hello.size > self.number:
            reset(connection)
            raise Closed
        return self.choose(hello)


@mode("many-suites")
class HatesManySuites(Server):
    """RST for more than NUMBER suites."""

    def answer(self, connection, hello):
        if len(hello.suites) > self.number:
            reset(connection)
            raise Closed
        return self.choose(hello)


@mode("ignore-extensions")
class IgnoresExtensions(Server):
    """Neither reads nor sends any: no TLS 1.3, P-256 unasked."""

    def answer(self, connection, hello):
        hello.extensions.clear()
        return self.choose(hello)

    def extensions(self, hello):
        return b""


@mode("refuse-extensions")
class RefusesExtensions(Server):
    """RST for a hello that has any; an older kind of server, so no TLS 1.3."""

    suites = {version: suites for version, suites in Server.suites.items() if version < TLS13}

    def answer(self, connection, hello):
        if hello.extensions:
            reset(connection)
            raise Closed
        return self.choose(hello)


@mode("rate")
class LimitsRate(Server):
    """RST for more than NUMBER connections in a second."""

    def __init__(self, number, chain):
        super().__init__(number, chain)
        self.times = collections.deque()

    def connected(self, connection, index):
        now = time.monotonic()
        with self.lock:
            while self.times and now - self.times[0] > 1:
                self.times.popleft()
            if len(self.times) >= self.number:
                reset(connection)
                return True
            self.times.append(now)
        return False


@mode("quota")
class LimitsConnections(Server):
    """RST for every connection after NUMBER."""

    def connected(self, connection, index):
        if index > self.number:
            reset(connection)
            return True
        return False


@mode("flaky")
class LosesConnections(Server):
    """FIN without a word on every NUMBERth connection."""

    def connected(self, connection, index):
        if index % self.number == 0:
            finish(connection)
            return True
        return False


@mode("busy")
class TurnsAway(Server):
    """503 in HTTP on every NUMBERth connection."""

    def connected(self, connection, index):
        if index % self.number:
            return False
        read_hello(connection)
        connection.sendall(b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n")
        finish(connection)
        return True


@mode("break-dhe")
class BreaksAtDHE(Server):
    """TLS 1.2; sends alert NUMBER, or FIN for 0, where DHE would be chosen, which it prefers to all but C030."""

    suites = {TLS12: [0xC030, 0x009F, 0x0033, 0x009D, 0x002F]}

    def flight(self, hello, version, suite):
        if suite in DHE:
            return alert(self.number) if self.number else b""
        return super().flight(hello, version, suite)


@mode("silent")
class Silent(Server):
    """Reads and says nothing."""

    def answer(self, connection, hello):
        return None


@mode("trickle")
class Trickles(Server):
    """Answers rightly, at a byte a second."""

    def answer(self, connection, hello):
        for byte in self.choose(hello):
            connection.sendall(bytes([byte]))
            time.sleep(1)
        return b""


class Says(Server):
    """Something that isn't TLS, to any hello."""

    text = b""

    def answer(self, connection, hello):
        connection.sendall(self.text)
        finish(connection)
        raise Closed


@mode("http")
class SpeaksHTTP(Says):
    """A refusal in HTTP."""

    text = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@mode("garbage")
class SpeaksGarbage(Says):
    """Bytes that mean nothing."""

    text = bytes((7 * at + 131) % 256 for at in range(64))


@mode("smtp")
class SpeaksSMTP(Server):
    """Greets with NUMBER (220 or 421) before the client says anything."""

    def connected(self, connection, index):
        text = "mail.example ESMTP" if self.number < 400 else "mail.example too many connections"
        connection.sendall(f"{self.number} {text}\r\n".encode())
        if self.number >= 400:
            finish(connection)
            return True
        connection.recv(4096)
        connection.sendall(b"500 5.5.1 what?\r\n")
        finish(connection)
        return True


@mode("warn-first")
class WarnsFirst(Server):
    """A warning, unrecognized_name, before each answer."""

    def answer(self, connection, hello):
        return alert(UNRECOGNIZED_NAME, level=1) + self.choose(hello)


@mode("split-alert")
class SplitsAlerts(Server):
    """Alerts in two records of a byte each."""

    def refusal(self, description, version):
        return records(21, version, b"\x02") + records(21, version, bytes([description]))


@mode("split-records")
class SplitsRecords(Server):
    """Every record of the handshake has one byte."""

    def answer(self, connection, hello):
        reply, split = self.choose(hello), b""
        while reply:
            size = int.from_bytes(reply[3:5], "big")
            kind, body, reply = reply[:3], reply[5:5 + size], reply[5 + size:]
            split += b"".join(kind + b"\0\x01" + body[at:at + 1] for at in range(size)) if kind[0] == 22 else (
                kind + vector(2, body))
        return split


@mode("big-flight")
class SendsMuch(Server):
    """A chain of NUMBER KiB of certificates."""

    def __init__(self, number, chain):
        super().__init__(number, chain)
        self.chain = chain * (number * 1024 // (len(chain[0]) + 3) + 1)


@mode("unoffered")
class ChoosesUnoffered(Server):
    """Takes 0005, which it mostly isn't offered, in TLS up to 1.2, whatever else is there."""

    suites = {TLS12: [0x0005], 0x0301: [0x0005]}

    def choose(self, hello):
        version = next((version for version in sorted(self.suites, reverse=True) if version in hello.versions), None)
        return self.flight(hello, version, 0x0005) if version else self.refusal(PROTOCOL_VERSION, TLS12)


@mode("stubborn")
class Stubborn(Server):
    """Chooses its favourite for ever, offered or not."""

    def choose(self, hello):
        version = next((version for version in sorted(self.suites, reverse=True) if version in hello.versions), None)
        if version is None:
            return self.refusal(PROTOCOL_VERSION, TLS12)
        return self.flight(hello, version, self.suites[version][0])


@mode("older")
class AnswersOlder(Server):
    """TLS 1.0, whatever is asked for."""

    def choose(self, hello):
        suite = next((suite for suite in self.suites[0x0301] if suite in hello.suites), None)
        return self.flight(hello, 0x0301, suite) if suite else self.refusal(HANDSHAKE_FAILURE, 0x0301)


@mode("fin")
class ClosesToRefuse(Server):
    """FIN where others send an alert."""

    def refusal(self, description, version):
        return b""


@mode("rst")
class ResetsToRefuse(Server):
    """RST where others send an alert."""

    def answer(self, connection, hello):
        reply = self.choose(hello)
        if not reply:
            reset(connection)
            raise Closed
        return reply

    def refusal(self, description, version):
        return b""


@mode("silent-refusal")
class HangsToRefuse(Server):
    """Silence where others send an alert."""

    def refusal(self, description, version):
        return None


@mode("strict13")
class StrictTLS13(Server):
    """TLS 1.3 alone, and picky: illegal_parameter for older groups, other compression, or an address as server_name."""

    suites = {TLS13: Server.suites[TLS13]}

    def answer(self, connection, hello):
        literal = hello.name is not None and not any(letter.isalpha() for letter in hello.name)
        if literal or (hello.extensions.get(43) and (
            set(hello.groups) - TLS13_GROUPS or hello.compressions != b"\0" or hello.legacy_version != TLS12
        )):
            return alert(ILLEGAL_PARAMETER)
        return self.choose(hello)


@mode("strict-ffdhe")
class StrictFFDHE(Server):
    """DHE in TLS 1.2, and only for clients that list ffdhe2048 (RFC 7919)."""

    suites = {TLS12: [0x009F, 0x009E, 0x0039]}

    def answer(self, connection, hello):
        if 0x0100 not in hello.groups and TLS12 in hello.versions:
            return alert(INSUFFICIENT_SECURITY)
        return self.choose(hello)


@mode("weak-dh")
class WeakDH(Server):
    """DHE in TLS 1.2 with the prime of RFC 2409 §6.2 when NUMBER is 1024."""

    suites = {TLS12: [0x009F, 0x0039, 0x002F]}


@mode("no-empty-share")
class RefusesEmptyShare(Server):
    """TLS 1.3 with X25519MLKEM768; decode_error for a key_share without a share."""

    groups = [0x11EC, 0x001D, 0x0017]

    def answer(self, connection, hello):
        return alert(50) if hello.shares == [] else self.choose(hello)


@mode("no-retry")
class NeverRetries(Server):
    """TLS 1.3 with X25519MLKEM768, X25519 and P-256, but only where the right share is there at once."""

    groups = [0x11EC, 0x001D, 0x0017]

    def flight13(self, hello, suite):
        if not set(hello.shares or []) & set(self.groups):
            return self.refusal(HANDSHAKE_FAILURE, TLS13)
        return super().flight13(hello, suite)


@mode("intolerant-legacy")
class IntolerantOfNewVersions(Server):
    """Up to TLS 1.2; RST for a legacy_version above that."""

    suites = RefusesExtensions.suites

    def answer(self, connection, hello):
        if hello.legacy_version > TLS12:
            reset(connection)
            raise Closed
        return self.choose(hello)


@mode("intolerant-13")
class IntolerantOfTLS13(Server):
    """Up to TLS 1.2; RST for a hello that has supported_versions."""

    suites = RefusesExtensions.suites

    def answer(self, connection, hello):
        if 43 in hello.extensions:
            reset(connection)
            raise Closed
        return self.choose(hello)


@mode("serial")
class Serial(Server):
    """One client after the other, NUMBER milliseconds each, and then FIN."""

    def dispatch(self, connection, index):
        self.serve(connection, index)

    def answer(self, connection, hello):
        time.sleep(self.number / 1000)
        connection.sendall(self.choose(hello))
        raise Closed


@mode("compress")
class Compresses(Server):
    """Chooses DEFLATE where it is offered (RFC 3749), in TLS up to 1.2."""

    suites = RefusesExtensions.suites

    def choose(self, hello):
        reply = super().choose(hello)
        if 1 not in hello.compressions or reply[:1] != b"\x16":
            return reply
        # Record, handshake header, version and random; the session id, then a suite before the method.
        method = 5 + 4 + 2 + 32 + 1 + reply[43] + 2
        return reply[:method] + b"\x01" + reply[method + 1:]


@mode("known-extensions")
class HatesUnknownExtensions(Server):
    """RST for an extension that no registry had in 2018, GREASE among them; up to TLS 1.2."""

    suites = RefusesExtensions.suites

    def answer(self, connection, hello):
        if any(number > 0x40 and number != 0xFF01 for number in hello.extensions):
            reset(connection)
            raise Closed
        return self.choose(hello)


@mode("ssl2")
class SpeaksSSL2(Server):
    """SSL 2.0 alone, with four kinds; drops what isn't SSL 2.0."""

    kinds = [0x010080, 0x020080, 0x0700C0, 0x060040]

    def answer(self, connection, hello):
        if not hello.is_ssl2 or hello.legacy_version != 0x0002:
            return b""
        common = [kind for kind in self.kinds if kind in hello.kinds]
        return ssl2_server_hello(common, self.chain[0]) if common else struct.pack(">HBH", 0x8003, 0, 1)


@mode("pct")
class SpeaksPCT(Server):
    """PCT 1.0 to a hello of SSL 2.0's format with PCT's version; otherwise as plain."""

    def answer(self, connection, hello):
        if hello.is_ssl2 and hello.legacy_version == 0x8001:
            return pct_server_hello(self.chain[0])
        return self.choose(hello)


def read_certificate(path):
    with open(path, encoding="ascii") as file:
        text = file.read()
    start, end = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"
    return base64.b64decode(text.split(start)[1].split(end)[0])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("mode", choices=MODES)
    parser.add_argument("number", type=int, nargs="?", default=0)
    parser.add_argument("--certificate", required=True)
    arguments = parser.parse_args()
    server = MODES[arguments.mode](arguments.number, [read_certificate(arguments.certificate)])
    listener = socket.create_server(("127.0.0.1", 0), backlog=256)
    print(f"LISTENING {listener.getsockname()[1]}", flush=True)
    threading.Thread(target=server.run, args=(listener,), daemon=True).start()
    sys.stdin.buffer.read()


if __name__ == "__main__":
    main()
