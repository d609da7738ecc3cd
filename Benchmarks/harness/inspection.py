"""`Benchmarks/run --inspect`: everything that sechan, sslyze and testssl.sh find out of a server when nothing is left out."""

import json
import pathlib
import statistics

from . import measuring
from .places import VENV, tool
from .servers import SERVERS
from .tools import Found, Sechan, SSLyze, TestSSL

#: The server, and milliseconds of round-trip time.
PLACE = ("modern", 50)
#: What is wanted of sechan.
WALL, CONNECTIONS = 2.5, 160


class Inspect(Sechan):
    """All that is safe. The certificate is nobody's, and isn't asked about elsewhere."""

    name = "sechan inspect"
    runs = 5

    def command(self, port, output):
        return [self.binary, "inspect", f"127.0.0.1:{port}", "--sni", "localhost", "--format", "json", *self.options]

    def parse(self, stdout, output):
        report = json.loads(stdout)
        found = Found({}, round_trips=report["spent"]["roundTrips"])
        result = report.get("result") or {}
        found.counts = {"findings": len(report["findings"]), "checks": len(result.get("checks") or []),
                        "clients": len(result.get("clients") or [])}
        found.open = sorted(check["id"] for check in result.get("checks") or [] if check["verdict"] == "not-determined")
        return found


class WholeSSLyze(SSLyze):
    """What it does by default."""

    name = "sslyze"
    runs = 3

    def command(self, port, output):
        return [VENV / "bin/sslyze", "--quiet", "--json_out", str(output), f"127.0.0.1:{port}"]

    def parse(self, stdout, output):
        report = json.loads(pathlib.Path(output).read_text(encoding="utf-8"))["server_scan_results"][0]
        found = Found({})
        scans = (report["scan_result"] or {}).values()
        found.counts = {"scans": sum(1 for scan in scans if scan["status"] == "COMPLETED")}
        found.open = []
        return found


class WholeTestSSL(TestSSL):
    """What it does by default."""

    def command(self, port, output):
        return [tool("testssl"), "--quiet", "--warnings", "off", "--color", "0", "--ip", "127.0.0.1", "--nodns", "none",
                "--jsonfile", str(output), f"127.0.0.1:{port}"]

    def parse(self, stdout, output):
        entries = json.loads(pathlib.Path(output).read_text(encoding="utf-8"))
        found = Found({})
        found.counts = {"entries": len(entries)}
        found.open = []
        return found


def measure(binary, options, pki, alone, quick, timeout):
    """(table, what sechan missed): of sechan alone, or of all three."""
    name, rtt = PLACE
    lineup = [Inspect(binary, options)] + ([] if alone else [WholeSSLyze(), WholeTestSSL()])
    rows = ["| tool | wall | processor | memory | connections | at once | round trips | says |", "|---|--:|--:|--:|--:|--:|--:|---|"]
    missed = []
    with SERVERS[name](pki) as server:
        title = f"{server.title}, {rtt} ms"
        for one in lineup:
            row = measuring.measure(server, one, rtt, 1 if quick else one.runs, {}, timeout)
            if row.trouble:
                rows.append(f"| {one.name} | {row.trouble} | | | | | | |")
                missed += [row.trouble] if one is lineup[0] else []
                continue
            stats, found = row.stats, row.runs[-1].found
            says = ", ".join(f"{count} {what}" for what, count in found.counts.items())
            rows.append(f"| {one.name} | {row.median('wall'):.2f} s | {row.median('cpu'):.2f} s | {row.median('memory'):.1f} MiB "
                        f"| {stats['connections']} | {stats['peak']} "
                        f"| {found.round_trips or '–'} | {says} |")
            if one is lineup[0]:
                if row.median("wall") > WALL:
                    missed.append(f"wall {row.median('wall'):.2f} s, {WALL} wanted")
                most = max(run.stats["connections"] for run in row.runs)
                if most > CONNECTIONS:
                    missed.append(f"{most} connections, {CONNECTIONS} wanted")
                if found.open:
                    missed.append(f"not determined: {', '.join(found.open)}")
            print(rows[-1], flush=True)
    return title, "\n".join(rows), missed
