"""Keys and certificates for the servers, made anew each run by the openssl command."""

import subprocess

from .places import tool


class PKI:
    """An RSA and an ECDSA certificate for localhost, each vouching for itself, and Diffie-Hellman parameters."""

    def __init__(self, directory):
        self.directory = directory
        self.rsa = self._identity("rsa", ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"])
        self.ecdsa = self._identity("ecdsa", ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"])
        self.dh = directory / "dh.pem"
        # A known group: looking for a prime would take a minute.
        self._openssl("genpkey", "-genparam", "-algorithm", "DH", "-pkeyopt", "group:ffdhe2048", "-out", self.dh)

    def store(self, identity):
        """The identity as a PKCS #12 file, for Java."""
        certificate, key = identity
        path = certificate.with_suffix(".p12")
        self._openssl("pkcs12", "-export", "-in", certificate, "-inkey", key, "-name", certificate.stem,
                      "-passout", "pass:changeit", "-out", path)
        return path

    def _identity(self, name, key_options):
        key, certificate = self.directory / f"{name}-key.pem", self.directory / f"{name}.pem"
        self._openssl("genpkey", *key_options, "-out", key)
        self._openssl("req", "-x509", "-new", "-key", key, "-out", certificate, "-days", "30", "-subj", "/CN=localhost",
                      "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1")
        return certificate, key

    @staticmethod
    def _openssl(*arguments):
        subprocess.run([tool("openssl"), *map(str, arguments)], check=True, capture_output=True)
