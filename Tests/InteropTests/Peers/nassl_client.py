#!/usr/bin/env python3
"""A client of OpenSSL 1.0.2, the last that speaks SSL 2.0 and 3.0: nassl's legacy client (PyPI).

    nassl_client.py PORT ssl2|ssl3 CIPHER COUNT [CERTIFICATE.pem KEY.pem]

Connects to an echo server on 127.0.0.1 with one cipher by OpenSSL's name, sends COUNT bytes and reads them again; then does the
same on a second connection that offers the first one's session. Prints the name of the cipher for each.
"""

import socket
import sys
from pathlib import Path

from nassl.legacy_ssl_client import LegacySslClient
from nassl.ssl_client import BaseSslClient, OpenSslVerifyEnum, OpenSslVersionEnum


def connect(port, version, cipher, count, files, session):
    tcp = socket.create_connection(("127.0.0.1", port), 20)
    identity = {}
    if files:
        identity = {"client_certificate_chain": Path(files[0]), "client_key": Path(files[1])}
    client = LegacySslClient(
        underlying_socket=tcp,
        ssl_version=OpenSslVersionEnum.SSLV2 if version == "ssl2" else OpenSslVersionEnum.SSLV3,
        ssl_verify=OpenSslVerifyEnum.NONE,
        **identity,
    )
    # nassl has a handshake of its own for SSL 2.0, for servers with a certain fault.
    client.do_handshake = lambda: BaseSslClient.do_handshake(client)
    client._ssl.set_cipher_list(cipher)
    if session is not None:
        client._ssl.set_session(session)
    client.do_handshake()
    name = client.get_current_cipher_name()
    data = bytes((index * 31 + (index >> 8)) & 255 for index in range(count))
    answer = b""
    # Piece by piece: both ends would wait for each other with a full socket.
    for start in range(0, count, 8192):
        piece = data[start : start + 8192]
        client.write(piece)
        while len(answer) < start + len(piece):
            answer += client.read(65536)
    if answer != data:
        raise SystemExit("the data came back changed")
    result = client._ssl.get_session()
    tcp.close()
    return name, result


def main():
    port, version, cipher, count = int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
    session = None
    for _ in range(2):
        name, session = connect(port, version, cipher, count, sys.argv[5:], session)
        print(name, flush=True)


main()
