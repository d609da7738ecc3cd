import COpenSSL
import COpenSSLShims

/// What a server allows on connections that speak one application protocol: lists as libssl takes them, in full.
package struct ApplicationProtocolLimits {
    /// The application protocol, as ALPN has it.
    package let applicationProtocol: [UInt8]
    /// The versions, lowest and highest, as code points.
    package let versions: ClosedRange<UInt16>
    /// Versions left out within them.
    package let options: SSLOptions
    /// The suites of TLS 1.2 and below by name, joined by colons; nil where no such version is left.
    package let cipherList: String?
    /// The suites of TLS 1.3.
    package let cipherSuites13: String
    /// The groups; nil for libssl's own.
    package let groups: String?
    /// The signature schemes; nil for libssl's own.
    package let signatureAlgorithms: String?

    /// Limits from their parts.
    package init(
        applicationProtocol: [UInt8],
        versions: ClosedRange<UInt16>,
        options: SSLOptions,
        cipherList: String?,
        cipherSuites13: String,
        groups: String?,
        signatureAlgorithms: String?
    ) {
        self.applicationProtocol = applicationProtocol
        self.versions = versions
        self.options = options
        self.cipherList = cipherList
        self.cipherSuites13 = cipherSuites13
        self.groups = groups
        self.signatureAlgorithms = signatureAlgorithms
    }
}

extension SSLContextHandle {
    /// Limits what a server agrees to by the application protocol that it is going to choose: known from the client's hello,
    /// before anything else of it is acted upon.
    package func setLimits(_ limits: [ApplicationProtocolLimits]) {
        callbackState.applicationProtocolLimits = limits
        hearClientHellos()
    }

    /// Looks at clients' hellos before libssl does.
    func hearClientHellos() {
        withPointer { SSL_CTX_set_client_hello_cb($0, clientHelloThunk, nil) }
    }
}

/// `SSL_CTX_set_client_hello_cb(3)`.
private func clientHelloThunk(
    _ ssl: OpaquePointer?,
    _ alert: UnsafeMutablePointer<Int32>?,
    _: UnsafeMutableRawPointer?
) -> Int32 {
    guard let ssl, let handle = SSLHandle.from(ssl) else { return SSL_CLIENT_HELLO_SUCCESS }
    let state = handle.context.callbackState
    do throws(LibraryError) {
        if let asked = askedName(ssl), let entry = state.serverNames.first(where: { $0.pattern.matches(asked) }) {
            try handle.keepSessions(of: entry)
        }
        let ours = protocolNames(in: state.applicationProtocols[...])
        let offered = protocolNames(in: extensionList(ssl, TLSEXT_TYPE_application_layer_protocol_negotiation))
        if let chosen = ours.first(where: offered.contains),
            let limits = state.applicationProtocolLimits.first(where: { $0.applicationProtocol == chosen })
        {
            try handle.apply(limits)
        }
        return SSL_CLIENT_HELLO_SUCCESS
    } catch {
        alert?.pointee = SSL_AD_INTERNAL_ERROR
        return SSL_CLIENT_HELLO_ERROR
    }
}

/// What follows the length of the list in the client's ALPN or server_name extension (RFC 7301 section 3.1, RFC 6066 section 3);
/// empty where there is none.
private func extensionList(_ ssl: OpaquePointer, _ type: Int32) -> ArraySlice<UInt8> {
    var bytes: UnsafePointer<UInt8>?
    var count = 0
    guard SSL_client_hello_get0_ext(ssl, UInt32(type), &bytes, &count) == 1, let bytes, count > 2 else { return [] }
    return Array(UnsafeBufferPointer(start: bytes, count: count))[2...]
}

/// The host name that the client asks for: the first in the list, as libssl reads it. Whether it is well formed is libssl's to
/// judge, later.
private func askedName(_ ssl: OpaquePointer) -> String? {
    let list = extensionList(ssl, TLSEXT_TYPE_server_name)
    guard list.count > 3, list.first == UInt8(TLSEXT_NAMETYPE_host_name) else { return nil }
    return String(decoding: list.dropFirst(3), as: UTF8.self)
}

/// Names with a byte of length in front of each, as far as they are whole.
private func protocolNames(in list: ArraySlice<UInt8>) -> [[UInt8]] {
    var names: [[UInt8]] = []
    var rest = list
    while let length = rest.popFirst(), rest.count >= Int(length) {
        names.append(Array(rest.prefix(Int(length))))
        rest = rest.dropFirst(Int(length))
    }
    return names
}

extension SSLHandle {
    /// Marks the connection's sessions with the name, besides their purpose, so that none of another name is resumed (RFC 6066
    /// section 3): libssl itself looks for one before it knows which name is asked for.
    fileprivate func keepSessions(of entry: ServerNameEntry) throws(LibraryError) {
        let mark = try HashFunction.sha256.hash(context.callbackState.sessionPurpose, Array(entry.pattern.name.utf8))
        try withPointer { ssl throws(LibraryError) in
            try ErrorQueue.check { SSL_set_session_id_context(ssl, mark, UInt32(mark.count)) }
        }
    }

    fileprivate func apply(_ limits: ApplicationProtocolLimits) throws(LibraryError) {
        try withPointer { ssl throws(LibraryError) in
            try ErrorQueue.check { sechan_SSL_set_min_proto_version(ssl, Int32(limits.versions.lowerBound)) }
            try ErrorQueue.check { sechan_SSL_set_max_proto_version(ssl, Int32(limits.versions.upperBound)) }
            _ = SSL_set_options(ssl, limits.options.rawValue)
            if let list = limits.cipherList { try ErrorQueue.check { SSL_set_cipher_list(ssl, list) } }
            try ErrorQueue.check { SSL_set_ciphersuites(ssl, limits.cipherSuites13) }
            if let list = limits.groups { try ErrorQueue.check { sechan_SSL_set1_groups_list(ssl, list) } }
            if let list = limits.signatureAlgorithms {
                try ErrorQueue.check { sechan_SSL_set1_sigalgs_list(ssl, list) }
            }
        }
    }
}
