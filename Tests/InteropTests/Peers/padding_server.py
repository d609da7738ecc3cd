#!/usr/bin/env python3
"""A server on tlslite-ng (PyPI) that handles records in CBC mode as some implementations did.

    padding_server.py MANNER RSA.pem RSA.key

Manners:
  healthy            one answer to whatever is wrong
  unchecked-padding  looks at the length of the padding, and not at what is in it (POODLE over TLS)
  unchecked-mac      looks at the padding, and not at the MAC
  oracle             answers wrong padding with decryption_failed, and a wrong MAC with bad_record_mac
  closing-oracle     ends the connection at wrong padding, without a word
  silent             says nothing more at anything that is wrong
  leaving            says close_notify at whatever comes, right or wrong, and looks at none of it
  hanging-up         ends the connection at whatever comes, right or wrong, and looks at none of it

Serves a page in TLS 1.2. Prints "LISTENING port", and goes on until standard input ends.
"""

import argparse
import socket
import sys
import threading
import time

sys.dont_write_bytecode = True  # a checkout is not to be littered

import tlslite.recordlayer  # noqa: E402
from tlslite.api import TLSConnection  # noqa: E402
from tlslite.constants import AlertDescription, AlertLevel  # noqa: E402
from tlslite.errors import TLSDecryptionFailed  # noqa: E402
from tlslite.messages import Alert  # noqa: E402

from tlslite_server import identity, serve, settings_for  # noqa: E402

checked = tlslite.recordlayer.ct_check_cbc_mac_and_pad


def padding_is_right(data, digest):
    length = data[-1] + 1
    return length + digest <= len(data) and all(byte == data[-1] for byte in data[-length:])


def repaired(data):
    """The same record with padding as it should be, whose MAC is judged by itself then."""
    length = data[-1] + 1
    return data[:-length] + bytes([data[-1]] * length) if length <= len(data) else data


def manner_of(name):
    def check(data, mac, number, kind, version, block):
        is_right = checked(data, mac, number, kind, version, block)
        if name == "unchecked-padding":
            return checked(bytearray(repaired(data)), mac, number, kind, version, block)
        if name == "unchecked-mac":
            return padding_is_right(data, mac.digest_size)
        if not is_right and name == "silent":
            time.sleep(30)
        if not padding_is_right(data, mac.digest_size):
            if name == "oracle":
                raise TLSDecryptionFailed()
            if name == "closing-oracle":
                raise ConnectionAbortedError("wrong padding")
        return is_right

    return check


def leave(connection, chain, key, settings, politely):
    """Ends the session as soon as anything comes, without reading it."""
    connection.settimeout(20)
    tls = TLSConnection(connection)
    try:
        tls.handshakeServer(certChain=chain, privateKey=key, settings=settings)
        connection.recv(1, socket.MSG_PEEK)
        if politely:
            for _ in tls._sendMsg(Alert().create(AlertDescription.close_notify, AlertLevel.warning)):
                pass
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(4096):
                pass
    except Exception as failure:  # a probing client breaks off in every way there is
        print(f"ended: {failure!r}", file=sys.stderr, flush=True)
    connection.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("manner")
    parser.add_argument("certificate")
    parser.add_argument("key")
    given = parser.parse_args()
    chain, key = identity(given.certificate, given.key)
    arguments = argparse.Namespace(
        versions="tls1.2", groups="", ecdsa=None, page=True, echo=False, count=0, without_new_keys=False,
        without_extended_master_secret=False, without_encrypt_then_mac=False,
    )
    settings = settings_for(arguments)
    # Few of them, so that they are soon known; all in CBC mode.
    settings.cipherNames, settings.macNames, settings.keyExchangeNames = ["aes128"], ["sha"], ["ecdhe_rsa", "rsa"]
    tlslite.recordlayer.ct_check_cbc_mac_and_pad = manner_of(given.manner)

    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    print(f"LISTENING {listener.getsockname()[1]}", flush=True)

    def accept():
        while True:
            connection, _ = listener.accept()
            if given.manner in ("leaving", "hanging-up"):
                job, words = leave, (connection, chain, key, settings, given.manner == "leaving")
            else:
                job, words = serve, (connection, chain, key, settings, arguments, None, None)
            threading.Thread(target=job, args=words, daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    sys.stdin.buffer.read()


if __name__ == "__main__":
    main()
