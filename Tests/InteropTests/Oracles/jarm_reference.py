#!/usr/bin/env python3
"""JARM by the PyPI package pyjarm, which shares no code with sechan.

    jarm_reference.py hellos NAME        the ten hellos for a name, in hexadecimal, as a JSON list
    jarm_reference.py scan NAME PORT     the fingerprint of the server on 127.0.0.1, asked as NAME, one probe after the other
"""

import asyncio
import json
import sys

from jarm.connection.connection import Connection
from jarm.formats import V1
from jarm.hashing.hashing import Hasher
from jarm.scanner.scanner import Scanner


def hellos(name):
    return [shape().build_packet(dest_host=name, dest_port=443).build() for shape in V1]


async def scan(name, port):
    parts = []
    for hello in hellos(name):
        # Not Scanner.scan: the name goes into SNI, and the connection to 127.0.0.1 whatever the name resolves to.
        _, answer = await Connection.jarm_connect(("127.0.0.1", port), {"timeout": 20, "proxy": "ignore"}, hello, "")
        parts.append(Scanner._parse_server_hello(answer, ("",)))
    return Hasher.jarm(",".join(parts))


if sys.argv[1] == "hellos":
    print(json.dumps([hello.hex() for hello in hellos(sys.argv[2])]))
else:
    print(asyncio.run(scan(sys.argv[2], int(sys.argv[3]))))
