public import TLSParameters

/// What a web server's answer to one GET says about its security.
public struct HTTPFacts: Codable, Hashable, Sendable {
    /// The answer's status code; nil if none was read.
    @Nullable public var status: Int?
    /// Why there is no answer; nil if there is one.
    @Nullable public var problem: PeerText?
    /// Strict-Transport-Security as sent; nil for none.
    @Nullable public var strictTransportSecurity: PeerText?
    /// Server as sent; nil for none.
    @Nullable public var server: PeerText?
    /// Content-Encoding of an answer that is compressed; nil if it isn't.
    @Nullable public var contentEncoding: PeerText?
    /// Names of cookies that lack Secure or HttpOnly.
    public var weakCookies: [PeerText]
    /// Where port 80 redirects to; nil if it doesn't, or wasn't asked.
    @Nullable public var redirect: PeerText?

    /// Nothing known.
    public init() {
        weakCookies = []
    }
}
