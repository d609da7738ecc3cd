import COpenSSL
import COpenSSLShims

extension SSLHandle {
    /// The negotiated version as its code point, or the one being spoken so far.
    package var protocolVersion: UInt16 {
        UInt16(truncatingIfNeeded: withPointer { SSL_version($0) })
    }

    /// The suite in force; nil before there is one.
    package var currentCipher: LibraryCipher? {
        withPointer { SSL_get_current_cipher($0).flatMap { LibraryCipher($0) } }
    }

    /// The suites this end would offer or accept, as the level, versions and keys allow.
    package var supportedCiphers: [LibraryCipher] {
        withPointer { ssl in
            guard let stack = SSL_get1_supported_ciphers(ssl) else { return [] }
            defer { OPENSSL_sk_free(stack) }
            return LibraryCipher.list(stack)
        }
    }

    /// The security level in force.
    package var securityLevel: Int { Int(withPointer { SSL_get_security_level($0) }) }

    /// The group of the key exchange; nil when it had none that libssl tells (static RSA, finite-field DHE).
    package var negotiatedGroup: NegotiatedGroup? {
        let nid = withPointer { sechan_SSL_get_negotiated_group($0) }
        guard nid != NID_undef else { return nil }
        // Bit 24 marks a group libssl has no NID for; its code point is in the low half (TLSEXT_nid_unknown).
        if nid & 0x100_0000 != 0 { return NegotiatedGroup(name: nil, codePoint: UInt16(truncatingIfNeeded: nid)) }
        return NegotiatedGroup(name: Library.shortName(ofNID: nid), codePoint: nil)
    }

    /// The peer's ephemeral key: its type's name and its size in bits as libssl counts them (253 for X25519).
    package var peerEphemeralKey: (type: String, bits: Int)? {
        withPointer { ssl in
            var key: OpaquePointer?
            guard sechan_SSL_get_peer_tmp_key(ssl, &key) == 1, let key else { return nil }
            defer { EVP_PKEY_free(key) }
            let type = EVP_PKEY_get0_type_name(key).map { String(cString: $0) } ?? ""
            return (type, Int(EVP_PKEY_get_bits(key)))
        }
    }

    /// The hash the peer signed with; nil when it signed nothing or signed without a separate hash.
    package var peerSignatureHash: String? {
        withPointer { ssl in
            var nid: Int32 = 0
            guard sechan_SSL_get_peer_signature_nid(ssl, &nid) == 1 else { return nil }
            return Library.shortName(ofNID: nid)
        }
    }

    /// The kind of key and padding the peer signed with; nil when it signed nothing.
    package var peerSignatureType: String? {
        withPointer { ssl in
            var nid: Int32 = 0
            guard SSL_get_peer_signature_type_nid(ssl, &nid) == 1 else { return nil }
            return Library.shortName(ofNID: nid)
        }
    }

    /// The hash this end signed with; nil when it signed nothing or signed without a separate hash.
    package var ownSignatureHash: String? {
        withPointer { ssl in
            var nid: Int32 = 0
            guard sechan_SSL_get_signature_nid(ssl, &nid) == 1 else { return nil }
            return Library.shortName(ofNID: nid)
        }
    }

    /// The kind of key and padding this end signed with; nil when it signed nothing.
    package var ownSignatureType: String? {
        withPointer { ssl in
            var nid: Int32 = 0
            guard SSL_get_signature_type_nid(ssl, &nid) == 1 else { return nil }
            return Library.shortName(ofNID: nid)
        }
    }

    /// Where libssl's handshake stands, in its own words, such as `SSLv3/TLS read server hello`.
    package var stateText: String {
        withPointer { String(cString: SSL_state_string_long($0)) }
    }

    /// Whether the peer supports RFC 5746.
    package var peerSupportsSecureRenegotiation: Bool {
        withPointer { sechan_SSL_get_secure_renegotiation_support($0) == 1 }
    }

    /// Whether a session was resumed.
    package var isResumed: Bool { withPointer { SSL_session_reused($0) == 1 } }

    /// The session in force. A reference is taken; the facts of a TLS 1.3 ticket come with its own new-session event.
    package var session: SSLSessionHandle? {
        withPointer { SSL_get1_session($0).map { SSLSessionHandle(takingOwnership: $0) } }
    }

