import LibSSL
public import TLSParameters

/// One thing that is wrong with a chain.
public struct ValidationProblem: Hashable, Sendable {
    /// The `X509_V_ERR_…` code of OpenSSL that says the same; 1 (unspecified) where there is none.
    public let code: Int32
    /// Stable text for scripts: `expired`, `unknown-issuer`, `name-mismatch`, ….
    public let id: String
    /// The same for people, lower case.
    public let text: String
    /// 0 for the leaf; nil when it is about no certificate in particular.
    public let depth: Int?
    /// The subject of the certificate it is about, in one line.
    public let subject: PeerText?

    /// A problem.
    public init(code: Int32, id: String, text: String, depth: Int? = nil, subject: PeerText? = nil) {
        self.code = code
        self.id = id
        self.text = text
        self.depth = depth
        self.subject = subject
    }
}

extension ValidationProblem: Codable {
    private enum CodingKeys: CodingKey {
        case code
        case id
        case text
        case depth
        case subject
    }

    /// All keys, `null` for what does not apply.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(code, forKey: .code)
        try container.encode(id, forKey: .id)
        try container.encode(text, forKey: .text)
        try container.encode(depth, forKey: .depth)
        try container.encode(subject, forKey: .subject)
    }
}

extension ValidationProblem {
    init(_ problem: X509Verification.Problem) {
        let known = Self.known[problem.code]
        self.init(
            code: problem.code,
            id: known?.id ?? "\(Self.numbered)\(problem.code)",
            text: known?.text ?? X509Verification.text(ofCode: problem.code).lowercased(),
            depth: problem.depth,
            subject: problem.certificate.flatMap { try? Certificate(der: $0).subject.text }
        )
    }

    /// Drops what only repeats another problem: the leaf's signature can't be verified (21) because its issuer is unknown, or
    /// because it is self-signed; and the same id at the same depth under two codes.
    static func tidied(_ problems: [ValidationProblem]) -> [ValidationProblem] {
        let causes: Set<Int32> = [2, 18, 19, 20]
        let hasCause = problems.contains { causes.contains($0.code) }
        var kept: [ValidationProblem] = []
        for problem in problems {
            if problem.code == 21, hasCause { continue }
            if kept.contains(where: { $0.id == problem.id && $0.depth == problem.depth }) { continue }
            kept.append(problem)
        }
        return kept
    }

    /// The codes of <openssl/x509_vfy.h> by number; the rest is `x509-N` with OpenSSL's own words.
    /// What the ids begin with of OpenSSL's problems that have no name here; the number follows.
    public static let numbered = "x509-"

    /// Every id but those of OpenSSL's problems that have no name here, which are `x509-` and a number.
    public static var ids: [String] {
        let own = ["disabled-algorithm", "no-certificate", "unreadable", "unreadable-trust", "internal-error"]
        return Set(known.values.map(\.id) + own).sorted()
    }

    private static let known: [Int32: (id: String, text: String)] = [
        2: ("unknown-issuer", "the issuer's certificate is not known"),
        3: ("crl-unavailable", "nothing at hand says whether the certificate is revoked"),
        4: ("bad-signature", "the signature can't be read"),
        5: ("crl-bad-signature", "the signature of the list of revoked certificates can't be read"),
        6: ("bad-key", "the issuer's key can't be read"),
        7: ("bad-signature", "the signature is wrong"),
        8: ("crl-bad-signature", "the signature of the list of revoked certificates is wrong"),
        9: ("not-yet-valid", "the certificate is not valid yet"),
        10: ("expired", "the certificate has expired"),
        11: ("crl-not-yet-valid", "the list of revoked certificates is not valid yet"),
        12: ("crl-expired", "the list of revoked certificates is out of date"),
        13: ("bad-date", "the beginning of validity is not a date"),
        14: ("bad-date", "the end of validity is not a date"),
        15: ("crl-unusable", "the beginning of the list of revoked certificates is not a date"),
        16: ("crl-unusable", "the end of the list of revoked certificates is not a date"),
        18: ("self-signed", "the certificate is self-signed and not itself trusted"),
        19: ("untrusted-root", "the chain ends at a root that is not trusted"),
        20: ("unknown-issuer", "the issuer's certificate is neither sent nor trusted"),
        21: ("unknown-issuer", "the certificate's signature can't be verified without its issuer"),
        22: ("chain-too-long", "the chain has too many certificates"),
        23: ("revoked", "the certificate is revoked"),
        24: ("bad-key", "the issuer has no usable key"),
        25: ("path-length", "there are more intermediates than an authority allows"),
        26: ("wrong-usage", "the certificate is not for this use"),
        27: ("untrusted", "the root is not trusted for this use"),
        28: ("rejected", "the root is marked as rejected for this use"),
        29: ("issuer-mismatch", "the issuer's name does not fit"),
        30: ("issuer-mismatch", "the identifier of the issuer's key does not fit"),
        31: ("issuer-mismatch", "the issuer's name or serial number does not fit"),
        32: ("invalid-ca", "the issuer's key may not sign certificates"),
        33: ("crl-unusable", "who signed the list of revoked certificates is not known"),
        35: ("crl-unusable", "the issuer may not sign lists of revoked certificates"),
        36: ("crl-unusable", "a critical extension of the list of revoked certificates is not understood"),
        34: ("unknown-critical-extension", "a critical extension is not understood"),
        37: ("invalid-ca", "an authority's certificate is not an authority's"),
        40: ("proxy-not-allowed", "proxy certificates are not allowed"),
        41: ("bad-extension", "an extension makes no sense"),
        44: ("crl-unusable", "the list of revoked certificates is about others"),
        54: ("crl-unusable", "the list of revoked certificates is signed by somebody who isn't trusted"),
        47: ("name-constraint", "a name is outside what an authority may certify"),
        48: ("name-constraint", "a name is excluded from what an authority may certify"),
        51: ("name-constraint", "a constraint on names is of an unsupported kind"),
        52: ("name-constraint", "a constraint on names can't be read"),
        53: ("name-constraint", "a constraint on names is of an unsupported kind"),
        62: ("name-mismatch", "the certificate is for other names"),
        64: ("name-mismatch", "the certificate is for other addresses"),
        66: ("weak-key", "the certificate's key is too weak for the security level"),
        67: ("weak-key", "an authority's key is too weak for the security level"),
        68: ("weak-signature", "the signature's hash is too weak for the security level"),
        55: ("path-loop", "the chain leads back to itself"),
        76: ("bad-signature", "the signature algorithm is not supported"),
        77: ("bad-signature", "the signature algorithm does not fit the issuer's key"),
        78: ("bad-signature", "the two signature algorithms in the certificate differ"),
        79: ("invalid-ca", "an authority's certificate is not an authority's"),
        80: ("path-length", "a path length stands in a certificate of no authority"),
        94: ("bad-key", "the parameters of the key's curve are spelled out"),
    ]
}
