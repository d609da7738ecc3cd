/// Finds the names that a misspelt word was probably meant to be.
public enum NearestNames {
    /// Longer words are compared by their beginning: no name is as long.
    private static let greatestLength = 64

    /// At most `count` names that the word begins, or that differ in few letters, the nearest first; letter case doesn't
    /// matter.
    public static func of(_ word: String, among names: some Sequence<String>, count: Int = 3) -> [String] {
        let wanted = Array(word.lowercased().utf8.prefix(greatestLength))
        guard !wanted.isEmpty else { return [] }
        // A third of the letters may be wrong: enough for a part left out, too little for another name altogether.
        let limit = min(wanted.count - 1, max(2, wanted.count / 3))
        var found: [(distance: Int, name: String)] = []
        for name in names {
            let candidate = Array(name.lowercased().utf8)
            if candidate.starts(with: wanted) {
                found.append((candidate.count - wanted.count, name))
                continue
            }
            guard abs(candidate.count - wanted.count) <= limit else { continue }
            let distance = distance(wanted, candidate, limit: limit)
            if distance <= limit { found.append((distance, name)) }
        }
        found.sort { ($0.distance, $0.name) < ($1.distance, $1.name) }
        var seen: Set<String> = []
        return Array(found.map(\.name).filter { seen.insert($0).inserted }.prefix(count))
    }

    /// `did you mean 'x', 'y' or 'z'?`, or the fallback where nothing is near.
    static func hint(_ word: String, among names: some Sequence<String>, otherwise fallback: String) -> String {
        let nearest = of(word, among: names).map { "'\($0)'" }
        guard let last = nearest.last else { return fallback }
        let rest = nearest.dropLast().joined(separator: ", ")
        return "did you mean \(rest.isEmpty ? last : "\(rest) or \(last)")?"
    }

    /// How many letters have to be added, taken away or changed to make one word of the other; any number above `limit`
    /// when it is more than that.
    private static func distance(_ one: [UInt8], _ other: [UInt8], limit: Int) -> Int {
        var row = Array(0...other.count)
        for (index, letter) in one.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            var least = row[0]
            for column in other.indices {
                let change = diagonal + (letter == other[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(change, diagonal + 1, row[column] + 1)
                least = min(least, row[column + 1])
            }
            if least > limit { return least }
        }
        return row[other.count]
    }
}
