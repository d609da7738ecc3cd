#!/usr/bin/env python3
"""Which suites does a server accept in SSL 3.0, which kinds in SSL 2.0? Asked the slow way, one a connection.

    old_versions_oracle.py HOST PORT [--versions ssl2,ssl3] [--timeout SECONDS]

The counterpart of the interop suite's one_suite_per_connection.py for what came before TLS; the same form of answer. Only the
benchmark uses it. SSL 3.0: the hello of RFC 6101 with one suite and no extensions. SSL 2.0: a CLIENT-HELLO with one kind; the kind
is accepted when the SERVER-HELLO names it.
"""

import argparse
import importlib.util
import json
import os
import pathlib
import socket
import sys

_path = pathlib.Path(__file__).resolve().parents[2] / "Tests/InteropTests/Oracles/one_suite_per_connection.py"
_spec = importlib.util.spec_from_file_location("oracle", _path)
oracle = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(oracle)

#: The seven of the draft, the NULL one of some implementations, and what SSLeay called RC4-64.
SSL2_KINDS = [0x010080, 0x020080, 0x030080, 0x040080, 0x050080, 0x060040, 0x0700C0, 0x000000, 0x080080]


def ssl3_hello(suite):
    body = b"\x03\x00" + os.urandom(32) + b"\x00" + oracle.vector(2, suite.to_bytes(2, "big")) + b"\x01\x00"
    return b"\x16\x03\x00" + oracle.vector(2, b"\x01" + oracle.vector(3, body))


def ask_ssl3(address, suite, timeout):
    try:
        with socket.create_connection(address, timeout=timeout) as connection:
            connection.sendall(ssl3_hello(suite))
            kind, first, second = oracle.first_answer(connection)
    except (oracle.Closed, ConnectionResetError, BrokenPipeError):
        return False
    except OSError as error:
        return f"no answer: {error}"
    if kind == "alert":
        return False
    if kind == "garbage" or first != 2:
        return f"unexpected answer: {kind} {first!r}"
    return oracle.selected(second) == (0x0300, suite)


def ask_ssl2(address, kind, timeout):
    body = b"\x01\x00\x02" + b"\x00\x03\x00\x00\x00\x10" + kind.to_bytes(3, "big") + os.urandom(16)
    try:
        with socket.create_connection(address, timeout=timeout) as connection:
            connection.sendall((0x8000 | len(body)).to_bytes(2, "big") + body)
            head = oracle.read_exactly(connection, 3)
            if head[0] in (0x15, 0x16):  # a TLS record: an alert, or a server that knows nothing older
                return False
            if head[0] & 0x80:
                length, answer = int.from_bytes(head[:2], "big") & 0x7FFF, head[2:]
            else:
                length, answer = int.from_bytes(head[:2], "big") & 0x3FFF, b""
            answer += oracle.read_exactly(connection, length - len(answer))
    except (oracle.Closed, ConnectionResetError, BrokenPipeError):
        return False
    except OSError as error:
        return f"no answer: {error}"
    if answer[:1] != b"\x04" or len(answer) < 11 or answer[3:5] != b"\x00\x02":
        return False
    start, size = 11 + int.from_bytes(answer[5:7], "big"), int.from_bytes(answer[7:9], "big")
    kinds = answer[start:start + size]
    return kind.to_bytes(3, "big") in [kinds[index:index + 3] for index in range(0, len(kinds), 3)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("host")
    parser.add_argument("port", type=int)
    parser.add_argument("--versions", default="ssl2,ssl3")
    parser.add_argument("--timeout", type=float, default=10.0)
    arguments = parser.parse_args()
    address, doubts, accepted = (arguments.host, arguments.port), [], {}
    for version in arguments.versions.split(","):
        ask, candidates, digits = ((ask_ssl2, SSL2_KINDS, 6) if version == "ssl2" else
                                   (ask_ssl3, [suite for suite in oracle.CODE_POINTS if suite >> 8 != 0x13], 4))
        accepted[version] = []
        for candidate in candidates:
            answer, name = ask(address, candidate, arguments.timeout), f"0x{candidate:0{digits}X}"
            if answer is True:
                accepted[version].append(name)
            elif answer is not False:
                doubts.append(f"{version} {name}: {answer}")
                if len(doubts) > 3:
                    break
    json.dump(accepted, sys.stdout, indent=1)
    print()
    for doubt in doubts:
        print(f"oracle: {doubt}", file=sys.stderr)
    return 1 if doubts else 0


if __name__ == "__main__":
    sys.exit(main())
