#!/usr/bin/env python3
"""A server for SSL 2.0: scapy's TLS automaton (PyPI), which knows all versions from SSL 2.0 on, one client after the other.

    scapy_server.py CERTIFICATE.pem KEY.pem [ssl2] [echo]

With "ssl2" it hangs up on whoever begins with anything else, with "echo" it sends back what comes; "goodbye" is its own, when
nothing comes for a second. Prints "LISTENING port", and serves until standard input ends.
"""

import logging
import os
import socket
import sys
import threading

logging.getLogger("scapy").setLevel(logging.CRITICAL)

from scapy.layers.tls.automaton_srv import TLSServerAutomaton  # noqa: E402
from scapy.automaton import ATMT  # noqa: E402


class SSL2Listener:
    """A listening socket that gives only those clients away whose first record is one of SSL 2.0, without padding."""

    def __init__(self, listener):
        self.listener = listener

    def __getattr__(self, name):
        return getattr(self.listener, name)

    def accept(self):
        while True:
            client, address = self.listener.accept()
            client.settimeout(5)
            try:
                first = client.recv(1, socket.MSG_PEEK)
            except OSError:
                first = b""
            if first and first[0] & 0x80:
                client.settimeout(None)
                return client, address
            client.close()


class Server(TLSServerAutomaton):
    """Scapy's own, but listening on a socket that has found its port, and with room for clients that must wait."""

    listener = socket.create_server(("127.0.0.1", 0), backlog=128)

    @ATMT.state()
    def BIND(self):
        self.serversocket = self.listener
        raise self.WAITING_CLIENT()


def main():
    certificate, key = sys.argv[1:3]
    if "ssl2" in sys.argv[3:]:
        Server.listener = SSL2Listener(Server.listener)

    def automaton():
        while True:
            # A client that breaks off in the middle ends an automaton; the socket stays.
            try:
                Server(
                    mycert=certificate, mykey=key, server="127.0.0.1", sport=Server.listener.getsockname()[1],
                    verbose=False, debug=0, is_echo_server="echo" in sys.argv[3:], max_client_idle_time=1,
                ).run()
            except Exception as failure:  # pylint: disable=broad-except
                print(f"{type(failure).__name__}: {failure}", file=sys.stderr, flush=True)

    print(f"LISTENING {Server.listener.getsockname()[1]}", flush=True)
    threading.Thread(target=automaton, daemon=True).start()
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    main()
