"""The tools that are compared: how each is called, and how its output becomes {version: set of code points}."""

import json
import pathlib
import re
import subprocess
import xml.etree.ElementTree

from .places import ROOT, VENV, Problem, tool
from .suite_names import code_points

RELEASE_BINARY = ROOT / ".build/release/sechan"


class Found:
    """What a tool said."""

    def __init__(self, suites, on_off=(), round_trips=None, order=None, doubts=(), undecided=()):
        #: {version: set of code points, as "0xC02F" or, in SSL 2.0, "0x010080"}
        self.suites = {version: set(points) for version, points in suites.items()}
        #: Versions that the tool only calls on or off, without a list.
        self.on_off = set(on_off)
        self.round_trips = round_trips
        #: {version: list of code points}, where the tool lists them in the server's order.
        self.order = order or {}
        #: What the tool itself called undecided.
        self.doubts = list(doubts)
        #: The versions that these are about; "*" for all of them.
        self.undecided = set(undecided)
        #: What besides versions and suites was found out: words of sechan's --with.
        self.details = set()


def build(binary):
    """Builds the release binary when that is the one to measure and it isn't there."""
    if pathlib.Path(binary).exists():
        return
    if pathlib.Path(binary).resolve() != RELEASE_BINARY:
        raise Problem(f"{binary} was not found")
    subprocess.run(["make", "-C", str(ROOT), "release"], check=True)


class Tool:
    #: Whether it is the same tool once more, with other options.
    variant = False


class Sechan(Tool):
    name = "sechan"
    runs = 5

    def __init__(self, binary=RELEASE_BINARY, options=(), variant=()):
        self.binary, self.options = pathlib.Path(binary).resolve(), [*options, *variant]
        if variant:
            self.variant, self.name = True, " ".join(["sechan", *variant]).replace(",", ", ")

    def version(self):
        return first_line([self.binary, "--version"])

    def command(self, port, output):
        return [self.binary, "ciphers", f"127.0.0.1:{port}", "--format", "json", *self.options]

    def knows(self, option):
        done = subprocess.run([self.binary, "ciphers", "--help"], capture_output=True, text=True, check=True)
        return option in done.stdout

    def parse(self, stdout, output):
        report = json.loads(stdout)
        versions = (report.get("result") or {}).get("versions") or []
        suites, doubts, undecided = {}, [], []
        for version in versions:
            suites[version["version"]] = [f"0x{suite['codePoint'][2:].upper()}" for suite in version.get("suites") or []]
            if version.get("verdict") == "inconclusive" or version.get("complete") is False:
                undecided.append(version["version"])
                doubts.append(f"{version['version']}: {version.get('reason') or 'inconclusive'}")
        if not versions:
            status = report.get("status") or {}
            undecided.append("*")
            doubts.append(f"no versions: {status.get('reason') or status}")
        found = Found(suites, round_trips=(report.get("spent") or {}).get("roundTrips"), order=suites, doubts=doubts,
                      undecided=undecided)
        found.details = self.details(report.get("result") or {})
        return found

    @staticmethod
    def details(result):
        """Which of the words of --with have something to show: asking for it costs nothing when nothing is asked."""
        learnt = {"groups": result.get("groups"), "signatures": result.get("signatureSchemes") or result.get("signatureLists"),
                  "extensions": [feature for feature in result.get("features") or [] if feature.get("kind") == "extension"],
                  "fingerprints": (result.get("fingerprints") or {}).get("jarm")}
        return {word for word, what in learnt.items() if what}


def first_line(command, pattern=r".*\S.*"):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    found = re.search(pattern, re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr))
    return found[0].strip() if found else "?"


class SSLScan(Tool):
    """Told to leave out what isn't versions and suites. It only says on or off for SSL 2.0 and 3.0."""

    name = "sslscan"
    runs = 3
    VERSIONS = {"SSLv2": "ssl2", "SSLv3": "ssl3", "TLSv1.0": "tls1.0", "TLSv1.1": "tls1.1", "TLSv1.2": "tls1.2", "TLSv1.3": "tls1.3"}

    def version(self):
        return first_line([tool("sslscan"), "--version"], r"\d+\.\d+\.\d+\S*")

    def command(self, port, output):
        return [tool("sslscan"), "--show-cipher-ids", "--no-colour", "--no-heartbleed", "--no-compression", "--no-renegotiation",
                "--no-fallback", "--no-groups", "--no-check-certificate", f"--xml={output}", f"127.0.0.1:{port}"]

    def parse(self, stdout, output):
        document = xml.etree.ElementTree.parse(output).getroot()
        suites = {}
        for cipher in document.iter("cipher"):
            point = cipher.get("id")
            suites.setdefault(self.VERSIONS[cipher.get("sslversion")], []).append(f"0x{int(point, 16):04X}")
        on_off = {f"ssl{protocol.get('version')}" for protocol in document.iter("protocol")
                  if protocol.get("type") == "ssl" and protocol.get("enabled") == "1"}
        return Found(suites, on_off, order=suites)


