#!/usr/bin/env python3
"""JA3, JA4 and JA3S of the hellos that really go over a connection.

    hello_fingerprints.py PORT

Listens on a free port of 127.0.0.1 and says which on the first line. Takes one connection, passes everything on to
127.0.0.1:PORT and back, and when it has ended writes one line of JSON with the keys of sechan's `fingerprints`. It reads the
bytes itself and shares no code with sechan. Standard library only.
"""

import hashlib
import json
import socket
import struct
import sys
import threading


def first_message(stream):
    """The first handshake message of a direction, put together from its records."""
    message = b""
    while len(stream) >= 5 and stream[0] == 22:
        size = struct.unpack(">H", stream[3:5])[0]
        message += stream[5 : 5 + size]
        stream = stream[5 + size :]
        if len(message) >= 4 and len(message) >= 4 + int.from_bytes(message[1:4], "big"):
            return message[: 4 + int.from_bytes(message[1:4], "big")]
    return b""


def grease(value):
    return value & 0x0F0F == 0x0A0A and value >> 8 == value & 0xFF


def words(data):
    return [value for (value,) in struct.iter_unpack(">H", data)]


def extensions(data):
    found = []
    if len(data) >= 2:
        data = data[2 : 2 + struct.unpack(">H", data[:2])[0]]
        while data:
            kind, size = struct.unpack(">HH", data[:4])
            found.append((kind, data[4 : 4 + size]))
            data = data[4 + size :]
    return found


def md5(text):
    return hashlib.md5(text.encode()).hexdigest()


def client(message):
    version = struct.unpack(">H", message[4:6])[0]
    rest = message[38:]
    rest = rest[1 + rest[0] :]
    size = struct.unpack(">H", rest[:2])[0]
    suites = [suite for suite in words(rest[2 : 2 + size]) if not grease(suite)]
    rest = rest[2 + size :]
    rest = rest[1 + rest[0] :]
    found = extensions(rest)
    data = dict(reversed(found))
    kinds = [kind for kind, _ in found if not grease(kind)]

    groups = [group for group in words(data.get(10, b"")[2:]) if not grease(group)]
    formats = list(data.get(11, b"")[1:])
    fields = [[version], suites, kinds, groups, formats]
    ja3 = ",".join("-".join(str(value) for value in field) for field in fields)

    offered = [value for value in words(data.get(43, b"")[1:]) if not grease(value)]
    names = {0x0304: "13", 0x0303: "12", 0x0302: "11", 0x0301: "10", 0x0300: "s3"}
    alpn = data.get(16, b"\0\0\0")
    name = alpn[3 : 3 + alpn[2]]
    if not name:
        letters = "00"
    elif chr(name[0]).isalnum() and name[0] < 128 and chr(name[-1]).isalnum() and name[-1] < 128:
        letters = chr(name[0]) + chr(name[-1])
    else:
        letters = name.hex()[0] + name.hex()[-1]
    head = "t%s%s%02d%02d%s" % (
        names.get(max(offered) if offered else version, "00"),
        "d" if 0 in kinds else "i",
        min(99, len(suites)),
        min(99, len(kinds)),
        letters,
    )
    ciphers = ",".join("%04x" % suite for suite in sorted(suites))
    tail = ",".join("%04x" % kind for kind in sorted(kinds) if kind not in (0, 16))
    schemes = ["%04x" % scheme for scheme in words(data.get(13, b"")[2:]) if not grease(scheme)]
    if schemes:
        tail += "_" + ",".join(schemes)

    def short(text):
        return hashlib.sha256(text.encode()).hexdigest()[:12] if text else "0" * 12

    return {
        "ja3": md5(ja3),
        "ja3Text": ja3,
        "ja4": "_".join([head, short(ciphers), short(tail)]),
        "ja4Raw": "_".join([head, ciphers, tail]),
    }


def server(message):
    version = struct.unpack(">H", message[4:6])[0]
    rest = message[38:]
    rest = rest[1 + rest[0] :]
    suite = struct.unpack(">H", rest[:2])[0]
    ja3s = "%d,%d,%s" % (version, suite, "-".join(str(kind) for kind, _ in extensions(rest[3:])))
    return {"ja3s": md5(ja3s), "ja3sText": ja3s}


def pass_on(source, sink, seen):
    try:
        while data := source.recv(65536):
            seen.append(data)
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def main():
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    near, _ = listener.accept()
    far = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
    there, back = [], []
    threads = [
        threading.Thread(target=pass_on, args=(near, far, there)),
        threading.Thread(target=pass_on, args=(far, near, back)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    result = client(first_message(b"".join(there)))
    answer = first_message(b"".join(back))
    if answer[:1] == b"\2":
        result.update(server(answer))
    print(json.dumps(result), flush=True)


main()
