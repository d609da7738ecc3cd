import Diagnostics
import TLSParameters

/// What the DNS says of a server.
enum DNSText {
    static func add(_ facts: DNSFacts?, to document: inout TextDocument) {
        guard let facts else { return }
        document.section("dns") { rows in
            for records in facts.records {
                rows.row(records.kind, words(records))
                guard records.kind == "TLSA", !facts.tlsaMatches.isEmpty else { continue }
                let fitting = facts.tlsaMatches.count { $0 }
                rows.row("fits", StyledText("\(fitting) of \(facts.tlsaMatches.count)", fitting > 0 ? .good : .bad))
            }
            guard !facts.validates else { return }
            let reason = "none: there is no trust anchor, or the resolver passes no signatures"
            rows.row("validation", StyledText(reason, .faint))
        }
    }

    private static func words(_ records: DNSFacts.Records) -> StyledText {
        var text: StyledText =
            switch records.verdict {
            case "found": StyledText.joined(records.records.map { StyledText($0) })
            case "none": StyledText("none")
            default: StyledText("not determined", .weak)
            }
        if let reason = records.reason { text = text + ": " + StyledText(reason, .weak) }
        switch records.security {
        case .secure: text = text + " (" + StyledText("secure", .good) + ")"
        case .bogus: text = text + " (" + StyledText("bogus", .bad) + ")"
        case .insecure: break
        }
        return text
    }
}
