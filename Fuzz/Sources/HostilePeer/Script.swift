import LibSSL

/// What an input says: how both ends are set up, what they do once the channel stands, and what is changed on the way.
///
///     0      the version: SSL 2.0, 3.0, TLS 1.0, 1.1, 1.2, all from 3.0 up, all with a hello in the format of SSL 2.0; the
///            highest bit says that bytes follow, to be read as they are
///     1      the suite
///     2, 3   options, see ``Setup``
///     4..7   what is done when all is quiet, see ``Action``
///     8...   changes, see ``Change``; or the bytes
struct Script {
    enum Version: UInt8, CaseIterable {
        case ssl2, ssl3, tls10, tls11, tls12, any, oldHello
    }

    static let headerCount = 8

    let version: Version
    let hasBytes: Bool
    let suite: Int
    let options: Set<Option>
    let actions: [Action]
    let rest: [UInt8]

    /// The script; nil if there are too few bytes.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= Self.headerCount else { return nil }
        version = Version.allCases[Int(bytes[0] & 0x7F) % Version.allCases.count]
        hasBytes = bytes[0] & 0x80 != 0
        suite = Int(bytes[1])
        let bits = UInt16(bytes[2]) << 8 | UInt16(bytes[3])
        options = Set((0..<UInt16(16)).filter { bits >> $0 & 1 == 1 }.compactMap { Option(rawValue: $0) })
        actions = bytes[4..<Self.headerCount].map { Action($0) }
        rest = Array(bytes.dropFirst(Self.headerCount))
    }
}

/// What can be switched on.
enum Option: UInt16 {
    /// The server asks for a certificate; with `requiresCertificate` it insists.
    case asksForCertificate, requiresCertificate
    /// The client has certificates; with `ellipticCertificate` that one comes first.
    case hasCertificate, ellipticCertificate
    case resumes
    /// The hostile end is old: without RFC 5746, or without RFC 7627 and 7366.
    case lacksSecureRenegotiation, lacksNewExtensions
    /// The end under test renegotiates with old peers, or with nobody.
    case allowsInsecure, refusesRenegotiation
    case usesALPN
    /// The end under test has to be told twice that a certificate is accepted, or which one to show.
    case hesitates
    /// The client asks for a stapled response, and a hostile server has one. The same with tickets.
    case staples, ticket
    /// The end under test gets several records before it goes on.
    case batches
    /// The end under test rejects the certificate.
    case rejects
    /// Single DES in SSL 2.0 as the draft has it.
    case draftDES
}

/// What one end does when all is quiet: the kind in three bits, a parameter in five.
struct Action {
    enum Kind: UInt8, CaseIterable {
        case nothing, hostileData, data, hostileRenegotiation, renegotiation, hostileClose, close, hostileAlert
    }

    let kind: Kind
    let parameter: Int

    init(_ byte: UInt8) {
        kind = Kind.allCases[Int(byte & 7)]
        parameter = Int(byte >> 3)
    }

    /// Bytes of data.
    var count: Int { [1, 2, 15, 16, 17, 300, 5_000, 20_000][parameter & 7] }
}
