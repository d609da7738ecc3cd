import Testing

@testable import SechanCLI

/// Lengths of time as users write them.
@Suite("DurationArgument")
struct DurationArgumentTests {
    @Test(
        "reads numbers with and without a unit",
        arguments: [
            ("500ms", Duration.milliseconds(500)), ("10s", .seconds(10)), ("10", .seconds(10)),
            ("1.5s", .milliseconds(1500)),
            (".5", .milliseconds(500)), ("2m", .seconds(120)), ("1h", .seconds(3600)), ("30d", .seconds(2_592_000)),
            ("1ms", .milliseconds(1)),
        ]
    )
    func reads(_ text: String, _ duration: Duration) throws {
        #expect(try #require(DurationArgument(argument: text)).duration == duration)
    }

    @Test(
        "refuses what is no length of time",
        arguments: [
            "", "s", "soon", "10 s", "10S", "-1s", "+1s", "1s2", "1,5s", "1e3", "nan", "inf", "0", "0s", "1.2.3s", "٣s",
            "10w",
            "99999999999999999999d", "1e999", "0x10", "0.0001ms",
        ]
    )
    func refuses(_ text: String) {
        let argument = DurationArgument(argument: text)
        #expect(argument == nil, "\(text) is read as \(String(describing: argument?.duration))")
    }

    @Test("the largest values don't trap", arguments: ["1000000000d", "1000000000h", "999999999ms", "1000000001"])
    func extremes(_ text: String) {
        _ = DurationArgument(argument: text)
    }

    @Test(
        "a default value reads back as what it is",
        arguments: [Duration.milliseconds(250), .seconds(5), .seconds(60)]
    )
    func describesDefaults(_ duration: Duration) throws {
        let text = DurationArgument(duration).defaultValueDescription
        #expect(try #require(DurationArgument(argument: text)).duration == duration)
    }
}
