import TLSParameters

extension LintRule {
    /// The names in subjectAltName, and the common name.
    static let names: [LintRule] = [
        LintRule(
            "no-alternative-name",
            "CA/Browser Forum BR §7.1.2.7.12",
            .error,
            .public,
            "a server's certificate has no subjectAltName"
        ) {
            subject in
            subject.isEndEntity && subject.certificate.subjectAlternativeNames.isEmpty ? [] : nil
        },
        LintRule(
            "alternative-name-critical",
            "RFC 5280 §4.2.1.6",
            "the subject is empty, and subjectAltName is not critical"
        ) { subject in
            guard subject.isEndEntity, subject.certificate.subject.isEmpty else { return nil }
            return subject.extension("subjectAltName")?.isCritical == true ? nil : []
        },
        LintRule(
            "alternative-name-needlessly-critical",
            "RFC 5280 §4.2.1.6",
            .warning,
            "there is a subject, and subjectAltName is critical"
        ) {
            subject in
            guard !subject.certificate.subject.isEmpty else { return nil }
            return subject.extension("subjectAltName")?.isCritical == true ? [] : nil
        },
        LintRule(
            "common-name-not-alternative",
            "CA/Browser Forum BR §7.1.4.3",
            .error,
            .public,
            "the common name is none of the alternative names"
        ) {
            subject in
            guard subject.isEndEntity, let name = subject.certificate.subject.commonName else { return nil }
            let others = subject.certificate.subjectAlternativeNames.map { Self.lower($0.value.bytes) }
            return others.contains(Self.lower(name.bytes)) ? nil : [name]
        },
        LintRule(
            "several-common-names",
            "CA/Browser Forum BR §7.1.4.3",
            .error,
            .public,
            "there is more than one common name"
        ) { subject in
            let names = subject.certificate.subject.values(of: "CN")
            return names.count > 1 ? names : nil
        },
        LintRule("name-with-nul", "RFC 5280 §4.2.1.6", "a name holds a NUL, which some readers take for its end") {
            subject in
            let wrong =
                subject.certificate.subjectAlternativeNames.map(\.value) + subject.certificate.subject.values(of: "CN")
            let found = wrong.filter { $0.bytes.contains(0) }
            return found.isEmpty ? nil : found
        },
        LintRule("name-with-url", "RFC 5280 §4.2.1.6", "a dNSName is a URL, which matches no host") { subject in
            let wrong = subject.dnsNames.filter { name in
                name.bytes.contains(UInt8(ascii: "/")) || name.bytes.contains(UInt8(ascii: ":"))
            }
            return wrong.isEmpty ? nil : wrong
        },
        LintRule(
            "name-with-address",
            "CA/Browser Forum BR §7.1.2.7.12",
            "a dNSName is an IP address, which matches no address"
        ) {
            subject in
            let wrong = subject.dnsNames.filter { IPAddress.bytes(String(decoding: $0.bytes, as: UTF8.self)) != nil }
            return wrong.isEmpty ? nil : wrong
        },
        LintRule(
            "name-syntax",
            "RFC 5280 §4.2.1.6",
            "a dNSName is no host name: a label is empty, too long, or has other characters"
        ) {
            subject in
            let wrong = subject.dnsNames.filter { !Self.isHostName($0.bytes, underscores: true) }
            return wrong.isEmpty ? nil : wrong
        },
        LintRule(
            "name-with-underscore",
            "CA/Browser Forum BR §7.1.2.7.12",
            .error,
            .public,
            "a dNSName has an underscore, forbidden since 2019-05-01"
        ) {
            subject in
            let wrong = subject.dnsNames.filter { $0.bytes.contains(UInt8(ascii: "_")) }
            return wrong.isEmpty ? nil : wrong
        },
        LintRule("name-not-ascii", "RFC 5280 §7.2", "a dNSName is not in ASCII, where A-labels (xn--) are wanted") {
            subject in
            let wrong = subject.dnsNames.filter { $0.bytes.contains { $0 > 0x7F } }
            return wrong.isEmpty ? nil : wrong
        },
        LintRule("a-label", "RFC 5891 §4.4", "a label that begins with xn-- is no A-label") { subject in
            let wrong = subject.dnsNames.filter { name in
                Self.lower(name.bytes).split(separator: UInt8(ascii: ".")).contains { $0.starts(with: "xn--".utf8) }
                    && Punycode.unicode(name.bytes) == nil
            }
            return wrong.isEmpty ? nil : wrong
        },
        LintRule("wildcard", "RFC 9525 §6.3", "a wildcard is not the whole first label, or there is more than one") {
            subject in
            let wrong = subject.dnsNames.filter { name in
                guard name.bytes.contains(UInt8(ascii: "*")) else { return false }
                return !name.bytes.starts(with: "*.".utf8) || name.bytes.count(where: { $0 == UInt8(ascii: "*") }) > 1
            }
            return wrong.isEmpty ? nil : wrong
        },
        LintRule("wildcard-too-wide", "CA/Browser Forum BR §3.2.2.6", "a wildcard stands for all of a top-level domain")
        { subject in
            let wrong = subject.dnsNames.filter { name in
                name.bytes.starts(with: "*.".utf8) && !name.bytes.dropFirst(2).contains(UInt8(ascii: "."))
            }
            return wrong.isEmpty ? nil : wrong
        },
        LintRule(
            "internal-name",
            "CA/Browser Forum BR §4.2.2",
            .error,
            .public,
            "a name or address is one that only means something inside a network"
        ) {
            subject in
            let endings = [
                "local", "localhost", "internal", "lan", "intranet", "corp", "home", "localdomain", "test", "invalid",
                "example",
            ]
            let wrong = subject.certificate.subjectAlternativeNames.filter { name in
                let text = String(decoding: Self.lower(name.value.bytes), as: UTF8.self)
                switch name.kind {
                case .dns:
                    guard let last = text.split(separator: ".").last else { return false }
                    return !text.contains(".") || endings.contains(String(last))
                case .ip: return IPAddress.bytes(text).map(Self.isReserved) ?? false
                default: return false
                }
            }
            return wrong.isEmpty ? nil : wrong.map(\.value)
        },
        LintRule("address-length", "RFC 5280 §4.2.1.6", "an iPAddress has neither 4 nor 16 bytes") { subject in
            let wrong = subject.certificate.subjectAlternativeNames.filter {
                $0.kind == .ip && $0.value.bytes.first == UInt8(ascii: "#")
            }
            return wrong.isEmpty ? nil : wrong.map(\.value)
        },
        LintRule(
            "other-name-kinds",
            "CA/Browser Forum BR §7.1.2.7.12",
            .error,
            .public,
            "subjectAltName has something beside names and addresses"
        ) {
            subject in
            let wrong =
                subject.isEndEntity
                ? subject.certificate.subjectAlternativeNames.filter { $0.kind != .dns && $0.kind != .ip } : []
            return wrong.isEmpty ? nil : wrong.map(\.value)
        },
    ]

