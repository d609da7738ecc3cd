"""The tools that are compared: how each is called, and how its output becomes {version: set of code points}."""

import json
import pathlib
import re
import subprocess
import xml.etree.ElementTree

from .places import ROOT, VENV, Problem, tool

RELEASE_BINARY = ROOT / ".build/release/sechan"


class Found:
    """What a tool said."""

    def __init__(self, suites, on_off=(), round_trips=None, order=None, doubts=()):
        #: {version: set of code points, as "0xC02F" or, in SSL 2.0, "0x010080"}
        self.suites = {version: set(points) for version, points in suites.items()}
        #: Versions that the tool only calls on or off, without a list.
        self.on_off = set(on_off)
        self.round_trips = round_trips
        self.order = order or {}
        #: What the tool itself called undecided.
        self.doubts = list(doubts)


class Sechan:
    name = "sechan"
    runs = 5

    def __init__(self, binary=RELEASE_BINARY, options=()):
        self.binary, self.options = pathlib.Path(binary).resolve(), list(options)

    def install(self):
        if not self.binary.exists():
            subprocess.run(["make", "-C", str(ROOT), "release"], check=True)

    def version(self):
        return first_line([self.binary, "--version"])

    def command(self, port, output):
        return [self.binary, "ciphers", f"127.0.0.1:{port}", "--format", "json", *self.options]

    def parse(self, stdout, output):
        report = json.loads(stdout)
        result = report.get("result") or {}
        versions = result.get("versions") or []
        suites, order, doubts = {}, {}, []
        for version in versions:
            points = [suite["codePoint"] for suite in version.get("suites") or []]
            points = [f"0x{point[2:].upper()}" for point in points]
            suites[version["version"]] = points
            order[version["version"]] = points
            if version.get("verdict") == "inconclusive" or version.get("complete") is False:
                doubts.append(f"{version['version']}: {version.get('reason') or 'inconclusive'}")
        if not versions:
            doubts.append("no versions in the report")
        return Found(suites, round_trips=(report.get("spent") or {}).get("roundTrips"), order=order, doubts=doubts)


def first_line(command, pattern=r".*\S.*"):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    found = re.search(pattern, re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr))
    return found[0].strip() if found else "?"


TOOLS = {"sechan": Sechan}
