public import TLSParameters

extension JARM {
    /// One of the ten hellos.
    public struct Probe: Hashable, Sendable {
        /// What it varies, such as `tls1.2-reverse`.
        public let id: String
        /// The hello.
        public let hello: ClientHello
        /// The version in the record's header.
        public let recordVersion: ProtocolVersion

        /// The bytes to send.
        public var bytes: [UInt8] { hello.record(version: recordVersion) }
    }

    /// The ten hellos, in the order in which the fingerprint takes their answers.
    ///
    /// `serverName` goes into SNI; nil, or anything that is no DNS name, leaves the extension out. `random` is used for
    /// the hello's random and session id (32 bytes each; zeros where it is shorter); what the reference draws by chance
    /// beside those, GREASE values and the key share, is fixed here. None of it tells in the fingerprint.
    ///
    /// DELIBERATE: the reference sends an IP address as SNI when it is asked for one. RFC 6066 §3 forbids that, and no
    /// probe of ours does it; a server that acknowledges SNI has another fingerprint by its address than by its name.
    public static func probes(serverName: String?, random: [UInt8] = []) -> [Probe] {
        shapes.map { $0.probe(serverName: serverName, random: random) }
    }

    private static let shapes: [Shape] = [
        Shape(id: "tls1.2-forward", version: .tls12, supported: .tls12, extensionOrder: .reverse),
        Shape(id: "tls1.2-reverse", version: .tls12, suiteOrder: .reverse, supported: .tls12),
        Shape(id: "tls1.2-top-half", version: .tls12, suiteOrder: .topHalf),
        Shape(id: "tls1.2-bottom-half", version: .tls12, suiteOrder: .bottomHalf, rareALPN: true),
        Shape(
            id: "tls1.2-middle-out",
            version: .tls12,
            suiteOrder: .middleOut,
            greases: true,
            rareALPN: true,
            extensionOrder: .reverse
        ),
        // The reference calls it so too, and sends the suites in their order.
        Shape(id: "tls1.1-middle-out", version: .tls11),
        Shape(id: "tls1.3-forward", version: .tls13, supported: .tls13, extensionOrder: .reverse),
        Shape(id: "tls1.3-reverse", version: .tls13, suiteOrder: .reverse, supported: .tls13),
        Shape(id: "tls1.3-invalid", version: .tls13, omitsTLS13Suites: true, supported: .tls13),
        Shape(
            id: "tls1.3-middle-out",
            version: .tls13,
            suiteOrder: .middleOut,
            greases: true,
            supported: .tls13,
            extensionOrder: .reverse
        ),
    ]
}

/// What one probe varies.
private struct Shape: Sendable {
    var id: String
    var version: ProtocolVersion
    var suiteOrder = Order.forward
    var omitsTLS13Suites = false
    var greases = false
    /// Without HTTP/1.1 and HTTP/2.
    var rareALPN = false
    /// The newest version in `supported_versions`; nil leaves the extension out.
    var supported: ProtocolVersion?
    /// Of the ALPN names and of `supported_versions`.
    var extensionOrder = Order.forward

    func probe(serverName: String?, random: [UInt8]) -> JARM.Probe {
        let bytes = random.prefix(64) + [UInt8](repeating: 0, count: max(0, 64 - random.count))
        let list = omitsTLS13Suites ? JARM.suites.filter { $0.rawValue >> 8 != 0x13 } : JARM.suites
        let hello = ClientHello(
            legacyVersion: min(version, .tls12),
            random: Array(bytes.prefix(32)),
            sessionID: Array(bytes.suffix(32)),
            cipherSuites: (greases ? [CipherSuite(rawValue: 0x4A4A)] : []) + suiteOrder.applied(to: list),
            extensions: extensions(serverName: serverName)
        )
        return JARM.Probe(id: id, hello: hello, recordVersion: version == .tls13 ? .tls10 : version)
    }

    private func extensions(serverName: String?) -> [Extension] {
        var result: [Extension] = []
        if greases { result.append(Extension(type: ExtensionType(rawValue: 0x8A8A), data: [])) }
        if let serverName, isServerName(serverName) { result.append(Extension(ServerNameList(hostName: serverName))) }
        result += [
            Extension(ExtendedMasterSecret()),
            Extension(MaxFragmentLengthExtension(code: MaxFragmentLength(rawValue: 1))),
            Extension(RenegotiationInfo()),
            Extension(SupportedGroups(groups: [.x25519, .secp256r1, .secp384r1, .secp521r1])),
            Extension(ECPointFormats(formats: [.uncompressed])),
            Extension(SessionTicketExtension()),
            Extension(ApplicationProtocols(names: protocols.map { PeerText($0) })),
            Extension(SignatureAlgorithms(schemes: JARM.schemes)),
            Extension(ClientKeyShares(entries: keyShares)),
            Extension(PSKKeyExchangeModes(modes: [.psk_dhe_ke])),
        ]
        if let supported {
            let versions = [.tls10, .tls11, .tls12, .tls13].filter { $0 <= supported }
            let grease = greases ? [ProtocolVersion(rawValue: 0x2A2A)] : []
            result.append(Extension(SupportedVersions(versions: grease + extensionOrder.applied(to: versions))))
        }
        return result
    }

    /// From the oldest to the newest. SPDY 3 and HTTP/2 are one entry in the reference and keep their order when the list
    /// is turned round.
    private var protocols: [String] {
        let rare = [["http/0.9"], ["http/1.0"], ["spdy/1"], ["spdy/2"], ["spdy/3"], ["h2c"], ["hq"]]
        let usual = [
            ["http/0.9"], ["http/1.0"], ["http/1.1"], ["spdy/1"], ["spdy/2"], ["spdy/3", "h2"], ["h2c"], ["hq"],
        ]
        return extensionOrder.applied(to: rareALPN ? rare : usual).flatMap { $0 }
    }

    private var keyShares: [KeyShareEntry] {
        let grease = greases ? [KeyShareEntry(group: NamedGroup(rawValue: 0xCACA), keyExchange: [0])] : []
        return grease
            + [.x25519].compactMap { group in
                ThrowawayKeyShare.publicValue(for: group).map { KeyShareEntry(group: group, keyExchange: $0) }
            }
    }
}

/// How a list is arranged.
private enum Order: Sendable {
    case forward
    case reverse
    /// The first half backwards, from the middle one on.
    case topHalf
    /// What follows the middle one.
    case bottomHalf
    /// From the middle one outwards, the later neighbour first.
    case middleOut

    func applied<Element>(to list: [Element]) -> [Element] {
        let middle = list.count / 2
        let isOdd = list.count % 2 == 1
        switch self {
        case .forward: return list
        case .reverse: return list.reversed()
        case .topHalf: return list[..<(isOdd ? middle + 1 : middle)].reversed()
        case .bottomHalf: return Array(list[(isOdd ? middle + 1 : middle)...])
        case .middleOut:
            let later = list[(isOdd ? middle + 1 : middle)...]
            let pairs = zip(later, list[..<middle].reversed()).flatMap { [$0, $1] }
            return (isOdd ? [list[middle]] : []) + pairs
        }
    }
}
