import TLSParameters

/// JA4 of a TLS client over TCP: what it offers, whatever the order.
///
/// Three parts: `t`, version, SNI or not, counts and ALPN; a hash of the sorted suites; a hash of the sorted extensions and of
/// the signature algorithms. GREASE is left out everywhere. Source: the public description at github.com/FoxIO-LLC/ja4,
/// technical_details/JA4.md, BSD-3-Clause. Its relatives for servers, certificates and HTTP have another licence and are
/// not here.
public struct JA4: Hashable, Sendable {
    /// The fingerprint, 36 characters.
    public let text: String
    /// The same with the lists themselves in place of their hashes, which the description calls JA4_r.
    public let raw: String

    /// The fingerprint of a hello.
    public init(_ hello: ClientHello) {
        let suites = hello.cipherSuites.filter { !$0.isGREASE }
        let extensions = (hello.extensions ?? []).map(\.type).filter { !$0.isGREASE }
        let schemes = hello.signatureSchemes.filter { !$0.isGREASE }
        let head = [
            "t", Self.version(hello),
            // What counts is that the extension is there, not what it says.
            extensions.contains(.server_name) ? "d" : "i",
            Self.count(suites.count), Self.count(extensions.count), Self.protocolLetters(hello),
        ].joined()

        // Numbers sort as their digits do, for all have four.
        let suiteList = Self.list(suites.map(\.rawValue).sorted())
        let extensionList = Self.list(
            extensions
                .filter { $0 != .server_name && $0 != .application_layer_protocol_negotiation }
                .map(\.rawValue).sorted()
        )
        let schemeList = Self.list(schemes.map(\.rawValue))
        let tail = schemeList.isEmpty ? extensionList : extensionList + "_" + schemeList

        text = [head, Self.hash(suiteList), extensionList.isEmpty ? Self.hash("") : Self.hash(tail)].joined(
            separator: "_"
        )
        raw = [head, suiteList, tail].joined(separator: "_")
    }

    /// Four lower-case digits each, with commas between.
    private static func list(_ numbers: [UInt16]) -> String {
        guard !numbers.isEmpty else { return "" }
        return String(unsafeUninitializedCapacity: numbers.count * 5) { bytes in
            var place = 0
            for number in numbers {
                for shift: UInt16 in [12, 8, 4, 0] {
                    let digit = UInt8(truncatingIfNeeded: number >> shift) & 15
                    bytes[place] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit
                    place += 1
                }
                bytes[place] = UInt8(ascii: ",")
                place += 1
            }
            return place - 1
        }
    }

    /// The first twelve digits; zeros for nothing.
    private static func hash(_ list: String) -> String {
        list.isEmpty ? String(repeating: "0", count: 12) : String(SHA256.hexDigest(of: list).prefix(12))
    }

    private static func count(_ number: Int) -> String {
        let digits = String(min(number, 99))
        return digits.utf8.count < 2 ? "0" + digits : digits
    }

    /// The highest version of `supported_versions`, or else the version field.
    private static func version(_ hello: ClientHello) -> String {
        let offered = hello.supportedVersions.filter { !$0.isGREASE }
        switch offered.max() ?? hello.legacyVersion {
        case .tls13: return "13"
        case .tls12: return "12"
        case .tls11: return "11"
        case .tls10: return "10"
        case .ssl3: return "s3"
        case .ssl2: return "s2"
        default: return "00"
        }
    }

    /// The first and the last character of the first ALPN name, or of its hexadecimal digits where one of them is neither
    /// a letter nor a digit of ASCII.
    private static func protocolLetters(_ hello: ClientHello) -> String {
        guard let data = hello.extensions?.first(.application_layer_protocol_negotiation)?.data else { return "00" }
        // Only the first name counts, so what is wrong behind it doesn't matter.
        var reader = ByteReader(data)
        guard var list = try? reader.readVector(.two), let name = try? list.readOpaque(.one),
            let first = name.first, let last = name.last
        else { return "00" }
        if isAlphanumeric(first), isAlphanumeric(last) { return String(decoding: [first, last], as: UTF8.self) }
        return String(hexDigits(first).prefix(1) + hexDigits(last).suffix(1))
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }
}
