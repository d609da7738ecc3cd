extension FaultKind {
    /// What a client sees of it, in a sentence's half without a full stop.
    public var effect: String {
        switch self {
        case .expired: "a certificate that ended a month ago"
        case .notYetValid: "a certificate that begins in a month"
        case .wrongName: "a certificate for another name, \(FaultPlan.otherName)"
        case .selfSigned: "a certificate that signed itself, and that no authority vouches for"
        case .missingIntermediate: "the certificate without the intermediate that leads to the root"
        case .wrongOrder: "two intermediates, sent in the wrong order"
        case .weakKey: "a certificate with an RSA key of 1024 bits"
        case .sha1Signature: "a certificate signed with SHA-1"
        case .revokedStaple: "a stapled OCSP answer that says the certificate is revoked"
        case .missingStaple: "a certificate that demands a stapled OCSP answer, and no answer"
        case .hugeChain: "a chain of so many KiB, most of it certificates that nobody needs"
        case .helloRetry: "a HelloRetryRequest for a group that clients offer and send no key share for"
        case .wrongVersion: "a ServerHello that chooses a version which was not offered"
        case .unofferedSuite: "a ServerHello that chooses a suite which was not offered"
        case .warningFlood: "so many warning alerts before the ServerHello"
        case .fin: "the end of the connection (FIN) in place of a leg, or after some of its records"
        case .rst: "a reset (RST) in place of a leg, or after some of its records"
        case .silence: "nothing any more from a leg on, on a connection that stays open"
        case .slow: "every leg from the chosen one on a byte at a time, so many ms apart"
        case .truncatedRecord: "half of a record, then the end of the connection (FIN)"
        case .keyUpdateFlood: "so many KeyUpdates once the session stands"
        case .truncatedBody: "half of the bytes that Content-Length promises, then an orderly close"
        case .truncatedChunks: "half of a chunk and no last one, then an orderly close"
        case .noCloseNotify: "the end of the connection (FIN) without close_notify"
        case .dataAfterClose: "so many bytes of data after close_notify"
        }
    }

    /// What a good client does then.
    public var advice: String {
        switch self {
        case .expired, .notYetValid: "refuse it: alert certificate_expired or bad_certificate"
        case .wrongName: "refuse it: alert bad_certificate"
        case .selfSigned, .missingIntermediate: "refuse it: alert unknown_ca"
        case .wrongOrder: "find the path all the same; one that can't refuses it"
        case .weakKey, .sha1Signature: "refuse it: it proves nothing any more"
        case .revokedStaple: "refuse it: alert certificate_revoked, or bad_certificate_status_response as OpenSSL"
        case .missingStaple: "refuse it: alert bad_certificate_status_response"
        case .hugeChain: "go on up to a limit of its own, and refuse what is above: alert illegal_parameter"
        case .helloRetry: "send a second hello with a share for that group, and go on"
        case .wrongVersion: "refuse it: alert illegal_parameter or protocol_version"
        case .unofferedSuite: "refuse it: alert illegal_parameter"
        case .warningFlood: "give up after a few: alert unexpected_message"
        case .fin, .rst: "say that the handshake or the data was cut off; not try again for ever"
        case .silence, .slow: "give up at a deadline that single bytes can't move"
        case .truncatedRecord: "say that the data was cut off, and use nothing of the record"
        case .keyUpdateFlood: "follow them up to a limit of its own, and never gather memory"
        case .truncatedBody, .truncatedChunks: "say that the answer was cut off, and not take it for whole"
        case .noCloseNotify: "say that data may be missing, unless its length was known"
        case .dataAfterClose: "use none of it"
        }
    }
}
