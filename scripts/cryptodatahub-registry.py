"""Prints the tables of the PyPI package cryptodatahub as one JSON object, in the words of our own tables.

The package's data files are kept by people who have nothing to do with ours. Only their data is read, no code of the
package is called beyond finding where it is.
"""
import importlib.util
import json
import pathlib

spec = importlib.util.find_spec("cryptodatahub")
if spec is None:
    raise SystemExit("cryptodatahub is not installed for this Python; scripts/install-test-needs makes one that has it")
DATA = pathlib.Path(spec.origin).parent / "tls"


def read(name):
    return json.loads((DATA / (name + ".json")).read_text())


VERSIONS = {"SSL2": "ssl2", "SSL3": "ssl3", "TLS1": "tls1.0", "TLS1_1": "tls1.1", "TLS1_2": "tls1.2"}


def version(text):
    """TLS 1.3's drafts count as TLS 1.3."""
    return "tls1.3" if text.startswith("TLS1_3") else VERSIONS[text]


print(json.dumps({
    "suites": [{
        "code": suite["code"],
        "name": suite["iana_name"] or key,
        "openSSL": suite["openssl_name"],
        "keyExchange": suite["key_exchange"],
        "authentication": suite["authentication"],
        "cipher": suite["bulk_cipher"],
        "mode": suite["block_cipher_mode"],
        "mac": suite["mac"],
        "aead": suite["authenticated_encryption"],
        "first": version(suite["initial_version"]),
    } for key, suite in read("cipher-suite").items()],
    "ssl2Kinds": [{"code": kind["code"], "name": kind["iana_name"], "openSSL": kind["openssl_name"]}
                  for kind in read("cipher-kind").values()],
    "groups": [{"code": group["code"], "name": name, "parameter": group["key_parameter"]}
               for name, group in read("named-curve").items()],
    "signatureSchemes": [{"code": scheme["code"], "name": name}
                         for name, scheme in read("hash-and-signature-algorithm").items()],
    "extensions": [{"code": extension["code"], "name": name} for name, extension in read("extension-type").items()],
}))
