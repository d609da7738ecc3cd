import Testing
import Transport

struct DeadlineTests {
    @Test func extremesDoNotOverflow() {
        #expect(Deadline.after(.seconds(Int64.max)) == .never)
        #expect(Deadline.after(.seconds(-5)).hasPassed)
        #expect(Deadline.after(.seconds(-5)).remaining == .zero)
        #expect(!Deadline.never.hasPassed)
        #expect(Deadline.never.remaining > .seconds(3_000_000_000))
        #expect(Deadline.after(Deadline.never.remaining) == .never)
    }

    @Test func theSoonerCounts() {
        let soon = Deadline.after(.seconds(1))
        #expect(soon.sooner(of: .never) == soon)
        #expect(Deadline.never.sooner(of: soon) == soon)
        #expect(Deadline.after(.seconds(2)).sooner(of: soon) == soon)
        #expect(soon.remaining <= .seconds(1))
    }
}
