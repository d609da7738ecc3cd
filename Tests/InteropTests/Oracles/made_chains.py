"""Makes chains that are right and wrong in every way that RFC 5280 §6 knows, for verifiers to be compared with each other.

usage: made_chains.py DIRECTORY

Each case is a directory with leaf.pem, sent.pem (the leaf and what is sent with it) and root.pem; `cases` lists their names.
Whether a chain should verify is not said: that is asked of the openssl command.
"""

import datetime
import ipaddress
import pathlib
import subprocess
import sys
import tempfile

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

NOW = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
DAY = datetime.timedelta(days=1)
KEYS = {}


def key(name):
    """A key by its name: `rsa1024`, `p256`, `ed25519` and a number to tell keys of a kind apart."""
    if name not in KEYS:
        kind = name.split("/")[0]
        if kind.startswith("rsa"):
            exponent = 3 if kind.endswith("e3") else 65537
            KEYS[name] = rsa.generate_private_key(exponent, int(kind[3:].removesuffix("e3")))
        elif kind == "ed25519":
            KEYS[name] = ed25519.Ed25519PrivateKey.generate()
        else:
            curve = {"p256": ec.SECP256R1(), "p384": ec.SECP384R1(), "p521": ec.SECP521R1(), "p192": ec.SECP192R1(), "p224": ec.SECP224R1()}
            KEYS[name] = ec.generate_private_key(curve[kind])
    return KEYS[name]


def name(text):
    parts = [x509.NameAttribute(NameOID.COMMON_NAME, text)] if text else []
    return x509.Name(parts)


UNSET = object()


def with_sha1(der, signer):
    """The certificate signed with RSA and SHA-1, which the openssl command still does and this library doesn't."""
    rsa_with = bytes.fromhex("2a864886f70d0101")
    der = der.replace(rsa_with + b"\x0b", rsa_with + b"\x05")
    size = signer.key_size // 8
    length = int.from_bytes(der[6:8], "big")
    assert der[:2] == b"\x30\x82" and der[4:6] == b"\x30\x82"
    with tempfile.TemporaryDirectory() as directory:
        file = pathlib.Path(directory) / "key.pem"
        file.write_bytes(
            signer.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        command = ["openssl", "dgst", "-sha1", "-sign", str(file)]
        signature = subprocess.run(command, input=der[4 : 8 + length], capture_output=True, check=True).stdout
    assert len(signature) == size
    return der[:-size] + signature


def usage(**bits):
    every = dict.fromkeys(
        "digital_signature content_commitment key_encipherment data_encipherment key_agreement key_cert_sign crl_sign encipher_only"
        " decipher_only".split(),
        False,
    )
    return x509.KeyUsage(**(every | bits))


class Entity:
    """A certificate with its key, and how it is to be made."""

    def __init__(self, subject, issuer=None, key_name="p256", ca=True, **how):
        self.subject, self.issuer, self.ca, self.how = subject, issuer or self, ca, how
        self.key = key(f"{key_name}/{how.get('key_tag', subject)}")
        self.certificate = self.make()

    def make(self):
        how = self.how
        signer = self.issuer
        public = how.get("public", self.key).public_key()
        builder = (
            x509.CertificateBuilder()
            .subject_name(name(self.subject))
            .issuer_name(name(how.get("issuer_name", signer.subject)))
            .public_key(public)
            .serial_number(how.get("serial") or x509.random_serial_number())
            .not_valid_before(NOW + how.get("begins", -30) * DAY)
            .not_valid_after(NOW + how.get("ends", 300) * DAY)
        )

        def add(value, critical=False):
            nonlocal builder
            if value is not None:
                builder = builder.add_extension(value, critical)

        constraints = how.get("constraints", UNSET)
        if constraints is UNSET:
            constraints = x509.BasicConstraints(self.ca, how.get("path_length"))
        add(constraints, how.get("constraints_critical", True))
        bits = how.get("usage", UNSET)
        if bits is UNSET:
            bits = usage(key_cert_sign=True, crl_sign=True) if self.ca else usage(digital_signature=True)
        add(bits, True)
        purposes = how.get("purposes", UNSET)
        if purposes is UNSET:
            purposes = None if self.ca else x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
        add(purposes)
        if not self.ca or how.get("names"):
            add(x509.SubjectAlternativeName(how.get("names") or [x509.DNSName("www.example.com")]))
        if how.get("identifiers", True):
            add(x509.SubjectKeyIdentifier.from_public_key(public))
            if signer is not self:
                add(how.get("authority") or x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.key.public_key()))
        for value, critical in how.get("more", []):
            add(value, critical)
        signing = how.get("signing", signer.key)
        digest = None if isinstance(signing, ed25519.Ed25519PrivateKey) else how.get("digest", hashes.SHA256)()
        certificate = builder.sign(signing, digest)
        if how.get("sha1"):
            return with_sha1(certificate.public_bytes(serialization.Encoding.DER), signing)
        damage = how.get("damage")
        if damage is None:
            return certificate
        der = bytearray(certificate.public_bytes(serialization.Encoding.DER))
        der[damage] ^= 0x01
        return bytes(der)


