import CUnbound
import Glibc
import Synchronization

/// Asks the DNS for records that say how a server wants to be spoken to, validated where there is a trust anchor (RFC 4035).
///
/// By libunbound, which is loaded when it is first needed; ``isAvailable`` tells whether it is there.
public struct RecordLookup: Sendable {
    /// The kinds of records that can be asked for, by their numbers.
    public enum Kind: Int, Sendable, CaseIterable {
        /// Text (RFC 1035 §3.3.14).
        case txt = 16
        /// What certificate a server has (RFC 6698).
        case tlsa = 52
        /// How a web server wants to be spoken to (RFC 9460).
        case https = 65
        /// Who may issue certificates for a name (RFC 8659).
        case caa = 257
    }

    /// What is asked.
    public struct Question: Hashable, Sendable {
        /// The name, without a trailing dot.
        public var name: String
        /// The kind of records.
        public var kind: Kind

        /// A question.
        public init(_ name: String, _ kind: Kind) {
            self.name = name
            self.kind = kind
        }
    }

    /// What came back.
    public struct Answer: Hashable, Sendable {
        /// Whether what came back can be believed.
        public enum Security: Hashable, Sendable {
            /// It was validated.
            case secure
            /// It wasn't signed, or there is no trust anchor to validate it with.
            case insecure
            /// It should be signed and isn't as it should be; why.
            case bogus(String)
        }

        /// What it came to.
        public enum Outcome: Hashable, Sendable {
            /// There are records, or none of this kind.
            case found
            /// There is no such name.
            case noSuchName
            /// The resolver failed; its answer's code (RFC 1035 §4.1.1).
            case failed(code: Int)
            /// No answer in time, or no resolver.
            case unanswered
        }

        /// What it came to.
        public var outcome: Outcome
        /// Whether it can be believed.
        public var security: Security
        /// The data of each record, as on the wire.
        public var records: [[UInt8]]

        /// An answer.
        public init(outcome: Outcome, security: Security, records: [[UInt8]]) {
            self.outcome = outcome
            self.security = security
            self.records = records
        }
    }

    /// The resolver to ask, `ADDR` or `ADDR@PORT`; nil for those of /etc/resolv.conf.
    public var resolver: String?
    /// A file of trust anchors, DS or DNSKEY records; nil validates nothing.
    public var trustAnchor: String?

    /// A lookup.
    public init(resolver: String? = nil, trustAnchor: String? = nil) {
        self.resolver = resolver
        self.trustAnchor = trustAnchor
    }

    /// Where Debian's dns-root-data has the trust anchor of the root zone.
    public static let systemTrustAnchor = "/usr/share/dns/root.key"

    /// The library loads itself once, and unsynchronised.
    private static let loading = Mutex(())

    /// Whether libunbound is installed.
    public static var isAvailable: Bool {
        loading.withLock { _ in sechan_unbound_is_available() != 0 }
    }

    /// Asks all questions at once, within `deadline`; one answer for each, in order.
    public func ask(_ questions: [Question], deadline: Deadline) async -> [Answer] {
        let left = deadline.remaining.components
        let milliseconds = Int32(
            clamping: min(left.seconds, 86_400) * 1000
                + left.attoseconds / 1_000_000_000_000_000 + 1
        )
        guard Self.isAvailable, !questions.isEmpty, !deadline.hasPassed else {
            return questions.map { _ in Self.unanswered }
        }
        let answers = try? await Resolver.onThread(deadline: deadline) { () throws(TransportError) in
            ask(questions, milliseconds: milliseconds)
        }
        return answers ?? questions.map { _ in Self.unanswered }
    }

    private static let unanswered = Answer(outcome: .unanswered, security: .insecure, records: [])

    private func ask(_ questions: [Question], milliseconds: Int32) -> [Answer] {
        let names = questions.map { strdup($0.name) }
        defer { for name in names { free(name) } }
        var asked = zip(questions, names).map { question, name in
            var asked = sechan_dns_question()
            asked.name = UnsafePointer(name)
            asked.type = Int32(question.kind.rawValue)
            return asked
        }
        let count = Int32(asked.count)
        // SAFETY: the array is not touched while the library has its address, and no callback comes after the call.
        let failed = asked.withUnsafeMutableBufferPointer { buffer in
            sechan_unbound_ask(resolver, trustAnchor, buffer.baseAddress, count, milliseconds) != 0
        }
        defer { asked.withUnsafeMutableBufferPointer { sechan_unbound_free($0.baseAddress, count) } }
        return failed ? questions.map { _ in Self.unanswered } : asked.map(Self.answer)
    }

    private static func answer(_ question: sechan_dns_question) -> Answer {
        guard question.state == 1 else { return unanswered }
        let outcome: Answer.Outcome =
            switch question.rcode {
            case 0: .found
            case 3: .noSuchName
            default: .failed(code: Int(question.rcode))
            }
        let security: Answer.Security =
            question.bogus != 0 ? .bogus(reason(question)) : question.secure != 0 ? .secure : .insecure
        var records: [[UInt8]] = []
        // SAFETY: the library's side fills `length` bytes behind `data`, which are freed after this.
        var rest = UnsafeRawBufferPointer(start: question.data, count: question.data == nil ? 0 : question.length)[...]
        while rest.count >= 2 {
            let size = Int(rest[rest.startIndex]) << 8 | Int(rest[rest.startIndex + 1])
            rest = rest.dropFirst(2)
            guard rest.count >= size else { break }
            records.append(Array(rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
        return Answer(outcome: outcome, security: security, records: records)
    }

    private static func reason(_ question: sechan_dns_question) -> String {
        withUnsafeBytes(of: question.reason) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}
