/// Lengths of time for people: `0.4 ms`, `12 ms`, `1.25 s`.
enum Seconds {
    static func text(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds >= 0 else { return "?" }
        if seconds < 0.01 { return "\(decimal(seconds * 1000, places: 1)) ms" }
        if seconds < 1 { return "\(decimal(seconds * 1000, places: 0)) ms" }
        return "\(decimal(seconds, places: 2)) s"
    }

    /// Seconds as a number, to the millisecond.
    static func decimal(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds >= 0 else { return "0" }
        let thousandths = Int((min(seconds, 1e12) * 1000).rounded())
        let fraction = String(thousandths % 1000)
        return "\(thousandths / 1000).\(String(repeating: "0", count: 3 - fraction.count))\(fraction)"
    }

    private static func decimal(_ value: Double, places: Int) -> String {
        let scale = places == 0 ? 1 : places == 1 ? 10 : 100
        let units = Int((min(value, 1e12) * Double(scale)).rounded())
        guard places > 0 else { return String(units) }
        let fraction = String(units % scale)
        return "\(units / scale).\(String(repeating: "0", count: places - fraction.count))\(fraction)"
    }
}