def pem(item):
    certificate = item.certificate if isinstance(item, Entity) else item
    if isinstance(certificate, bytes):
        import base64
        import textwrap

        text = "\n".join(textwrap.wrap(base64.b64encode(certificate).decode(), 64))
        return f"-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n"
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


DIRECTORY = pathlib.Path(sys.argv[1])
CASES = []


def case(title, sent, roots):
    directory = DIRECTORY / title
    directory.mkdir()
    (directory / "leaf.pem").write_text(pem(sent[0]))
    (directory / "sent.pem").write_text("".join(map(pem, sent)))
    (directory / "root.pem").write_text("".join(map(pem, roots)))
    CASES.append(title)


ROOT = Entity("root")
INTER = Entity("intermediate", ROOT)


def leaf(title, issuer=None, sent=None, roots=None, **how):
    """A case with a leaf that differs."""
    issuer = issuer or INTER
    entity = Entity("leaf", issuer, ca=how.pop("ca", False), key_tag="leaf", **how)
    case(title, [entity] + ([issuer] if sent is None else sent), roots or [ROOT])
    return entity


def authority(title, names=None, **how):
    """A case with an intermediate that differs."""
    issuer = Entity("other intermediate", ROOT, **how)
    leaf(title, issuer, names=names)


def dates():
    leaf("valid")
    leaf("leaf-directly-under-root", ROOT, [])
    leaf("leaf-expired", begins=-30, ends=-1)
    leaf("leaf-not-yet", begins=1, ends=30)
    leaf("leaf-expires-in-a-day", ends=1)
    leaf("leaf-valid-for-a-century", ends=36000)
    leaf("leaf-after-2050", begins=-1, ends=20000)
    authority("intermediate-expired", begins=-30, ends=-1)
    authority("intermediate-not-yet", begins=1, ends=30)
    for state, how in {"expired": {"begins": -30, "ends": -1}, "not-yet": {"begins": 1, "ends": 30}}.items():
        root = Entity(f"root {state}", **how)
        leaf(f"root-{state}", root, [], [root])
        issuer = Entity("intermediate", root, key_tag=f"under {state}")
        leaf(f"root-{state}-with-intermediate", issuer, None, [root])


