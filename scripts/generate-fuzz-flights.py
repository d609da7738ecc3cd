#!/usr/bin/env python3
"""Records the seeds Fuzz/Corpus/FuzzClassic*/flight-* anew, with the targets that scripts/fuzz built.

A flight is what a peer said in a handshake, data, a renegotiation and close_notify after it. It fits as long as the end under
test answers what it answered then; run this when that has changed, and commit what comes out. Each keeps the set-up in its
first bytes: see Fuzz/Sources/HostilePeer/Script.swift.
"""
import os
import pathlib
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
HOLDS_BYTES = 0x80
# Data of 16 bytes, a full renegotiation, close_notify, nothing.
ACTIONS = bytes([1 | 3 << 3, 3, 5, 0])


def record(target, setup):
    """What the honest peer of a set-up says, and how many handshakes that completes."""
    with tempfile.NamedTemporaryFile() as script:
        script.write(bytes([setup[0] & ~HOLDS_BYTES]) + setup[1:4] + ACTIONS)
        script.flush()
        trace = play(target, script.name)
    return b"".join(bytes.fromhex(line[2:]) for line in trace if line.startswith("> ")), handshakes(trace)


def play(target, path):
    """The trace of an input: that of the first of libFuzzer's two runs."""
    environment = dict(os.environ, SECHAN_FUZZ_TRACE="1", SWIFT_BACKTRACE="enable=no")
    command = [ROOT / ".build-fuzz" / "release" / target, "-runs=1", path]
    output = subprocess.run(command, env=environment, capture_output=True, check=True).stderr.decode(errors="replace")
    return output.split("\nsession\n")[1].splitlines()


def handshakes(trace):
    return sum(line.startswith("handshake ") for line in trace)


for corpus in sorted((ROOT / "Fuzz" / "Corpus").glob("FuzzClassic*")):
    for flight in sorted(corpus.glob("flight-*")):
        setup = flight.read_bytes()[:4]
        said, completed = record(corpus.name, setup)
        flight.write_bytes(setup + bytes(4) + said)
        if not completed or handshakes(play(corpus.name, flight)) != completed:
            raise SystemExit(f"{flight}: the flight does not lead where the session did")
