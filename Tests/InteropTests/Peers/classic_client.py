#!/usr/bin/env python3
"""A client on tlslite-ng (PyPI) that tries one suite after the other with an echo server.

    classic_client.py PORT VERSION COUNT SUITE,...

VERSION is in sechan's spelling, suites have their names in the registry. For each suite it sends COUNT bytes, looks whether
they come back, closes, and comes back with the session. Prints "SUITE version=… echo=… resumed=… closed=…", or
"SUITE failed: …".
"""

import socket
import sys

from tlslite.api import HandshakeSettings, TLSConnection
from tlslite.constants import CipherSuite

VERSIONS = {"ssl3": (3, 0), "tls1.0": (3, 1), "tls1.1": (3, 2), "tls1.2": (3, 3)}


def connect(port, version, suite, session, count):
    settings = HandshakeSettings()
    settings.minVersion = settings.maxVersion = VERSIONS[version]
    settings.versions = [VERSIONS[version]]
    settings.cipherNames = ["aes256gcm", "aes128gcm", "aes256", "aes128", "3des", "rc4", "null"]
    settings.macNames = ["sha", "sha256", "sha384", "aead", "md5"]
    settings.keyExchangeNames = ["ecdhe_ecdsa", "ecdhe_rsa", "dhe_rsa", "rsa"]
    settings.minKeySize = 1023
    tls = TLSConnection(socket.create_connection(("127.0.0.1", port), 30))
    # The one suite: whatever the settings allow besides is not offered.
    only = getattr(CipherSuite, suite)
    kinds = ["getEcdsaSuites", "getEcdheCertSuites", "getDheCertSuites", "getCertSuites", "getTLS13Suites"]
    saved = {name: getattr(CipherSuite, name) for name in kinds}
    for name in kinds:
        setattr(CipherSuite, name, staticmethod(lambda *rest, get=saved[name], **more: [x for x in get(*rest, **more) if x == only]))
    try:
        tls.handshakeClientCert(settings=settings, session=session, serverName="localhost")
    finally:
        for name in kinds:
            setattr(CipherSuite, name, staticmethod(saved[name]))
    data = bytes(index * 31 & 255 for index in range(count))
    got = bytearray()
    # Piece by piece: both ends would wait for each other with a full socket.
    for start in range(0, count, 16384):
        tls.write(data[start : start + 16384])
        sent = min(start + 16384, count)
        while len(got) < sent and (piece := tls.read(max=sent - len(got), min=1)):
            got += piece
    name = ".".join(str(number) for number in tls.version)
    tls.close()
    return tls, f"version={name} echo={'same' if bytes(got) == data else 'other'} closed={'both' if tls.closed else 'no'}"


def main():
    port, version, count, suites = sys.argv[1:5]
    for suite in suites.split(","):
        try:
            first, text = connect(int(port), version, suite, None, int(count))
            again, _ = connect(int(port), version, suite, first.session, 10)
            print(f"{suite} {text} resumed={'yes' if again.resumed else 'no'}", flush=True)
        except Exception as failure:  # what went wrong is for the test to say
            print(f"{suite} failed: {type(failure).__name__}: {failure}", flush=True)


if __name__ == "__main__":
    main()
