import Foundation
import LibSSL
import Testing

@testable import Certificates

/// The system's bundle, which is read only when a chain isn't trusted without it.
@Suite struct DeferredBundleTests {
    private func store(bundle: String, trusting certificates: [Certificate] = []) throws -> TrustStore {
        let handle = try X509StoreHandle()
        for certificate in certificates { try handle.add(certificate.handle()) }
        return TrustStore(
            sources: [bundle],
            handle: handle,
            allowsPartialChains: false,
            deferred: DeferredBundle(bundle)
        )
    }

    private func chain() throws -> [Certificate] {
        try [Vectors.certificate("rsa"), Vectors.certificate("intermediate")]
    }

    @Test func connectionsAtTheSameTimeAllFindIt() throws {
        let chain = try chain()
        let bundle = try Vectors.path("root.pem")
        for _ in 0..<20 {
            let store = try store(bundle: bundle)
            let results = Results()
            DispatchQueue.concurrentPerform(iterations: 8) { _ in
                results.append(ChainValidator.validate(chain: chain, trust: store, at: testTime).isTrusted)
            }
            #expect(results.all == [Bool](repeating: true, count: 8))
        }
    }

    /// What a connection sees that began before another one had loaded the bundle.
    @Test func itIsTriedAgainUnlessItWasThereBefore() throws {
        let store = try store(bundle: Vectors.path("root.pem"))
        #expect(!store.deferred.isLoaded)
        try store.deferred.load(into: store.handle)
        #expect(store.deferred.isLoaded)
        try store.deferred.load(into: store.handle)
        #expect(try ChainValidator.validate(chain: chain(), trust: store, at: testTime).isTrusted)
        #expect(DeferredBundle(nil).isLoaded)
    }

    @Test func anUnreadableOneStaysVisible() throws {
        let store = try store(bundle: "/nonexistent/bundle.pem", trusting: [Vectors.certificate("root")])
        let stranger = [try Vectors.certificate("wildcard")]
        for _ in 0..<3 {
            // Trusted without it, a chain has nothing to complain of.
            #expect(try ChainValidator.validate(chain: chain(), trust: store, at: testTime).isTrusted)
            let result = ChainValidator.validate(chain: stranger, trust: store, at: testTime)
            #expect(result.problems.map(\.id) == ["unreadable-trust", "unknown-issuer"])
            #expect(result.problems.first?.text.contains("/nonexistent/bundle.pem") == true)
            #expect(!result.verifiedChain.isEmpty)
        }
    }
}

/// Results of several threads.
private final class Results: @unchecked Sendable {
    // SAFETY: every access holds the lock.
    private let lock = NSLock()
    private var values: [Bool] = []

    func append(_ value: Bool) { lock.withLock { values.append(value) } }
    var all: [Bool] { lock.withLock { values } }
}
