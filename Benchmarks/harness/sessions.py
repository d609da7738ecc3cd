"""Sessions: handshakes a second, data a second and what is held of a connection, of `serve` and `connect` beside their peers.

Each figure is measured of both in turn, several times, so that what else the machine does falls on both alike; the tables have the
medians, and the median of the ratios of runs that were next to each other.
"""

import contextlib
import json
import os
import pathlib
import re
import statistics
import subprocess
import time

from .children import Child
from .places import Problem, native, tool
from .servers import OPEN_OPENSSL, free_port, nginx, wait_for_port

#: What is wanted: ours over the peer's where more is better, and the peer's over ours where less is.
SHAKE_AIM, BULK_AIM = 0.9, 0.8
#: KiB a session that stands and is silent; KiB by which 10,000 connections may move what the process holds.
IDLE_AIM, GROWTH_AIM = 60, 1024

IDLE, CHURN, WARM_UP = 1_000, 10_000, 2_000
#: Version, certificate, kind of handshake.
SHAKES = [("1.3", "ecdsa", "new"), ("1.3", "rsa", "new"), ("1.3", "ecdsa", "resumed"),
          ("1.2", "ecdsa", "new"), ("1.2", "rsa", "new"), ("1.2", "ecdsa", "resumed")]
CLIENTS = 8
TICKS = os.sysconf("SC_CLK_TCK")


class Aims:
    """What was held against a figure, and how it came out."""

    def __init__(self):
        self.missed = []

    def mark(self, text, good, what):
        """The cell: bold where it is missed."""
        if good:
            return text
        self.missed.append(f"{what}: {text}")
        return f"**{text}**"


def own_processor(number):
    """Words that keep a command on one processor, so that a server has one, as nginx's worker has, and its clients the other."""
    return [tool("taskset"), "-c", str(number)] if os.cpu_count() > 1 else []


class Served:
    """A server with its port and process."""

    def __init__(self, child, port):
        self.child, self.port = child, port

    @property
    def pid(self):
        return self.child.pid

    def cpu(self):
        """Processor seconds so far, of all threads."""
        fields = pathlib.Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory(self):
        """KiB resident."""
        status = pathlib.Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        return int(re.search(r"^VmRSS:\s+(\d+)", status, re.MULTILINE)[1])

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.pid}/fd"))


@contextlib.contextmanager
def sechan_serve(binary, pki, *options, pinned=True):
    words = [binary, "serve", "--listen", "127.0.0.1:0", "--quiet", "--max-clients", "2000", "--timeout", "10m"]
    for certificate, key in (pki.ecdsa, pki.rsa):
        words += ["--cert", certificate, "--key", key]
    child = Child([*(own_processor(0) if pinned else []), *words, *options])
    try:
        yield Served(child, int(child.wait_for(r"127\.0\.0\.1:(\d+)")[1]))
    finally:
        child.stop()


@contextlib.contextmanager
def one_worker(pki):
    """nginx as one process, with both certificates, a session cache (without one it resumes nothing), and its own defaults otherwise."""
    directives = ["ssl_protocols TLSv1.2 TLSv1.3;", "ssl_session_cache builtin:1000;", "keepalive_timeout 600s;", "client_header_timeout 600s;"]
    with nginx(pki, f"worker-{free_port()}", "nginx", directives, connections=4096, prefix=own_processor(0)) as server:
        yield Served(server.children[0], server.ports[0])


@contextlib.contextmanager
def s_server(pki, *options, folder=None):
    port, (certificate, key) = free_port(), pki.ecdsa
    child = Child([tool("openssl"), "s_server", "-accept", f"127.0.0.1:{port}", "-cert", certificate, "-key", key, "-quiet", *options],
                  OPEN_OPENSSL, folder=folder, discards=True)
    try:
        wait_for_port(port, child)
        yield Served(child, port)
    finally:
        child.stop()


