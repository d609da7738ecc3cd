import SecureChannel
import TLSParameters

extension AlgorithmRule {
    /// Reads `KIND:ALGORITHM[:MIN-MAX]` of an option, as in `cipher:CBC` or `key-exchange:DHE:0-2047`.
    ///
    /// - Throws: `RequestProblem` that lists what there is, or what was probably meant.
    init(parsing text: String, option: String = "--disable") throws(RequestProblem) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 || parts.count == 3 else {
            throw RequestProblem(
                reason: "\(option): '\(text)' is not KIND:ALGORITHM",
                hint: "write it as in cipher:CBC, digest:SHA1 or key-exchange:DHE:0-2047"
            )
        }
        let kinds = Kind.allCases.map(\.rawValue)
        guard let kind = Kind(rawValue: parts[0].lowercased()) else {
            throw RequestProblem(
                reason: "\(option): '\(parts[0])' is not a kind of algorithm",
                hint: "the kinds are \(kinds.joined(separator: ", "))"
            )
        }
        let algorithm = parts[1].uppercased()
        let names = Self.names(of: kind)
        guard names.contains(algorithm) || Self.isOtherName(algorithm, of: kind) else {
            throw RequestProblem(
                reason: "\(option): '\(parts[1])' is not an algorithm of the kind \(kind.rawValue)",
                hint: NearestNames.hint(
                    algorithm,
                    among: names,
                    otherwise: names.count > 40
                        ? "for example \(Self.examples(of: kind))"
                        : "there are \(names.sorted().joined(separator: ", "))"
                )
            )
        }
        if parts.count == 3, kind == .keyExchange, algorithm != "DHE", algorithm != "ECDHE" {
            throw RequestProblem(
                reason: "\(option): '\(text)': only DHE and ECDHE have sizes of their own",
                hint: "signature:RSA:0-2047 is about the key of the peer's certificate"
            )
        }
        let bits = try parts.count == 3 ? Self.range(parts[2], in: text, kind, option) : nil
        self.init(kind, algorithm, bits: bits)
    }

    private static func isOtherName(_ algorithm: String, of kind: Kind) -> Bool {
        kind == .group && NamedGroup(named: algorithm)?.facts != nil
    }

    private static func examples(of kind: Kind) -> String {
        kind == .cipher ? "AES, AES-128-GCM, CBC, CHACHA20" : "X25519, SECP256R1, FFDHE2048"
    }

    /// `MIN-MAX`, where either may be missing, in bits.
    private static func range(
        _ text: String,
        in whole: String,
        _ kind: Kind,
        _ option: String
    ) throws(RequestProblem) -> ClosedRange<Int> {
        guard kind != .digest else {
            throw RequestProblem(
                reason: "\(option): '\(whole)': a digest has no sizes of key",
                hint: "leave out ':\(text)'"
            )
        }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        if ends.count == 2, ends != ["", ""] {
            let low = ends[0].isEmpty ? 0 : Int(ends[0])
            let high = ends[1].isEmpty ? Int.max : Int(ends[1])
            if let low, let high, low >= 0, low <= high { return low...high }
        }
        throw RequestProblem(
            reason: "\(option): '\(text)' is not a range of bits",
            hint: "write it as in 0-2047, or 4096- for everything from there"
        )
    }
}
