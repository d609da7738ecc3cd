#!/usr/bin/env python3
"""A TLS server on tlslite-ng (PyPI), which speaks SSL 3.0 to TLS 1.3 in plain Python, and ML-KEM where kyber-py is installed.

    tlslite_server.py RSA.pem RSA.key [--ecdsa EC.pem EC.key] [--versions ssl3,tls1.0,...] [--groups NAME,...]
                      [--alpn PROTOCOL,...] [--without-extended-master-secret] [--without-encrypt-then-mac]
                      [--sessions] [--page | --echo [--count BYTES] [--without-new-keys]]

With --sessions it resumes those that ended by close_notify. With --page it answers a request, with --echo it sends back what
comes, at most so many bytes; --without-new-keys has it go on under its old keys when it is asked for new ones. Prints
"LISTENING port", and serves each client in a thread of its own until standard input ends.
"""

import argparse
import socket
import sys
import threading

from tlslite.api import HandshakeSettings, SessionCache, TLSConnection, X509CertChain, parsePEMKey
from tlslite.constants import KeyUpdateMessageType
from tlslite.handshakesettings import Keypair, VirtualHost

VERSIONS = {"ssl3": (3, 0), "tls1.0": (3, 1), "tls1.1": (3, 2), "tls1.2": (3, 3), "tls1.3": (3, 4)}


def identity(certificate, key):
    chain = X509CertChain()
    with open(certificate, encoding="utf-8") as file:
        chain.parsePemList(file.read())
    with open(key, encoding="utf-8") as file:
        return chain, parsePEMKey(file.read(), private=True)


def settings_for(arguments):
    settings = HandshakeSettings()
    versions = sorted(VERSIONS[name] for name in arguments.versions.split(","))
    settings.minVersion, settings.maxVersion = versions[0], versions[-1]
    settings.versions = sorted(versions, reverse=True)
    settings.cipherNames = [
        "chacha20-poly1305", "aes256gcm", "aes128gcm", "aes256ccm", "aes128ccm", "aes256ccm_8", "aes128ccm_8",
        "aes256", "aes128", "3des", "rc4", "null",
    ]
    settings.macNames = ["sha", "sha256", "sha384", "aead", "md5"]
    settings.keyExchangeNames = ["ecdhe_ecdsa", "ecdhe_rsa", "dhe_rsa", "rsa"]
    settings.minKeySize = 1023
    if arguments.groups:
        names = arguments.groups.split(",")
        settings.dhGroups = [name for name in names if name.startswith("ffdhe")]
        settings.eccCurves = [name for name in names if not name.startswith("ffdhe")]
        settings.keyShares = names[:1]
        settings.defaultCurve = next((name for name in names if name.startswith("secp")), settings.defaultCurve)
    settings.useExtendedMasterSecret = not arguments.without_extended_master_secret
    settings.useEncryptThenMAC = not arguments.without_encrypt_then_mac
    if arguments.ecdsa:
        chain, key = identity(*arguments.ecdsa)
        host = VirtualHost()
        host.keys = [Keypair(key, chain.x509List)]
        settings.virtual_hosts = [host]
    return settings


class KeepsItsKeys(TLSConnection):
    """Takes the client's new keys, and makes none itself."""

    def _handle_keyupdate_request(self, request):
        request.message_type = KeyUpdateMessageType.update_not_requested
        yield from super()._handle_keyupdate_request(request)


def serve(connection, chain, key, settings, arguments, alpn, sessions):
    connection.settimeout(20)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    tls = (KeepsItsKeys if arguments.without_new_keys else TLSConnection)(connection)
    try:
        tls.handshakeServer(certChain=chain, privateKey=key, settings=settings, alpn=alpn, sessionCache=sessions)
        left = arguments.count
        while arguments.echo and left > 0 and (data := tls.read(max=min(left, 4096), min=1)):
            tls.write(data)
            left -= len(data)
        if arguments.page and tls.read(max=4096, min=1):
            tls.write(b"HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nok\n")
        tls.close()
    except Exception as failure:  # a probing client breaks off in every way there is
        print(f"{type(failure).__name__}: {failure}", file=sys.stderr)
    finally:
        connection.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("certificate")
    parser.add_argument("key")
    parser.add_argument("--ecdsa", nargs=2)
    parser.add_argument("--versions", default=",".join(VERSIONS))
    parser.add_argument("--groups", default="")
    parser.add_argument("--alpn", default="")
    parser.add_argument("--without-extended-master-secret", action="store_true")
    parser.add_argument("--without-encrypt-then-mac", action="store_true")
    parser.add_argument("--sessions", action="store_true")
    parser.add_argument("--page", action="store_true")
    parser.add_argument("--echo", action="store_true")
    parser.add_argument("--count", type=int, default=sys.maxsize)
    parser.add_argument("--without-new-keys", action="store_true")
    arguments = parser.parse_args()
    chain, key = identity(arguments.certificate, arguments.key)
    settings = settings_for(arguments)
    alpn = [bytearray(name.encode()) for name in arguments.alpn.split(",") if name] or None
    sessions = SessionCache() if arguments.sessions else None

    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    print(f"LISTENING {listener.getsockname()[1]}", flush=True)

    def accept():
        while True:
            connection, _ = listener.accept()
            words = (connection, chain, key, settings, arguments, alpn, sessions)
            threading.Thread(target=serve, args=words, daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    sys.stdin.buffer.read()


if __name__ == "__main__":
    main()
