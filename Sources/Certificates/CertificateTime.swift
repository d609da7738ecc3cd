public import TLSParameters

/// A moment as a certificate writes it: UTCTime or GeneralizedTime (RFC 5280 §4.1.2.5), or one that a caller asks about.
///
/// Counted in `Int64` seconds, so 1950, 2050 and 9999-12-31 are ordinary values.
public struct CertificateTime: Hashable, Sendable {
    /// Seconds since 1970-01-01T00:00:00Z, negative before; nil when the certificate's text is no date.
    public let unixSeconds: Int64?
    /// The bytes the certificate holds, such as `991231235959Z`; nil for a time that came from elsewhere.
    public let written: PeerText?

    /// A moment in seconds since 1970.
    public init(unixSeconds: Int64) {
        self.unixSeconds = unixSeconds
        written = nil
    }

    init(unixSeconds: Int64?, written: PeerText) {
        self.unixSeconds = unixSeconds
        self.written = written
    }

    /// `2099-12-31T23:59:59Z`, or `invalid`.
    public var text: String {
        guard let unixSeconds else { return "invalid" }
        return CivilTime(unixSeconds: unixSeconds).text
    }

    /// Whole days from `now` (Unix seconds) to this moment, rounded down: 0 on the last day, negative after it, nil when
    /// this is no date.
    public func days(after now: Int64) -> Int? {
        guard let unixSeconds else { return nil }
        let (difference, overflow) = unixSeconds.subtractingReportingOverflow(now)
        guard !overflow else { return unixSeconds > now ? .max : .min }
        return Int(difference >= 0 ? difference / 86_400 : -((-(difference + 1)) / 86_400) - 1)
    }
}

extension CertificateTime: Codable {
    private enum CodingKeys: CodingKey {
        case unixSeconds
        case text
    }

    /// `{"unixSeconds": …, "text": …}`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(unixSeconds, forKey: .unixSeconds)
        try container.encode(text, forKey: .text)
    }

    /// From the seconds; the bytes the certificate held are not in the encoded form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        unixSeconds = try container.decodeIfPresent(Int64.self, forKey: .unixSeconds)
        written = nil
    }
}
