"""Where things are, and the small C programs that are compiled where they are needed."""

import pathlib
import shutil
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
ORACLE = ROOT / "Tests/InteropTests/Oracles/one_suite_per_connection.py"
JSSE_SOURCE = ROOT / "Tests/InteropTests/Peers/JSSEServer.java"
#: What a run makes and a later one can use again. Ignored by git.
KEPT = ROOT / ".build-tests/benchmarks"
VENV = KEPT / "venv"
#: The tests' own environment, which has scapy.
TEST_PYTHON = ROOT / ".build-tests/venv/bin/python"


class Problem(Exception):
    """Something that the reader has to put right; printed without a traceback."""


def tool(name):
    """The path of an installed program, also of those in an administrator's folders."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    if not found:
        raise Problem(f"{name} was not found; run Benchmarks/run without --no-install, or install it")
    return found


def native(name, *libraries):
    """The path of `native/NAME.c`, compiled, and compiled anew when the source has changed."""
    source, binary = HERE.parent / "native" / f"{name}.c", KEPT / name
    if not binary.exists() or binary.stat().st_mtime < source.stat().st_mtime:
        KEPT.mkdir(parents=True, exist_ok=True)
        compiler = next((found for found in map(shutil.which, ("cc", "gcc", "clang")) if found), None)
        if not compiler:
            raise Problem("a C compiler is needed: gcc")
        fresh = binary.with_suffix(".new")
        subprocess.run([compiler, "-O2", "-Wall", "-o", fresh, source, *libraries], check=True)
        fresh.replace(binary)
    return str(binary)
