"""Names to code points, for the tools that print names. The tables are nmap's, not ours, so that a slip of ours can't hide."""

import functools
import pathlib
import re

from .places import Problem

NSELIB = pathlib.Path("/usr/share/nmap/nselib")
#: Names that sslyze's libraries use and nmap's table doesn't have.
OTHERS = {
    "TLS_KRB5_WITH_DES_CBC_SHA": "0x001E", "TLS_GOSTR341094_WITH_28147_CNT_IMIT": "0x0080",
    "TLS_GOSTR341001_WITH_28147_CNT_IMIT": "0x0081", "TLS_GOSTR341094_WITH_NULL_GOSTR3411": "0x0082",
    "TLS_GOSTR341001_WITH_NULL_GOSTR3411": "0x0083",
}


@functools.cache
def _tables():
    try:
        tls, ssl2 = ((NSELIB / name).read_text(encoding="latin-1") for name in ("tls.lua", "sslv2.lua"))
    except OSError as error:
        raise Problem(f"nmap's tables of suites are needed to read names: {error}") from error
    suites = {name: f"0x{code.upper()}" for name, code in re.findall(
        r'^\s*(?:\[")?((?:TLS|SSL)_\w+)(?:"\])?\s*=\s*0x([0-9A-Fa-f]{4})\b', tls, re.MULTILINE)}
    kinds = {name[5:]: "0x" + code.replace("\\x", "").upper() for code, name in re.findall(
        r'\["((?:\\x[0-9a-fA-F]{2}){3})"\]\s*=\s*\{\s*str\s*=\s*"(SSL2_\w+)"', ssl2)}
    return suites, kinds


def code_point(name, version):
    """The code point of a suite's name, as "0xC02F" or, in SSL 2.0, "0x010080"; None when nobody knows the name."""
    suites, kinds = _tables()
    if version == "ssl2":
        return kinds.get(re.sub(r"^SSL2?_(CK_)?", "", name))
    return suites.get(name) or suites.get(name.replace("TLS_", "TLS_AKE_WITH_", 1)) or OTHERS.get(name)


def code_points(names, version, doubts):
    """The code points of many names; a name that nobody knows becomes a doubt."""
    found = []
    for name in names:
        point = code_point(name, version)
        if point:
            found.append(point)
        else:
            doubts.append(f"{version}: the name {name} is in no table")
    return found
