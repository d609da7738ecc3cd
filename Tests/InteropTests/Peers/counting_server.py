#!/usr/bin/env python3
"""Refuses every hello with an alert, a moment later, and counts connections.

Prints "LISTENING port", and then for each connection "ACCEPTED total open". Serves until standard input ends.
"""

import selectors
import socket
import sys
import time

ALERT = bytes.fromhex("15030100020246")  # fatal, protocol_version
PAUSE = 0.03  # long enough for a client to open as many connections as it wants


def main():
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    listener.setblocking(False)
    selector = selectors.DefaultSelector()
    selector.register(listener, selectors.EVENT_READ)
    selector.register(sys.stdin, selectors.EVENT_READ)
    answers = {}  # connection → when it is answered
    total = 0
    print("LISTENING", listener.getsockname()[1], flush=True)

    def read(connection):
        try:
            if connection.recv(65536):
                answers.setdefault(connection, time.monotonic() + PAUSE)
                return
        except OSError:
            pass
        selector.unregister(connection)
        answers.pop(connection, None)
        connection.close()

    def connections(events):
        return [key.fileobj for key, _ in events if key.fileobj not in (listener, sys.stdin)]

    while True:
        events = selector.select(0.005)
        ready = {key.fileobj for key, _ in events}
        if sys.stdin in ready:
            return
        for connection in connections(events):
            read(connection)
        if listener in ready:
            # What was closed before the client opened the next one is closed by now, and must not be counted.
            for connection in connections(selector.select(0)):
                read(connection)
            connection, _ = listener.accept()
            connection.setblocking(False)
            selector.register(connection, selectors.EVENT_READ)
            total += 1
            print("ACCEPTED", total, len(selector.get_map()) - 2, flush=True)
        now = time.monotonic()
        for connection in [connection for connection, when in answers.items() if when <= now]:
            answers[connection] = float("inf")
            try:
                connection.send(ALERT)
            except OSError:
                pass


main()
