/// Every finding that there can be: what makes it, and what it needs. One row an id; `docs/findings.md` says the rest.
enum CheckCatalogue {
    /// What a check looks at.
    enum Need: String, Sendable, CaseIterable {
        /// Whether the server speaks SSL 2.0.
        case ssl2
        /// Whether it speaks SSL 3.0.
        case ssl3
        /// Its suites in SSL 3.0.
        case padding
        /// Whether it speaks TLS 1.0 or 1.1.
        case old
        /// Its suites in SSL 3.0 and TLS 1.0.
        case cbc
        /// Whether it speaks TLS 1.3.
        case modern
        /// Its suites in every version.
        case suites
        /// Its suites and key exchanges before TLS 1.3.
        case classic
        /// The groups that it takes in TLS 1.3.
        case groups
        /// What `FeatureFindings` judges.
        case feature
        /// A session that stands.
        case session
        /// Its certificates.
        case chain
        /// How it ends a session.
        case closing
        /// Sessions to resume.
        case resumption
        /// Two key exchanges of a kind.
        case keys
        /// Renegotiation on a session that stands. Intrusive.
        case renegotiation
        /// Messages that no well-behaved client sends. Intrusive.
        case talk
        /// An answer over HTTP.
        case http
        /// What port 80 says.
        case redirect
        /// The dialogue before TLS.
        case starttls
        /// The same, with a command behind the request for TLS. Intrusive.
        case pipelining
        /// All addresses of the name.
        case addresses
        /// The name's records.
        case dns
        /// A client, which only `serve` has.
        case client
        /// What another verb does on purpose.
        case verb

        /// Whether a survey tells.
        var isSurveyed: Bool {
            [.ssl2, .ssl3, .padding, .old, .cbc, .modern, .classic, .suites, .groups, .feature].contains(self)
        }

        /// Whether it sends what no well-behaved client would, or costs the server more than a client would.
        var isIntrusive: Bool { [.talk, .renegotiation, .pipelining].contains(self) }
    }

    /// One check.
    struct Check: Hashable, Sendable {
        /// The id of the finding that it makes.
        var id: String
        /// What it looks at.
        var need: Need
        /// What it is about, in a few words that follow nothing.
        var title: String
    }

