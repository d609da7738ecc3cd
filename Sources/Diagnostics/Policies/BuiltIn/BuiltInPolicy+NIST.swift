extension BuiltInPolicy {
    /// NIST SP 800-52 revision 2 of August 2019, chapter 3 (servers).
    static let nistText: StaticString = """
        id = "nist-800-52r2"
        name = "NIST SP 800-52, guidelines for TLS implementations, servers"
        version = "Revision 2"
        date = 2019-08-29
        source = "https://doi.org/10.6028/NIST.SP.800-52r2"

        [[rule]]
        id = "versions"
        clause = "§3.1"
        severity = "high"
        allowed = ["tls1.2", "tls1.3"]

        [[rule]]
        id = "versions-required"
        check = "versions"
        clause = "§3.1"
        required = ["tls1.2", "tls1.3"]

        [[rule]]
        id = "certificate-keys"
        clause = "§3.2.1"
        allowed = ["RSA", "RSA-PSS", "EC", "DSA", "Ed25519", "Ed448"]

        [[rule]]
        id = "rsa-bits"
        clause = "§3.2.1"
        severity = "high"
        minimum = 2048

        [[rule]]
        id = "ec-bits"
        clause = "§3.2.1"
        severity = "high"
        minimum = 224

        [[rule]]
        id = "certificate-signatures"
        clause = "§3.2.1"
        severity = "high"
        forbidden = ["SHA-1", "MD5", "MD4", "MD2"]

        [[rule]]
        id = "certificate-lifetime"
        clause = "§3.2.1"
        text = "a certificate is valid for three years at most"
        severity = "info"
        maximum = 1096

        [[rule]]
        id = "revocation"
        clause = "§3.2.2"
        text = "certificates can be revoked, by OCSP or by lists"
        untestable = "whether the authority publishes revocations in time is not visible in a handshake"

        [[rule]]
        id = "trust"
        clause = "§3.2.3"
        severity = "high"
        value = true

        [[rule]]
        id = "suites"
        clause = "§3.3.1.1"
        severity = "high"
        in = ["tls1.0", "tls1.1", "tls1.2"]
        allowed = [
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CCM", "TLS_ECDHE_ECDSA_WITH_AES_256_CCM",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8", "TLS_ECDHE_ECDSA_WITH_AES_256_CCM_8",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
            "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_DHE_RSA_WITH_AES_128_CCM", "TLS_DHE_RSA_WITH_AES_256_CCM", "TLS_DHE_RSA_WITH_AES_128_CCM_8",
            "TLS_DHE_RSA_WITH_AES_256_CCM_8", "TLS_DHE_RSA_WITH_AES_128_CBC_SHA256",
            "TLS_DHE_RSA_WITH_AES_256_CBC_SHA256", "TLS_DHE_RSA_WITH_AES_128_CBC_SHA",
            "TLS_DHE_RSA_WITH_AES_256_CBC_SHA", "TLS_DHE_DSS_WITH_AES_128_GCM_SHA256",
            "TLS_DHE_DSS_WITH_AES_256_GCM_SHA384", "TLS_DHE_DSS_WITH_AES_128_CBC_SHA256",
            "TLS_DHE_DSS_WITH_AES_256_CBC_SHA256", "TLS_DHE_DSS_WITH_AES_128_CBC_SHA",
            "TLS_DHE_DSS_WITH_AES_256_CBC_SHA", "TLS_DH_DSS_WITH_AES_128_GCM_SHA256",
            "TLS_DH_DSS_WITH_AES_256_GCM_SHA384", "TLS_DH_DSS_WITH_AES_128_CBC_SHA256",
            "TLS_DH_DSS_WITH_AES_256_CBC_SHA256", "TLS_DH_DSS_WITH_AES_128_CBC_SHA",
            "TLS_DH_DSS_WITH_AES_256_CBC_SHA", "TLS_DH_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_DH_RSA_WITH_AES_256_GCM_SHA384", "TLS_DH_RSA_WITH_AES_128_CBC_SHA256",
            "TLS_DH_RSA_WITH_AES_256_CBC_SHA256", "TLS_DH_RSA_WITH_AES_128_CBC_SHA",
            "TLS_DH_RSA_WITH_AES_256_CBC_SHA", "TLS_ECDH_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDH_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDH_ECDSA_WITH_AES_128_CBC_SHA256",
            "TLS_ECDH_ECDSA_WITH_AES_256_CBC_SHA384", "TLS_ECDH_ECDSA_WITH_AES_128_CBC_SHA",
            "TLS_ECDH_ECDSA_WITH_AES_256_CBC_SHA", "TLS_ECDH_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDH_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDH_RSA_WITH_AES_128_CBC_SHA256",
            "TLS_ECDH_RSA_WITH_AES_256_CBC_SHA384", "TLS_ECDH_RSA_WITH_AES_128_CBC_SHA",
            "TLS_ECDH_RSA_WITH_AES_256_CBC_SHA",
        ]

        [[rule]]
        id = "tls13-suites"
        check = "suites"
        clause = "§3.3.1.2"
        severity = "medium"
        in = ["tls1.3"]
        allowed = [
            "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_AES_128_CCM_SHA256", "TLS_AES_128_CCM_8_SHA256",
        ]

        [[rule]]
        id = "forward-secrecy"
        clause = "§3.3.1"
        text = "ephemeral keys are preferred"
        severity = "info"
        value = true

        [[rule]]
        id = "validated-module"
        clause = "§3.3.3"
        text = "the cryptographic module is validated"
        untestable = "whether the module is validated under FIPS 140 is not visible from outside"

        [[rule]]
        id = "secure-renegotiation"
        clause = "§3.4.1"
        severity = "high"
        value = true

        [[rule]]
        id = "server-name"
        clause = "§3.4.1"
        text = "server_name is supported"
        untestable = "whether every virtual host is found by its name takes more names than one run knows"

        [[rule]]
        id = "extended-master-secret"
        clause = "§3.4.1"
        value = true

        [[rule]]
        id = "ocsp-staple"
        clause = "§3.4.1"
        severity = "low"
        value = true

        [[rule]]
        id = "fallback-scsv"
        clause = "§3.4.2.1"
        severity = "low"
        value = true

        [[rule]]
        id = "groups-required"
        check = "groups"
        clause = "§3.4.2"
        any = ["secp256r1", "secp384r1"]

        [[rule]]
        id = "groups"
        clause = "§3.4.2"
        severity = "info"
        allowed = [
            "secp224r1", "secp256r1", "secp384r1", "secp521r1", "ffdhe2048", "ffdhe3072", "ffdhe4096", "ffdhe6144",
            "ffdhe8192", "SecP256r1MLKEM768", "SecP384r1MLKEM1024",
        ]

        [[rule]]
        id = "dh-bits"
        clause = "§3.4.2"
        severity = "high"
        minimum = 2048

        [[rule]]
        id = "heartbeat"
        clause = "§3.4.3"
        severity = "info"
        value = false

        [[rule]]
        id = "early-data"
        clause = "§3.6"
        severity = "low"
        value = false

        [[rule]]
        id = "compression"
        clause = "§3.7"
        severity = "high"
        value = false
        """
}
