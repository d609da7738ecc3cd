import Testing

@testable import Diagnostics

@Suite struct MailboxTests {
    @Test func handsValuesOverInOrder() async {
        let box = Mailbox<Int>()
        let producer = Task { for number in 0..<100 { await box.put(number) } }
        for number in 0..<100 { #expect(await box.next() == number) }
        await producer.value
    }

    @Test func makesAProducerWait() async {
        let box = Mailbox<Int>()
        let progress = Noted<Int>()
        let producer = Task {
            for number in 0..<3 {
                await box.put(number)
                progress.note(number)
            }
        }
        // Nothing is taken, so nothing is done, however long it takes.
        for _ in 0..<100 { await Task.yield() }
        #expect(progress.value == nil)
        for number in 0..<3 { #expect(await box.next() == number) }
        await producer.value
        #expect(progress.value == 2)
    }

    @Test func takesFromManyProducers() async {
        let box = Mailbox<Int>()
        let sum = await withTaskGroup(of: Void.self) { group in
            for producer in 0..<20 {
                group.addTask { for number in 0..<50 { await box.put(producer * 50 + number) } }
            }
            var seen: Set<Int> = []
            for _ in 0..<1000 {
                if let value = await box.next() { seen.insert(value) }
            }
            return seen.count
        }
        #expect(sum == 1000)
    }

    @Test func closingReleasesEverybody() async {
        let box = Mailbox<Int>()
        let producers = (0..<5).map { number in Task { await box.put(number) } }
        let empty = Mailbox<Int>()
        let consumer = Task { await empty.next() }
        for _ in 0..<20 { await Task.yield() }
        box.close()
        empty.close()
        for producer in producers { await producer.value }
        #expect(await consumer.value == nil)
        #expect(await box.next() == nil)
        await box.put(1)
        #expect(await box.next() == nil)
        box.close()
    }
}
