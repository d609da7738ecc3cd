#!/usr/bin/env python3
"""A TLS server on Python's ssl module that sends back what it gets.

    ssl_echo_server.py CERTIFICATE KEY VERSION COUNT

VERSION is TLSv1, TLSv1_1, TLSv1_2 or TLSv1_3, and nothing else is spoken. After COUNT bytes the session is closed with
close_notify. Prints "LISTENING port", and serves each client in a thread of its own until standard input ends.
"""

import socket
import ssl
import sys
import threading


def serve(connection, context, count):
    try:
        connection.settimeout(30)
        with context.wrap_socket(connection, server_side=True) as tls:
            left = count
            while left > 0:
                piece = tls.recv(min(left, 65536))
                if not piece:
                    return
                tls.sendall(piece)
                left -= len(piece)
            # Sends close_notify, and waits for the client's.
            tls.unwrap()
    except OSError as failure:
        print(f"{type(failure).__name__}: {failure}", file=sys.stderr)


def main():
    certificate, key, version, count = sys.argv[1:5]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    context.set_ciphers("DEFAULT@SECLEVEL=0")
    context.minimum_version = context.maximum_version = ssl.TLSVersion[version]
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    print(f"LISTENING {listener.getsockname()[1]}", flush=True)

    def accept():
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=serve, args=(connection, context, int(count)), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    sys.stdin.buffer.read()


if __name__ == "__main__":
    main()