def building():
    leaf("intermediate-missing", sent=[])
    leaf("root-sent", sent=[INTER, ROOT])
    leaf("root-sent-first", sent=[ROOT, INTER])
    leaf("duplicates-sent", sent=[INTER, INTER])
    stranger = Entity("stranger")
    leaf("stranger-sent-along", sent=[stranger, INTER])
    leaf("stranger-sent-instead", sent=[stranger])
    leaf("root-not-trusted", roots=[stranger])
    leaf("root-not-trusted-and-sent", sent=[INTER, ROOT], roots=[stranger])
    leaf("trusted-intermediate-only", roots=[INTER])
    alone = Entity("leaf", ca=False, key_tag="alone")
    case("self-signed", [alone], [ROOT])
    case("self-signed-and-trusted", [alone], [alone])
    self_ca = Entity("self ca")
    case("self-signed-authority-as-leaf", [self_ca], [self_ca])
    twin = Entity("intermediate", ROOT, key_tag="twin")
    leaf("twin-with-another-key-sent", sent=[twin])
    leaf("twin-sent-beside", sent=[twin, INTER])
    fake_root = Entity("root", key_tag="fake root")
    fake = Entity("intermediate", fake_root, key_tag="fake")
    leaf("whole-path-of-twins", fake, [fake, fake_root])
    # Cross-signing: one key, two certificates, two roots.
    other = Entity("other root")
    crossed = Entity("intermediate", other, key_tag="intermediate")
    for title, sent, roots in [
        ("cross-signed-both-sent-old-root", [INTER, crossed], [ROOT]),
        ("cross-signed-both-sent-new-root", [INTER, crossed], [other]),
        ("cross-signed-wrong-one-sent", [crossed], [ROOT]),
        ("cross-signed-right-one-sent", [crossed], [other]),
        ("cross-signed-both-roots", [INTER, crossed], [ROOT, other]),
    ]:
        leaf(title, sent=sent, roots=roots)
    old = Entity("intermediate", other, key_tag="intermediate", begins=-60, ends=-1)
    leaf("cross-signed-one-expired", sent=[old, INTER], roots=[ROOT, other])
    leaf("cross-signed-only-expired", sent=[old], roots=[other])
    crossed_root = Entity("root", other, key_tag="root")
    leaf("root-cross-signed", sent=[INTER, crossed_root], roots=[other])
    leaf("root-cross-signed-both-roots", sent=[INTER, crossed_root], roots=[ROOT, other])
    one = Entity("loop one", ROOT)
    two = Entity("loop two", one)
    back = Entity("loop one", two, key_tag="loop one")
    leaf("loop", two, [two, back], [INTER])
    below = INTER
    chain = []
    for number in range(1, 15):
        below = Entity(f"level {number}", below)
        chain.insert(0, below)
        if number in (1, 2, 5, 8, 9, 10, 12, 14):
            leaf(f"long-{number + 1}", below, chain + [INTER])
    leaf("no-identifiers", identifiers=False)
    leaf("issuer-name-differs", issuer_name="somebody")
    leaf("authority-key-identifier-differs", authority=x509.AuthorityKeyIdentifier(b"12345678901234567890", None, None))
    serial = x509.AuthorityKeyIdentifier(None, [x509.DirectoryName(name("root"))], 1)
    leaf("authority-serial-differs", authority=serial)


def constraints():
    for limit in (0, 1, 2):
        for below in (0, 1, 2, 3):
            top = Entity(f"limited {limit}", ROOT, path_length=limit)
            chain = [top]
            for number in range(below):
                chain.insert(0, Entity(f"below {number}", chain[0]))
            leaf(f"path-length-{limit}-with-{below}", chain[0], chain)
    root = Entity("root with limit", path_length=0)
    issuer = Entity("under limit", root)
    leaf("root-path-length-0", issuer, [issuer], [root])
    leaf("root-path-length-0-direct", root, [], [root])
    # A self-issued certificate doesn't count (RFC 5280 §4.2.1.9).
    top = Entity("self issued", ROOT, path_length=0)
    again = Entity("self issued", top, key_tag="self issued again")
    leaf("path-length-0-self-issued", again, [again, top])
    authority("issuer-is-no-authority", constraints=x509.BasicConstraints(False, None))
    authority("issuer-without-basic-constraints", constraints=None)
    authority("issuer-without-basic-constraints-or-usage", constraints=None, usage=None)
    authority("issuer-basic-constraints-not-critical", constraints_critical=False)
    authority("issuer-may-not-sign", usage=usage(digital_signature=True, crl_sign=True))
    authority("issuer-without-usage", usage=None)
    server = Entity("server", INTER, ca=False)
    forged = Entity("leaf", server, ca=False, key_tag="forged")
    case("leaf-signed-by-leaf", [forged, server, INTER], [ROOT])
    signs = usage(digital_signature=True, key_cert_sign=True)
    leaf("leaf-is-authority", ca=True, names=[x509.DNSName("www.example.com")], usage=signs)
    leaf("leaf-without-constraints", constraints=None)
    leaf("leaf-without-usage", usage=None)
    leaf("leaf-cert-sign", usage=usage(digital_signature=True, key_cert_sign=True))


