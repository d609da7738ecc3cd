import Certificates
import SecureChannel
import TLSParameters

extension AttributeChange {
    /// What differs between two looks at one connection.
    static func all(_ before: ConnectionAttributes, _ after: ConnectionAttributes) -> [AttributeChange] {
        let pairs: [(String, (ConnectionAttributes) -> String?)] = [
            ("suite", { $0.suite?.name }),
            ("key exchange", { $0.keyExchange?.method }),
            ("group", { $0.keyExchange?.group?.name }),
            // In TLS 1.3 the id changes with every ticket, and means nothing.
            ("session id", { $0.version == .tls13 ? nil : $0.session.id?.hex }),
            ("session resumed", { $0.session.resumed ? "yes" : "no" }),
            ("tls-unique", { $0.version == .tls13 ? nil : $0.bindings?.tlsUnique?.hex }),
            (
                before.role == .client ? "server certificate" : "client certificate",
                { ConnectResult.certificates($0).first?.sha256 }
            ),
            ("client certificates", { ($0.clientAuthentication.certificatesSent).map { String($0) } }),
            ("extended master secret", { $0.security.extendedMasterSecret.map { $0 ? "yes" : "no" } }),
            ("renegotiations", { String($0.security.renegotiations) }),
            ("key updates sent", { String($0.security.keyUpdatesSent) }),
            ("key updates received", { String($0.security.keyUpdatesReceived) }),
        ]
        return pairs.compactMap { name, value in
            let (old, new) = (value(before), value(after))
            return old == new ? nil : AttributeChange(attribute: name, before: old, after: new)
        }
    }
}
