import Probing

extension ServerFeature {
    /// What it is, in a few words.
    var name: String {
        switch self {
        case .extendedMasterSecret: "extended master secret"
        case .encryptThenMAC: "encrypt-then-MAC"
        case .renegotiationInfo: "secure renegotiation, by extension"
        case .renegotiationSCSV: "secure renegotiation, by signal"
        case .sessionTicket: "session tickets"
        case .sessionID: "session ids"
        case .maxFragmentLength: "maximum fragment length"
        case .recordSizeLimit: "record size limit"
        case .heartbeat: "heartbeat"
        case .compression: "compression"
        case .ocspStapling: "OCSP stapling"
        case .certificateTimestamps: "certificate timestamps"
        case .alpn: "application protocols (ALPN)"
        case .toleratesGREASE: "GREASE"
        case .toleratesUnknownExtension: "an unknown extension"
        case .toleratesHello255: "a hello of 255 bytes"
        case .toleratesHello256: "a hello of 256 to 511 bytes"
        case .toleratesHello512: "a hello of 512 bytes"
        case .toleratesHello1500: "a hello of more than 1500 bytes"
        case .toleratesSplitHello: "a hello in two segments"
        case .toleratesLongSuiteList: "more than 128 suites"
        case .toleratesNewerVersion: "a newer legacy version"
        case .toleratesUnknownVersion: "an unknown version in supported_versions"
        case .fallbackSCSV: "refuses fallback (TLS_FALLBACK_SCSV)"
        case .downgradeSentinel: "marks a downgrade in its random"
        case .ssl2FormatHello: "takes a hello in the SSL 2.0 format"
        case .pct1: "PCT 1.0"
        }
    }

    /// What kind of fact it is.
    var kind: FeatureSupport.Kind {
        switch self {
        case .extendedMasterSecret, .encryptThenMAC, .renegotiationInfo, .renegotiationSCSV, .sessionTicket, .sessionID,
            .maxFragmentLength, .recordSizeLimit, .heartbeat, .compression, .ocspStapling, .certificateTimestamps,
            .alpn:
            .extension
        case .toleratesGREASE, .toleratesUnknownExtension, .toleratesHello255, .toleratesHello256, .toleratesHello512,
            .toleratesHello1500, .toleratesSplitHello, .toleratesLongSuiteList, .toleratesNewerVersion,
            .toleratesUnknownVersion:
            .tolerance
        case .fallbackSCSV, .downgradeSentinel, .ssl2FormatHello, .pct1: .downgrade
        }
    }
}
