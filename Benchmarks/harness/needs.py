"""Installs what a run needs and this machine lacks: Debian packages, and sslyze from PyPI."""

import subprocess

from .places import HERE, ROOT, VENV

#: Beyond what scripts/install-test-needs brings (openssl, nginx, Java, scapy).
DEBIAN = {"sslscan": ["sslscan"], "nmap": ["nmap"], "testssl.sh": ["testssl.sh"]}
REQUIREMENTS = HERE.parent / "requirements.txt"


def install(tool_names):
    """Quiet, and offline, when nothing is missing. Nothing that is installed here brings a service along."""
    subprocess.run([ROOT / "scripts/install-test-needs"], check=True)
    packages = ["gcc", "libc6-dev", "libssl-dev", "util-linux"] + [package for name in tool_names for package in DEBIAN.get(name, [])]
    if "sslyze" in tool_names:
        packages.append("nmap")  # its table of names reads sslyze's output
    script = 'set -eu; . "$1"; shift; install_packages "$@"'
    subprocess.run(["sh", "-c", script, "sh", ROOT / "scripts/lib-apt", *dict.fromkeys(packages)], check=True)
    if "sslyze" in tool_names:
        install_sslyze()


def install_sslyze():
    wanted, mark = REQUIREMENTS.read_text(encoding="utf-8"), VENV / "installed"
    if mark.exists() and mark.read_text(encoding="utf-8") == wanted:
        return
    print("sechan: installing sslyze in .build-tests/benchmarks/venv", flush=True)
    subprocess.run(["python3", "-m", "venv", "--clear", VENV], check=True)
    subprocess.run([VENV / "bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input",
                    "--retries", "5", "-r", REQUIREMENTS], check=True)
    mark.write_text(wanted, encoding="utf-8")