    private static func lower(_ bytes: [UInt8]) -> [UInt8] {
        bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    }

    /// RFC 1034 §3.5 as RFC 1123 §2.1 has it; what other rules speak of is let pass here.
    private static func isHostName(_ bytes: [UInt8], underscores: Bool) -> Bool {
        guard !bytes.isEmpty, bytes.count <= 253 else { return false }
        // Names with these have rules of their own.
        if bytes.contains(where: { $0 == 0 || $0 > 0x7F || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ":") }) {
            return true
        }
        let name = bytes.starts(with: "*.".utf8) ? bytes.dropFirst(2) : bytes[...]
        return name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
            (1...63).contains(label.count) && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
                && label.allSatisfy { byte in
                    switch byte {
                    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "*"): true
                    case UInt8(ascii: "_"): underscores
                    default: false
                    }
                }
        }
    }

    /// Private, loopback and link-local networks (RFC 1918, RFC 4193, RFC 6890), and those for documentation.
    private static func isReserved(_ address: [UInt8]) -> Bool {
        guard address.count == 4 else {
            return address.dropLast().allSatisfy { $0 == 0 } || address[0] & 0xFE == 0xFC
                || (address[0] == 0xFE && address[1] & 0xC0 == 0x80) || address.starts(with: [0x20, 0x01, 0x0D, 0xB8])
        }
        return switch (address[0], address[1]) {
        case (10, _), (127, _), (0, _), (192, 168), (169, 254): true
        case (172, let second): (16...31).contains(second)
        case (100, let second): (64...127).contains(second)
        case (192, 0): address[2] == 2 || address[2] == 0
        case (198, 51): address[2] == 100
        case (203, 0): address[2] == 113
        case (let first, _): first >= 224
        }
    }
}
