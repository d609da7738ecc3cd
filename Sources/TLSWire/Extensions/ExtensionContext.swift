public import TLSParameters

/// The message that an extension stands in, which decides the form of its data.
public enum ExtensionContext: String, Hashable, Sendable, CaseIterable {
    /// Client, any version.
    case clientHello
    /// Server, any version.
    case serverHello
    /// Server, TLS 1.3.
    case helloRetryRequest
    /// Server, TLS 1.3.
    case encryptedExtensions
    /// An entry of a TLS 1.3 Certificate.
    case certificate
    /// Server, TLS 1.3.
    case certificateRequest
    /// Server, TLS 1.3.
    case newSessionTicket
}

extension Extension {
    /// Reads the data in the form that it has in `context`; nil for an extension that this module has no form for.
    public func decode(in context: ExtensionContext) throws(WireError) -> (any ExtensionPayload)? {
        guard let payload = Self.payloadType(of: type, in: context) else { return nil }
        return try decodeAny(payload)
    }

    private func decodeAny<Payload: ExtensionPayload>(_: Payload.Type) throws(WireError) -> any ExtensionPayload {
        try decode(Payload.self)
    }

    /// The typed form of an extension in a message; nil where this module has none (RFC 8446 §4.2 has the table).
    public static func payloadType(
        of type: ExtensionType,
        in context: ExtensionContext
    ) -> (any ExtensionPayload.Type)? {
        if let specific = specificForms[context]?[type] { return specific }
        return commonForms[type]
    }

    /// Forms that are the same wherever the extension may stand.
    private static let commonForms: [ExtensionType: any ExtensionPayload.Type] = [
        .supported_groups: SupportedGroups.self,
        .ec_point_formats: ECPointFormats.self,
        .signature_algorithms: SignatureAlgorithms.self,
        .signature_algorithms_cert: CertificateSignatureAlgorithms.self,
        .application_layer_protocol_negotiation: ApplicationProtocols.self,
        .psk_key_exchange_modes: PSKKeyExchangeModes.self,
        .cookie: Cookie.self,
        .renegotiation_info: RenegotiationInfo.self,
        .extended_master_secret: ExtendedMasterSecret.self,
        .encrypt_then_mac: EncryptThenMAC.self,
        .session_ticket: SessionTicketExtension.self,
        .max_fragment_length: MaxFragmentLengthExtension.self,
        .record_size_limit: RecordSizeLimit.self,
        .heartbeat: Heartbeat.self,
        .early_data: EarlyDataIndication.self,
        .certificate_authorities: CertificateAuthorities.self,
        .padding: Padding.self,
        .post_handshake_auth: PostHandshakeAuth.self,
        .compress_certificate: CompressCertificate.self,
    ]

    private static let specificForms: [ExtensionContext: [ExtensionType: any ExtensionPayload.Type]] = [
        .clientHello: [
            .server_name: ServerNameList.self,
            .status_request: StatusRequest.self,
            .signed_certificate_timestamp: CertificateTimestampRequest.self,
            .supported_versions: SupportedVersions.self,
            .key_share: ClientKeyShares.self,
            .pre_shared_key: OfferedPSKs.self,
        ],
        .serverHello: [
            .server_name: ServerNameAcknowledgement.self,
            .status_request: StatusRequestAcknowledgement.self,
            .signed_certificate_timestamp: CertificateTimestamps.self,
            .supported_versions: SelectedVersion.self,
            .key_share: ServerKeyShare.self,
            .pre_shared_key: SelectedPSK.self,
        ],
        .helloRetryRequest: [
            .supported_versions: SelectedVersion.self,
            .key_share: RetryKeyShare.self,
        ],
        .encryptedExtensions: [
            .server_name: ServerNameAcknowledgement.self
        ],
        .certificate: [
            .status_request: StapledStatus.self,
            .signed_certificate_timestamp: CertificateTimestamps.self,
        ],
        .certificateRequest: [
            .status_request: StatusRequestAcknowledgement.self,
            .signed_certificate_timestamp: CertificateTimestampRequest.self,
        ],
        .newSessionTicket: [
            .early_data: MaximumEarlyData.self
        ],
    ]
}