class Nmap(Tool):
    """ssl-enum-ciphers, and sslv2 because that script begins at SSL 3.0. The + makes them run whatever the port's number is."""

    name = "nmap"
    runs = 3
    VERSIONS = {"SSLv3": "ssl3", "TLSv1.0": "tls1.0", "TLSv1.1": "tls1.1", "TLSv1.2": "tls1.2", "TLSv1.3": "tls1.3"}

    def version(self):
        return first_line([tool("nmap"), "--version"], r"\d+\.\d+\S*")

    def command(self, port, output):
        return [tool("nmap"), "-Pn", "-n", "-p", str(port), "--script", "+ssl-enum-ciphers,+sslv2", "-oX", str(output), "127.0.0.1"]

    def parse(self, stdout, output):
        document = xml.etree.ElementTree.parse(output).getroot()
        names, doubts, on_off = {}, [], []
        for script in document.iter("script"):
            if script.get("id") == "ssl-enum-ciphers":
                for version in script.findall("table"):
                    names[self.VERSIONS[version.get("key")]] = [
                        name.text for name in version.findall("table[@key='ciphers']/table/elem[@key='name']")]
            elif script.get("id") == "sslv2":
                names["ssl2"] = re.findall(r"\bSSL2_\w+", script.get("output", ""))
                on_off += [] if names["ssl2"] else ["ssl2"]
        suites = {version: code_points(some, version, doubts) for version, some in names.items()}
        return Found(suites, on_off, order=suites, doubts=doubts)


class SSLyze(Tool):
    """Told to look at suites only."""

    name = "sslyze"
    runs = 3
    VERSIONS = {"ssl_2_0": "ssl2", "ssl_3_0": "ssl3", "tls_1_0": "tls1.0", "tls_1_1": "tls1.1", "tls_1_2": "tls1.2", "tls_1_3": "tls1.3"}

    def version(self):
        return first_line([VENV / "bin/sslyze", "--help"], r"(?<=version )\S+")

    def command(self, port, output):
        return [VENV / "bin/sslyze", "--mozilla_config", "disable", "--sslv2", "--sslv3", "--tlsv1", "--tlsv1_1", "--tlsv1_2",
                "--tlsv1_3", "--quiet", "--json_out", str(output), f"127.0.0.1:{port}"]

    def parse(self, stdout, output):
        report = json.loads(pathlib.Path(output).read_text(encoding="utf-8"))["server_scan_results"][0]
        suites, doubts = {}, []
        if not report["scan_result"]:
            return Found({}, doubts=[f"scan {report['scan_status']}, connectivity {report['connectivity_status']}"])
        for key, version in self.VERSIONS.items():
            part = report["scan_result"][f"{key}_cipher_suites"]
            if part["result"] is None:
                doubts.append(f"{version}: {part['status']}, {part['error_reason']}")
                continue
            names = [suite["cipher_suite"]["name"] for suite in part["result"]["accepted_cipher_suites"]]
            suites[version] = code_points(names, version, doubts)
        return Found(suites, doubts=doubts)


class TestSSL(Tool):
    """Protocols, and ciphers per protocol."""

    name = "testssl.sh"
    runs = 1
    VERSIONS = {"sslv2": "ssl2", "ssl2": "ssl2", "sslv3": "ssl3", "ssl3": "ssl3", "tls1": "tls1.0", "tls1_1": "tls1.1",
                "tls1_2": "tls1.2", "tls1_3": "tls1.3"}

    def version(self):
        return first_line([tool("testssl"), "--version"], r"(?<=testssl )\s*\d+\.\d+\S*|(?<=testssl.sh )\s*\d+\.\d+\S*")

    def command(self, port, output):
        return [tool("testssl"), "--quiet", "--warnings", "off", "--color", "0", "--ip", "127.0.0.1", "--nodns", "none",
                "-p", "-E", "--jsonfile", str(output), f"127.0.0.1:{port}"]

    def parse(self, stdout, output):
        suites, doubts, on_off = {}, [], []
        for entry in json.loads(pathlib.Path(output).read_text(encoding="utf-8")):
            found = re.fullmatch(r"cipher[-_](\w+?)_x([0-9a-f]+)", entry["id"])
            if found:
                digits = 6 if len(found[2]) > 4 else 4
                suites.setdefault(self.VERSIONS[found[1]], []).append(f"0x{int(found[2], 16):0{digits}X}")
            elif entry["severity"] in ("FATAL",):
                doubts.append(f"{entry['id']}: {entry['finding']}")
            elif entry["id"] in ("SSLv2", "SSLv3") and entry["finding"].startswith("offered"):
                on_off.append(entry["id"].lower().replace("v", ""))
        return Found(suites, [version for version in on_off if not suites.get(version)], doubts=doubts)


TOOLS = {"sechan": Sechan, "sslscan": SSLScan, "nmap": Nmap, "sslyze": SSLyze, "testssl.sh": TestSSL}
