import LibSSL
public import TLSParameters

/// What a file holds, thing by thing, in the order in which they stand.
public struct FileContents: Hashable, Sendable, Codable {
    /// The blocks of a PEM file, or the one thing of a file in DER.
    public var items: [FileItem] = []

    /// Nothing yet.
    init() {}

    /// Whether there is anything beside certificates.
    public var holdsMore: Bool { items.contains { $0.kind != .certificate } }

    static func sha256(_ bytes: [UInt8]) -> String { hex((try? X509Digest.sha256(bytes)) ?? []) }
}

/// One thing in a file.
public struct FileItem: Hashable, Sendable {
    /// What it is.
    public var kind: FileKind
    /// Whether it is in PEM, or else in DER.
    public var isPEM: Bool
    /// The line of its beginning, from 1; nil for DER.
    public var line: Int?
    /// The label of its block; nil for DER.
    public var label: PeerText?
    /// The certificates in it, by their places in the report.
    public var certificates: [Int] = []
    /// Its key; nil without one.
    public var key: FileKey?
    /// The request that it is.
    public var request: CertificateRequest?
    /// The list that it is.
    public var list: RevocationListFacts?
    /// The response that it is.
    public var response: OCSPFacts?
    /// Why it was not looked into: an encrypted key without a passphrase, a kind that isn't known here.
    public var problem: String?

    init(_ kind: FileKind, isPEM: Bool, line: Int?, label: String?) {
        self.kind = kind
        self.isPEM = isPEM
        self.line = line
        self.label = label.map { PeerText($0) }
    }
}

extension FileItem: Codable {
    private enum CodingKeys: String, CodingKey {
        case kind
        case isPEM = "pem"
        case line, label, certificates, key, request
        case list = "crl"
        case response = "ocsp"
        case problem
    }

    /// All keys, `null` for what it isn't.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(kind, forKey: .kind)
        try container.encode(isPEM, forKey: .isPEM)
        try container.encode(line, forKey: .line)
        try container.encode(label, forKey: .label)
        try container.encode(certificates, forKey: .certificates)
        try container.encode(key, forKey: .key)
        try container.encode(request, forKey: .request)
        try container.encode(list, forKey: .list)
        try container.encode(response, forKey: .response)
        try container.encode(problem, forKey: .problem)
    }

    /// A request whose bytes were kept back, since they hold a password, is not there any more.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        kind = try container.decode(FileKind.self, forKey: .kind)
        isPEM = try container.decode(Bool.self, forKey: .isPEM)
        line = try container.decodeIfPresent(Int.self, forKey: .line)
        label = try container.decodeIfPresent(PeerText.self, forKey: .label)
        certificates = try container.decode([Int].self, forKey: .certificates)
        key = try container.decodeIfPresent(FileKey.self, forKey: .key)
        request = try? container.decodeIfPresent(CertificateRequest.self, forKey: .request)
        list = try container.decodeIfPresent(RevocationListFacts.self, forKey: .list)
        response = try container.decodeIfPresent(OCSPFacts.self, forKey: .response)
        problem = try container.decodeIfPresent(String.self, forKey: .problem)
    }
}
