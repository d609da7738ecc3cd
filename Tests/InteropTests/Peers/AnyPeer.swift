/// A peer whose type is only known while the tests run.
struct AnyPeer: Peer {
    private let base: any Peer
    var port: Int { base.port }
    var log: String { base.log }

    init(_ base: any Peer) {
        self.base = base
    }

    func stop() async { await base.stop() }
}
