"""What follows from a cipher suite's name, and the exceptions."""
import csv
import re

# Cipher as it is spelled in a name: (as we write it, strength in bits, block in bytes, AEAD).
CIPHERS = {
    "NULL": ("NULL", 0, 0, False),
    "RC4_40": ("RC4-40", 40, 1, False),
    "RC4_56": ("RC4-56", 56, 1, False),
    "RC4_128": ("RC4-128", 128, 1, False),
    "RC2_CBC_40": ("RC2-CBC-40", 40, 8, False),
    "RC2_CBC_56": ("RC2-CBC-56", 56, 8, False),
    "RC2_CBC": ("RC2-CBC-128", 128, 8, False),
    "DES40_CBC": ("DES-CBC-40", 40, 8, False),
    "DES_CBC_40": ("DES-CBC-40", 40, 8, False),
    "DES_CBC": ("DES-CBC", 56, 8, False),
    "3DES_EDE_CBC": ("3DES-EDE-CBC", 112, 8, False),
    "IDEA_CBC": ("IDEA-CBC", 128, 8, False),
    "SEED_CBC": ("SEED-CBC", 128, 16, False),
    # Skipjack: keys of 80 bits.
    "FORTEZZA_CBC": ("SKIPJACK-CBC", 80, 8, False),
    "CHACHA20_POLY1305": ("CHACHA20-POLY1305", 256, 1, True),
    "SALSA20": ("SALSA20", 256, 1, False),
    "ESTREAM_SALSA20": ("ESTREAM-SALSA20", 256, 1, False),
    "28147_CNT": ("GOST28147-CNT", 256, 1, False),
    "KUZNYECHIK_CTR": ("KUZNYECHIK-CTR", 256, 16, False),
    "MAGMA_CTR": ("MAGMA-CTR", 256, 8, False),
    "KUZNYECHIK_MGM_L": ("KUZNYECHIK-MGM-L", 256, 16, True),
    "KUZNYECHIK_MGM_S": ("KUZNYECHIK-MGM-S", 256, 16, True),
    "MAGMA_MGM_L": ("MAGMA-MGM-L", 256, 8, True),
    "MAGMA_MGM_S": ("MAGMA-MGM-S", 256, 8, True),
    "SM4_CBC": ("SM4-CBC", 128, 16, False),
    "SM4_GCM": ("SM4-GCM", 128, 16, True),
    "SM4_CCM": ("SM4-CCM", 128, 16, True),
    "ASCONAEAD128": ("ASCON-AEAD128", 128, 16, True),
    "AEGIS_256": ("AEGIS-256", 256, 16, True),
    "AEGIS_128L": ("AEGIS-128L", 128, 16, True),
}
for family in ("AES", "CAMELLIA", "ARIA"):
    for size in (128, 256):
        for mode in ("CBC", "GCM", "CCM", "CCM_8"):
            CIPHERS["%s_%d_%s" % (family, size, mode)] = (
                "%s-%d-%s" % (family, size, mode.replace("_", "")), size, 16, mode != "CBC")

MACS = {"MD5": "MD5", "SHA": "SHA1", "SHA1": "SHA1", "SHA256": "SHA256", "SHA384": "SHA384", "SM3": "SM3",
        "RMD": "RIPEMD160", "IMIT": "GOST28147-IMIT", "GOSTR3411": "GOSTR3411-94", "OMAC": "OMAC"}

# Key exchange as it is spelled in a name: (key exchange, authentication).
EXCHANGES = {
    "RSA": ("RSA", "RSA"), "RSA_FIPS": ("RSA", "RSA"),
    "DH_DSS": ("DH", "DSS"), "DH_RSA": ("DH", "RSA"), "DHE_DSS": ("DHE", "DSS"), "DHE_RSA": ("DHE", "RSA"),
    "DH_anon": ("DHE", "anon"), "ECDH_anon": ("ECDHE", "anon"),
    "ECDH_ECDSA": ("ECDH", "ECDSA"), "ECDH_RSA": ("ECDH", "RSA"),
    "ECDHE_ECDSA": ("ECDHE", "ECDSA"), "ECDHE_RSA": ("ECDHE", "RSA"),
    "PSK": ("PSK", "PSK"), "DHE_PSK": ("DHE-PSK", "PSK"), "PSK_DHE": ("DHE-PSK", "PSK"),
    "RSA_PSK": ("RSA-PSK", "RSA"), "ECDHE_PSK": ("ECDHE-PSK", "PSK"),
    "KRB5": ("KRB5", "KRB5"),
    "SRP_SHA": ("SRP", "SRP"), "SRP_SHA_RSA": ("SRP", "RSA"), "SRP_SHA_DSS": ("SRP", "DSS"),
    "ECCPWD": ("ECCPWD", "ECCPWD"),
    "FORTEZZA_KEA": ("FORTEZZA", "FORTEZZA"),
    "GOSTR341094": ("GOST", "GOST94"), "GOSTR341001": ("GOST", "GOST2001"), "GOSTR341112_256": ("GOST", "GOST2012"),
    "CECPQ1_RSA": ("CECPQ1", "RSA"), "CECPQ1_ECDSA": ("CECPQ1", "ECDSA"),
    "ECDHE_SM2": ("ECDHE", "SM2"), "SM2": ("SM2", "SM2"), "IBSDH_SM9": ("SM9DHE", "SM9"), "IBC_SM9": ("SM9", "SM9"),
    "NULL": ("NULL", "NULL"),
    "TLS13": ("any", "any"),
}
for exchange in ("RSA", "DH_DSS", "DH_RSA", "DHE_DSS", "DHE_RSA", "DH_anon", "KRB5"):
    EXCHANGES[exchange + "_EXPORT"] = EXCHANGES[exchange]
