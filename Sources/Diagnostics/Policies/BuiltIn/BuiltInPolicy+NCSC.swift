extension BuiltInPolicy {
    /// The Dutch guidelines of May 2025: what is 'insufficient' violates, what is 'phase out' is told.
    static let ncscText: StaticString = """
        id = "ncsc-nl"
        name = "NCSC-NL, ICT security guidelines for TLS"
        version = "2025-05"
        date = 2025-05-01
        source = "https://www.ncsc.nl"

        [[rule]]
        id = "versions"
        clause = "§3.3.1"
        severity = "high"
        allowed = ["tls1.2", "tls1.3"]

        [[rule]]
        id = "versions-good"
        check = "versions"
        clause = "§3.3.1"
        recommended = ["tls1.3"]

        [[rule]]
        id = "certificate-signatures"
        clause = "§3.3.2"
        severity = "high"
        allowed = ["SHA-256", "SHA-384", "SHA-512", "Ed25519", "Ed448"]

        [[rule]]
        id = "rsa-bits"
        clause = "§3.3.2.1"
        severity = "high"
        minimum = 2048

        [[rule]]
        id = "rsa-bits-good"
        check = "rsa-bits"
        clause = "§3.3.2.1"
        text = "RSA keys of less than 3072 bits are being phased out"
        severity = "info"
        minimum = 3072

        [[rule]]
        id = "certificate-curves"
        clause = "§3.3.2.1"
        severity = "high"
        allowed = [
            "secp256r1", "secp384r1", "secp521r1", "brainpoolP256r1", "brainpoolP384r1", "brainpoolP512r1",
            "secp224r1",
        ]

        [[rule]]
        id = "suites"
        clause = "§3.3.3, §3.3.4, appendix B"
        severity = "high"
        allowed = [
            "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_GCM_SHA256",
            "TLS_AES_128_CCM_SHA256", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CCM", "TLS_ECDHE_ECDSA_WITH_AES_256_CCM",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_CAMELLIA_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_CAMELLIA_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_CAMELLIA_128_CBC_SHA256",
            "TLS_ECDHE_ECDSA_WITH_CAMELLIA_256_CBC_SHA384", "TLS_ECDHE_ECDSA_WITH_ARIA_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_ARIA_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_ARIA_128_CBC_SHA256",
            "TLS_ECDHE_ECDSA_WITH_ARIA_256_CBC_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384", "TLS_ECDHE_RSA_WITH_CAMELLIA_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_CAMELLIA_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_CAMELLIA_128_CBC_SHA256",
            "TLS_ECDHE_RSA_WITH_CAMELLIA_256_CBC_SHA384", "TLS_ECDHE_RSA_WITH_ARIA_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_ARIA_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_ARIA_128_CBC_SHA256",
            "TLS_ECDHE_RSA_WITH_ARIA_256_CBC_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384", "TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_DHE_RSA_WITH_CAMELLIA_128_GCM_SHA256", "TLS_DHE_RSA_WITH_CAMELLIA_256_GCM_SHA384",
            "TLS_DHE_RSA_WITH_CAMELLIA_128_CBC_SHA256", "TLS_DHE_RSA_WITH_CAMELLIA_256_CBC_SHA256",
            "TLS_DHE_RSA_WITH_ARIA_128_GCM_SHA256", "TLS_DHE_RSA_WITH_ARIA_256_GCM_SHA384",
            "TLS_DHE_RSA_WITH_ARIA_128_CBC_SHA256", "TLS_DHE_RSA_WITH_ARIA_256_CBC_SHA384",
            "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_DHE_RSA_WITH_AES_128_CCM", "TLS_DHE_RSA_WITH_AES_256_CCM", "TLS_DHE_RSA_WITH_AES_128_CBC_SHA256",
            "TLS_DHE_RSA_WITH_AES_256_CBC_SHA256",
        ]

        [[rule]]
        id = "suites-phase-out"
        check = "suites"
        clause = "§3.3.3, §3.3.4, appendix B"
        text = "no suite that is being phased out"
        severity = "info"
        allowed = [
            "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_GCM_SHA256",
            "TLS_AES_128_CCM_SHA256", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CCM", "TLS_ECDHE_ECDSA_WITH_AES_256_CCM",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        ]

        [[rule]]
        id = "suites-good"
        check = "suites"
        clause = "appendix B"
        text = "good suites only"
        severity = "info"
        allowed = ["TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"]

        [[rule]]
        id = "groups"
        clause = "§3.3.3.1"
        severity = "high"
        allowed = [
            "secp256r1", "secp384r1", "secp521r1", "brainpoolP256r1", "brainpoolP384r1", "brainpoolP512r1",
            "brainpoolP256r1tls13", "brainpoolP384r1tls13", "brainpoolP512r1tls13", "x25519", "x448",
            "X25519MLKEM768", "SecP256r1MLKEM768", "SecP384r1MLKEM1024", "secp224r1", "ffdhe3072", "ffdhe4096",
            "ffdhe6144", "ffdhe8192",
        ]

        [[rule]]
        id = "groups-phase-out"
        check = "groups"
        clause = "§3.3.3.1"
        text = "no group that is being phased out"
        severity = "info"
        forbidden = ["secp224r1", "ffdhe3072", "ffdhe4096", "ffdhe6144", "ffdhe8192"]

        [[rule]]
        id = "dh-bits"
        clause = "§3.3.3.1"
        severity = "high"
        minimum = 3072

        [[rule]]
        id = "signature-hash"
        check = "signature-schemes"
        clause = "§3.3.5"
        severity = "high"
        forbidden = ["rsa_pkcs1_sha1", "ecdsa_sha1", "dsa_sha1", "rsa_pkcs1_md5"]

        [[rule]]
        id = "signature-hash-phase-out"
        check = "signature-schemes"
        clause = "§3.3.5"
        severity = "info"
        forbidden = ["rsa_pkcs1_sha224", "ecdsa_sha224", "dsa_sha224"]

        [[rule]]
        id = "compression"
        clause = "§3.4"
        severity = "high"
        value = false

        [[rule]]
        id = "secure-renegotiation"
        clause = "§3.4"
        severity = "high"
        value = true

        [[rule]]
        id = "client-renegotiation"
        clause = "§3.4"
        severity = "info"
        value = false

        [[rule]]
        id = "early-data"
        clause = "§3.4"
        severity = "medium"
        value = false

        [[rule]]
        id = "ocsp-staple"
        clause = "§3.4"
        severity = "info"
        value = true

        [[rule]]
        id = "extended-master-secret"
        clause = "§3.4"
        severity = "low"
        value = true

        [[rule]]
        id = "trust"
        clause = "§3.2"
        severity = "high"
        value = true

        [[rule]]
        id = "name-match"
        clause = "§3.2"
        severity = "high"
        value = true

        [[rule]]
        id = "key-management"
        clause = "§3.2"
        text = "keys are managed well"
        untestable = "how keys are made, kept and replaced is not visible from outside"
        """
}
