public import TLSParameters

/// What a web server's answer to one GET says about its security.
public struct HTTPFacts: Codable, Hashable, Sendable {
    /// The answer's status code; nil if none was read.
    @Nullable public var status: Int?
    /// Why there is no answer; nil if there is one.
    @Nullable public var problem: PeerText?
    /// Strict-Transport-Security as sent; nil for none.
    @Nullable public var strictTransportSecurity: PeerText?
    /// Its max-age in seconds; nil if there is none that makes sense.
    @Nullable public var maxAge: Int?
    /// Whether it holds for the names below as well; nil without the field.
    @Nullable public var includesSubdomains: Bool?
    /// Whether it asks to be in browsers' own lists; nil without the field.
    @Nullable public var preload: Bool?
    /// Server as sent; nil for none.
    @Nullable public var server: PeerText?
    /// Content-Encoding of an answer that is compressed; nil if it isn't.
    @Nullable public var contentEncoding: PeerText?
    /// Names of cookies that lack Secure or HttpOnly.
    public var weakCookies: [PeerText]
    /// Where port 80 redirects to; nil if it doesn't, or wasn't asked.
    @Nullable public var redirect: PeerText?

    /// Nothing known.
    public init() {
        weakCookies = []
    }
}

extension HTTPFacts {
    /// What one field's text is kept of.
    private static let textLimit = 512
    /// Cookies that are named at most.
    private static let cookieLimit = 32

    /// What an answer says. The first Strict-Transport-Security counts (RFC 6797 §8.1).
    init(_ answer: HTTPAnswer) {
        self.init()
        status = answer.status
        if status == nil { problem = PeerText(answer.problem) }
        if let text = answer.field("strict-transport-security") {
            strictTransportSecurity = Self.text(text)
            let directives = text.split(separator: ";").map { Self.directive($0) }
            maxAge = directives.first { $0.name == "max-age" }.flatMap { Self.seconds($0.value) }
            includesSubdomains = directives.contains { $0.name == "includesubdomains" }
            preload = directives.contains { $0.name == "preload" }
        }
        server = answer.field("server").map(Self.text)
        if let coding = answer.field("content-encoding"), coding.lowercased() != "identity", !coding.isEmpty {
            contentEncoding = Self.text(coding)
        }
        for field in answer.fields where field.name == "set-cookie" && weakCookies.count < Self.cookieLimit {
            let parts = field.value.split(separator: ";", omittingEmptySubsequences: false)
            let names = Set(parts.dropFirst().map { Self.directive($0).name })
            guard !names.isSuperset(of: ["secure", "httponly"]) else { continue }
            weakCookies.append(Self.text(String(parts.first?.prefix { $0 != "=" } ?? "")))
        }
    }

    private static func text(_ text: String) -> PeerText { PeerText(bytes: text.utf8.prefix(textLimit)) }

    /// RFC 6797 §6.1.1: digits only; nil for anything else. What is too large for a number counts as RFC 9111 §1.2.2 has it.
    private static func seconds(_ digits: String) -> Int? {
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(digits) ?? 2_147_483_648
    }

    /// `Name = "value"`, the name in small letters.
    private static func directive(_ text: Substring) -> (name: String, value: String) {
        let parts = text.split(separator: "=", maxSplits: 1)
        func trimmed(_ text: Substring?) -> String {
            var text = text ?? ""
            while let first = text.first, first == " " || first == "\t" || first == "\"" { text.removeFirst() }
            while let last = text.last, last == " " || last == "\t" || last == "\"" { text.removeLast() }
            return String(text)
        }
        return (trimmed(parts.first).lowercased(), trimmed(parts.dropFirst().first))
    }
}

extension HTTPAnswer {
    /// Why there is no answer.
    fileprivate var problem: String {
        switch progress {
        case .nothing: "nothing came"
        case .broken(let reason): reason
        case .head: "its head broke off"
        case .body, .whole: "it has no status"
        }
    }
}