def purposes():
    kinds = {
        "client": [ExtendedKeyUsageOID.CLIENT_AUTH],
        "both": [ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.SERVER_AUTH],
        "code": [ExtendedKeyUsageOID.CODE_SIGNING],
        "any": [ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE],
        "email": [ExtendedKeyUsageOID.EMAIL_PROTECTION],
        "unknown": [ObjectIdentifier("1.2.3.4.5")],
    }
    for title, kind in kinds.items():
        leaf(f"purpose-{title}", purposes=x509.ExtendedKeyUsage(kind))
        authority(f"issuer-purpose-{title}", purposes=x509.ExtendedKeyUsage(kind))
    leaf("purpose-none", purposes=None)
    leaf("usage-agreement-only", usage=usage(key_agreement=True))
    leaf("usage-encipherment-only", usage=usage(key_encipherment=True))
    leaf("usage-crl-only", usage=usage(crl_sign=True))


def strength():
    for kind in ("rsa1024", "rsa2048", "rsa3072", "p384", "p521", "p224", "p192", "ed25519"):
        leaf(f"leaf-{kind}", key_name=kind)
        authority(f"issuer-{kind}", key_name=kind)
    weak = Entity("weak root", key_name="rsa1024")
    leaf("root-rsa1024", weak, [], [weak])
    leaf("leaf-sha384", digest=hashes.SHA384)
    leaf("leaf-sha224", digest=hashes.SHA224)
    top = Entity("rsa root", key_name="rsa2048")
    issuer = Entity("rsa intermediate", top, key_name="rsa2048")
    leaf("leaf-sha1", issuer, None, [top], sha1=True)
    old = Entity("sha1 intermediate", top, key_name="rsa2048", sha1=True)
    leaf("issuer-sha1", old, None, [top])
    old = Entity("sha1 root", key_name="rsa2048", sha1=True)
    leaf("root-sha1", old, [], [old])
    leaf("root-sha1-sent", old, [old], [old])


def signatures():
    leaf("signature-of-another-key", signing=key("p256/another"))
    leaf("signature-of-another-kind", signing=key("rsa2048/another"))
    leaf("signature-damaged", damage=-3)
    authority("issuer-signature-of-another-key", signing=key("p256/another"))
    authority("issuer-signature-damaged", damage=-3)
    root = Entity("root damaged", damage=-3)
    leaf("root-signature-damaged", root, [], [root])


def criticals():
    unknown = x509.UnrecognizedExtension(ObjectIdentifier("1.2.3.4.5.6"), b"\x05\x00")
    leaf("unknown-critical", more=[(unknown, True)])
    leaf("unknown-not-critical", more=[(unknown, False)])
    authority("issuer-unknown-critical", more=[(unknown, True)])
    authority("issuer-unknown-not-critical", more=[(unknown, False)])
    leaf("precertificate", more=[(x509.PrecertPoison(), True)])
    leaf("must-staple", more=[(x509.TLSFeature([x509.TLSFeatureType.status_request]), False)])
    leaf("must-staple-critical", more=[(x509.TLSFeature([x509.TLSFeatureType.status_request]), True)])


