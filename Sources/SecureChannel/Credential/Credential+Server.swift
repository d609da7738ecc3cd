import Certificates
import LibSSL

extension Credential {
    /// Writes a server's own settings into its context.
    func applyServerSettings(to handle: SSLContextHandle) throws(CredentialError) {
        guard role == .server else { return }
        if !server.names.isEmpty || server.refusesUnknownNames {
            var entries: [ServerNameEntry] = []
            for served in server.names {
                let identities = try served.identities.map { identity throws(CredentialError) in
                    let (leaf, chain) = try identity.handles(withRoot: sendsRoot)
                    return (certificate: leaf, key: identity.key.handle, chain: chain)
                }
                entries.append(ServerNameEntry(name: served.name, identities: identities))
            }
            handle.setServerNames(entries, strict: server.refusesUnknownNames)
        }
        if let staple = server.stapledOCSP { handle.setStaple(staple) }
        guard !server.ticketKeys.isEmpty else { return }
        let keys = server.ticketKeys.compactMap(TicketKey.init)
        guard keys.count == server.ticketKeys.count else {
            throw CredentialError(.badTicketKey, "a ticket key has \(ServerSettings.ticketKeyLength) bytes")
        }
        try library("libssl refuses the ticket keys", as: .badTicketKey) { () throws(LibraryError) in
            try handle.setTicketKeys(keys)
        }
    }
}
