/// One of the questions that a judgement of a chain answers, with its answer (the checks that Schannel leaves to a caller who
/// validates by hand).
public struct ValidationCheck: Hashable, Sendable, Codable {
    /// A question.
    public enum Name: String, Hashable, Sendable, Codable, CaseIterable {
        /// Does a chain of good signatures lead to a trusted certificate?
        case chain
        /// Is every certificate valid at that moment?
        case validity
        /// Is no certificate revoked?
        case revocation
        /// Are there no more intermediates than the authorities allow?
        case pathLength = "path-length"
        /// Are the certificates for this use?
        case usage
        /// Are keys and signatures strong enough, and allowed?
        case strength
        /// Is the leaf for that name?
        case name
    }

    /// An answer.
    public enum Outcome: String, Hashable, Sendable, Codable {
        /// Yes.
        case passed
        /// No.
        case failed
        /// Nobody asked, or what could not be answered was let pass.
        case notChecked = "not-checked"
    }

    /// The question.
    public let check: Name
    /// The answer.
    public let outcome: Outcome
    /// The certificates that don't pass, 0 for the leaf.
    public let depths: [Int]
}

extension ValidationProblem {
    /// The check that the problem fails.
    public var check: ValidationCheck.Name {
        switch id {
        case "expired", "not-yet-valid", "bad-date": .validity
        case _ where isAboutLists: .revocation
        case "path-length", "chain-too-long": .pathLength
        case "wrong-usage", "untrusted", "rejected": .usage
        case "weak-key", "weak-signature", "disabled-algorithm": .strength
        case "name-mismatch": .name
        default: .chain
        }
    }
}

extension ChainValidation {
    /// The answer to each question, in the order in which people ask.
    public var checks: [ValidationCheck] {
        ValidationCheck.Name.allCases.map { name in
            let failed = problems.filter { $0.check == name }
            let wasAsked =
                switch name {
                // What was let pass wasn't answered.
                case .revocation:
                    revocation.map { !$0.certificates.isEmpty && $0.certificates.allSatisfy { $0.status != .unknown } }
                        ?? false
                case .name: nameChecked != nil
                default: true
                }
            return ValidationCheck(
                check: name,
                outcome: !failed.isEmpty ? .failed : wasAsked ? .passed : .notChecked,
                depths: failed.compactMap(\.depth)
            )
        }
    }
}