def names():
    dns, ip, mail = x509.DNSName, x509.IPAddress, x509.RFC822Name
    net = ipaddress.ip_network

    def limited(title, permitted, excluded, names, critical=True):
        value = x509.NameConstraints(permitted or None, excluded or None)
        authority(title, names, more=[(value, critical)])

    good, bad = [dns("www.example.com")], [dns("www.example.org")]
    limited("permitted-inside", [dns("example.com")], [], good)
    limited("permitted-outside", [dns("example.com")], [], bad)
    limited("permitted-outside-not-critical", [dns("example.com")], [], bad, False)
    limited("permitted-mixed", [dns("example.com")], [], good + bad)
    limited("permitted-two", [dns("example.com"), dns("example.org")], [], good + bad)
    limited("permitted-with-dot", [dns(".example.com")], [], good)
    limited("permitted-exact", [dns("www.example.com")], [], good)
    limited("permitted-suffix-of-label", [dns("ample.com")], [], good)
    limited("permitted-wildcard", [dns("example.com")], [], [dns("*.example.com")])
    limited("permitted-other-case", [dns("EXAMPLE.com")], [], good)
    limited("excluded-inside", [], [dns("example.com")], good)
    limited("excluded-outside", [], [dns("example.com")], bad)
    limited("excluded-part-of-permitted", [dns("example.com")], [dns("www.example.com")], good)
    limited("excluded-wildcard", [], [dns("www.example.com")], [dns("*.example.com")])
    limited("excluded-everything", [], [dns("")], good)
    inside = [ip(ipaddress.ip_address("192.0.2.1"))]
    limited("address-inside", [ip(net("192.0.2.0/24"))], [], inside)
    limited("address-outside", [ip(net("198.51.100.0/24"))], [], inside)
    limited("address-excluded", [], [ip(net("192.0.2.0/24"))], inside)
    limited("address-6-inside", [ip(net("2001:db8::/32"))], [], [ip(ipaddress.ip_address("2001:db8::1"))])
    limited("address-6-outside", [ip(net("2001:db8::/32"))], [], [ip(ipaddress.ip_address("2001:db9::1"))])
    limited("address-under-names-only", [dns("example.com")], [], inside)
    limited("name-under-addresses-only", [ip(net("192.0.2.0/24"))], [], good)
    limited("mail-excluded", [], [mail("example.com")], good + [mail("a@example.com")])
    limited("mail-permitted", [mail("example.com")], [], good + [mail("a@example.com")])
    limited("uri-permitted", [x509.UniformResourceIdentifier("example.com")], [], good)
    limited("directory-permitted-outside", [x509.DirectoryName(name("somebody"))], [], good)
    limited("directory-permitted-inside", [x509.DirectoryName(name("leaf"))], [], good)
    limited("registered-id", [x509.RegisteredID(ObjectIdentifier("1.2.3"))], [], good)
    root = Entity("root with constraints", more=[(x509.NameConstraints([dns("example.com")], None), True)])
    for title, chosen in (("inside", good), ("outside", bad)):
        leaf(f"root-permitted-{title}", root, [], [root], names=chosen)
    outer = Entity("outer", ROOT, more=[(x509.NameConstraints([dns("example.com")], None), True)])
    wider = Entity("wider", outer, more=[(x509.NameConstraints([dns("example.org")], None), True)])
    for title, chosen in (("inside", good), ("outside", bad)):
        leaf(f"permitted-twice-{title}", wider, [wider, outer], names=chosen)


def policies():
    def policy(oid):
        return x509.CertificatePolicies([x509.PolicyInformation(ObjectIdentifier(oid), None)])

    authority("policy-required-none", more=[(x509.PolicyConstraints(0, None), True), (policy("1.2.3"), False)])
    issuer = Entity("policy issuer", ROOT, more=[(x509.PolicyConstraints(0, None), True), (policy("1.2.3"), False)])
    leaf("policy-required-same", issuer, more=[(policy("1.2.3"), False)])
    leaf("policy-required-other", issuer, more=[(policy("1.2.4"), False)])
    leaf("policy-required-any", issuer, more=[(policy("2.5.29.32.0"), False)])
    leaf("policy-harmless", more=[(policy("1.2.3"), False)])
    authority("inhibit-any", more=[(x509.InhibitAnyPolicy(0), True), (policy("2.5.29.32.0"), False)])


def odd_names():
    for title, text in {
        "url": "https://www.example.com",
        "nul": "www.example.com\0.example.org",
        "wildcard-inside": "www.*.example.com",
        "wildcard-in-label": "w*.example.com",
        "wildcard-of-everything": "*.com",
        "underscore": "a_b.example.com",
        "internationalised": "xn--bcher-kva.example.com",
    }.items():
        leaf(f"name-{title}", names=[x509.DNSName(text)])
    leaf("leaf-exponent-3", key_name="rsa2048e3")


for part in (odd_names, dates, building, constraints, purposes, strength, signatures, criticals, names, policies):
    part()
(DIRECTORY / "cases").write_text("".join(f"{title}\n" for title in CASES))
print(len(CASES))
