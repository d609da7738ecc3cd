import Certificates
import LibSSL

extension LibSSLContext {
    /// What a client says of the server it wants.
    func applyClientNames() throws(CredentialError) {
        let credential = acquired.credential
        if credential.hello.asksForStaple { ssl.requestStapledOCSP() }
        guard let name = options.serverName ?? credential.serverName, !name.isEmpty else { return }
        // RFC 6066 section 3: an address is never a server name.
        guard case .dns = VerifyName(name) else { return }
        guard name.utf8.count <= 255, !name.utf8.contains(0) else {
            throw CredentialError(.badName, "a server name has at most 255 bytes")
        }
        try library("the server name can't be sent", as: .badName) { () throws(LibraryError) in
            try ssl.setServerName(name)
        }
    }

    /// Offers the saved session.
    func applySession() throws(CredentialError) {
        guard let saved = options.session else { return }
        try library("the saved session can't be used", as: .badSession) { () throws(LibraryError) in
            try ssl.setSession(SSLSessionHandle(deserialising: saved.bytes))
        }
    }
}
