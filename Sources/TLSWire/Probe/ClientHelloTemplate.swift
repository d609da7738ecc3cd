public import TLSParameters

/// What a probe wants to offer; ``hello(random:sessionID:)`` turns it into a hello that a strict server accepts.
///
/// A hello has only what its versions define: an SSL 3.0 hello has no extensions, a TLS 1.0 hello no
/// `signature_algorithms`, a TLS 1.3-only hello no renegotiation, and groups that no offered version can use are left
/// out. The same template, random and session id always give the same bytes.
public struct ClientHelloTemplate: Hashable, Sendable {
    /// How the client says that it knows RFC 5746.
    public enum SecureRenegotiation: String, Hashable, Sendable {
        /// Empty `renegotiation_info`; as signalling suite where extensions can't be sent.
        case automatic
        /// `TLS_EMPTY_RENEGOTIATION_INFO_SCSV`.
        case signallingSuite
        /// Not at all.
        case absent
    }

    /// Versions to offer, in any order; SSL 2.0 is ignored (see ``SSL2ClientHello``).
    public var versions: [ProtocolVersion]
    /// Suites to offer in this order; signalling suites are added at the end.
    public var cipherSuites: [CipherSuite]
    /// Groups to offer in this order; nil for a list that fits the versions.
    public var groups: [NamedGroup]?
    /// Signature schemes to offer in this order; nil for a list that fits the versions.
    public var signatureSchemes: [SignatureScheme]?
    /// DNS name to send as SNI; an IP literal is never sent.
    public var serverName: String?
    /// ALPN protocols; the extension is left out if there are none.
    public var alpn: [String] = []
    /// TLS 1.3 key shares; none makes the server ask for the group that it prefers.
    public var keyShares: [KeyShareEntry] = []
    /// Compression methods.
    public var compressionMethods: [CompressionMethod] = [.NULL]
    /// How the client says that it knows RFC 5746.
    public var secureRenegotiation = SecureRenegotiation.automatic
    /// Adds `TLS_FALLBACK_SCSV` (RFC 7507).
    public var isFallback = false
    /// Offers `extended_master_secret` to TLS ≤ 1.2.
    public var offersExtendedMasterSecret = true
    /// Offers `encrypt_then_mac` to TLS ≤ 1.2.
    public var offersEncryptThenMAC = true
    /// Offers an empty `session_ticket` to TLS ≤ 1.2.
    public var offersSessionTicket = false
    /// Asks for an OCSP response.
    public var requestsStatus = false
    /// Asks for certificate timestamps.
    public var requestsTimestamps = false
    /// Whether there are extensions at all; without them a hello can offer TLS 1.2 at most.
    public var hasExtensions = true
    /// Extensions to put after all others.
    public var additionalExtensions: [Extension] = []
    /// Keeps the message out of the 256 to 511 bytes that hang some F5 devices (RFC 7685 §1).
    public var pads = true

    /// A template with the usual extensions.
    public init(
        versions: [ProtocolVersion],
        cipherSuites: [CipherSuite],
        groups: [NamedGroup]? = nil,
        signatureSchemes: [SignatureScheme]? = nil,
        serverName: String? = nil,
        alpn: [String] = []
    ) {
        self.versions = versions
        self.cipherSuites = cipherSuites
        self.groups = groups
        self.signatureSchemes = signatureSchemes
        self.serverName = serverName
        self.alpn = alpn
    }

    /// The hello. `random` should be 32 bytes (it is cut or filled up with zeros) and `sessionID` at most 32; a TLS 1.3
    /// client that sends one gets the middlebox compatibility mode (RFC 8446 §D.4).
    public func hello(random: [UInt8], sessionID: [UInt8] = []) -> ClientHello {
        var hello = ClientHello(
            legacyVersion: min(newest, .tls12),
            random: Array((random + [UInt8](repeating: 0, count: 32)).prefix(32)),
            sessionID: Array(sessionID.prefix(32)),
            cipherSuites: offeredSuites,
            compressionMethods: compressionMethods,
            extensions: nil
        )
        guard newest >= .tls10, hasExtensions else { return hello }
        hello.extensions = extensions
        let isPSKLast = additionalExtensions.contains { $0.type == .pre_shared_key }
        if pads && !isPSKLast { hello.addPadding() }
        return hello
    }

    /// The version for the record layer: 3.0 for an SSL 3.0 hello, or else 1.0, which every server accepts
    /// (RFC 8446 §5.1, RFC 5246 §E.1).
    public var recordVersion: ProtocolVersion { newest == .ssl3 ? .ssl3 : .tls10 }

    /// The hello as whole records.
    public func record(random: [UInt8], sessionID: [UInt8] = []) -> [UInt8] {
        hello(random: random, sessionID: sessionID).record(version: recordVersion)
    }
}

