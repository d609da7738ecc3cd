"""docs/benchmarks.md: how it was made, with what, and the tables."""

import datetime
import functools
import os
import pathlib
import platform
import re
import subprocess

from . import report, selftest
from .places import ROOT, TEST_PYTHON, tool
from .tools import first_line

PATH = ROOT / "docs/benchmarks.md"

INTRODUCTION = """# Benchmarks

Written by `Benchmarks/run --write`; don't edit it, run it again. `make bench BENCH='--tools sechan --check'` holds sechan alone
against the figures that are wanted of it.

## How it was made

- Servers are real ones on 127.0.0.1, with keys and certificates made for the run. The odd ones are a few lines of Python in front
  of a real one (`Benchmarks/harness/odd_servers.py`).
- The truth of a server is what `Tests/InteropTests/Oracles/one_suite_per_connection.py` finds: every code point offered alone, in
  every version, one connection after the other. A tool's output is read into code points and compared with it: **77 of 137**
  means 60 not found, **+2** means two that the server doesn't accept, *on/off* means that the tool has no list for that version.
- The peers are told to look at versions and suites and to leave out their other checks, which makes them faster than they are by
  default. sechan and nmap also find out whose order decides, and the server's order; sslscan lists suites in the order in
  which they were chosen; sslyze and testssl.sh (as called here) don't ask.
- Wall time is RUNS, processor time that of the tool and all its children, memory that of its largest process. *At
  once* is the greatest number of connections open at a time.
- With a round-trip time, everything goes through a proxy (`Benchmarks/native/proxy.c`) that counts connections and bytes and
  delays them. Loopback rows are timed without it, and counted in one more run through it with no delay; what is run only once is
  timed through it as well.
- This kernel can't delay packets. The proxy can't make a client wait in `connect()` either, so it lets nothing through until a
  round trip after it accepted a connection, and delays every byte, FIN and RST by half a round trip after that. A client that
  times its `connect()` sees a shorter round trip than there is; slow start and bandwidth aren't part of it.
- *Round trips* is sechan's own count of the longest chain; of the others it is known only that it isn't more than wall time
  divided by the round-trip time.
"""

#: What wall time is, by whether it was a quick run.
RUNS = {
    False: "the median of several runs (sechan 5, sslscan, nmap and sslyze 3, testssl.sh 1; odd servers and scapy's are asked once)",
    True: "that of one run (`--quick`)",
}

REMARKS = """## To be read with care

- Old versions and suites are here to see what a tool finds, not because anybody should switch them on.
- sslscan says only whether SSL 2.0 and 3.0 are on; sslyze leaves out PSK and SRP suites on purpose. Both use a libssl and
  complete handshakes, so they prove more about each suite that they do list than a tool that stops at the ServerHello.
- testssl.sh does more than its own two questions in any run (it connects several times before it begins), and much of its time
  is bash's.
- Loopback times of tools written in different languages say little about networks: there, connections and round trips decide.
- On two processors, servers, proxy and tool share them; the load average is printed under each table.
"""


