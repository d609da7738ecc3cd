import Transport

/// What the scheme of a target says: the port, and what is spoken before TLS.
struct TargetScheme: Hashable, Sendable {
    /// The scheme, in lower case.
    var name: String
    /// The port of a target that names none.
    var port: Int
    /// The protocol that goes over to TLS; nil for TLS at once.
    var starttls: STARTTLSProtocol?

    /// The scheme with this name, in any case; nil if there is none.
    init?(_ name: String) {
        let name = name.lowercased()
        guard let scheme = Self.all.first(where: { $0.name == name }) else { return nil }
        self = scheme
    }

    private init(_ name: String, _ port: Int, _ starttls: STARTTLSProtocol? = nil) {
        self.name = name
        self.port = port
        self.starttls = starttls
    }

    /// All of them, in the order in which messages name them.
    static let all: [TargetScheme] =
        [TargetScheme("https", 443)]
        + STARTTLSProtocol.allCases.map { TargetScheme($0.rawValue, Int($0.defaultPort), $0) }
        + [
            TargetScheme("postgresql", Int(STARTTLSProtocol.postgres.defaultPort), .postgres),
            // TLS at once (RFC 8314 §7, and IANA's registry of ports).
            TargetScheme("smtps", 465), TargetScheme("imaps", 993), TargetScheme("pop3s", 995),
            TargetScheme("ftps", 990), TargetScheme("ldaps", 636), TargetScheme("ircs", 6697),
            TargetScheme("nntps", 563),
        ]
}
