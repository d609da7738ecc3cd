import TLSParameters

/// A fault as it was asked for: `expired`, `rst@2`, `rst@2:1`, `slow:50`.
public struct Fault: Hashable, Sendable {
    /// What is done wrong.
    public let kind: FaultKind
    /// At which leg; nil where the kind has no choice.
    public let leg: Int?
    /// How much of it; nil where the kind has no number.
    public let number: Int?

    /// Reads `NAME[@LEG][:NUMBER]`.
    ///
    /// - Throws: `RequestProblem` for a name that doesn't exist, or a leg or number that the fault can't have.
    public init(parsing text: String) throws(RequestProblem) {
        let name = text.prefix { $0 != "@" && $0 != ":" }
        guard let kind = FaultKind(rawValue: String(name)) else {
            let nearest = NearestNames.of(String(name), among: FaultKind.allCases.map(\.rawValue))
            throw RequestProblem(
                reason: "--fault: there is no fault '\(name)'",
                hint: (nearest.isEmpty ? "" : "did you mean \(nearest.joined(separator: " or "))? ")
                    + "--fault list shows them all"
            )
        }
        self.kind = kind
        var rest = text.dropFirst(name.count)
        if rest.first == "@" {
            let digits = rest.dropFirst().prefix { $0 != ":" }
            rest = rest.dropFirst(1 + digits.count)
            guard kind.takesLeg else {
                throw RequestProblem(
                    reason: "--fault \(text): \(kind.rawValue) happens at no leg of one's choice",
                    hint: "write it as \(kind.syntax)"
                )
            }
            guard let leg = Self.number(digits), FaultKind.legs.contains(leg) else {
                throw RequestProblem(
                    reason: "--fault \(text): '\(digits)' is not the number of a leg",
                    hint:
                        "legs are counted from 1, the client's hello, to \(FaultKind.legs.upperBound); the server's first is 2"
                )
            }
            self.leg = leg
        } else {
            leg = kind.takesLeg ? FaultKind.standardLeg : nil
        }
        number = try Self.number(rest, of: kind, in: text)
        try checkLeg(text, hasNumber: !rest.isEmpty)
    }

    private static func number(_ rest: Substring, of kind: FaultKind, in text: String) throws(RequestProblem) -> Int? {
        guard !rest.isEmpty else { return kind.parameter?.standard }
        guard let parameter = kind.parameter else {
            throw RequestProblem(
                reason: "--fault \(text): \(kind.rawValue) takes no number",
                hint: "write it as \(kind.syntax)"
            )
        }
        guard let number = number(rest.dropFirst()), parameter.range.contains(number) else {
            throw RequestProblem(
                reason: "--fault \(text): '\(rest.dropFirst())' is not a number of \(parameter.unit)",
                hint: "\(kind.syntax) takes \(parameter.range.lowerBound) to \(parameter.range.upperBound)"
            )
        }
        return number
    }

    private func checkLeg(_ text: String, hasNumber: Bool) throws(RequestProblem) {
        guard let leg, !leg.isMultiple(of: 2) else { return }
        if kind == .truncatedRecord || kind == .slow {
            throw RequestProblem(
                reason:
                    "--fault \(text): leg \(leg) is the client's, and \(kind.rawValue) is about what the server sends",
                hint: "the server's legs are the even ones"
            )
        }
        if hasNumber {
            throw RequestProblem(
                reason: "--fault \(text): leg \(leg) is the client's, so no records of it can be sent first",
                hint: "the server's legs are the even ones; write \(kind.rawValue)@\(leg) to act when leg \(leg) comes"
            )
        }
    }

    /// Digits only: no sign, no space, no end to the surprises otherwise.
    private static func number(_ digits: Substring) -> Int? {
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(digits)
    }

    /// As it is written, with what it has by default left out.
    public var text: String {
        var text = kind.rawValue
        if let leg { text += "@\(leg)" }
        if let number, number != kind.parameter?.standard { text += ":\(number)" }
        return text
    }
}