def machine():
    model = re.search(r"^model name\s*:\s*(.+)$", pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
    system = re.search(r'^PRETTY_NAME="(.+)"$', pathlib.Path("/etc/os-release").read_text(encoding="utf-8"), re.MULTILINE)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (f"{os.cpu_count()} processors ({model[1] if model else platform.machine()}), {memory:.0f} GiB, "
            f"{system[1] if system else platform.system()}, Linux {platform.release().split('-')[0]}")


def server_versions():
    scapy = subprocess.run([TEST_PYTHON, "-c", "import importlib.metadata as m; print(m.version('scapy'))"],
                           capture_output=True, text=True, check=False).stdout.strip()
    return ", ".join([first_line([tool("openssl"), "version"], r"OpenSSL \S+"),
                      "nginx " + first_line([tool("nginx"), "-v"], r"(?<=nginx/)\S+"),
                      "OpenJDK " + first_line([tool("java"), "-version"], r'(?<=version ")[^"]+'), f"scapy {scapy}"])


def command_line(one):
    words = [str(word) for word in one.command("PORT", "FILE")]
    return " ".join([os.path.basename(words[0]), *words[1:]])


def summary(sections):
    """A line a server, a column a tool: how many of the (version, suite) pairs were found."""
    names = list(dict.fromkeys(row.tool.name for _, rows, _ in sections for row in rows if not row.tool.variant))
    lines = ["| server | accepted pairs | " + " | ".join(names) + " |", "|---|--:|" + "--:|" * len(names)]
    for server in dict.fromkeys(rows[0].server for _, rows, _ in sections):
        cells = {}
        for row in (row for _, rows, _ in sections for row in rows if row.server is server and not row.tool.variant):
            found = [run.found for run in row.runs if run.found]
            right = min((sum(len(accepted & one.suites.get(version, set())) for version, accepted in row.truth.items())
                         for one in found), default=None)
            extra = max((sum(len(points - row.truth.get(version, set())) for version, points in one.suites.items())
                         for one in found), default=0)
            cell = ("?" if right is None else str(right)) + (f" +{extra}" if extra else "")
            cells.setdefault(row.tool.name, cell)
            pairs = sum(map(len, row.truth.values()))
        marked = [cells.get(name, "–") if cells.get(name) == str(pairs) else f"**{cells.get(name, '–')}**" for name in names]
        lines.append(f"| {server.title} | {pairs} | " + " | ".join(marked) + " |")
    return "\n".join(lines)


#: Taken once, in the quiet before the first tool runs.
proxy_table = functools.cache(selftest.table)


#: Where what --sessions measures begins: the other tables come before it, and either is written without the other.
SESSIONS = "## Sessions\n"

SESSIONS_INTRODUCTION = """Written by `Benchmarks/run --sessions --write`. What is wanted: `serve` has at least 0.9 of the handshakes a second of nginx with one
worker, and at least 0.9 of its thrift with processor time; `serve` and `connect` at least 0.8 of what goes through `s_server` and
`s_client` in the same time; 1,000 silent sessions cost at most 60 KiB each; and 10,000 connections that came and went leave
descriptors and memory (to 1 MiB) as they were. A ratio of 1 is the peer's figure, more is better, and what is missed is **bold**.

- A run of ours and a run of the peer's take turns, after one of each that isn't counted. Figures are medians of RUNS, ratios the
  median of the ratios of runs that were next to each other: this machine has other work too, and it falls on both.
- Both servers have the same two certificates. Each is kept on one processor, all its threads, and the clients
  (`Benchmarks/native/sessions.c`: 8 at a time, X25519, AES-256-GCM) on another. They cost as much as the server, so a rate shows
  the server's limit only where it is the slower end; processor time, read from `/proc`, shows it always.
- Every handshake is followed by the client's close_notify, which `serve` answers and nginx doesn't. Neither tells of
  connections: `serve` runs with `--quiet`, nginx with `access_log off`.
- Data: DATA MiB of one session, AES-GCM. The servers' is timed from the first byte to the other end's close, the clients' from
  the start of the process to its end. Nothing is kept to one processor.
- Memory is what is resident, before and after, divided by the number of sessions; a few connections come first, so that what the first
  ones cost once isn't counted.
- What processor time is spent on, in thousands of instructions in user space (callgrind, 23 November 2026). A resumed handshake of TLS
  1.2 takes 779 of `serve` and 458 of nginx. OpenSSL has 471 of the 779, memory included, SwiftNIO 117 for a channel's beginning
  and end, its timers and futures; ours are the lifecycle and its log (62), streams and waits (54), a client's course (48) and the
  callbacks and queues around libssl (26). In TLS 1.3 it is 2875 to 2512 resumed and 3120 to 2758 new, in TLS 1.2 new 2450 to 2070.
  OpenSSL's share is mostly cryptography, which a processor does several times as fast, instruction by instruction, as the rest.
"""


#: Where what --inspect measures begins: after the tables of suites, before those of sessions.
INSPECTION = "## Inspections\n"

INSPECTION_INTRODUCTION = """Written by `Benchmarks/run --inspect --write`: everything that each tool finds out when nothing is left out, with checks for
weaknesses, client simulation and all. Wanted of sechan: at most 2.5 s and 160 connections. What they find out differs, so the
last column says only how much each had to tell.
"""


def parts(path):
    """What stands in the file: (tables of suites, inspections, sessions), each with its heading, or empty."""
    path = pathlib.Path(path)
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    before, heading, after = text.partition(SESSIONS)
    suites, middle, inspections = before.partition(INSPECTION)
    return suites, middle + inspections, heading + after


def join(path, *some):
    """Writes the parts that there are."""
    pathlib.Path(path).write_text("\n\n".join(part.strip("\n") for part in some if part.strip()) + "\n", encoding="utf-8")


def write_inspection(path, title, table, quick, busy):
    """Replaces the table about inspections, and leaves the others as they are."""
    suites, _, sessions = parts(path)
    made = f"{datetime.date.today():%d %B %Y}, {machine()}; {server_versions()}; {busy}; {'one run' if quick else 'medians'}.\n"
    join(path, suites, "\n".join([INSPECTION, INSPECTION_INTRODUCTION, made, f"### {title}\n", table]), sessions)


def write_sessions(path, tables, quick, runs, busy):
    """Replaces the tables about sessions, and leaves the others as they are. `tables`: [(heading, table)]."""
    runs = runs or (1 if quick else 5)
    suites, inspections, _ = parts(path)
    introduction = SESSIONS_INTRODUCTION.replace("RUNS", "one run" if runs == 1 else f"{runs} runs").replace("DATA", "64" if quick else "512")
    written = [SESSIONS, introduction, f"{datetime.date.today():%d %B %Y}, {machine()}; {server_versions()}; {busy}.\n"]
    written += [f"### {heading}\n\n{table}\n" for heading, table in tables]
    join(path, suites, inspections, "\n".join(written))


def write(path, sections, used, quick):
    """`sections`: [(title, rows, busy)], `used`: the tools, `quick`: whether each ran once."""
    written = [INTRODUCTION.replace("RUNS", RUNS[quick]), "## With what\n", f"{datetime.date.today():%d %B %Y}, {machine()}.\n", f"Servers: {server_versions()}.\n",
             "| tool | version | called as |\n|---|---|---|"]
    written[-1] += "".join(f"\n| {one.name} | {one.version()} | `{command_line(one)}` |" for one in used)
    written += ["\nThe proxy itself, held against arithmetic (`Benchmarks/run --self-test`: one question and its answer a connection):\n",
              proxy_table(), "\n## Suites found\n", "The worst of all runs, for the servers of the tables below.\n", summary(sections),
              "\n## Tables\n"]
    for title, rows, busy in sections:
        written += [f"### {title}\n", report.table(rows), "", busy + "\n"]
        if report.remarks(rows):
            written.append(report.remarks(rows) + "\n")
    written.append(REMARKS)
    _, inspections, sessions = parts(path)
    join(path, "\n".join(written), inspections, sessions)
