extension BuiltInPolicy {
    /// RFC 9325 of November 2022, as updated by RFC 10015 of July 2026.
    static let rfc9325Text: StaticString = """
        id = "rfc9325"
        name = "Recommendations for secure use of TLS (BCP 195), with obsolete key exchanges deprecated"
        version = "RFC 9325 with RFC 10015"
        date = 2026-07-01
        source = "https://www.rfc-editor.org/info/rfc9325, https://www.rfc-editor.org/info/rfc10015"

        [[rule]]
        id = "versions"
        clause = "RFC 9325 §3.1.1, RFC 8996"
        severity = "high"
        allowed = ["tls1.2", "tls1.3"]

        [[rule]]
        id = "tls12"
        check = "versions"
        clause = "RFC 9325 §3.1.1"
        severity = "low"
        required = ["tls1.2"]

        [[rule]]
        id = "tls13"
        check = "versions"
        clause = "RFC 9325 §3.1.1"
        recommended = ["tls1.3"]

        [[rule]]
        id = "strict-transport-security"
        check = "hsts-age"
        clause = "RFC 9325 §3.2"
        text = "Strict-Transport-Security is sent"
        severity = "low"
        minimum = 1

        [[rule]]
        id = "compression"
        clause = "RFC 9325 §3.3.1"
        severity = "high"
        value = false

        [[rule]]
        id = "resumption"
        clause = "RFC 9325 §3.4"
        text = "tickets are authenticated and encrypted, with keys that change"
        untestable = "how tickets are protected and how often their keys change is not visible from outside"

        [[rule]]
        id = "secure-renegotiation"
        clause = "RFC 9325 §3.5, RFC 5746"
        severity = "high"
        value = true

        [[rule]]
        id = "extended-master-secret"
        clause = "RFC 9325 §3.5, RFC 7627"
        value = true

        [[rule]]
        id = "server-name"
        clause = "RFC 9325 §3.7"
        text = "server_name is supported"
        untestable = "whether every virtual host is found by its name takes more names than one run knows"

        [[rule]]
        id = "multiple-servers"
        clause = "RFC 9325 §3.9"
        text = "certificates are not shared with weaker servers"
        untestable = "who else uses the certificate is not visible from outside"

        [[rule]]
        id = "early-data"
        clause = "RFC 9325 §3.10"
        text = "no early data without a profile of the application"
        severity = "low"
        value = false

        [[rule]]
        id = "no-encryption"
        check = "suite-kinds"
        clause = "RFC 9325 §4.1"
        severity = "high"
        forbidden = ["NULL"]

        [[rule]]
        id = "no-authentication"
        check = "suite-kinds"
        clause = "RFC 9325 §4.1"
        severity = "high"
        forbidden = ["ANON"]

        [[rule]]
        id = "rc4"
        check = "suite-kinds"
        clause = "RFC 9325 §4.1, RFC 7465"
        severity = "high"
        forbidden = ["RC4"]

        [[rule]]
        id = "export"
        check = "suite-kinds"
        clause = "RFC 9325 §4.1"
        severity = "high"
        forbidden = ["EXPORT"]

        [[rule]]
        id = "suite-bits"
        clause = "RFC 9325 §4.1"
        severity = "high"
        minimum = 112

        [[rule]]
        id = "suite-bits-recommended"
        check = "suite-bits"
        clause = "RFC 9325 §4.1"
        severity = "low"
        minimum = 128

        [[rule]]
        id = "rsa-key-exchange"
        check = "suite-kinds"
        clause = "RFC 10015 §4, RFC 9325 §4.1"
        text = "no suite agrees on keys by RSA"
        severity = "medium"
        forbidden = ["kRSA", "kRSA-PSK"]

        [[rule]]
        id = "finite-field"
        check = "suite-kinds"
        clause = "RFC 10015 §2"
        text = "no suite of TLS 1.2 and older uses Diffie-Hellman in a finite field"
        severity = "medium"
        forbidden = ["kDHE", "kDH"]

        [[rule]]
        id = "static-ecdh"
        check = "suite-kinds"
        clause = "RFC 10015 §3"
        text = "no suite uses static ECDH"
        severity = "low"
        forbidden = ["kECDH"]

        [[rule]]
        id = "forward-secrecy"
        clause = "RFC 9325 §4.1"
        value = true

        [[rule]]
        id = "recommended-suites"
        check = "suites"
        clause = "RFC 9325 §4.2"
        severity = "low"
        in = ["tls1.2"]
        any = [
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        ]

        [[rule]]
        id = "aead"
        check = "suite-kinds"
        clause = "RFC 9325 §4.2"
        text = "suites are AEADs"
        severity = "info"
        forbidden = ["CBC"]

        [[rule]]
        id = "ecdh-bits"
        clause = "RFC 9325 §4.2.1"
        minimum = 224

        [[rule]]
        id = "rsa-bits"
        clause = "RFC 9325 §4.5"
        severity = "high"
        minimum = 2048

        [[rule]]
        id = "dh-bits"
        clause = "RFC 9325 §4.2.1"
        severity = "high"
        minimum = 2048

        [[rule]]
        id = "certificate-signatures"
        clause = "RFC 9325 §4.5"
        severity = "medium"
        forbidden = ["SHA-1", "MD5", "MD4", "MD2", "SHA-224"]

        [[rule]]
        id = "truncated-hmac"
        clause = "RFC 9325 §4.6"
        text = "no truncated HMAC"
        untestable = "the extension is not asked for: no server of today has it"

        [[rule]]
        id = "name-match"
        clause = "RFC 9325 §7.1, RFC 9525"
        severity = "high"
        value = true

        [[rule]]
        id = "trust"
        clause = "RFC 9325 §7.1"
        severity = "high"
        value = true

        [[rule]]
        id = "ocsp-staple"
        clause = "RFC 9325 §7.5"
        severity = "info"
        value = true
        """
}
