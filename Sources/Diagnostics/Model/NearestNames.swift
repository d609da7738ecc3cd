/// Finds the names that a misspelt word probably stands for.
public enum NearestNames {
    /// At most three of `names`, the nearest first: those it begins, or that two letters make of it. Empty if none is near.
    public static func of(_ word: String, among names: [String]) -> [String] {
        let near = names.compactMap { name -> (name: String, distance: Int)? in
            let distance = distance(word, name)
            return distance <= 2 || !word.isEmpty && name.hasPrefix(word) ? (name, distance) : nil
        }
        return near.sorted { $0.distance < $1.distance }.prefix(3).map(\.name)
    }

    /// How many letters have to be added, taken away or changed to make one word of the other.
    private static func distance(_ one: String, _ other: String) -> Int {
        let other = Array(other)
        var row = Array(0...other.count)
        for (index, letter) in one.prefix(64).enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in other.indices {
                let change = diagonal + (letter == other[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(change, diagonal + 1, row[column] + 1)
            }
        }
        return row[other.count]
    }
}
