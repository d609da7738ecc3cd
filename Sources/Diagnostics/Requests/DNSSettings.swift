import Glibc
import Transport

/// Whether the DNS is asked what it says of a server, and how.
public struct DNSSettings: Sendable {
    /// The resolver to ask, `ADDR` or `ADDR@PORT`; nil for the system's.
    public var resolver: String?
    /// A file of trust anchors; nil for the system's, if there is one.
    public var trustAnchor: String?

    /// The system's resolver and trust anchor.
    public init() {}

    /// The lookup.
    ///
    /// - Throws: `RequestProblem` if the library is missing, or a file or an address can't be used.
    func lookup() throws(RequestProblem) -> RecordLookup {
        guard RecordLookup.isAvailable else {
            throw RequestProblem(
                reason: "--dns needs libunbound, which is not installed",
                hint: "install it, on Debian with: apt install libunbound8"
            )
        }
        if let resolver {
            let parts = resolver.split(separator: "@", omittingEmptySubsequences: false)
            let port = parts.count == 2 ? UInt16(parts[1]) : 53
            guard parts.count <= 2, let address = parts.first, EndpointSettings.Family(literal: String(address)) != nil,
                let port, port > 0
            else {
                throw RequestProblem(
                    reason: "--resolver: '\(resolver)' is not an address",
                    hint: "write ADDR or ADDR@PORT, as in 192.0.2.53@5353"
                )
            }
        }
        if let trustAnchor {
            guard access(trustAnchor, R_OK) == 0 else {
                throw RequestProblem(
                    reason: "--dns-anchor: \(trustAnchor) can't be read",
                    hint: "name a file of DS or DNSKEY records, such as \(RecordLookup.systemTrustAnchor)"
                )
            }
        }
        let system = access(RecordLookup.systemTrustAnchor, R_OK) == 0 ? RecordLookup.systemTrustAnchor : nil
        return RecordLookup(resolver: resolver, trustAnchor: trustAnchor ?? system)
    }
}