for exchange in ("RSA", "DHE_DSS"):
    EXCHANGES[exchange + "_EXPORT1024"] = EXCHANGES[exchange]

# The suites Schannel (Windows Vista to Windows Server 2025) has ever listed. It spells them as IANA does.
SCHANNEL = re.compile("""
    TLS_AES_(128_GCM_SHA256|256_GCM_SHA384) | TLS_CHACHA20_POLY1305_SHA256
  | TLS_ECDHE_(ECDSA|RSA)_WITH_AES_(128_GCM_SHA256|256_GCM_SHA384|128_CBC_SHA256|256_CBC_SHA384|128_CBC_SHA|256_CBC_SHA)
  | TLS_DHE_RSA_WITH_AES_(128_GCM_SHA256|256_GCM_SHA384|128_CBC_SHA|256_CBC_SHA)
  | TLS_RSA_WITH_AES_(128_GCM_SHA256|256_GCM_SHA384|128_CBC_SHA256|256_CBC_SHA256|128_CBC_SHA|256_CBC_SHA)
  | TLS_DHE_DSS_WITH_(AES_(128|256)_CBC_SHA(256)?|3DES_EDE_CBC_SHA|DES_CBC_SHA)
  | TLS_RSA_WITH_(3DES_EDE_CBC_SHA|DES_CBC_SHA|RC4_128_SHA|RC4_128_MD5|NULL_SHA256|NULL_SHA|NULL_MD5)
  | TLS_RSA_EXPORT_WITH_RC4_40_MD5 | TLS_RSA_EXPORT1024_WITH_(RC4_56_SHA|DES_CBC_SHA)
  | TLS_DHE_DSS_EXPORT1024_WITH_DES_CBC_SHA
  | TLS_PSK_WITH_(AES_128_GCM_SHA256|AES_256_GCM_SHA384|AES_128_CBC_SHA256|AES_256_CBC_SHA384|NULL_SHA256|NULL_SHA384)
""", re.X)

# Suites that no OpenSSL ever had, though the naming rule would make up a name.
NO_OPENSSL = re.compile("""
    .*_ARIA_(128|256)_CBC_.* | .*_CAMELLIA_(128|256)_GCM_.* | TLS_ECCPWD_.* | .*(AEGIS|ASCON).* | TLS_SM4_.* | TLS_ECDHE_PSK_WITH_AES_(128|256)_[GC]CM.*
  | TLS_(DH_anon|DH_RSA|DH_DSS|ECDH_RSA|ECDH_ECDSA)_WITH_ARIA_.*
  | TLS_NULL_WITH_NULL_NULL
""", re.X)

GOST_OPENSSL = {
    0xC100: "GOST2012-KUZNYECHIK-KUZNYECHIKOMAC", 0xC101: "GOST2012-MAGMA-MAGMAOMAC",
    0xC102: "IANA-GOST2012-GOST8912-GOST8912",
}
OPENSSL_CIPHERS = {"RC4_40": "RC4", "RC4_128": "RC4", "RC2_CBC_40": "RC2-CBC", "DES40_CBC": "DES-CBC",
                   "DES_CBC_40": "DES-CBC", "DES_CBC": "DES-CBC", "3DES_EDE_CBC": "DES-CBC3", "IDEA_CBC": "IDEA-CBC",
                   "SEED_CBC": "SEED", "CHACHA20_POLY1305": "CHACHA20-POLY1305", "NULL": "NULL"}


# What the registry's references have become.
DOCUMENTS = {"RFC-ietf-tls-rfc8446bis-13": "RFC 9846", "https://doi.org/10.6028/NIST.SP.800-232": "NIST SP 800-232"}


