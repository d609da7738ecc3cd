import Testing

/// Everything that needs a real peer. One test at a time: peers and their clients share a machine, and what is timed must not
/// be timed against other tests.
@Suite("Interop", .serialized, .tags(.interop), .timeLimit(.minutes(5)))
enum Interop {}

extension Tag {
    /// Needs real peers on loopback.
    @Tag static var interop: Self
    /// Runs the built `sechan`.
    @Tag static var binary: Self
    /// Holds the fixtures themselves against each other, without `sechan`.
    @Tag static var fixtures: Self
    @Tag static var openssl: Self
    @Tag static var nginx: Self
    @Tag static var gnutls: Self
    @Tag static var jsse: Self
    @Tag static var curl: Self
    @Tag static var nss: Self
    @Tag static var node: Self
    @Tag static var tlslite: Self
    @Tag static var scapy: Self
    /// Servers of our own that misbehave.
    @Tag static var odd: Self
}
