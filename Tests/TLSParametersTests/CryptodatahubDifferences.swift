/// Where our tables and cryptodatahub 1.6.1 differ, and why ours stay as they are.
enum CryptodatahubDifferences {
    static let suites: [KnownDifference] = [
        KnownDifference(
            [0x006e, 0x006f, 0x0070, 0x0071, 0x1306, 0x1307, 0xc0b0, 0xc0b1, 0xc0b2, 0xc0b3, 0xc0b4, 0xc0b5],
            "presence",
            because: "in IANA's registry (Ascon, AEGIS, RFC 8492, RFC 9150), not yet in theirs"
        ),
        KnownDifference(
            [0x0072, 0x0073, 0x0074, 0x0077, 0x0078, 0x0079, 0x007c, 0x007d, 0x007e],
            "presence",
            because: "the RIPEMD-160 suites of a draft, which old GnuTLS and yaSSL spoke"
        ),
        KnownDifference(
            [0x001c, 0x001d, 0xfefe, 0xfeff, 0xff80, 0xff81, 0xff82, 0xff83],
            "name",
            because: "SSL 3.0's own names begin with SSL_ (RFC 6101, NSS's sslproto.h); they write TLS_"
        ),
        KnownDifference(
            [0xffe0, 0xffe1],
            "name",
            because: "NSS's sslproto.h has 3DES at FFE0 and DES at FFE1; they have them the other way round"
        ),
        KnownDifference([0xffe0, 0xffe1], "cipher", because: "as above"),
        KnownDifference(
            [0x0049],
            "name",
            because: "a code point of the ECC drafts; theirs marks its neighbours OLD_, but not it"
        ),
        KnownDifference([0xc0aa, 0xc0ab], "name", because: "IANA and RFC 6655 write PSK_DHE"),
        KnownDifference(
            [0x0013, 0x0016],
            "OpenSSL name",
            because: "DHE since OpenSSL 1.1.0, EDH before; both are understood"
        ),
        KnownDifference(
            [0x001c, 0x001d],
            "OpenSSL name",
            because: "OpenSSL up to 1.0.x had FORTEZZA as FZA; they leave it out"
        ),
        KnownDifference(
            0x001e...0x002b,
            "OpenSSL name",
            because: "OpenSSL up to 1.0.2 had Kerberos; they leave it out"
        ),
        KnownDifference(
            [0x00c6, 0x00c7],
            "OpenSSL name",
            because: "a name of GmSSL's; OpenSSL doesn't have RFC 8998's suites"
        ),
        KnownDifference([0xc100, 0xc101], "OpenSSL name", because: "OpenSSL 3.0 has them; they leave them out"),
        KnownDifference(
            [0xc102],
            "OpenSSL name",
            because: "the name in OpenSSL 3.0; theirs was given to FF85 in OpenSSL 1.1"
        ),
        KnownDifference(
            [0xcc13],
            "OpenSSL name",
            because: "OpenSSL never had the draft's suite; the name is CCA8's"
        ),
        KnownDifference(
            [0x0081, 0x0083],
            "authentication",
            because: "GOST R 34.10-2001 certificates; they write 34.10-94"
        ),
        KnownDifference(
            [0xff85, 0xff87],
            "authentication",
            because: "GOST R 34.10-2012 certificates; they write 34.10-94"
        ),
        KnownDifference([0x0000], "authentication", because: "the null suite has no authentication at all"),
        KnownDifference(
            0xc103...0xc106,
            "key exchange",
            because: "RFC 9367's suites are TLS 1.3's: they name no key exchange"
        ),
        KnownDifference(0xc103...0xc106, "authentication", because: "as above"),
        KnownDifference(
            [0xe013, 0xe053],
            "key exchange",
            because: "TLCP's ECC encrypts to the certificate; it is no ECDH"
        ),
        KnownDifference([0xe416, 0xe417], "key exchange", because: "PSK, as the names say; they write RSA"),
        KnownDifference([0xe416, 0xe417], "authentication", because: "as above"),
        KnownDifference(
            Array(0xe410...0xe41f) + [0xc070, 0xc071],
            "AEAD",
            because: "HMAC beside a stream cipher or CBC is no AEAD, as theirs has it of every other such suite"
        ),
        KnownDifference(
            [0xd003, 0xd005],
            "AEAD",
            because: "CCM is an AEAD, as theirs has it of every other CCM suite"
        ),
    ]

