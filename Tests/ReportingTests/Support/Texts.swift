import Certificates
import SecureChannel
import TLSParameters

@testable import Diagnostics
@testable import Reporting

extension Samples {
    /// Every view of every verb that shows a peer's text, under one name each. `traced` adds the legs and their bytes, which
    /// are never folded.
    static func documents(
        _ ends: Ends,
        text: String,
        identity: Identity,
        traced: Bool = false
    ) throws -> [(name: String, document: TextDocument)] {
        let connect = ConnectText(trace: traced, hex: traced)
        let failed = Samples.connect(
            ends,
            status: RunStatus(exit: .noSession, kind: "closed", reason: "it closed: \(text)", hint: text),
            ending: nil,
            input: text
        )
        let finding = Finding(
            id: "certificate.malformed",
            severity: .low,
            statement: "something is wrong",
            evidence: Array(repeating: PeerText(text), count: 5),
            remedy: "have it reissued"
        )
        var inspected = Samples.inspect(ends)
        inspected.findings.append(finding)
        return [
            ("connect", connect.whole(Samples.connect(ends))),
            ("connect opening", connect.opening(Samples.connect(ends))),
            ("connect closing", connect.closing(Samples.connect(ends))),
            ("connect failed", connect.whole(failed)),
            ("inspect", InspectText(verbose: true, trace: traced, hex: traced).document(inspected)),
            ("shutdown", ShutdownText(trace: traced, hex: traced).document(Samples.shutdown(ends))),
            ("renegotiate", RenegotiateText(trace: traced, hex: traced).document(Samples.renegotiate(ends))),
            ("serve", ServeText.document(Samples.served(ends, text: text))),
            ("serve listening", ServeText.document(listening(identity, credential: ends.credential))),
            ("serve page", ServePage.document(Samples.served(ends, text: text))),
            ("ciphers in full", CiphersText.document(Samples.survey(text: text))),
        ]
    }
}

extension Samples {
    /// The views that show no peer's text, but long tables.
    static func tables() throws -> [(name: String, document: TextDocument)] {
        [
            ("ciphers", CiphersText.document(Samples.ciphers())),
            ("local ciphers", LocalCiphersText.document(try LocalCiphersOperation(filter: .everything).run())),
        ]
    }
}

/// The columns that a line takes, its colours left out.
func columns(_ line: some StringProtocol) -> Int {
    line.contains("\u{1b}") ? uncoloured(String(line)).count : line.count
}

/// The text without the sequences that colour it; anything else stays.
func uncoloured(_ text: String) -> String {
    text.replacing(/\u{1b}\[[0-9]*m/, with: "")
}

/// The scalars that no output may hold: controls but line feeds, and what can't be seen or turns text around.
func forbidden(in text: String) -> [Unicode.Scalar] {
    text.unicodeScalars.filter { scalar in
        !(0x20...0x7e).contains(scalar.value) && scalar != "\n"
            && PeerText(String(scalar)).encoded(for: .terminal) != String(scalar)
    }
}

/// What a reader would read: the text without what folding changes.
func words(_ text: String) -> String {
    String(text.filter { !$0.isWhitespace })
}
