public import TLSParameters

/// What a survey can find out besides versions and suites.
public enum SurveyAspect: String, Hashable, Sendable, CaseIterable {
    /// Which groups, in whose order.
    case groups
    /// Which signature schemes.
    case signatures
    /// Which extensions, application protocols and compression.
    case extensions
    /// What of odd hellos is tolerated, and how a server is downgraded.
    case tolerance
    /// JARM and JA3S.
    case fingerprints
}

/// What a survey found out besides versions and suites; empty or nil where it wasn't asked for.
public struct SurveyDetails: Hashable, Sendable {
    /// Groups: one entry for TLS 1.3, and one for each kind of (EC)DHE suites of an older version.
    public var groups: [GroupsOutcome] = []
    /// Signature schemes, one entry a version.
    public var signatures: [SignaturesOutcome] = []
    /// Extensions, tolerance and downgrade, in the order of ``ServerFeature``.
    public var features: [FeatureOutcome] = []
    /// The application protocols (RFC 7301) that the server chose, each offered alone or among others, in its order.
    public var applicationProtocols: [String] = []
    /// Why there may be others of those that were asked for; nil if there can't, or none were asked for.
    public var applicationProtocolDoubt: String?
    /// The application protocols that servers are asked for.
    public static var askedApplicationProtocols: [String] { ApplicationProtocolInquiry.names }
    /// JARM: 62 hexadecimal digits; nil if it wasn't asked for or an answer is missing.
    public var jarm: String?
    /// Why there is no JARM although it was asked for.
    public var jarmDoubt: String?
    /// JA3S (an MD5 in hexadecimal) of the answer to one hello in each version: the survey's first, in TLS 1.3 the first of JARM's
    /// that is answered in it. It depends on the hello, so other programs' differ.
    public var ja3s: [ProtocolVersion: String] = [:]

    /// Nothing known.
    public init() {}
}
