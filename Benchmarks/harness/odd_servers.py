#!/usr/bin/env python3
"""Servers with one bad habit: odd_servers.py hangs|throttles|silent [PORT OF A GOOD SERVER]

Prints "LISTENING port". `hangs` never answers a hello above 255 bytes (as some load balancers didn't), `throttles` resets what comes
above 20 connections a second, and both pass everything else on to the good server; `silent` accepts and says nothing, ever.
"""

import asyncio
import collections
import socket
import struct
import sys
import time

LONGEST_HELLO = 255
CONNECTIONS_A_SECOND = 20


async def copy(reader, writer):
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
        writer.write_eof()
    except OSError:
        writer.transport.abort()


async def relay(reader, writer, port, already=b""):
    there, back = await asyncio.open_connection("127.0.0.1", port)
    back.write(already)
    await asyncio.gather(copy(reader, back), copy(there, writer))
    for one in (writer, back):
        one.close()


async def wait_for_the_end(reader):
    while await reader.read(65536):
        pass


async def hang(reader, writer, port):
    head = await reader.readexactly(5)
    # The hello's length: of a record's contents, or of an SSL 2.0 record.
    length = int.from_bytes(head[3:5], "big") if head[0] == 22 else int.from_bytes(head[:2], "big") & 0x7FFF
    if length > LONGEST_HELLO:
        await wait_for_the_end(reader)
        writer.close()
    else:
        await relay(reader, writer, port, head)


recent = collections.deque()


async def throttle(reader, writer, port):
    now = time.monotonic()
    while recent and recent[0] <= now - 1:
        recent.popleft()
    if len(recent) >= CONNECTIONS_A_SECOND:
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()
        return
    recent.append(now)
    await relay(reader, writer, port)


async def be_silent(reader, writer, _):
    await wait_for_the_end(reader)
    writer.close()


async def main():
    habit = {"hangs": hang, "throttles": throttle, "silent": be_silent}[sys.argv[1]]
    port = int(sys.argv[2]) if len(sys.argv) > 2 else None

    async def serve(reader, writer):
        try:
            await habit(reader, writer, port)
        except (OSError, asyncio.IncompleteReadError):
            writer.transport.abort()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, backlog=1024)
    print(f"LISTENING {server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