    /// The peer's chain as DER, the leaf first, in the order sent; empty when it sent none or a session was resumed
    /// from bytes, which keep the leaf only.
    package var peerChain: [[UInt8]] {
        withPointer { ssl in
            let chain = DERList.certificates(SSL_get_peer_cert_chain(ssl))
            guard let leaf = SSL_get0_peer_certificate(ssl) else { return chain }
            let leafBytes = DERList.certificate(leaf)
            // On a server the leaf is not part of libssl's chain.
            return chain.first == leafBytes ? chain : [leafBytes] + chain
        }
    }

    /// The names of the authorities the peer accepts certificates from, as DER.
    package var peerAuthorityNames: [[UInt8]] {
        withPointer { DERList.names(SSL_get0_peer_CA_list($0)) }
    }

    /// The server name asked for by the client, on either end.
    package var serverName: [UInt8]? {
        withPointer { ssl in
            guard let name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name) else { return nil }
            return [UInt8](String(cString: name).utf8)
        }
    }

    /// The protocol chosen by ALPN.
    package var applicationProtocol: [UInt8]? {
        withPointer { ssl in
            var bytes: UnsafePointer<UInt8>?
            var length: UInt32 = 0
            SSL_get0_alpn_selected(ssl, &bytes, &length)
            guard let bytes, length > 0 else { return nil }
            return [UInt8](UnsafeBufferPointer(start: bytes, count: Int(length)))
        }
    }

    /// The identity of the pre-shared key in use with TLS 1.2 and below.
    package var pskIdentity: [UInt8]? {
        withPointer { ssl in
            SSL_get_psk_identity(ssl).map { [UInt8](String(cString: $0).utf8) }
        }
    }

    /// The compression method in force; nil for none.
    package var compression: String? {
        withPointer { ssl in
            guard let method = SSL_get_current_compression(ssl), let name = SSL_COMP_get_name(method) else {
                return nil
            }
            return String(cString: name)
        }
    }

    /// The stapled OCSP response, DER; nil when there is none.
    package var stapledOCSP: [UInt8]? {
        withPointer { ssl in
            var bytes: UnsafePointer<UInt8>?
            let length = sechan_SSL_get_tlsext_status_ocsp_resp(ssl, &bytes)
            guard length > 0, let bytes else { return nil }
            return [UInt8](UnsafeBufferPointer(start: bytes, count: length))
        }
    }

    // MARK: Channel bindings and exporters

    /// This end's last Finished message (12 bytes in TLS); empty before there is one.
    package var ownFinished: [UInt8] {
        withPointer { ssl in Self.finished { SSL_get_finished(ssl, $0, $1) } }
    }

    /// The peer's last Finished message; empty before there is one.
    package var peerFinished: [UInt8] {
        withPointer { ssl in Self.finished { SSL_get_peer_finished(ssl, $0, $1) } }
    }

    private static func finished(_ get: (UnsafeMutableRawPointer?, Int) -> Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: Int(EVP_MAX_MD_SIZE)) { buffer, initialized in
            // The result is the whole length, whatever fitted.
            initialized = min(get(buffer.baseAddress, buffer.count), buffer.count)
        }
    }

    /// Keying material from the session's secrets (RFC 5705, RFC 8446 section 7.5).
    package func exportKeyingMaterial(
        label: String,
        context: [UInt8]?,
        count: Int
    ) throws(LibraryError) -> [UInt8] {
        guard (1...65_535).contains(count) else { throw LibraryError(entries: []) }
        var bytes = [UInt8](repeating: 0, count: count)
        try withPointer { ssl throws(LibraryError) in
            try ErrorQueue.check {
                SSL_export_keying_material(
                    ssl,
                    &bytes,
                    count,
                    label,
                    label.utf8.count,
                    context ?? [],
                    context?.count ?? 0,
                    context == nil ? 0 : 1
                )
            }
        }
        return bytes
    }
}

/// The group of a key exchange, by OpenSSL's name or by its code point, whichever libssl had.
package struct NegotiatedGroup: Hashable, Sendable {
    /// OpenSSL's name, such as `X25519` or `prime256v1`.
    package let name: String?
    /// The code point, where there is no name.
    package let codePoint: UInt16?
}
