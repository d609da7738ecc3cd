public import TLSParameters

/// One rule that a certificate may break, with the clause that makes it.
public struct LintRule: Sendable {
    /// Whom the rule binds.
    public enum Scope: Sendable {
        /// Every certificate (RFC 5280).
        case all
        /// Those of the public authorities (CA/Browser Forum Baseline Requirements).
        case `public`
    }

    /// How strong the rule's words are.
    public enum Level: String, Hashable, Sendable, Codable {
        /// It must not be so.
        case error
        /// It should not be so.
        case warning
    }

    /// The stable name: the finding is `lint.` and this.
    public let id: String
    /// The id of the finding that it makes.
    public var findingID: String { "lint." + id }
    /// The clause that makes it, such as `RFC 5280 §4.1.2.2`.
    public let clause: String
    /// How strong its words are.
    public let level: Level
    /// Whom it binds.
    public let scope: Scope
    /// What is the case where it is broken, lower case.
    public let text: String
    /// What breaks it; empty where there is nothing to show; nil where nothing does.
    let check: @Sendable (LintSubject) -> [PeerText]?

    init(
        _ id: String,
        _ clause: String,
        _ level: Level,
        _ scope: Scope,
        _ text: String,
        _ check: @escaping @Sendable (LintSubject) -> [PeerText]?
    ) {
        self.id = id
        self.clause = clause
        self.level = level
        self.scope = scope
        self.text = text
        self.check = check
    }

    init(
        _ id: String,
        _ clause: String,
        _ level: Level,
        _ text: String,
        _ check: @escaping @Sendable (LintSubject) -> [PeerText]?
    ) {
        self.init(id, clause, level, .all, text, check)
    }

    init(_ id: String, _ clause: String, _ text: String, _ check: @escaping @Sendable (LintSubject) -> [PeerText]?) {
        self.init(id, clause, .error, .all, text, check)
    }

    /// Every rule.
    public static var all: [LintRule] { fields + extensionRules + names + keys }
}

/// A rule that a certificate breaks.
public struct LintResult: Hashable, Sendable, Codable {
    /// The rule's name.
    public var rule: String
    /// The clause that makes it.
    public var clause: String
    /// How strong its words are.
    public var level: LintRule.Level
    /// What is the case, lower case.
    public var text: String
    /// The certificate's place in the chain, 0 for the leaf.
    public var depth: Int
    /// What breaks it.
    public var evidence: [PeerText]
}

/// A certificate under examination.
struct LintSubject {
    let certificate: Certificate
    /// Whether it stands first, where a server's own certificate belongs.
    let isLeaf: Bool
    /// The attributes of the names as they are encoded.
    let attributes: [NameAttribute]

    struct NameAttribute {
        let type: String
        let tag: UInt8
        let value: [UInt8]
    }

    init(_ certificate: Certificate, isLeaf: Bool) {
        self.certificate = certificate
        self.isLeaf = isLeaf
        attributes = (try? Self.attributes(of: certificate.subject.der)) ?? []
    }

    /// An extension by its name in the standard.
    func `extension`(_ name: String) -> CertificateExtension? {
        certificate.extensions.first { $0.name == name }
    }

    /// Whether it is an end entity's.
    var isEndEntity: Bool { !certificate.isCA }

    var dnsNames: [PeerText] { certificate.subjectAlternativeNames.filter { $0.kind == .dns }.map(\.value) }

    /// `[text]` if a condition holds, for checks with something to show.
    static func evidence(_ isBroken: Bool, _ text: @autoclosure () -> String) -> [PeerText]? {
        isBroken ? [PeerText(text())] : nil
    }

    private static func attributes(of name: [UInt8]) throws(DERError) -> [NameAttribute] {
        var reader = DERReader(name[...])
        var names = try reader.inside("the name")
        var found: [NameAttribute] = []
        while !names.isAtEnd {
            var set = try names.inside(tag: DERTag.set, "a relative name")
            while !set.isAtEnd {
                var attribute = try set.inside("an attribute")
                let oid = try attribute.oid("the type of an attribute").dotted
                let value = try attribute.element("the value of an attribute")
                let type = OID.attributeNames[oid] ?? oid
                found.append(NameAttribute(type: type, tag: value.tag, value: Array(value.content)))
            }
        }
        return found
    }
}

extension LintResult {
    /// What the certificates of a chain break.
    ///
    /// - Parameters:
    ///   - chain: the leaf first.
    ///   - isPublic: whether it is of the public authorities, whose own rules then count too.
    public static func all(chain: [Certificate], isPublic: Bool) -> [LintResult] {
        var found: [LintResult] = []
        let rules = LintRule.all.filter { isPublic || $0.scope == .all }
        for (depth, certificate) in chain.prefix(10).enumerated() {
            let subject = LintSubject(certificate, isLeaf: depth == 0)
            for rule in rules {
                guard let evidence = rule.check(subject) else { continue }
                found.append(
                    LintResult(
                        rule: rule.id,
                        clause: rule.clause,
                        level: rule.level,
                        text: rule.text,
                        depth: depth,
                        evidence: evidence
                    )
                )
            }
        }
        return found
    }
}