class Suite:
    def __init__(self, code, name, reference, recommended, flags):
        self.code, self.name, self.reference = code, name, reference
        self.recommended, self.flags = recommended, flags
        self.openssl = self.schannel = "-"
        self.signalling = False

    def facts_line(self):
        if self.signalling:
            return "A signal, not a suite"
        return "%s, %s, %s" % (self.exchange, self.authentication, self.cipher)

    def text(self):
        if self.signalling:
            fields = ["-"] * 5 + ["0", "0", "-", "-", "0300", "0303"]
            return "|".join(["%04X" % self.code, self.name] + fields + ["N", self.reference, self.flags])
        return "|".join((
            "%04X" % self.code, self.name, self.openssl, self.schannel, self.exchange, self.authentication, self.cipher,
            str(self.bits), str(self.block), self.mac, self.prf, "%04X" % self.first, "%04X" % self.last,
            self.recommended, self.reference, self.flags))


def derive(code, name, reference, recommended, flags):
    """Everything that follows from the name of a suite."""
    suite = Suite(code, name, reference, recommended, flags)
    bare = re.sub("^(OLD_)?(TLS|SSL)_", "", name)
    if bare.startswith(("ECDHE_SM4", "ECC_SM4", "IBSDH_SM4", "IBC_SM4", "RSA_SM4")):
        # TLCP's names have no WITH: ECC is encryption to an SM2 certificate, IBC and IBSDH are SM9's.
        kind, rest = bare.split("_", 1)
        exchange = {"ECDHE": "ECDHE_SM2", "ECC": "SM2", "IBSDH": "IBSDH_SM9", "IBC": "IBC_SM9", "RSA": "RSA"}[kind]
        bare = exchange + "_WITH_" + rest
    if bare in ("SHA256_SHA256", "SHA384_SHA384"):
        exchange, cipher, mac = "TLS13", "NULL", bare.split("_")[0]
    elif "_WITH_" in bare:
        exchange, rest = bare.split("_WITH_")
        # GOST of TLS 1.3 (RFC 9367) reads like a TLS 1.2 suite.
        if "_MGM_" in rest:
            exchange = "TLS13"
        if rest in CIPHERS:
            cipher, mac = rest, ""
        else:
            cipher, mac = rest.rsplit("_", 1)
    else:
        exchange, (cipher, mac) = "TLS13", bare.rsplit("_", 1)
        if bare in CIPHERS:
            cipher, mac = bare, ""
    suite.exchange, suite.authentication = EXCHANGES[exchange]
    suite.cipher, suite.bits, suite.block, aead = CIPHERS[cipher]
    suite.mac = "AEAD" if aead else "NULL" if mac == "NULL" else MACS[mac]
    if "EXPORT" in exchange:
        suite.flags += "x"
    versions(suite, exchange, aead)
    prf(suite, mac, aead)
    suite.openssl = openssl_name(suite, exchange, cipher, mac)
    suite.schannel = "=" if SCHANNEL.fullmatch(name) else "-"
    return suite


def versions(suite, exchange, aead):
    """First and last version in which a suite is defined or, for the first one, has been in use."""
    kx, code = suite.exchange, suite.code
    if exchange == "TLS13":
        suite.first = suite.last = 0x0304
        return
    suite.first, suite.last = 0x0300, 0x0303
    if 0xE011 <= code <= 0xE05A:
        suite.first = suite.last = 0x0101  # TLCP 1.1
    elif aead or kx in ("ECCPWD", "CECPQ1"):
        suite.first = 0x0303
    elif suite.mac in ("SHA256", "SHA384"):
        # RFC 5487, 5489 and 6367 let their CBC and NULL suites be used in any version of TLS; RFC 6209 doesn't.
        older = kx in ("PSK", "DHE-PSK", "RSA-PSK", "ECDHE-PSK") and "ARIA" not in suite.cipher
        suite.first = 0x0301 if older else 0x0303
    elif kx in ("ECDHE", "ECDH", "ECDHE-PSK") or "GOST" in kx or "SALSA20" in suite.cipher:
        suite.first = 0x0303 if code in (0xC100, 0xC101, 0xC102) else 0x0301
    if kx == "FORTEZZA":
        suite.last = 0x0300
    elif "x" in suite.flags:
        suite.last = 0x0301  # RFC 4346, appendix A.5: not in TLS 1.1 and later
    elif suite.cipher in ("DES-CBC", "IDEA-CBC"):
        suite.last = 0x0302  # RFC 5469: not in TLS 1.2


