import SecureChannel
import TLSParameters

/// Sessions and secrets that a run takes from files, leaves in them, or shows.
public struct SessionSettings: Sendable {
    /// File with the session to resume; nil for none.
    public var resume: String?
    /// File to save the session in; nil for none.
    public var save: String?
    /// Directory that the last session of each server is kept in, instead of both files; nil for none.
    public var cache: String?
    /// File with the data to send along with the hello; nil for none.
    public var earlyData: String?
    /// Keying material to export: `LABEL[:CONTEXT]:LENGTH` or `eap`.
    public var exports: [String] = []
    /// Keying material to export from the secret of early data.
    public var earlyExports: [String] = []
    /// File that the secrets are appended to, in the NSS key log format; nil for none.
    public var keyLog: String?
    /// Whether the secrets are part of the report.
    public var revealsSecrets = false

    /// The defaults: nothing is kept, nothing is shown.
    public init() {}
}

extension ExportRequest {
    /// The most bytes that are exported for one option: a line of text has to hold them.
    private static let limit = 1_024

    /// Reads what a user wrote: `LABEL:LENGTH`, `LABEL:CONTEXT:LENGTH` or `eap`. A context is text, or bytes in hexadecimal
    /// after `0x`; an empty one is a context too.
    init(parsing text: String) throws(RequestProblem) {
        if text == "eap" {
            self = .eapTLS
            return
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 2, let label = parts.first, !label.isEmpty, let last = parts.last else {
            throw Self.problem(text, "it is not LABEL[:CONTEXT]:LENGTH")
        }
        guard let count = Int(last), (1...Self.limit).contains(count) else {
            throw Self.problem(text, "the length is not a number from 1 to \(Self.limit)")
        }
        // RFC 8446 §7.1: `opaque label<7..255>`, with "tls13 " in front of it.
        guard label.utf8.count <= 249 else { throw Self.problem(text, "a label has at most 249 bytes") }
        var context: [UInt8]?
        if parts.count > 2 {
            let written = parts.dropFirst().dropLast().joined(separator: ":")
            if written.hasPrefix("0x") {
                guard let bytes = HexBytes(hex: String(written.dropFirst(2))) else {
                    throw Self.problem(text, "the context is not hexadecimal")
                }
                context = bytes.bytes
            } else {
                context = Array(written.utf8)
            }
        }
        self.init(label: label, context: context, count: count)
    }

    private static func problem(_ text: String, _ why: String) -> RequestProblem {
        RequestProblem(
            reason: "can't export '\(text)': \(why)",
            hint: "write LABEL:32, LABEL:CONTEXT:32, LABEL:0x0d:32, or eap for the keys of EAP-TLS"
        )
    }
}

extension SessionSettings {
    /// Whether any of the versions can give what is wanted of a session.
    ///
    /// - Throws: `RequestProblem` for what none of them has: the exporter begins with TLS 1.0 (RFC 5705 section 4), and the
    ///   master key of SSL 2.0 has no line in a key log.
    func check(for versions: [ProtocolVersion]) throws(RequestProblem) {
        if !exports.isEmpty, let newest = versions.max(), newest < .tls10 {
            throw RequestProblem(
                reason: "--export has no effect: \(newest.name) can't export keying material, which came with TLS 1.0",
                hint: "leave it out, or offer TLS 1.0 or newer with --protocol"
            )
        }
        if keyLog != nil, versions == [.ssl2] {
            throw RequestProblem(
                reason: "--keylog has no effect: a key log has no line for the secrets of SSL 2.0",
                hint: "leave it out, and SSLKEYLOGFILE unset; --reveal-secrets shows the master key"
            )
        }
    }
}
