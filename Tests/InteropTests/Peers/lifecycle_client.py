#!/usr/bin/env python3
"""A TLS client on Python's ssl module that asks for a page, resumes, and ends in a way that is chosen.

    lifecycle_client.py PORT AUTHORITY VERSION WAY [CERTIFICATE KEY]

VERSION is TLSv1_2 or TLSv1_3. WAY is `resume` or `resume-without-tickets` (two sessions), `certificate` (shows one when
asked after the handshake), `close-notify`, `fin` or `reset` (how the connection ends). The last two want a server that
leaves the end to the client. Prints what it got.
"""

import socket
import ssl
import struct
import sys


def main():
    port, authority, version, way = sys.argv[1:5]
    context = ssl.create_default_context(cafile=authority)
    context.minimum_version = context.maximum_version = ssl.TLSVersion[version]
    if way == "resume-without-tickets":
        context.options |= ssl.OP_NO_TICKET
    if way == "certificate":
        context.post_handshake_auth = True
        context.load_cert_chain(*sys.argv[5:7])
    session = None
    for _ in range(2 if way.startswith("resume") else 1):
        tcp = socket.create_connection(("127.0.0.1", int(port)), 20)
        tls = context.wrap_socket(tcp, server_hostname="localhost", session=session)
        tls.sendall(b"GET / HTTP/1.0\r\n\r\n")
        ends = way in ("close-notify", "fin", "reset")
        while data := tls.recv(65536):
            sys.stdout.write(data.decode())
            if ends:
                break
        session = tls.session
        if way == "reset":
            tls.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        elif way != "fin":
            tls.unwrap()
        tls.close()


if __name__ == "__main__":
    main()
