#!/usr/bin/env python3
"""A TLS server that ends its connections in one way of many.

closing_server.py WAY CERTIFICATE KEY [VERSION]

WAY is one of the functions below with a hyphen for each underscore. Prints "LISTENING port" and serves 127.0.0.1, a thread a
connection, until its standard input ends. A connection that does not say more for ten seconds is dropped.
"""

import os
import socket
import ssl
import struct
import sys
import threading

WHOLE = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello"
CUT_LENGTH = b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\nConnection: close\r\n\r\nhello"
CUT_CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"


class Connection:
    """A TLS connection of which every byte to the wire is ours to send or to keep."""

    def __init__(self, raw, context):
        self.raw = raw
        self.incoming = ssl.MemoryBIO()
        self.outgoing = ssl.MemoryBIO()
        self.tls = context.wrap_bio(self.incoming, self.outgoing, server_side=True)
        self.is_over = False

    def flush(self):
        data = self.outgoing.read()
        if data:
            self.raw.sendall(data)

    def fill(self):
        data = self.raw.recv(65536)
        if data:
            self.incoming.write(data)
        else:
            self.incoming.write_eof()
            self.is_over = True

    def handshake(self):
        while True:
            try:
                self.tls.do_handshake()
                self.flush()
                return
            except ssl.SSLWantReadError:
                self.flush()
                if self.is_over:
                    raise ConnectionError("the client left")
                self.fill()

    def read(self):
        """Data, or b"" once the client has closed, in whatever way."""
        while True:
            try:
                return self.tls.read(65536)
            except ssl.SSLWantReadError:
                if self.is_over:
                    return b""
                self.fill()
            except (ssl.SSLZeroReturnError, ssl.SSLEOFError):
                return b""

    def write(self, data):
        self.tls.write(data)
        self.flush()

    def close_notify(self):
        try:
            self.tls.unwrap()
        except ssl.SSLError:
            pass
        self.flush()

    def fin(self):
        self.raw.shutdown(socket.SHUT_WR)
        self.drain()

    def reset(self):
        self.raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.raw.close()

    def drain(self):
        while self.raw.recv(65536):
            pass

    def answer(self, response):
        """Answers the first request; without one, just hears the client out."""
        if self.read():
            self.write(response)


def polite(connection):
    while connection.read():
        connection.write(WHOLE)
    connection.close_notify()
    connection.fin()


def close_first(connection):
    connection.answer(WHOLE)
    connection.close_notify()
    connection.fin()


def close_notify_only(connection):
    while connection.read():
        pass
    connection.close_notify()
    connection.drain()


def fin_only(connection):
    while connection.read():
        pass
    connection.fin()


def reset(connection):
    while connection.read():
        pass
    connection.reset()


def nothing(connection):
    connection.drain()


def late_data(connection):
    while connection.read():
        pass
    connection.write(b"still talking")
    connection.close_notify()
    connection.fin()


def data_behind(connection):
    while connection.read():
        pass
    connection.close_notify()
    connection.raw.sendall(b"\x17\x03\x03\x00\x20" + b"Z" * 32)
    connection.fin()


def cut_length(connection):
    connection.answer(CUT_LENGTH)
    connection.fin()


def cut_chunked(connection):
    connection.answer(CUT_CHUNKED)
    connection.close_notify()
    connection.fin()


def answers_after_close(connection):
    """Hears the client out, to its close_notify or its FIN, and answers then."""
    heard = b""
    while True:
        data = connection.read()
        if not data:
            break
        heard += data
    if heard:
        connection.write(WHOLE)
    connection.close_notify()
    connection.fin()


def forgets_after_close(connection):
    """Hears the client out, and answers only one that has not closed yet."""
    while connection.read():
        pass
    connection.close_notify()
    connection.fin()


def serve(raw, context, way):
    raw.settimeout(10)
    try:
        connection = Connection(raw, context)
        connection.handshake()
        way(connection)
    except OSError:
        pass
    finally:
        raw.close()


def main():
    name, certificate, key = sys.argv[1:4]
    way = globals()[name.replace("-", "_")]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    if len(sys.argv) > 4:
        context.minimum_version = context.maximum_version = ssl.TLSVersion[sys.argv[4]]
    listener = socket.create_server(("127.0.0.1", 0))
    print("LISTENING", listener.getsockname()[1], flush=True)

    def accept():
        while True:
            raw, _ = listener.accept()
            threading.Thread(target=serve, args=(raw, context, way), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    while sys.stdin.buffer.read(4096):
        pass
    os._exit(0)


if __name__ == "__main__":
    main()
