import TLSParameters

extension ListenPlace {
    /// Refuses to serve SSL 2.0 and 3.0 to others than this machine: that takes a word of its own beside the address.
    ///
    /// - Throws: `RequestProblem` that names the option.
    func requireLoopback(for protocols: [String]) throws(RequestProblem) {
        let old = protocols.compactMap { ProtocolVersion(id: $0) }.filter { $0 < .tls10 }
        guard !old.isEmpty, case .network(let host, _) = place, !Self.isLoopback(host) else { return }
        throw RequestProblem(
            reason: "\(old.map(\.name).joined(separator: " and ")) would be served to the network at \(host)",
            hint: "leave the address out of --listen, or add --expose-obsolete if that is what you want"
        )
    }

    /// Whether nobody but this machine can get there. A name may lead anywhere.
    private static func isLoopback(_ host: String) -> Bool {
        host == "::1" || host == "localhost" || host.hasPrefix("127.") && Target.isAddress(host)
    }
}