    static let ssl2Kinds: [KnownDifference] = [
        KnownDifference(
            [0xff0800, 0xff0810, 0xff8000, 0xff8010],
            "name",
            because: "OpenSSL's ssl2.h has FF0800 and FF0810; theirs are FF8000 and FF8010"
        )
    ]

    static let groups: [KnownDifference] = [
        KnownDifference([0x001f, 0x0020, 0x0021], "name", because: "RFC 8734's TLS 1.3 Brainpool; they leave it out"),
        KnownDifference(
            [0x11e9, 0x11ea, 0x2f4b, 0x2f4c, 0x2f4d, 0x2f4e, 0x2fb6, 0x2fb7, 0xfe20, 0xfe21, 0xfe22],
            "name",
            because: "hybrids of liboqs's own, which no document defines"
        ),
        KnownDifference([0x11ee], "name", because: "curveSM2MLKEM768 is in IANA's registry, not yet in theirs"),
        KnownDifference(
            [0x6399, 0x639a, 0xfe30, 0xfe31, 0xfe32],
            "name",
            because: "the Kyber drafts that browsers and Cloudflare spoke; they leave them out"
        ),
    ]

    static let signatureSchemes: [KnownDifference] = [
        KnownDifference(
            [0x0000, 0x0001, 0x0002, 0x0003, 0x0006, 0x0100, 0x0200, 0x0300, 0x0400, 0x0500],
            "name",
            because: "pairs with no hash or no signature, which RFC 5246 forbids in the list"
        ),
        KnownDifference(
            Array(0x0704...0x0707) + Array(0x0709...0x070f) + [0x0420, 0x0520, 0x0620],
            "name",
            because: "in IANA's registry, not in theirs"
        ),
        KnownDifference([0x0708], "name", because: "RFC 8998 writes sm2sig_sm3"),
        KnownDifference(
            [0x0840, 0x0841, 0x4008, 0x4108],
            "name",
            because: "the hash (8, Intrinsic) comes first (RFC 9189, section 4.1); theirs has the bytes swapped"
        ),
        KnownDifference(
            [0x00ed, 0x00ee, 0x00ef, 0xeded, 0xeeee, 0xefef],
            "name",
            because: "CryptoPro's pairs repeat the byte (OpenSSL's ssl_local.h); theirs has only the second"
        ),
    ]

    static let extensions: [KnownDifference] = [
        KnownDifference(
            [0x001a, 0x0024, 0x0025, 0x0026, 0x0027, 0x0036, 0x0039, 0x003a, 0x003b, 0x003c, 0x003d, 0x003e, 0xfd00],
            "name",
            because: "in IANA's registry, not in theirs"
        ),
        KnownDifference([0x0022], "name", because: "RFC 9345 writes delegated_credential"),
        KnownDifference(
            [0x0028],
            "name",
            because: "on the wire since RSA's BSAFE as extended_random; a TLS 1.3 draft was brief"
        ),
        KnownDifference([0x0035], "name", because: "IANA marks 53 deprecated; RFC 9146 has 54"),
        KnownDifference([0x4469, 0x44cd], "name", because: "the draft calls the extension application_settings"),
        KnownDifference(
            [0x754f, 0xffa5, 0xffce],
            "name",
            because: "drafts that were deployed (Channel ID, QUIC, encrypted SNI); they leave them out"
        ),
        KnownDifference([0x12e0], "name", because: "an unpublished experiment that only they list"),
    ]
}
