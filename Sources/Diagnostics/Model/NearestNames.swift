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
        // A word of four letters with two wrong ones is nearly always another word.
        let limit = min(wanted.count - 1, max(wanted.count < 5 ? 1 : 2, wanted.count / 3))
        var longer: [(distance: Int, name: String)] = []
        var misspelt: [(distance: Int, name: String)] = []
        for name in names {
            let candidate = Array(name.lowercased().utf8)
            if candidate.starts(with: wanted) {
                longer.append((candidate.count - wanted.count, name))
                continue
            }
            guard abs(candidate.count - wanted.count) <= limit else { continue }
            let distance = distance(wanted, candidate, limit: limit)
            if distance <= limit { misspelt.append((distance, name)) }
        }
        // Beside a name that is nearly right, one that is far off was not meant.
        let least = misspelt.map(\.distance).min() ?? 0
        var found = longer + misspelt.filter { $0.distance <= least + 1 }
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

    /// How many letters have to be added, taken away, changed or swapped with the next to make one word of the other; any number
    /// above `limit` when it is more than that.
    private static func distance(_ one: [UInt8], _ other: [UInt8], limit: Int) -> Int {
        var row = Array(0...other.count)
        var before = row
        for (index, letter) in one.enumerated() {
            let last = row
            row[0] = index + 1
            var least = row[0]
            for column in other.indices {
                let change = last[column] + (letter == other[column] ? 0 : 1)
                var distance = min(change, last[column + 1] + 1, row[column] + 1)
                if index > 0, column > 0, letter == other[column - 1], one[index - 1] == other[column] {
                    distance = min(distance, before[column - 1] + 1)
                }
                row[column + 1] = distance
                least = min(least, distance)
            }
            // Swapped letters reach two rows back.
            if least > limit, (last.min() ?? 0) > limit { return least }
            before = last
        }
        return row[other.count]
    }
}
