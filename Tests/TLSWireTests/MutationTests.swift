import Testing

@testable import TLSWire

/// A small generator with a fixed seed, so that a failure can be repeated.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

private let mutationsPerVector = 150

@Suite("Mutations")
struct MutationTests {
    private static let vectors =
        RFC8448Vectors.all + CapturedVectors.all + HandBuiltVectors.messages + HandBuiltVectors.ssl2
        + ExtensionVectors.all

    /// One to four bytes replaced, removed, inserted or repeated.
    private func mutate(_ bytes: [UInt8], _ random: inout SplitMix) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
            let position = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes[position] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 2: bytes.remove(at: position)
            case 3: bytes.insert(UInt8.random(in: 0...255, using: &random), at: position)
            default:
                let end = min(bytes.count, position + Int.random(in: 1...40, using: &random))
                bytes.insert(contentsOf: bytes[position..<end], at: position)
            }
        }
        return bytes
    }

    /// The header's length made right again, so that mutations reach the body.
    private func framed(_ bytes: [UInt8], like vector: Vector) -> [UInt8] {
        guard bytes.count >= 4 else { return bytes }
        var bytes = bytes
        let length = bytes.count - 4
        switch vector.form {
        case .handshake: bytes[1...3] = [UInt8(length >> 16), UInt8(length >> 8 & 0xFF), UInt8(length & 0xFF)]
        case .element: bytes[2...3] = [UInt8(length >> 8), UInt8(length & 0xFF)]
        default: break
        }
        return bytes
    }

    @Test("nothing traps, and what still decodes encodes to the same bytes")
    func vectors() {
        var random = SplitMix(state: 8_446)
        for vector in Self.vectors {
            for _ in 0..<mutationsPerVector {
                let mutant = framed(mutate(vector.bytes, &random), like: vector)
                if let again = try? vector.roundTrip(mutant), again != mutant {
                    Issue.record("\(vector.name): \(mutant.hexText) became \(again.hexText)")
                }
            }
        }
    }
}
