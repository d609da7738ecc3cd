import TLSParameters
import Testing

@testable import Probing

@Suite struct OrderMergerTests {
    /// Merges chains of a known order, counting questions.
    static func merge(_ chains: [[Int]], limit: Int = 64) -> (merged: [Int], questions: Int) {
        var merger = OrderMerger(
            chains: chains.map { $0.map { CipherSuite(rawValue: UInt16($0)) } },
            limit: limit
        )
        var questions = 0
        while let offer = merger.offer, questions < 10_000 {
            questions += 1
            // The server's favourite is the smallest number.
            guard let best = offer.min(by: { $0.rawValue < $1.rawValue }) else { break }
            #expect(offer.count <= limit)
            #expect(Set(offer).count == offer.count)
            merger.take(best)
        }
        return (merger.merged.map { Int($0.rawValue) }, questions)
    }

    @Test(arguments: 0..<300) func anyChains(_ seed: Int) {
        var random = Seeded(seed)
        let count = Int.random(in: 0...60, using: &random)
        let lines = Int.random(in: 1...6, using: &random)
        var chains = [[Int]](repeating: [], count: lines)
        for number in 0..<count { chains[Int.random(in: 0..<lines, using: &random)].append(number) }
        chains.removeAll(where: \.isEmpty)
        let (merged, questions) = Self.merge(chains.shuffled(using: &random))
        #expect(merged == Array(0..<count))
        #expect(questions <= count + count / 4 + 8)
    }

    @Test func contiguousChainsAreCheap() {
        let chains = [Array(0..<30), Array(30..<50), Array(50..<57), [57]]
        #expect(Self.merge(chains).questions == 3)
        #expect(Self.merge(chains).merged == Array(0..<58))
    }

    @Test func aRunIsFoundByHalving() {
        let chains = [Array(0..<20) + Array(21..<40), [20] + Array(40..<60)]
        let (merged, questions) = Self.merge(chains)
        #expect(merged == Array(0..<60))
        #expect(questions <= 16)
    }

    /// A server that answers at random ends the merge all the same, and loses nothing.
    @Test(arguments: 0..<50) func contradictionsEnd(_ seed: Int) {
        var random = Seeded(seed)
        let chains = [Array(0..<20), Array(20..<40), Array(40..<60)].map {
            $0.map { CipherSuite(rawValue: UInt16($0)) }
        }
        var merger = OrderMerger(chains: chains, limit: 64)
        var questions = 0
        while let offer = merger.offer, let any = offer.randomElement(using: &random), questions < 1_000 {
            merger.take(any)
            questions += 1
        }
        #expect(questions < 1_000)
        #expect(Set(merger.merged).count == 60)
    }

    @Test func moreChainsThanAHelloHolds() {
        let (merged, questions) = Self.merge([[2], [1], [0]], limit: 2)
        #expect(questions == 3)
        #expect(merged == [0, 1, 2])
    }
}
