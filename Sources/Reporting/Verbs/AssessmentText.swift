import Certificates
import Diagnostics
import TLSParameters

/// What logs promised, and how a chain stands to the rules for certificates.
enum AssessmentText {
    static func add(_ assessment: ChainAssessment?, to document: inout TextDocument) {
        guard let assessment else { return }
        document.section("certificate transparency") { rows in
            for timestamp in assessment.timestamps {
                let log = timestamp.log ?? "unknown log \(timestamp.logID)"
                rows.row(
                    timestamp.delivery == .tlsExtension ? "extension" : timestamp.delivery.rawValue,
                    verdict(timestamp) + ", \(timestamp.time.text), \(log)"
                        + (timestamp.logState.map { " (\($0))" } ?? "")
                )
            }
        }
        document.section("rules for certificates") { rows in
            rows.row("validated", assessment.validationLevel.map { StyledText($0) })
            let errors = assessment.lint.count { $0.level == .error }
            guard !assessment.lint.isEmpty else { return }
            rows.row("broken", "\(errors) that must hold, \(assessment.lint.count - errors) that should")
        }
    }

    private static func verdict(_ timestamp: SignedTimestamp) -> StyledText {
        switch timestamp.verdict {
        case .valid: StyledText("valid", .good)
        case .invalid: StyledText("wrong signature", .bad)
        case .unknownLog: StyledText("not checked, the log is not in our list", .weak)
        case .undetermined: StyledText("not determined, the issuer is missing", .weak)
        }
    }
}
