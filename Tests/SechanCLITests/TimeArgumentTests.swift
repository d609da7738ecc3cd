import Testing

@testable import SechanCLI

/// Points of time as users write them.
@Suite("TimeArgument")
struct TimeArgumentTests {
    @Test(
        "reads seconds, days and moments in UTC",
        arguments: [
            ("0", Int64(0)), ("1795363200", 1_795_363_200), ("-1", -1), ("1970-01-01", 0), ("1970-01-01T00:00:01Z", 1),
            ("2026-11-22", 1_795_305_600), ("2026-11-22T16:00:00Z", 1_795_363_200),
            ("2038-01-19T03:14:08Z", 2_147_483_648),
            ("2000-02-29", 951_782_400),
        ]
    )
    func reads(_ text: String, _ seconds: Int64) throws {
        #expect(try #require(TimeArgument(argument: text)).seconds == seconds)
    }

    @Test(
        "refuses what is no point of time",
        arguments: [
            "", "now", "yesterday", "2026-13-01", "2026-11-32", "2026-11-22T16:00:00", "2026-11-22T25:00:00Z",
            "22.11.2026",
            "2026-11-22 16:00:00", "2026-11-22x", "99999999999999999999", "1.5",
        ]
    )
    func refuses(_ text: String) {
        let argument = TimeArgument(argument: text)
        #expect(argument == nil, "\(text) is read as \(String(describing: argument?.seconds))")
    }

    @Test("a day that its month does not have is refused", arguments: ["2026-02-30", "2025-02-29", "2026-04-31"])
    func impossibleDays(_ text: String) {
        #expect(TimeArgument(argument: text) == nil)
    }
}
