#!/usr/bin/env python3
"""A client of SSL 2.0: scapy's TLS automaton (PyPI), with one cipher kind after the other and an echo server.

    scapy_client.py PORT KIND,... [CERTIFICATE.pem KEY.pem]

Kinds are in hex, as in 010080. Says two things on a connection with each, and prints "KIND" and what came back in quotes, or
"KIND nothing".
"""

import logging
import os
import sys
import threading

logging.getLogger("scapy").setLevel(logging.CRITICAL)

from scapy.automaton import ATMT  # noqa: E402
from scapy.layers.tls.automaton_cli import TLSClientAutomaton  # noqa: E402
from scapy.layers.tls.handshake_sslv2 import SSLv2ClientHello  # noqa: E402


def connect(port, kind, files):
    heard = []

    class Client(TLSClientAutomaton):
        """Scapy's own, which says what it heard, and ends where it would ask the terminal for more to say."""

        @ATMT.condition(TLSClientAutomaton.SSLv2_RECEIVED_SERVERDATA, prio=-1)
        def note(self):
            if self.buffer_in:
                heard.append(bytes(self.buffer_in[0].load))

        @ATMT.condition(TLSClientAutomaton.SSLv2_WAITING_CLIENTDATA, prio=-1)
        def end(self):
            if not self.data_to_send:
                raise self.SSLv2_CLOSE_NOTIFY()

    identity = dict(zip(("mycert", "mykey"), files))
    hello = SSLv2ClientHello(challenge=os.urandom(16), ciphers=[int(kind, 16)])
    client = Client(
        server="127.0.0.1", dport=port, version="sslv2", client_hello=hello, data=[b"good morning", b"and more of it"],
        verbose=False, debug=0, **identity,
    )
    run = threading.Thread(target=client.run, daemon=True)
    run.start()
    run.join(10)
    return heard


def main():
    for kind in sys.argv[2].split(","):
        heard = connect(int(sys.argv[1]), kind, sys.argv[3:])
        print(kind, " ".join(repr(text.decode("latin-1")) for text in heard) or "nothing", flush=True)


main()
