"""Does the proxy distort? What is measured through it is held against what arithmetic says."""

import asyncio
import math
import time

from .proxy import Proxy


async def _serve(reader, writer):
    writer.write(await reader.read(4096))
    await writer.drain()
    await reader.read()
    writer.close()


async def _exchange(port, connections, at_once):
    gate = asyncio.Semaphore(at_once)

    async def one():
        async with gate:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(bytes(300))
            answer = await reader.readexactly(300)
            writer.close()
            return len(answer)

    started = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(connections)))
    return time.perf_counter() - started


async def _run():
    server = await asyncio.start_server(_serve, "127.0.0.1", 0, backlog=1024)
    port = server.sockets[0].getsockname()[1]
    lines = ["| connections | at once | round trip | arithmetic | measured | proxy's processor time |", "|--:|--:|--:|--:|--:|--:|"]
    for connections, at_once, rtt in ((300, 1, 0), (300, 8, 0), (40, 1, 50), (300, 8, 50), (300, 16, 50), (300, 16, 10)):
        with Proxy([port], rtt=rtt) as proxy:
            wall = await _exchange(proxy.port, connections, at_once)
            stats = proxy.stats()
        assert stats["connections"] == connections and stats["peak"] <= at_once, stats
        assert stats["bytesUp"] == stats["bytesDown"] == 300 * connections, stats
        # One round trip for the connection, one for the question and its answer.
        ideal = math.ceil(connections / at_once) * 2 * rtt
        lines.append(f"| {connections} | {at_once} | {rtt} ms | {ideal} ms | {wall * 1000:.0f} ms | {stats['cpuMs']:.0f} ms |")
        await asyncio.sleep(3 * rtt / 1000 + 0.1)  # the last connections' ends are still on their way
    server.close()
    return "\n".join(lines)


def table():
    return asyncio.run(_run())