extension ClientHelloTemplate {
    private var offered: [ProtocolVersion] { Set(versions).filter { $0 >= .ssl3 }.sorted() }
    private var newest: ProtocolVersion { offered.last ?? .tls12 }
    private var offersClassic: Bool { offered.isEmpty || offered.contains { $0 <= .tls12 } }
    private var offersTLS13: Bool { offered.contains { $0 >= .tls13 } }

    private var offeredSuites: [CipherSuite] {
        var suites = cipherSuites
        let needsSignal = secureRenegotiation == .automatic && (newest <= .ssl3 || !hasExtensions)
        if secureRenegotiation == .signallingSuite || needsSignal {
            suites.append(CipherSuite(rawValue: 0x00FF))  // TLS_EMPTY_RENEGOTIATION_INFO_SCSV, RFC 5746 §3.3
        }
        if isFallback { suites.append(CipherSuite(rawValue: 0x5600)) }  // TLS_FALLBACK_SCSV, RFC 7507 §2
        return suites
    }

    private var extensions: [Extension] {
        nameExtensions + classicExtensions + groupExtensions + certificateExtensions + tls13Extensions
            + additionalExtensions
    }

    private var nameExtensions: [Extension] {
        var list: [Extension] = []
        if var name = serverName {
            if name.hasSuffix(".") { name.removeLast() }  // "without a trailing dot", RFC 6066 §3
            if isServerName(name) { list.append(Extension(ServerNameList(hostName: name))) }
        }
        if !alpn.isEmpty { list.append(Extension(ApplicationProtocols(names: alpn.map { PeerText($0) }))) }
        return list
    }

    private var groupExtensions: [Extension] {
        let usesCurves = cipherSuites.contains(where: HelloRules.usesCurves)
        guard offersTLS13 || usesCurves else { return [] }
        let usable = (groups ?? HelloRules.defaultGroups).filter {
            offersTLS13 && HelloRules.isTLS13Group($0) || offersClassic && HelloRules.isClassicGroup($0)
        }
        guard !usable.isEmpty else { return [] }
        let list = [Extension(SupportedGroups(groups: usable))]
        guard offersClassic && usesCurves else { return list }
        return list + [Extension(ECPointFormats(formats: [.uncompressed]))]
    }

    private var classicExtensions: [Extension] {
        guard offersClassic else { return [] }
        var list: [Extension] = []
        if offersSessionTicket { list.append(Extension(SessionTicketExtension())) }
        if offersEncryptThenMAC { list.append(Extension(EncryptThenMAC())) }
        if offersExtendedMasterSecret { list.append(Extension(ExtendedMasterSecret())) }
        // Old WebSphere servers fail when the last extension is empty; this one never is (RFC 7685 §4).
        if secureRenegotiation == .automatic { list.append(Extension(RenegotiationInfo())) }
        return list
    }

    private var certificateExtensions: [Extension] {
        var list: [Extension] = []
        if requestsStatus { list.append(Extension(StatusRequest())) }
        if requestsTimestamps { list.append(Extension(CertificateTimestampRequest())) }
        if newest >= .tls12 {
            let usual = HelloRules.defaultSignatureSchemes + (offersClassic ? HelloRules.tls12SignatureSchemes : [])
            let schemes = signatureSchemes ?? usual
            list.append(Extension(SignatureAlgorithms(schemes: schemes)))
        }
        return list
    }

    private var tls13Extensions: [Extension] {
        guard offersTLS13 else { return [] }
        return [
            Extension(SupportedVersions(versions: offered.reversed())),
            Extension(PSKKeyExchangeModes(modes: [.psk_dhe_ke])),
            Extension(ClientKeyShares(entries: keyShares)),
        ]
    }
}

extension ClientHello {
    /// Adds `padding` that brings a message of 256 to 511 bytes to 512 (RFC 7685 §4).
    mutating func addPadding() {
        let length = handshakeMessage().bytes.count
        guard (256..<512).contains(length) else { return }
        // Four bytes are the extension's own header.
        extensions?.append(Extension(Padding(count: max(1, 512 - length - 4))))
    }

    /// The hello that answers a HelloRetryRequest: the cookie echoed, `key_share` replaced, no early data.
    ///
    /// RFC 8446 §4.1.2.
    public func answering(_ retry: ServerHello, keyShares: [KeyShareEntry]) -> ClientHello {
        var answer = self
        var list = (extensions ?? []).filter { $0.type != .early_data && $0.type != .cookie }
        if let index = list.firstIndex(where: { $0.type == .key_share }) {
            list[index] = Extension(ClientKeyShares(entries: keyShares))
        }
        if let cookie = retry.extensions?.first(.cookie) {
            // A pre_shared_key has to stay last (RFC 8446 §4.2.11).
            let end = list.last?.type == .pre_shared_key ? list.count - 1 : list.count
            list.insert(cookie, at: end)
        }
        answer.extensions = list
        return answer
    }
}