def client(*words, pinned=False):
    """What one run of the other end says."""
    command = [*(own_processor(1) if pinned else []), native("sessions", "-lssl", "-lcrypto", "-lpthread"), *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Problem(f"{' '.join(map(str, words))}: {done.stderr.strip()}")
    return json.loads(done.stdout)


def in_turn(runs, *measures):
    """[[result, ...], ...]: each measure `runs` times, one after the other. The first round is not counted."""
    columns = [[] for _ in measures]
    for index in range(runs + 1):
        for column, measure in zip(columns, measures):
            result = measure()
            if index:
                column.append(result)
    return columns


def ratio(ours, theirs):
    """The median of ours over theirs, of runs that were next to each other."""
    return statistics.median(one / other for one, other in zip(ours, theirs))


# --- Handshakes ---------------------------------------------------------------------------------------------------------------


def shake(server, version, kind, how, seconds):
    """(handshakes a second, processor milliseconds a handshake)."""
    before = server.cpu()
    said = client("shake", server.port, version, kind, how, CLIENTS, "seconds", seconds, pinned=True)
    # The server is done with a connection a little after its client.
    time.sleep(0.1)
    spent = server.cpu() - before
    if said["failed"] or not said["done"] or (said["resumed"] != said["done"]) == (how == "resumed"):
        raise Problem(f"TLS {version} {kind} {how}: {said}")
    return said["done"] / said["seconds"], spent * 1000 / said["done"]


def handshakes(binary, pki, runs, seconds, aims):
    lines = ["| handshake | serve | nginx | ratio | CPU each, serve | nginx | ratio |", "|---|--:|--:|--:|--:|--:|--:|"]
    with sechan_serve(binary, pki) as ours, one_worker(pki) as theirs:
        for version, kind, how in SHAKES:
            name = f"TLS {version}, " + ("resumed by ticket" if how == "resumed" else f"new, {'RSA 2048' if kind == 'rsa' else 'ECDSA P-256'}")
            mine, other = in_turn(runs, *(lambda server=server: shake(server, version, kind, how, seconds) for server in (ours, theirs)))
            rates, costs = ([[run[index] for run in column] for column in (mine, other)] for index in (0, 1))
            rate, cost = ratio(*rates), ratio(costs[1], costs[0])
            lines.append(f"| {name} | " + " | ".join([
                *(f"{statistics.median(column):.0f}/s" for column in rates), aims.mark(f"{rate:.2f}", rate >= SHAKE_AIM, f"{name}, rate"),
                *(f"{statistics.median(column):.2f} ms" for column in costs),
                aims.mark(f"{cost:.2f}", cost >= SHAKE_AIM, f"{name}, processor time")]) + " |")
            print(lines[-1], flush=True)
    return "\n".join(lines)


# --- Data ---------------------------------------------------------------------------------------------------------------------


def timed(command, feed=None):
    """Seconds that a command takes from its start to its end, its output thrown away."""
    with open(feed or os.devnull, "rb") as given:
        started = time.monotonic()
        done = subprocess.run(list(map(str, command)), stdin=given, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    if done.returncode != 0:
        raise Problem(f"{' '.join(map(str, command))}: {done.stderr.decode(errors='replace')[-500:]}")
    return time.monotonic() - started


def fetched(port, path, size, version="1.3"):
    said = client("get", port, version, path)
    if said["bytes"] < size:
        raise Problem(f"{said['bytes']} bytes of {size} came")
    return said["seconds"]


def bulk(binary, pki, runs, size, aims):
    lines = [f"| {size >> 20} MiB through | sechan | openssl | ratio |", "|---|--:|--:|--:|"]
    folder = pki.directory / "files"
    folder.mkdir(exist_ok=True)
    (folder / "big").write_bytes(b"x" * size)

    def row(name, *measures):
        mine, other = in_turn(runs, *measures)
        found = ratio(other, mine)
        lines.append(f"| {name} | " + " | ".join([*(f"{size / statistics.median(column) / 2**20:.0f} MiB/s" for column in (mine, other)),
                                                  aims.mark(f"{found:.2f}", found >= BULK_AIM, name)]) + " |")
        print(lines[-1], flush=True)

    for version in ("1.3", "1.2"):
        with sechan_serve(binary, pki, "--discard", pinned=False) as ours, s_server(pki) as theirs:
            row(f"TLS {version}, to `serve --discard` / `s_server`",
                *(lambda server=server: client("upload", server.port, version, size)["seconds"] for server in (ours, theirs)))
        with sechan_serve(binary, pki, "--files", folder, pinned=False) as ours, s_server(pki, "-WWW", folder=folder) as theirs:
            row(f"TLS {version}, from `serve --files` / `s_server -WWW`",
                *(lambda server=server: fetched(server.port, "/big", size, version) for server in (ours, theirs)))
    certificate, key = pki.ecdsa
    child = Child([native("sessions", "-lssl", "-lcrypto", "-lpthread"), "serve", certificate, key, size])
    try:
        port = int(child.wait_for(r"^LISTENING (\d+)$")[1])
        place = f"localhost:{port}"
        connect = [binary, "connect", place, "--connect-to", "127.0.0.1", "--ca", certificate, "--quiet"]
        s_client = [tool("openssl"), "s_client", "-connect", f"127.0.0.1:{port}", "-quiet", "-no_ign_eof"]
        question = pki.directory / "question"
        question.write_bytes(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        for version in ("1.3", "1.2"):
            options, flag = ["--protocol", f"tls{version}"], f"-tls1_{version[-1]}"
            row(f"TLS {version}, `connect --send` / `s_client <FILE`", 
                # The other end says nothing before we close, so there is no answer to wait for.
                lambda: timed([*connect, *options, "--send", folder / "big", "--answer-timeout", "10ms"]),
                lambda: timed([*s_client, flag], folder / "big"))
            row(f"TLS {version}, `connect --get` / `s_client`", lambda: timed([*connect, *options, "--get", "/"]),
                lambda: timed([*s_client[:-1], flag], question))
    finally:
        child.stop()
    return "\n".join(lines)


# --- What is held -------------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def held(port, version, number, *data):
    child = Child([native("sessions", "-lssl", "-lcrypto", "-lpthread"), "hold", port, version, number, *data])
    try:
        said = int(child.wait_for(r"^HELD (\d+)$")[1])
        if said != number:
            raise Problem(f"{said} of {number} sessions stand")
        yield
    finally:
        child.stop()


def each(server, version, data):
    """KiB a session. What the first sessions cost once is not theirs: pages of code, pools that stay."""
    with held(server.port, version, 50, *data):
        pass
    time.sleep(1)
    before = server.memory()
    with held(server.port, version, IDLE, *data):
        time.sleep(1)
        return (server.memory() - before) / IDLE


def idle(binary, pki, aims):
    lines = [f"| {IDLE:,} silent sessions, each | serve | nginx |", "|---|--:|--:|"]
    for version in ("1.3", "1.2"):
        for name, data in (("after the handshake", [0]), ("after a request and its answer", [])):
            with sechan_serve(binary, pki) as ours, one_worker(pki) as theirs:
                mine, other = (each(server, version, data) for server in (ours, theirs))
            cell = aims.mark(f"{mine:.0f} KiB", mine <= IDLE_AIM, f"TLS {version}, {name}")
            lines.append(f"| TLS {version}, {name} | {cell} | {other:.0f} KiB |")
            print(lines[-1], flush=True)
    return "\n".join(lines)


def churn(binary, pki, aims):
    lines = [f"| {CHURN:,} connections made and closed | descriptors before | after | memory before | after |", "|---|--:|--:|--:|--:|"]
    with sechan_serve(binary, pki) as ours, one_worker(pki) as theirs:
        for name, server in (("serve", ours), ("nginx", theirs)):
            client("shake", server.port, "1.3", "ecdsa", "new", CLIENTS, "count", WARM_UP)
            time.sleep(1)
            before = server.descriptors(), server.memory()
            client("shake", server.port, "1.3", "ecdsa", "new", CLIENTS, "count", CHURN)
            time.sleep(1)
            after = server.descriptors(), server.memory()
            cells = [str(before[0]), str(after[0]), f"{before[1] / 1024:.1f} MiB", f"{after[1] / 1024:.1f} MiB"]
            if server is ours:
                cells[1] = aims.mark(cells[1], after[0] <= before[0], "descriptors afterwards")
                cells[3] = aims.mark(cells[3], after[1] - before[1] <= GROWTH_AIM, "memory afterwards")
            lines.append(f"| {name} | " + " | ".join(cells) + " |")
            print(lines[-1], flush=True)
    return "\n".join(lines)


PARTS = ("handshakes", "bulk", "idle", "churn")


def measure(binary, pki, parts, quick, runs):
    """([(heading, table)], [what was missed])."""
    aims, binary = Aims(), pathlib.Path(binary).resolve()
    runs = runs or (1 if quick else 5)
    size = (64 if quick else 512) << 20
    work = {
        "handshakes": ("Handshakes", lambda: handshakes(binary, pki, runs, 1 if quick else 3, aims)),
        "bulk": ("Data", lambda: bulk(binary, pki, runs, size, aims)),
        "idle": ("Silent sessions", lambda: idle(binary, pki, aims)),
        "churn": ("Connections that ended", lambda: churn(binary, pki, aims)),
    }
    tables = []
    for part in parts:
        heading, make = work[part]
        print(f"\n### {heading}\n", flush=True)
        tables.append((heading, make()))
    return tables, aims.missed
