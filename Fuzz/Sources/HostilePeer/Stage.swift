/// Carries what both ends say to the other, until neither has more to say.
struct Stage {
    private let watch: Watch
    private let puppet: any Puppet
    private let batches: Bool
    /// So many records are carried at most.
    private static let limit = 600
    private var count = 0

    init(_ watch: Watch, _ puppet: any Puppet, batches: Bool) {
        self.watch = watch
        self.puppet = puppet
        self.batches = batches
    }

    /// The handshake, and then what the script wants.
    mutating func run(_ actions: [Action]) {
        carry(puppet.take([]), watch.take([]))
        for action in actions {
            switch action.kind {
            case .nothing: continue
            case .data, .close, .renegotiation: carry([], watch.perform(action))
            case .hostileData, .hostileClose, .hostileRenegotiation, .hostileAlert: carry(puppet.perform(action), [])
            }
        }
        Trace.note("\(watch.data.count) bytes of data")
        check(puppet.accounts(for: watch.data), "data is read that nobody sent: \(watch.data.prefix(64))")
    }

    private mutating func carry(_ parcels: [Parcel], _ answer: [UInt8]) {
        var parcels = parcels
        var answer = answer
        while !parcels.isEmpty || !answer.isEmpty, count < Self.limit {
            let heard = HostileSession.records(answer, isSSL2: puppet is SSL2Puppet)
            answer = []
            var batch: [[UInt8]] = []
            for parcel in parcels {
                count += 1
                switch parcel {
                case .record(let record):
                    batch.append(record)
                    // One engine takes no more than 64 at a time.
                    if batches, batch.count < 32 { continue }
                    answer += watch.take(batch)
                    batch = []
                case .act(let action): answer += watch.perform(action)
                }
            }
            if !batch.isEmpty { answer += watch.take(batch) }
            parcels = heard.isEmpty ? [] : puppet.take(heard)
        }
    }
}
