#!/usr/bin/env python3
"""Certificates, requests, lists and answers with one fault each, and one of each kind without: a file a fault.

    made_files.py DIRECTORY

`root.pem` is what to trust; the names of the files tell the fault.
"""

import base64
import datetime
import hashlib
import pathlib
import struct
import subprocess
import sys

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

NOW = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
DAY = datetime.timedelta(days=1)
PLACE = pathlib.Path(sys.argv[1])
KEY = ec.generate_private_key(ec.SECP256R1())
ROOT_KEY = ec.generate_private_key(ec.SECP256R1())
RSA_KEY = rsa.generate_private_key(65537, 2048)
DER, PEM = serialization.Encoding.DER, serialization.Encoding.PEM
# What public authorities say of a certificate for a name (CA/Browser Forum), and where logs' timestamps are (RFC 6962 §3.3).
DOMAIN_VALIDATED, TIMESTAMPS = ObjectIdentifier("2.23.140.1.2.1"), ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2")
# A log in every list: Google's Argon2026h2.
KNOWN_LOG = base64.b64decode("1219ENGn9XfCx+lf1wC/+YLJM1pl4dCzAXMXwMjFaXc=")


def name(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def usage(**bits):
    every = ("digital_signature content_commitment key_encipherment data_encipherment key_agreement key_cert_sign crl_sign"
             " encipher_only decipher_only")
    return x509.KeyUsage(**(dict.fromkeys(every.split(), False) | bits))


def element(tag, body):
    length = len(body)
    size = bytes([length]) if length < 128 else bytes([0x80 | (length.bit_length() + 7) // 8]) + length.to_bytes(
        (length.bit_length() + 7) // 8, "big")
    return bytes([tag]) + size + body


def write(title, der, label="CERTIFICATE"):
    text = base64.encodebytes(der).decode().replace("\n", "")
    lines = "\n".join(text[at:at + 64] for at in range(0, len(text), 64))
    (PLACE / f"{title}.pem").write_text(f"-----BEGIN {label}-----\n{lines}\n-----END {label}-----\n")


def with_tbs(der, change):
    """The certificate with its signed part changed, and signed again by the root."""
    certificate = x509.load_der_x509_certificate(der)
    tbs = change(certificate.tbs_certificate_bytes)
    return signed(tbs, der_of_algorithm(der, certificate.tbs_certificate_bytes))


def der_of_algorithm(der, tbs):
    after = der[der.index(tbs) + len(tbs):]
    return after[:2 + after[1]]


def signed(tbs, algorithm):
    signature = ROOT_KEY.sign(tbs, ec.ECDSA(hashes.SHA256()))
    return element(0x30, tbs + algorithm + element(0x03, b"\0" + signature))


def certificate(public=None, names=True, ends=90, begins=-10, more=()):
    builder = (
        x509.CertificateBuilder().subject_name(name("leaf")).issuer_name(name("root")).public_key(public or KEY.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(NOW + begins * DAY).not_valid_after(NOW + ends * DAY)
        .add_extension(x509.BasicConstraints(False, None), True)
        .add_extension(usage(digital_signature=True), True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(ROOT_KEY.public_key()), False)
    )
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName("www.example.com")]), False)
    for extension in more:
        builder = builder.add_extension(extension, False)
    return builder.sign(ROOT_KEY, hashes.SHA256()).public_bytes(DER)


def timestamps(*logs):
    """Timestamps of those logs, whose signatures fit nothing."""
    signature = ROOT_KEY.sign(b"something else", ec.ECDSA(hashes.SHA256()))
    listed = b""
    for log in logs:
        when = int((NOW - DAY).timestamp() * 1000)
        one = b"\0" + log + struct.pack(">QH", when, 0) + b"\x04\x03" + struct.pack(">H", len(signature)) + signature
        listed += struct.pack(">H", len(one)) + one
    return x509.UnrecognizedExtension(TIMESTAMPS, element(0x04, struct.pack(">H", len(listed)) + listed))


def rsa_public(modulus, exponent=65537):
    """A public key that nobody checks: cryptography does."""
    def integer(value):
        return element(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big"))
    key = element(0x30, integer(modulus) + integer(exponent))
    algorithm = bytes.fromhex("300d06092a864886f70d0101010500")
    return element(0x30, algorithm + element(0x03, b"\0" + key))


def with_key(information):
    old = KEY.public_key().public_bytes(DER, serialization.PublicFormat.SubjectPublicKeyInfo)

    def change(tbs):
        body = tbs[4:] if tbs[1] == 0x82 else tbs[3:]
        return element(0x30, body.replace(old, information))

    return with_tbs(certificate(), change)


def close_primes():
    p = RSA_KEY.private_numbers().p
    q = p + 2
    while any(q % small == 0 for small in range(3, 2000, 2)):
        q += 2
    return p * q


def infineon():
    """A modulus with the fingerprint of ROCA: a power of 65537 for every small prime (CVE-2017-15361)."""
    primorial = 1
    for candidate in range(2, 168):
        if all(candidate % divisor for divisor in range(2, candidate)):
            primorial *= candidate
    modulus = pow(65537, 3, primorial) + primorial * (2 ** 2047 // primorial + 2)
    while any(modulus % small == 0 for small in range(3, 1000, 2)):
        modulus += primorial
    return modulus


def public_authority(*more):
    policy = x509.CertificatePolicies([x509.PolicyInformation(DOMAIN_VALIDATED, None)])
    return certificate(more=(policy, *more))


def certificates():
    root = (
        x509.CertificateBuilder().subject_name(name("root")).issuer_name(name("root")).public_key(ROOT_KEY.public_key())
        .serial_number(1).not_valid_before(NOW - 100 * DAY).not_valid_after(NOW + 1000 * DAY)
        .add_extension(x509.BasicConstraints(True, None), True)
        .add_extension(usage(key_cert_sign=True, crl_sign=True), True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(ROOT_KEY.public_key()), False)
        .sign(ROOT_KEY, hashes.SHA256())
    )
    (PLACE / "root.pem").write_bytes(root.public_bytes(PEM))
    write("certificate.good", certificate())
    write("certificate.expires-soon", certificate(ends=5))
    write("certificate.no-alternative-name", certificate(names=False))
    write("certificate.dsa-key", certificate(dsa.generate_private_key(2048).public_key()))
    write("certificate.bad-exponent", with_key(rsa_public(RSA_KEY.public_key().public_numbers().n, 1)))
    write("certificate.factored-key", with_key(rsa_public(close_primes())))
    write("certificate.roca", with_key(rsa_public(infineon())))
    command = ["openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-param_enc", "explicit", "-outform", "DER"]
    key = subprocess.run(command, capture_output=True, check=True).stdout
    command = ["openssl", "pkey", "-inform", "DER", "-pubout", "-outform", "DER"]
    write("certificate.explicit-curve", with_key(subprocess.run(command, input=key, capture_output=True, check=True).stdout))
    # A serial number of zero is not positive (RFC 5280 §4.1.2.2).
    serial = x509.load_der_x509_certificate(certificate())
    number = element(0x02, serial.serial_number.to_bytes(serial.serial_number.bit_length() // 8 + 1, "big"))
    write("certificate.malformed", with_tbs(serial.public_bytes(DER), lambda tbs: element(0x30, (
        tbs[4:] if tbs[1] == 0x82 else tbs[3:]).replace(number, b"\x02\x01\0"))))
    write("certificate.no-timestamps", public_authority())
    unknown = [hashlib.sha256(bytes([number])).digest() for number in range(3)]
    write("certificate.unknown-log", public_authority(timestamps(*unknown)))
    write("certificate.few-timestamps", public_authority(timestamps(unknown[0])))
    write("certificate.bad-timestamp", public_authority(timestamps(KNOWN_LOG)))


def requests():
    def request(names=True, password=None):
        builder = x509.CertificateSigningRequestBuilder().subject_name(name("leaf"))
        if names:
            builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName("www.example.com")]), False)
        if password:
            builder = builder.add_attribute(ObjectIdentifier("1.2.840.113549.1.9.7"), password)
        return builder.sign(RSA_KEY, hashes.SHA256()).public_bytes(DER)

    label = "CERTIFICATE REQUEST"
    good = request()
    write("request.good", good, label)
    write("request.no-alternative-name", request(names=False), label)
    write("request.challenge-password", request(password=b"secret"), label)
    write("request.bad-signature", good[:-1] + bytes([good[-1] ^ 1]), label)
    key = PLACE / "request.key"
    key.write_bytes(RSA_KEY.private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    subprocess.run(
        ["openssl", "req", "-new", "-sha1", "-key", key, "-subj", "/CN=leaf", "-addext", "subjectAltName=DNS:www.example.com",
         "-out", PLACE / "request.weak-signature.pem"], check=True, capture_output=True)


def lists():
    def crl(ends, *revoked):
        builder = x509.CertificateRevocationListBuilder().issuer_name(name("root")).last_update(NOW - 10 * DAY)
        builder = builder.next_update(NOW + ends * DAY).add_extension(x509.CRLNumber(1), False).add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(ROOT_KEY.public_key()), False)
        for serial in revoked:
            builder = builder.add_revoked_certificate(
                x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(NOW - 10 * DAY).build())
        return builder.sign(ROOT_KEY, hashes.SHA256())

    # Beside the certificate that it revokes.
    leaf = x509.load_pem_x509_certificate((PLACE / "certificate.good.pem").read_bytes())
    write("crl.revoked", crl(10, leaf.serial_number).public_bytes(DER), "X509 CRL")
    with (PLACE / "crl.revoked.pem").open("ab") as file:
        file.write(leaf.public_bytes(PEM))
    good = crl(10)
    write("crl.good", good.public_bytes(DER), "X509 CRL")
    write("crl.expired", crl(-1).public_bytes(DER), "X509 CRL")
    tbs = good.tbs_certlist_bytes
    algorithm = der_of_algorithm(good.public_bytes(DER), tbs)
    next_update = element(0x17, (NOW + 10 * DAY).strftime("%y%m%d%H%M%SZ").encode())
    assert next_update in tbs
    body = (tbs[4:] if tbs[1] == 0x82 else tbs[3:] if tbs[1] == 0x81 else tbs[2:]).replace(next_update, b"")
    write("crl.no-next-update", signed(element(0x30, body), algorithm), "X509 CRL")
    # ecdsa-with-SHA1, whatever is signed how: the list says so of itself.
    sha1 = bytes.fromhex("06072a8648ce3d0401")
    body = (tbs[4:] if tbs[1] == 0x82 else tbs[3:] if tbs[1] == 0x81 else tbs[2:]).replace(algorithm[2:], sha1)
    body = body.replace(bytes([0x30, algorithm[1]]) + sha1, element(0x30, sha1))
    tbs = element(0x30, body)
    signature = ROOT_KEY.sign(tbs, ec.ECDSA(hashes.SHA256()))
    write("crl.weak-signature", element(0x30, tbs + element(0x30, sha1) + element(0x03, b"\0" + signature)), "X509 CRL")


def answers():
    root = x509.load_pem_x509_certificate((PLACE / "root.pem").read_bytes())
    leaf = x509.load_pem_x509_certificate((PLACE / "certificate.good.pem").read_bytes())

    def answer(status, ends):
        builder = ocsp.OCSPResponseBuilder().add_response(
            leaf, root, hashes.SHA256(), status, NOW - 3 * DAY, NOW + ends * DAY,
            NOW - 2 * DAY if status is ocsp.OCSPCertStatus.REVOKED else None, None,
        ).responder_id(ocsp.OCSPResponderEncoding.HASH, root)
        return builder.sign(ROOT_KEY, hashes.SHA256()).public_bytes(DER)

    for title, der in {
        "ocsp.good": answer(ocsp.OCSPCertStatus.GOOD, 3), "ocsp.expired": answer(ocsp.OCSPCertStatus.GOOD, -1),
        "ocsp.revoked": answer(ocsp.OCSPCertStatus.REVOKED, 3),
        "ocsp.error": ocsp.OCSPResponseBuilder.build_unsuccessful(ocsp.OCSPResponseStatus.INTERNAL_ERROR).public_bytes(DER),
    }.items():
        (PLACE / f"{title}.der").write_bytes(der)
    # Beside the certificate that it is about, with a signature that doesn't fit.
    good = answer(ocsp.OCSPCertStatus.GOOD, 3)
    write("ocsp.unusable", good[:-1] + bytes([good[-1] ^ 1]), "OCSP RESPONSE")
    with (PLACE / "ocsp.unusable.pem").open("ab") as file:
        file.write(leaf.public_bytes(PEM) + root.public_bytes(PEM))


certificates()
requests()
lists()
answers()
