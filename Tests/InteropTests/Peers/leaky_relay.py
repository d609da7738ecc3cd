#!/usr/bin/env python3
"""Stands before a healthy server of TLS 1.2 and gives it the faults of others, or none.

    leaky_relay.py BACKEND-PORT MANNER --key KEY.pem [--serial]

Manners:
  healthy     takes heartbeats and drops those that claim too much (RFC 6520 section 4); all else is the server's
  vulnerable  Heartbleed, CCS injection, ROBOT and Ticketbleed at once
  silent      not a word more once a client has sent what only these attacks send

With --serial it serves one client after the other. What clients do that is no attack goes through as it is, so that sessions
stand: a heartbeat extension is only taken from who offers it. Prints "LISTENING port", serves until standard input ends.
"""

import argparse
import os
import socket
import struct
import sys
import threading

sys.dont_write_bytecode = True  # a checkout is not to be littered

from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: E402

from odd_wire import Closed, Hello, alert, extension, read_exactly, vector  # noqa: E402

CHANGE_CIPHER_SPEC, HANDSHAKE, HEARTBEAT = 20, 22, 24
HEARTBEAT_EXTENSION, TICKET_EXTENSION = 15, 35
SERVER_HELLO, CLIENT_KEY_EXCHANGE = 2, 16
BAD_RECORD_MAC, DECRYPT_ERROR = 20, 51
# Suites of TLS_RSA_WITH_...: the key exchange that ROBOT is about.
STATIC_RSA = {0x002F, 0x0035, 0x003C, 0x003D, 0x009C, 0x009D}


def read_record(connection):
    header = read_exactly(connection, 5)
    return header[0], header[1:3], read_exactly(connection, int.from_bytes(header[3:], "big"))


def record(kind, version, body):
    return bytes([kind]) + version + vector(2, body)


class Visit:
    """One client, and our connection to the server for it."""

    def __init__(self, client, backend, manner, key):
        self.client, self.backend, self.manner = client, backend, manner
        self.numbers = key.private_numbers()
        self.hello, self.suite, self.has_secret, self.has_early_change, self.is_silent = None, None, False, False, False

    @property
    def is_vulnerable(self):
        return self.manner == "vulnerable"

    def run(self):
        kind, version, body = read_record(self.client)
        if kind != HANDSHAKE:
            raise Closed
        self.hello = Hello(body, False)
        self.backend.sendall(record(kind, version, body))
        answers = threading.Thread(target=self.answers, daemon=True)
        answers.start()
        try:
            while True:
                self.take(*read_record(self.client))
        finally:
            for connection in (self.backend, self.client):
                try:
                    connection.shutdown(socket.SHUT_WR)
                except OSError:
                    pass
            answers.join()

    # From the client.

    def take(self, kind, version, body):
        if self.is_silent:
            return
        if kind == HEARTBEAT:
            return self.heartbeat(version, body)
        if kind == CHANGE_CIPHER_SPEC and not self.has_secret and self.manner != "healthy":
            self.has_early_change, self.is_silent = self.is_vulnerable, self.manner == "silent"
            return
        if self.has_early_change:
            return self.complain(BAD_RECORD_MAC)
        if kind == HANDSHAKE and body[:1] == bytes([CLIENT_KEY_EXCHANGE]):
            self.has_secret = True
            if self.suite in STATIC_RSA and not self.takes_secret(body[6:]):
                return
        self.backend.sendall(record(kind, version, body))

    def heartbeat(self, version, body):
        self.is_silent = self.manner == "silent"
        if self.is_vulnerable and body[:1] == b"\x01":
            claimed = int.from_bytes(body[1:3], "big")
            self.client.sendall(record(HEARTBEAT, version, b"\x02" + body[1:3] + os.urandom(claimed + 16)))

    def takes_secret(self, secret):
        """Whether the server is given it; otherwise its padding has been told wrong, or nothing is said."""
        if self.manner == "healthy":
            return True
        if self.manner == "silent":
            self.is_silent = True
            return False
        public = self.numbers.public_numbers
        size = (public.n.bit_length() + 7) // 8
        block = pow(int.from_bytes(secret, "big"), self.numbers.d, public.n).to_bytes(size, "big")
        if block[:2] == b"\0\x02" and block[2:].find(b"\0") == size - 2 - 49:
            return True
        self.complain(DECRYPT_ERROR)
        return False

    def complain(self, description):
        self.client.sendall(alert(description))
        self.client.shutdown(socket.SHUT_WR)
        self.is_silent = True

    # To the client.

    def answers(self):
        try:
            while True:
                kind, version, body = read_record(self.backend)
                if kind == HANDSHAKE and self.suite is None and body[:1] == bytes([SERVER_HELLO]):
                    body = self.server_hello(body)
                if not self.is_silent:
                    self.client.sendall(record(kind, version, body))
        except (Closed, OSError):
            pass
        finally:
            try:
                if not self.is_silent:
                    self.client.shutdown(socket.SHUT_WR)
            except OSError:
                pass

    def server_hello(self, body):
        """The ServerHello that the record begins with, changed, and what follows it."""
        length = int.from_bytes(body[1:4], "big")
        message, rest = body[4:4 + length], body[4 + length:]
        head, at = message[:34], 35 + message[34]
        session, self.suite = message[35:at], int.from_bytes(message[at:at + 2], "big")
        if session and session == self.hello.session_id and len(session) < 32 and TICKET_EXTENSION in self.hello.extensions:
            self.is_silent = self.manner == "silent"
            if self.is_vulnerable:
                session += os.urandom(32 - len(session))
        extensions = message[at + 5:]
        if HEARTBEAT_EXTENSION in self.hello.extensions:
            extensions += extension(HEARTBEAT_EXTENSION, b"\x01")
        message = head + vector(1, session) + message[at:at + 3] + vector(2, extensions)
        return struct.pack(">B", SERVER_HELLO) + vector(3, message) + rest


def serve(client, backend_port, manner, key):
    try:
        client.settimeout(30)
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with socket.create_connection(("127.0.0.1", backend_port)) as backend:
            Visit(client, backend, manner, key).run()
    except (Closed, OSError):
        pass
    finally:
        client.close()


def accept(listener, arguments, key):
    while True:
        client, _ = listener.accept()
        work = threading.Thread(target=serve, args=(client, arguments.backend, arguments.manner, key), daemon=True)
        work.start()
        if arguments.serial:
            work.join()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("backend", type=int)
    parser.add_argument("manner", choices=["healthy", "vulnerable", "silent"])
    parser.add_argument("--key", required=True)
    parser.add_argument("--serial", action="store_true")
    arguments = parser.parse_args()
    with open(arguments.key, "rb") as file:
        key = load_pem_private_key(file.read(), None)
    listener = socket.create_server(("127.0.0.1", 0), backlog=256)
    print(f"LISTENING {listener.getsockname()[1]}", flush=True)
    threading.Thread(target=accept, args=(listener, arguments, key), daemon=True).start()
    sys.stdin.buffer.read()


if __name__ == "__main__":
    main()
