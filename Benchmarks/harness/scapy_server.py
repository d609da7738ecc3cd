#!/usr/bin/env python3
"""A server on scapy's TLS stack, which still speaks SSL 2.0: scapy_server.py CERTIFICATE KEY [without-extensions]

Prints "LISTENING port". With `without-extensions` it behaves as servers did that had never heard of extensions: it skips those of a
hello, and still completes handshakes. scapy serves a single client at a time and may trip over what it receives, so every connection gets a
process of its own.
"""

import gc
import logging
import os
import signal
import socket
import sys

logging.getLogger("scapy").setLevel(logging.CRITICAL)

from scapy.automaton import ATMT  # noqa: E402
from scapy.layers.tls.cert import Cert, PrivKey  # noqa: E402
from scapy.layers.tls import automaton_srv  # noqa: E402
from scapy.layers.tls.automaton_srv import TLSServerAutomaton  # noqa: E402
from scapy.layers.tls.extensions import TLS_Ext_RenegotiationInfo, TLS_Ext_SupportedVersion_CH  # noqa: E402
from scapy.layers.tls.handshake import TLSClientHello, TLSServerHello  # noqa: E402


#: Those of scapy's suites that every version up to TLS 1.2 may use: it doesn't look at the version when it chooses.
SUITES = {0x0004, 0x0005, 0x0009, 0x000A, 0x0015, 0x0016, 0x002F, 0x0033, 0x0035, 0x0039, 0x0041, 0x0045, 0x0084, 0x0088, 0x0096,
          0x009A, 0xC011, 0xC012, 0xC013, 0xC014}


def limit_suites():
    usable = automaton_srv.get_usable_ciphersuites
    automaton_srv.get_usable_ciphersuites = lambda suites, kx: [suite for suite in usable(suites, kx) if suite in SUITES]


def change_hellos(forgotten, renegotiation):
    """Hellos lose the extensions that `forgotten` is true of before the server acts on them; the transcript has them.

    scapy sends renegotiation_info to everybody, and nmap waits five seconds a connection because of it: here it is sent, if
    `renegotiation`, to who asked for it.
    """
    update, asked = TLSClientHello.tls_session_update, []

    def update_without(hello, raw):
        extensions = hello.ext or []
        asked[:] = [renegotiation and (0x00FF in (hello.ciphers or []) or any(
            isinstance(extension, TLS_Ext_RenegotiationInfo) for extension in extensions))]
        hello.ext = [extension for extension in extensions if not forgotten(extension)] or None
        update(hello, raw)

    TLSClientHello.tls_session_update = update_without
    automaton_srv.TLSServerHello = lambda cipher, ext: TLSServerHello(cipher=cipher, ext=ext if asked == [True] else None)


class OneConnection:
    """In the place of a listening socket: gives out the connection that it was made with, then nothing more."""

    def __init__(self, connection):
        self._connection = connection

    def accept(self):
        connection, self._connection = self._connection, None
        if connection is None:
            raise OSError
        return connection, connection.getpeername()

    def shutdown(self, how):
        pass

    def close(self):
        pass


class Server(TLSServerAutomaton):
    given = None

    @ATMT.state()
    def BIND(self):
        self.serversocket = OneConnection(Server.given)
        raise self.WAITING_CLIENT()


def main():
    certificate, key = Cert(sys.argv[1]), PrivKey(sys.argv[2])  # read once: checking an RSA key takes long
    limit_suites()
    if "without-extensions" in sys.argv[3:]:
        change_hellos(lambda _: True, renegotiation=False)
    else:
        # No TLS 1.3: scapy would choose an older suite in it.
        change_hellos(lambda extension: isinstance(extension, TLS_Ext_SupportedVersion_CH), renegotiation=True)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
    # What scapy prepares at its first automaton is inherited by every process.
    Server()
    print(f"LISTENING {listener.getsockname()[1]}", flush=True)
    gc.freeze()
    while True:
        connection, _ = listener.accept()
        if os.fork() == 0:
            listener.close()
            signal.alarm(60)
            Server.given = connection
            try:
                server = Server(max_client_idle_time=10, verbose=False, debug=0)
                server.mycert, server.mykey = certificate, key
                server.run()
            finally:
                os._exit(0)
        connection.close()


if __name__ == "__main__":
    main()
