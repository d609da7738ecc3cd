"""sechan alone against the figures that are wanted: `Benchmarks/run --tools sechan --check`."""

import statistics

from . import measuring
from .report import difference_lines, waiting, where

#: What --with is given where more than versions and suites is asked for.
DETAILS = "groups,signatures,extensions,fingerprints"


class Aim:
    """One line: a server, a round-trip time (None: loopback without proxy), options, and limits."""

    def __init__(self, server, rtt, runs, options=(), right=True, **limits):
        self.server, self.rtt, self.runs, self.options, self.right, self.limits = server, rtt, runs, list(options), right, limits


#: wall and cpu in seconds, memory in MiB; `beyond_pairs`: connections beyond the accepted (version, suite) pairs.
AIMS = [
    Aim("modern", 50, 20, wall=0.5, connections=32, round_trips=10, memory=24),
    Aim("modern", 50, 5, ["--with", DETAILS], wall=1.0, connections=110),
    Aim("many", 50, 5, ["--concurrency", "16"], wall=2.5, beyond_pairs=40),
    Aim("many", 50, 5, wall=4.5, beyond_pairs=40),
    Aim("modern", None, 20, wall=0.06, cpu=0.06, memory=24),
    Aim("everything", None, 20, wall=0.25, cpu=0.2, memory=24),
    Aim("openssl", None, 20),
    Aim("jsse", None, 20),
    Aim("scapy", None, 20),
    # Right, or undecided with a reason, within twice the probe timeout.
    Aim("hangs", 0, 3, right=False, wall=10),
    Aim("no-extensions", 0, 3, right=False, wall=10),
    Aim("throttles", 0, 3, right=False, wall=10),
    Aim("silent", 0, 2, right=False, wall=10),
]


def figures(row):
    """{limit: measured} of a row, in the limits' units: medians, and the most connections of any run."""
    counted = row.counted or [run.stats for run in row.runs if run.stats]
    connections = max((stats["connections"] for stats in counted), default=None)
    trips = [run.found.round_trips for run in row.runs if run.found and run.found.round_trips is not None]
    pairs = sum(map(len, row.truth.values()))
    return {
        "wall": row.median("wall"), "cpu": row.median("cpu"), "memory": max(run.memory for run in row.runs),
        "connections": connections, "beyond_pairs": None if connections is None else connections - pairs,
        "round_trips": statistics.median(trips) if trips else None,
    }


UNITS = {"wall": ("wall", "s"), "cpu": ("CPU", "s"), "memory": ("memory", "MiB"), "connections": ("connections", ""),
         "beyond_pairs": ("connections beyond pairs", ""), "round_trips": ("round trips", "")}


def show(name, value):
    label, unit = UNITS[name]
    number = "?" if value is None else f"{value:.3f}" if unit == "s" else f"{value:.1f}" if unit else f"{value:g}"
    return f"{label} {number}{' ' if unit else ''}{unit}"


def order_is_right(server, run):
    return all(run.found.order.get(version) == order for version, order in server.order.items())


def honest(row, run):
    """No suite too many, and every version whose list falls short is called undecided by the tool itself."""
    if not run.found:
        return False
    said = run.found.suites
    if any(said.get(version, set()) - accepted for version, accepted in row.truth.items()):
        return False
    short = [version for version, accepted in row.truth.items() if said.get(version, set()) != accepted]
    return all(version in run.found.undecided or "*" in run.found.undecided for version in short)


def verdicts(server, aim, row):
    """[(text, met)] of one line."""
    found = figures(row)
    lines = [(f"{show(name, found[name])}, at most {limit:g}", found[name] is not None and found[name] <= limit)
             for name, limit in aim.limits.items()]
    if aim.right:
        complete = row.complete_runs()
        lines.append((f"everything found, nothing extra, in {complete} of {len(row.runs)} runs", complete == len(row.runs)))
        if server.order:
            right = sum(1 for run in row.runs if run.found and order_is_right(server, run))
            lines.append((f"the server's order in {right} of {len(row.runs)} runs", right == len(row.runs)))
    else:
        right = sum(1 for run in row.runs if honest(row, run))
        complete = row.complete_runs()
        lines.append((f"right or undecided in {right} of {len(row.runs)} runs ({complete} times right)", right == len(row.runs)))
    if "--with" in aim.options:
        absent = {word for run in row.runs for word in DETAILS.split(",") if not run.found or word not in run.found.details}
        lines.append((f"without an answer in some run: {', '.join(sorted(absent))}" if absent else "every detail in every run", not absent))
    if row.trouble:
        lines.append((row.trouble, False))
    return lines


def check(server, accepted, make_tool, aims, arguments, knows_with):
    """Prints a block for each aim of one server; whether all were met."""
    met = True
    for aim in aims:
        title = f"{server.title}, {where(aim.rtt)}" + (f", {' '.join(aim.options)}" if aim.options else "")
        print(f"\n{title}", flush=True)
        if "--with" in aim.options and not knows_with:
            print("  missed  this sechan has no --with", flush=True)
            met = False
            continue
        runs = arguments.runs or (min(aim.runs, 3) if arguments.quick else aim.runs)
        row = measuring.measure(server, make_tool(aim.options), aim.rtt, runs, accepted, arguments.timeout, arguments.trace)
        for text, good in verdicts(server, aim, row):
            print(f"  {'ok    ' if good else 'missed'}  {text}")
            met = met and good
        for line in difference_lines(row):
            print("        " + line)
        if waiting(row):
            print(f"          {waiting(row)}")
        for doubt in {doubt for run in row.runs if run.found for doubt in run.found.doubts}:
            print(f"          sechan: {doubt}")
    return met
