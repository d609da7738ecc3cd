"""Lays out NIST's Public Key Interoperability Test Suite (PKITS), as PyPI's cryptography-vectors has it, for verifiers to be
compared with each other.

usage: pkits_chains.py DIRECTORY

Each case is a directory with leaf.pem, sent.pem (the leaf and every certificate that may lead from it to the root), root.pem
and lists.pem (the lists of revoked certificates of all those that sign); `cases` lists their names.
"""

import pathlib
import ssl
import sys
import warnings

import cryptography_vectors
from cryptography import x509
from cryptography.hazmat.primitives import serialization

warnings.simplefilter("ignore")
DIRECTORY = pathlib.Path(sys.argv[1])
DATA = pathlib.Path(cryptography_vectors.__file__).parent / "x509/PKITS_data"


def plain(name):
    """A name without what doesn't count when names are compared (RFC 5280 §7.1)."""
    return tuple((part.oid.dotted_string, " ".join(part.value.lower().split())) for part in name)


def load(folder, pattern, read):
    found = {}
    for path in sorted((DATA / folder).glob(pattern)):
        try:
            item = read(path.read_bytes())
            found[path.stem] = (item, plain(item.issuer), path.read_bytes())
        except ValueError:
            # Broken on purpose in a way that this library doesn't take.
            continue
    return found


certificates = load("certs", "*.crt", x509.load_der_x509_certificate)
lists = load("crls", "*.crl", x509.load_der_x509_crl)
root = certificates["TrustAnchorRootCertificate"]


def subject(entry):
    return plain(entry[0].subject)


def above(entry):
    """Every certificate that a path from this one may take, the root left out."""
    wanted, found = [entry[1]], []
    while wanted:
        issuer = wanted.pop()
        for other in certificates.values():
            if subject(other) == issuer and other[2] not in [one[2] for one in found] and other[2] != root[2]:
                found.append(other)
                wanted.append(other[1])
    return found


def pem(entry):
    return ssl.DER_cert_to_PEM_cert(entry[2])


cases = []
for title, entry in certificates.items():
    if not title.endswith("EE") and "Test" not in title:
        continue
    directory = DIRECTORY / title
    directory.mkdir()
    chain = above(entry)
    issuers = {entry[1]} | {one[1] for one in chain}
    (directory / "leaf.pem").write_text(pem(entry))
    (directory / "sent.pem").write_text("".join(map(pem, [entry] + chain)))
    (directory / "root.pem").write_text(pem(root))
    (directory / "lists.pem").write_text(
        "".join(
            one[0].public_bytes(serialization.Encoding.PEM).decode() for one in lists.values() if one[1] in issuers
        )
    )
    cases.append(title)
(DIRECTORY / "cases").write_text("".join(f"{title}\n" for title in cases))
print(len(cases))
