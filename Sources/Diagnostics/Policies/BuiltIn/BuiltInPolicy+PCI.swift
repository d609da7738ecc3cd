extension BuiltInPolicy {
    /// PCI DSS 4.0.1 of June 2024, which has no list of suites: what its glossary calls strong cryptography.
    static let pciText: StaticString = """
        id = "pci-dss"
        name = "PCI DSS, transmission over open networks"
        version = "4.0.1"
        date = 2024-06-11
        source = "https://www.pcisecuritystandards.org"

        [[rule]]
        id = "versions"
        clause = "4.2.1, 2.2.7"
        severity = "high"
        allowed = ["tls1.2", "tls1.3"]

        [[rule]]
        id = "no-encryption"
        check = "suite-kinds"
        clause = "4.2.1"
        severity = "high"
        forbidden = ["NULL"]

        [[rule]]
        id = "no-authentication"
        check = "suite-kinds"
        clause = "4.2.1"
        severity = "high"
        forbidden = ["ANON"]

        [[rule]]
        id = "broken-ciphers"
        check = "suite-kinds"
        clause = "4.2.1, glossary: strong cryptography"
        severity = "high"
        forbidden = ["RC4", "EXPORT", "DESCBC", "RC2", "MD5"]

        [[rule]]
        id = "triple-des"
        check = "suite-kinds"
        clause = "4.2.1, glossary: strong cryptography"
        severity = "medium"
        forbidden = ["3DES"]

        [[rule]]
        id = "suite-bits"
        clause = "4.2.1, glossary: strong cryptography"
        severity = "high"
        minimum = 112

        [[rule]]
        id = "rsa-bits"
        clause = "4.2.1, glossary: strong cryptography"
        severity = "high"
        minimum = 2048

        [[rule]]
        id = "ec-bits"
        clause = "4.2.1, glossary: strong cryptography"
        severity = "high"
        minimum = 224

        [[rule]]
        id = "dh-bits"
        clause = "4.2.1, glossary: strong cryptography"
        severity = "high"
        minimum = 2048

        [[rule]]
        id = "certificate-signatures"
        clause = "4.2.1"
        severity = "high"
        forbidden = ["SHA-1", "MD5", "MD4", "MD2"]

        [[rule]]
        id = "trust"
        clause = "4.2.1"
        severity = "high"
        value = true

        [[rule]]
        id = "name-match"
        clause = "4.2.1"
        severity = "high"
        value = true

        [[rule]]
        id = "secure-renegotiation"
        clause = "4.2.1"
        severity = "high"
        value = true

        [[rule]]
        id = "compression"
        clause = "4.2.1"
        severity = "medium"
        value = false

        [[rule]]
        id = "known-flaws"
        check = "findings"
        clause = "6.3.3, 11.3.1"
        text = "no known flaw of the protocol"
        severity = "high"
        forbidden = [
            "attack.heartbleed", "attack.ccs-injection", "attack.robot", "attack.ticketbleed", "attack.drown",
            "attack.freak", "attack.logjam", "attack.poodle", "attack.poodle-tls", "attack.padding-oracle",
            "attack.mac-unchecked",
        ]

        [[rule]]
        id = "inventory"
        clause = "12.3.3"
        text = "an inventory of the versions and suites in use"
        severity = "medium"
        value = true

        [[rule]]
        id = "inventory-review"
        clause = "12.3.3"
        text = "the inventory is reviewed every twelve months"
        untestable = "who reviewed the inventory, and when, is not visible from outside"

        [[rule]]
        id = "certificate-inventory"
        clause = "4.2.1.1"
        text = "an inventory of trusted keys and certificates"
        untestable = "this run sees the certificates of one target; the inventory is of all"

        [[rule]]
        id = "plaintext"
        clause = "4.2.1"
        text = "no fallback to plaintext"
        untestable = "what is sent without TLS is not visible on this port"
        """
}
