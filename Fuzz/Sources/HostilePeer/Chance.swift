import COpenSSL

/// Chance that repeats itself, in place of libcrypto's generator: an input does the same each time.
enum Chance {
    /// Who draws. Each has chances of its own, so that a recorded flight fits an end that meets nobody but the record.
    enum Player: Int {
        case hostile, underTest
    }

    // SAFETY: a fuzz target has one thread.
    private nonisolated(unsafe) static var state: UInt64 = 1
    private nonisolated(unsafe) static var steps: [UInt64] = [0, 0]
    // SAFETY: the same; libcrypto keeps the pointer, and nothing frees it.
    private nonisolated(unsafe) static let method = UnsafeMutablePointer<RAND_METHOD>.allocate(capacity: 1)

    /// Takes libcrypto's place, once a process.
    static let start: Void = {
        method.initialize(
            to: RAND_METHOD(
                seed: nil,
                bytes: { bytes, count in Chance.fill(bytes, count) },
                cleanup: nil,
                add: nil,
                pseudorand: { bytes, count in Chance.fill(bytes, count) },
                status: { 1 }
            )
        )
        guard RAND_set_rand_method(method) == 1 else { fatalError("libcrypto keeps its own generator") }
    }()

    /// A new input.
    static func reset() {
        steps = [0, 0]
        next(.hostile)
    }

    /// A new step. What libcrypto drew in the one before, for its own purposes and not each time, makes no difference here.
    static func next(_ player: Player) {
        steps[player.rawValue] += 1
        state = (steps[player.rawValue] << 1 | UInt64(player.rawValue)) &* 0x9E37_79B9_7F4A_7C15
    }

    private static func fill(_ bytes: UnsafeMutablePointer<UInt8>?, _ count: Int32) -> Int32 {
        guard let bytes else { return 0 }
        for index in 0..<Int(count) {
            // xorshift64*
            state ^= state >> 12
            state ^= state << 25
            state ^= state >> 27
            bytes[index] = UInt8(truncatingIfNeeded: (state &* 0x2545_F491_4F6C_DD1D) >> 56)
        }
        return 1
    }
}
