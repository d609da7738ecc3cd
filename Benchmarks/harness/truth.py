"""What a server really accepts: one suite a connection, asked by the interop suite's oracle, which is none of our code."""

import concurrent.futures
import json
import subprocess
import sys

from .places import ORACLE, Problem
from .servers import ALL_VERSIONS

def _ask(port, version):
    done = subprocess.run(
        [sys.executable, str(ORACLE), "127.0.0.1", str(port), "--versions", version],
        capture_output=True, text=True, timeout=900, check=False)
    if done.returncode != 0:
        raise Problem(f"no truth for {version}: {done.stderr[-2000:]}")
    return set(json.loads(done.stdout)[version])


def truth(server):
    """{version: set of code points}, asked anew each time: it takes a few seconds."""
    if server.name == "silent":
        return {version: set() for version in ALL_VERSIONS}
    asked = server.behind or server
    # A server that serves one connection at a time is asked one question at a time.
    ports = asked.ports if asked.serial else asked.ports * 2
    with concurrent.futures.ThreadPoolExecutor(max_workers=min(2, len(ports))) as pool:
        waiting = {version: pool.submit(_ask, ports[number % len(ports)], version)
                   for number, version in enumerate(ALL_VERSIONS)}
        return {version: answer.result() for version, answer in waiting.items()}