def prf(suite, mac, aead):
    """The hash of the PRF, or of HKDF, in the last version of a suite."""
    if suite.last < 0x0303:
        suite.prf = "SM3" if mac == "SM3" else "MD5-SHA1"
        if suite.last == 0x0101 and mac != "SM3":
            suite.prf = "SHA256" if mac == "SHA256" else "SM3"
    elif suite.authentication in ("GOST94", "GOST2001"):
        suite.prf = "GOSTR3411-94"
    elif suite.authentication == "GOST2012" or "MGM" in suite.cipher:
        suite.prf = "STREEBOG-256"
    elif mac == "SM3":
        suite.prf = "SM3"
    elif mac == "ASCONHASH256":
        suite.prf = "ASCON-HASH256"
    else:
        suite.prf = mac if mac in ("SHA384", "SHA512") else "SHA256"


def openssl_name(suite, exchange, cipher, mac):
    name = suite.name
    if suite.code in GOST_OPENSSL:
        return GOST_OPENSSL[suite.code]
    if "u" in suite.flags or NO_OPENSSL.fullmatch(name) or "MGM" in name:
        return "-"
    if exchange == "TLS13":
        return name
    export = "_EXPORT" in exchange
    base = exchange.replace("_EXPORT1024", "").replace("_EXPORT", "")
    prefix = {"RSA": "", "DH_anon": "ADH-", "ECDH_anon": "AECDH-", "PSK_DHE": "DHE-PSK-", "SRP_SHA": "SRP-",
              "SRP_SHA_RSA": "SRP-RSA-", "SRP_SHA_DSS": "SRP-DSS-"}.get(base, base.replace("_", "-") + "-")
    spelled = OPENSSL_CIPHERS.get(cipher)
    psk, srp = "PSK" in base, base.startswith("SRP")
    if (psk or srp) and cipher == "3DES_EDE_CBC":
        spelled = "3DES-EDE-CBC"
    if spelled is None:
        family, size, mode = re.fullmatch(r"([A-Z]+)_(\d+)_(.*)", cipher).groups()
        mode = mode.replace("_", "")
        if srp:
            spelled = "%s-%s-%s" % (family, size, mode)
        elif mode == "CBC":
            spelled = family + size + ("-CBC" if psk and family == "AES" else "")
        else:
            spelled = "%s%s-%s" % (family, size, mode)
        if family == "ARIA" and base == "ECDHE_RSA":
            prefix = "ECDHE-"
    hash_suffix = "" if cipher == "CHACHA20_POLY1305" or "CCM" in cipher else "-" + mac
    # OpenSSL 1.1.0 renamed EDH to DHE, and had dropped single DES and export by then.
    if base.startswith("DHE_") and spelled == "DES-CBC":
        prefix = "EDH" + prefix[3:]
    return ("EXP-" if export else "") + prefix + spelled + hash_suffix


def rfc10015(name, recommended):
    """RFC 10015 (July 2026) has IANA mark RSA and finite-field Diffie-Hellman key exchange, with a pre-shared key or
    anonymous too, as D. The registry's table of January 2026 doesn't have it yet, so its column is corrected here.
    Static ECDH, which the RFC discourages as RFC 9325 did, keeps what the table says."""
    if re.match("TLS_(RSA|DH|DHE|PSK_DHE)_", name):
        return "D"
    return recommended


def reference(text):
    """The first document named: "[RFC8422][RFC6347]" is "RFC 8422"."""
    first = re.findall(r"\[([^\]]*)\]", text)[0]
    if first in DOCUMENTS:
        return DOCUMENTS[first]
    return re.sub(r"^RFC-(.*)-\d+$", r"draft-\1", re.sub(r"^RFC(\d+)$", r"RFC \1", first)).replace("_", " ")


def registered(path):
    for row in csv.DictReader(open(path, newline="")):
        if row["Description"].startswith("TLS_"):
            high, low = row["Value"].split(",")
            yield int(high, 16) << 8 | int(low, 16), row


def table(path, unregistered):
    rows = []
    for code, row in registered(path):
        if not row["Description"].endswith("_SCSV"):
            name = row["Description"].strip()
            rows.append(derive(code, name, reference(row["Reference"]), rfc10015(name, row["Recommended"]),
                               "d" if row["DTLS-OK"] == "Y" else ""))
    for line in unregistered:
        code, name, openssl, document, *overrides = line.split(" ")
        suite = derive(int(code, 16), name, document.replace("_", " "), "-", "u")
        suite.openssl = openssl
        for override in overrides:
            key, value = override.split("=")
            setattr(suite, key, int(value, 16))
        rows.append(suite)
    if len({row.code for row in rows}) != len(rows):
        raise ValueError("a code point occurs twice")
    return rows


def signalling_values(path):
    for code, row in registered(path):
        if row["Description"].endswith("_SCSV"):
            yield code, row["Description"], reference(row["Reference"])


def signalling(code, name, document):
    suite = Suite(code, name, document, "N", "s")
    suite.signalling = True
    return suite
