"""One run of one tool against one server, and the median of several."""

import json
import os
import pathlib
import statistics
import subprocess
import tempfile
import time

from .places import native
from .proxy import Proxy


class Run:
    """What one run cost, what it found and what the proxy counted, where there was one."""

    def __init__(self, usage, found, trouble, stats):
        self.wall, self.cpu, self.memory = usage["wall"], usage["user"] + usage["system"], usage["maxRSS"] / 1024
        self.exit, self.timed_out = usage["exit"], usage["timedOut"]
        self.found, self.trouble, self.stats = found, trouble, stats


def run_once(server, tool, timeout, proxy=None):
    """Through the proxy, or straight to the server."""
    time.sleep(server.pause)
    port = proxy.port if proxy else server.ports[0]
    if proxy:
        proxy.reset()
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        output, usage = work / "output", work / "usage"
        command = [native("measure"), str(timeout), str(usage), *map(str, tool.command(port, output))]
        with open(work / "stdout", "w+b") as stdout, open(work / "stderr", "w+b") as stderr:
            subprocess.run(command, stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr, check=True, cwd=work,
                           env={**os.environ, "LC_ALL": "C.UTF-8", "NO_COLOR": "1"})
        spent = json.loads(usage.read_text(encoding="ascii"))
        stats = proxy.stats() if proxy else None
        found = trouble = None
        if spent["timedOut"]:
            trouble = f"killed after {timeout:g} s"
        else:
            try:
                found = tool.parse((work / "stdout").read_text(encoding="utf-8", errors="replace"), output)
            except Exception as error:  # noqa: BLE001 - whatever a tool wrote, the other tools go on
                tail = (work / "stderr").read_text(encoding="utf-8", errors="replace")[-200:].strip()
                trouble = f"exit {spent['exit']}, output not understood ({type(error).__name__}: {error}) {tail}"
        return Run(spent, found, trouble, stats)


class Row:
    """Several runs of one tool against one server at one round-trip time (None: no proxy)."""

    def __init__(self, server, tool, rtt, runs, truth):
        self.server, self.tool, self.rtt, self.runs, self.truth = server, tool, rtt, runs, truth
        #: The counting run of a row that was timed without proxy.
        self.counted = None

    def median(self, field):
        return statistics.median(getattr(run, field) for run in self.runs)

    @property
    def trouble(self):
        return next((run.trouble for run in self.runs if run.trouble), None)

    @property
    def stats(self):
        """Of the run in the middle, by connections."""
        counted = self.counted or [run.stats for run in self.runs if run.stats]
        return sorted(counted, key=lambda stats: stats["connections"])[len(counted) // 2] if counted else None

    def differences(self):
        """[(version, missing, extra)] of the worst run; empty when all agree with the truth. None when nothing was found out."""
        worst = []
        for run in self.runs:
            if not run.found:
                return None
            wrong = []
            for version, accepted in self.truth.items():
                said = run.found.suites.get(version, set())
                missing, extra = accepted - said, said - accepted
                if version in run.found.on_off and accepted:
                    missing = set(accepted)
                if missing or extra:
                    wrong.append((version, missing, extra))
            if sum(len(m) + len(e) for _, m, e in wrong) > sum(len(m) + len(e) for _, m, e in worst):
                worst = wrong
        return worst

    def complete_runs(self):
        """How many of the runs agreed with the truth in every version."""
        return sum(1 for run in self.runs if run.found and not run.found.doubts and all(
            run.found.suites.get(version, set()) == accepted for version, accepted in self.truth.items()))


def measure(server, tool, rtt, runs, truth, timeout, trace=None):
    """A row: timed through the proxy at `rtt` milliseconds, or without it when `rtt` is None, then counted in one more run.

    What is run only once is timed through the proxy in any case.
    """
    if rtt is None and len(server.ports) == 1 and runs > 1:
        row = Row(server, tool, rtt, [run_once(server, tool, timeout) for _ in range(runs)], truth)
        with Proxy(server.ports) as proxy:
            row.counted = [run_once(server, tool, timeout, proxy).stats]
        return row
    with Proxy(server.ports, server.serial and len(server.ports) > 1, rtt or 0, trace) as proxy:
        return Row(server, tool, rtt, [run_once(server, tool, timeout, proxy) for _ in range(runs)], truth)
