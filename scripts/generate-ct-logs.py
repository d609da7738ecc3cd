#!/usr/bin/env python3
"""Writes Sources/Certificates/Transparency/TransparencyLog.generated.swift: the logs of certificates that are known.

The data are those of the PyPI package cryptodatahub, which collects the lists of Google (Chrome) and Apple:
    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install cryptodatahub && /tmp/venv/bin/python scripts/generate-ct-logs.py
"""

import base64
import hashlib
import importlib.metadata
import importlib.util
import json
import pathlib

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = ROOT / "Sources/Certificates/Transparency/TransparencyLog.generated.swift"

package = pathlib.Path(importlib.util.find_spec("cryptodatahub").submodule_search_locations[0])
source = package / "common/certificate-transparency-log.json"
logs = json.loads(source.read_text())

rows = []
# The beginning of every key on P-256 is the same, and is left out.
P256 = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE"
newest = ""
for entry in logs.values():
    key = base64.b64decode(entry["key"])
    identifier = base64.b64encode(hashlib.sha256(key).digest()).decode()
    assert identifier == entry["log_id"], entry["description"]
    states = {store["owner"]: store["log_state"] or {} for store in entry["trust_stores"]}
    chosen = states.get("GOOGLE") or states.get("APPLE") or next(iter(states.values()), {})
    newest = max([newest] + [state.get("timestamp") or "" for state in states.values()])
    name = entry["description"].replace("|", " ").replace("\\", "").replace('"', "")
    operator = (entry["operator"] or "unknown").replace("_", " ").title()
    rows.append(
        "|".join([identifier, (chosen.get("state_type") or "unknown").lower(), operator, name, entry["key"].removeprefix(P256)])
    )
rows.sort()

TARGET.write_text(
    f"""// Made by scripts/generate-ct-logs.py; do not edit.
//
// {len(rows)} logs of the lists of Google and Apple, as collected by cryptodatahub {importlib.metadata.version("cryptodatahub")}
// (MPL-2.0); the newest change of a state in them is of {newest[:10]}.

extension TransparencyLog {{
    /// When the list was last changed.
    static let tableDate = "{newest[:10]}"

    /// A line a log: identifier, state, operator, name, key; a key on P-256 is without what all of them begin with.
    static let table: StaticString = \"\"\"
"""
    + "".join(f"        {row}\n" for row in rows).rstrip("\n")
    + '\n        """\n}\n'
)
print(f"{len(rows)} logs, newest state {newest}")