    /// All of them, in the order of the documentation.
    static var all: [Check] {
        String(describing: table).split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ", maxSplits: 2)
            guard words.count == 3, let need = Need(rawValue: String(words[1])) else { return nil }
            return Check(id: String(words[0]), need: need, title: String(words[2]))
        }
    }

    /// Those that `inspect` makes of a server.
    static var ofServers: [Check] { all.filter { $0.need != .client && $0.need != .verb } }

    /// One check; nil for an id that there isn't.
    static func check(_ id: String) -> Check? { all.first { $0.id == id } }

    private static let table: StaticString = """
        protocol.ssl2 ssl2 SSL 2.0
        protocol.ssl3 ssl3 SSL 3.0
        protocol.pct feature PCT 1.0
        protocol.obsolete old TLS 1.0 and 1.1
        protocol.no-tls13 modern no TLS 1.3
        protocol.violation suites answers that were not offered
        suite.null suites suites without encryption
        suite.anonymous suites suites without authentication
        suite.export suites export suites
        suite.des suites DES
        suite.rc4 suites RC4
        suite.weak suites less than 128 bits
        suite.3des suites blocks of 64 bits (Sweet32)
        suite.md5 suites MD5
        suite.no-forward-secrecy suites no forward secrecy
        key-exchange.weak-dh classic small Diffie-Hellman groups
        key-exchange.common-prime classic Diffie-Hellman primes that many share
        key-exchange.dh-reuse keys Diffie-Hellman values used again
        key-exchange.ecdh-reuse keys elliptic-curve values used again
        group.no-post-quantum groups no post-quantum group
        attack.drown ssl2 DROWN
        attack.poodle padding POODLE
        attack.freak classic FREAK
        attack.logjam classic Logjam
        attack.beast cbc BEAST
        attack.lucky13 classic Lucky Thirteen
        attack.heartbleed talk Heartbleed
        attack.ccs-injection talk CCS injection
        attack.robot talk ROBOT
        attack.poodle-tls talk POODLE over TLS
        attack.padding-oracle talk padding oracles
        attack.mac-unchecked talk MACs that nobody checks
        attack.ticketbleed talk Ticketbleed
        downgrade.no-fallback-scsv feature TLS_FALLBACK_SCSV
        downgrade.no-sentinel feature the downgrade sentinel
        downgrade.ssl2-hello feature hellos in the SSL 2.0 format
        intolerance.version feature intolerance of versions
        intolerance.extension feature intolerance of extensions
        intolerance.hello-size feature intolerance of hello sizes
        intolerance.suite-list feature intolerance of long suite lists
        renegotiation.insecure feature no secure renegotiation
        renegotiation.unprotected renegotiation renegotiation without protection
        renegotiation.client-initiated renegotiation renegotiation at a client's wish
        session.no-extended-master-secret feature no extended master secret
        session.unbound-resumption feature resumption without extended master secret
        session.compression feature compression (CRIME)
        session.heartbeat feature heartbeats
        session.no-resumption resumption no resumption
        session.across-names resumption sessions that are good under another name
        ticket.long-lifetime resumption tickets of more than a week
        ticket.shared-key resumption one key for all tickets
        ticket.early-data resumption early data (0-RTT)
        handshake.retried session a second hello
        alert.flood session floods of warnings
        key-update.flood closing floods of key updates
        key-update.ignored verb requests for new keys ignored
        shutdown.no-close-notify closing no close_notify
        shutdown.data-after-close-notify closing data after close_notify
        shutdown.body-cut-short closing answers that are cut short
        http.no-hsts http no Strict-Transport-Security
        http.short-hsts http a short Strict-Transport-Security
        http.no-redirect redirect no redirect to HTTPS
        http.weak-cookie http cookies without Secure or HttpOnly
        http.compression http compressed answers (BREACH)
        http.server-name http a Server field that tells versions
        starttls.injection starttls text behind the go-ahead
        starttls.command-injection pipelining commands behind the request for TLS
        starttls.strippable starttls STARTTLS that can be stripped
        addresses.versions-differ addresses addresses with different versions
        addresses.certificates-differ addresses addresses with different certificates
        addresses.unreachable addresses addresses that can't be reached
        dns.bogus dns records with wrong signatures
        dns.tlsa-mismatch dns TLSA records that don't fit
        dns.tlsa-insecure dns TLSA records without DNSSEC
        dns.no-caa dns no CAA record
        offer.obsolete client a client's old versions
        offer.no-tls13 client a client without TLS 1.3
        offer.ssl2-format client a client's SSL 2.0 hello
        offer.fallback client a client's fallback
        offer.null client suites without encryption
        offer.anonymous client suites without authentication
        offer.export client export suites
        offer.des client DES
        offer.rc4 client RC4
        offer.3des client triple DES
        offer.md5 client MD5
        offer.no-forward-secrecy client no forward secrecy
        offer.weak-signature client weak signatures
        offer.weak-group client weak groups
        offer.no-post-quantum client no post-quantum group
        offer.no-server-name client no server name
        offer.no-extended-master-secret client no extended master secret
        offer.no-secure-renegotiation client no secure renegotiation
        offer.heartbeat client heartbeats
        offer.compression client compression
        offer.unknown client unknown code points
        chain.out-of-order chain certificates out of order
        chain.superfluous chain superfluous certificates
        chain.includes-root chain the root among the certificates
        chain.huge chain certificates of more than 100 KiB
        certificate.missing-staple chain a staple that is missing
        certificate.expires-soon chain a certificate that expires soon
        certificate.weak-signature chain weak signatures
        certificate.weak-key chain weak keys
        certificate.no-alternative-name chain no subjectAltName
        certificate.malformed chain malformed certificates
        certificate.explicit-curve chain a curve that is spelled out
        certificate.dsa-key chain a DSA key
        certificate.bad-exponent chain an RSA exponent of 1 or an even one
        certificate.small-exponent chain an RSA exponent below 65537
        certificate.factored-key chain an RSA key that can be factored
        certificate.roca chain ROCA
        certificate.name-with-nul chain NUL in names
        certificate.name-with-url chain URLs for names
        certificate.bad-wildcard chain wildcards in wrong places
        certificate.not-for-servers chain a certificate that is for no server
        certificate.authority chain an authority's certificate in a server
        certificate.precertificate chain a precertificate in a server
        certificate.long-lifetime chain a long lifetime
        certificate.bad-timestamp chain wrong timestamps of logs
        certificate.unknown-log chain timestamps of unknown logs
        certificate.no-timestamps chain no timestamps of logs
        certificate.few-timestamps chain few timestamps of logs
        chain.expired chain expired intermediates
        chain.incomplete chain missing intermediates
        certificate.key-mismatch verb a key that is another certificate's
        request.bad-signature verb a request's signature
        request.challenge-password verb a request's password
        request.no-alternative-name verb a request without names
        request.weak-signature verb a request's weak signature
        crl.revoked verb a certificate that a list revokes
        crl.expired verb a list that is out of date
        crl.no-next-update verb a list without an end
        crl.weak-signature verb a list's weak signature
        ocsp.error verb a responder's error
        ocsp.expired verb a response that is out of date
        ocsp.revoked verb a response that says revoked
        ocsp.unusable verb a response that does not count
        """
}
