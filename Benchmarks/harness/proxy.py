"""Drives native/proxy.c."""

import json
import subprocess

from .places import Problem, native


class Proxy:
    """Counts, and delays by a round-trip time, what goes to one or more ports of 127.0.0.1."""

    def __init__(self, ports, exclusive=False, rtt=0, trace=None):
        self._process = subprocess.Popen(
            [native("proxy"), str(rtt), "exclusive" if exclusive else "shared", *map(str, ports)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True)
        line = self._process.stdout.readline()
        if not line.startswith("LISTENING "):
            raise Problem("the proxy did not start")
        self.port = int(line.split()[1])
        if trace:
            self._ask(f"trace {trace}")

    def _ask(self, order):
        self._process.stdin.write(order + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def reset(self):
        self._ask("reset")

    def stats(self):
        return self._ask("stats")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.stdin.close()
        self._process.wait(timeout=10)
        self._process.stdout.close()
