import ClassicTLS
import LibSSL

/// A hostile end of a session: an honest one knows what to say, and the script what to make of it.
protocol Puppet: AnyObject {
    /// Hears records, and says what comes next.
    func take(_ records: [[UInt8]]) -> [Parcel]
    /// Does something unasked.
    func perform(_ action: Action) -> [Parcel]
    /// Whether that is what the end under test may read: nothing but what was protected as data, in its order.
    func accounts(for data: [UInt8]) -> Bool
}

/// What comes of a hostile end.
enum Parcel {
    /// A record, right or wrong.
    case record([UInt8])
    /// The end under test does something now.
    case act(Action)
}

extension Action {
    /// Data to send: something else at each place.
    var data: [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ parameter) } }
}
