extension BuiltInPolicy {
    /// BSI TR-02102-2 of January 2026.
    static let bsiText: StaticString = """
        id = "bsi-tr-02102-2"
        name = "BSI TR-02102-2, cryptographic mechanisms: use of TLS"
        version = "2026-01"
        date = 2026-01-01
        source = "https://www.bsi.bund.de/TR-02102"

        [[rule]]
        id = "versions"
        clause = "§3.2"
        severity = "high"
        allowed = ["tls1.2", "tls1.3"]

        [[rule]]
        id = "tls13"
        check = "versions"
        clause = "§3.2"
        text = "TLS 1.3; TLS 1.2 is recommended until the end of 2031 only"
        recommended = ["tls1.3"]

        [[rule]]
        id = "suites"
        clause = "§3.3.1"
        severity = "high"
        in = ["tls1.0", "tls1.1", "tls1.2"]
        allowed = [
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CCM", "TLS_ECDHE_ECDSA_WITH_AES_256_CCM",
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_DHE_DSS_WITH_AES_128_CBC_SHA256", "TLS_DHE_DSS_WITH_AES_256_CBC_SHA256",
            "TLS_DHE_DSS_WITH_AES_128_GCM_SHA256", "TLS_DHE_DSS_WITH_AES_256_GCM_SHA384",
            "TLS_DHE_RSA_WITH_AES_128_CBC_SHA256", "TLS_DHE_RSA_WITH_AES_256_CBC_SHA256",
            "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_DHE_RSA_WITH_AES_128_CCM", "TLS_DHE_RSA_WITH_AES_256_CCM",
        ]

        [[rule]]
        id = "forward-secrecy"
        clause = "§3.3.1"
        value = true

        [[rule]]
        id = "finite-field"
        check = "suite-kinds"
        clause = "§3.3.1"
        text = "suites with DHE are recommended until the end of 2029 only"
        severity = "info"
        forbidden = ["kDHE"]

        [[rule]]
        id = "groups"
        clause = "§3.3.2, §3.4.2"
        allowed = [
            "secp256r1", "secp384r1", "secp521r1", "brainpoolP256r1", "brainpoolP384r1", "brainpoolP512r1",
            "brainpoolP256r1tls13", "brainpoolP384r1tls13", "brainpoolP512r1tls13", "ffdhe3072", "ffdhe4096",
            "SecP256r1MLKEM768", "SecP384r1MLKEM1024",
        ]

        [[rule]]
        id = "signature-schemes"
        clause = "§3.3.3, §3.4.3"
        severity = "low"
        allowed = [
            "rsa_pss_rsae_sha256", "rsa_pss_rsae_sha384", "rsa_pss_rsae_sha512", "rsa_pss_pss_sha256",
            "rsa_pss_pss_sha384", "rsa_pss_pss_sha512", "ecdsa_secp256r1_sha256", "ecdsa_secp384r1_sha384",
            "ecdsa_secp521r1_sha512", "ecdsa_brainpoolP256r1tls13_sha256", "ecdsa_brainpoolP384r1tls13_sha384",
            "ecdsa_brainpoolP512r1tls13_sha512",
        ]

        [[rule]]
        id = "secure-renegotiation"
        clause = "§3.3.4"
        value = true

        [[rule]]
        id = "client-renegotiation"
        clause = "§3.3.4"
        severity = "low"
        value = false

        [[rule]]
        id = "compression"
        clause = "§3.3.4"
        severity = "high"
        value = false

        [[rule]]
        id = "heartbeat"
        clause = "§3.3.4"
        severity = "low"
        value = false

        [[rule]]
        id = "encrypt-then-mac"
        clause = "§3.3.4"
        severity = "low"
        value = true

        [[rule]]
        id = "extended-master-secret"
        clause = "§3.3.4"
        severity = "low"
        value = true

        [[rule]]
        id = "truncated-hmac"
        clause = "§3.3.4"
        text = "no truncated HMAC"
        untestable = "the extension is not asked for: no server of today has it"

        [[rule]]
        id = "early-data"
        clause = "§3.4.1"
        severity = "low"
        value = false

        [[rule]]
        id = "tls13-suites"
        check = "suites"
        clause = "§3.4.4"
        in = ["tls1.3"]
        allowed = ["TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_AES_128_CCM_SHA256"]

        [[rule]]
        id = "rsa-bits"
        clause = "§3.6.1"
        severity = "medium"
        minimum = 3000

        [[rule]]
        id = "ec-bits"
        clause = "§3.6.1"
        minimum = 250

        [[rule]]
        id = "dh-bits"
        clause = "§3.6.1"
        minimum = 3000

        [[rule]]
        id = "certificate-keys"
        clause = "§3.6.1"
        allowed = ["RSA", "RSA-PSS", "EC", "DSA"]

        [[rule]]
        id = "certificate-curves"
        clause = "§3.6.1"
        allowed = [
            "secp256r1", "secp384r1", "secp521r1", "brainpoolP256r1", "brainpoolP384r1", "brainpoolP512r1",
        ]

        [[rule]]
        id = "random-numbers"
        clause = "§4"
        text = "random numbers come from a good source"
        untestable = "what random numbers are made of is not visible from outside"

        [[rule]]
        id = "key-storage"
        clause = "§4"
        text = "keys are kept safely"
        untestable = "how private keys are kept is not visible from outside"
        """
}
