import Probing
import TLSParameters
import TLSWire
import Transport

/// What a prober makes of a server's first flight, for every goal, however its bytes arrive and end.
///
/// The first byte of the input chooses the ending, the second how the rest is cut into pieces.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzServerFlight(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count >= 2 else { return 0 }
    let bytes = Array(UnsafeBufferPointer(start: start + 2, count: count - 2))
    let ending = endings[Int(start[0]) % endings.count]
    for goal in FlightReader.Goal.allCases {
        let whole = observe(bytes, goal, ending) { _ in bytes.count }
        let cut = observe(bytes, goal, ending, pieces(start[1]))
        check(isSame(whole, cut), "the way bytes arrive makes a difference: \(whole) and \(cut)")
        _ = (whole.isTLS, whole.isChoice, whole.id, whole.chosen?.selectedVersion, whole.chosen?.selectedGroup)
    }
    return 0
}

private let endings: [ReadOutcome] = [
    .end, .reset, .timedOut, .failed(TransportError(.other, detail: "a failure")),
    .failed(TransportError(.cancelled, detail: "a failure")),
]

/// Byte by byte, in pieces of one size, or in pieces that grow.
private func pieces(_ choice: UInt8) -> (Int) -> Int {
    switch choice % 3 {
    case 0: { _ in 1 }
    case 1: { _ in 1 + Int(choice) / 3 }
    default: { 1 + $0 * Int(choice) % 97 }
    }
}

private func observe(
    _ bytes: [UInt8],
    _ goal: FlightReader.Goal,
    _ ending: ReadOutcome,
    _ size: (Int) -> Int
) -> Observation {
    var reader = FlightReader(goal: goal)
    var position = 0
    var number = 0
    while position < bytes.count {
        let end = min(position + max(1, size(number)), bytes.count)
        let answer = reader.append(Array(bytes[position..<end]))
        position = end
        number += 1
        if let answer {
            // What comes later changes nothing.
            check(reader.append([0x15, 3, 3, 0, 2, 2, 40]) == answer, "later bytes change the answer")
            check(reader.end(.timedOut) == answer, "the ending changes the answer")
            return answer
        }
    }
    let answer = reader.end(ending)
    check(reader.end(.end) == answer && reader.append(bytes) == answer, "the answer changes after the end")
    return answer
}

/// The same but for the bytes that are kept of what could not be read: they are those that had arrived.
private func isSame(_ one: Observation, _ other: Observation) -> Bool {
    switch (one, other) {
    case (.notTLS(let one), .notTLS(let other)): one.starts(with: other) || other.starts(with: one)
    case (.undecodable(let one, _), .undecodable(let other, _)): one == other
    default: one == other
    }
}

/// Like `precondition`, which says nothing in a release build.
private func check(_ holds: Bool, _ message: @autoclosure () -> String) {
    if !holds { fatalError(message()) }
}
