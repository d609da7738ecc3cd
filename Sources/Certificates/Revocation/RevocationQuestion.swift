import LibSSL
public import TLSParameters

/// A certificate of which others have to be asked whether it is revoked: whom, and how their answer is judged.
public struct RevocationQuestion: Sendable {
    /// Its place in the chain that was built, 0 for the leaf.
    public let depth: Int
    /// Where OCSP responders are, by the certificate's own account (RFC 6960 §3.1); none without an issuer to ask them about.
    public let responders: [PeerText]
    /// Where lists are, by the certificate's own account (RFC 5280 §4.2.1.13).
    public let lists: [PeerText]
    /// The certificate, its issuer, and on to the root.
    let path: [Certificate]
    /// The moment of judgement, in Unix seconds.
    let now: Int64

    init?(depth: Int, chain: [Certificate], now: Int64) {
        guard chain.indices.contains(depth) else { return nil }
        let facts = chain[depth].extensionFacts
        self.depth = depth
        self.now = now
        path = Array(chain[depth...])
        responders = path.count > 1 ? facts.ocspURLs : []
        lists = facts.crlURLs
        guard !responders.isEmpty || !lists.isEmpty else { return nil }
    }

    /// A question in the form in which a responder takes it.
    public struct Query: Sendable {
        /// The DER of an OCSPRequest (RFC 6960 §4.1), to be sent as it is.
        public let der: [UInt8]
        let handle: OCSPRequestHandle
    }

    /// What to send to a responder; new each time, with a nonce of its own.
    ///
    /// - Throws: `malformed` if libcrypto can't read a certificate, `library` if it has no randomness.
    public func query() throws(CertificateError) -> Query {
        let certificate = try path[0].handle()
        let issuer = try (path.count > 1 ? path[1] : path[0]).handle()
        let handle = try library { () throws(LibraryError) in
            try OCSPRequestHandle(about: certificate, issuedBy: issuer)
        }
        return Query(der: handle.der, handle: handle)
    }

    /// Judges what a responder sent.
    public func answer(_ response: [UInt8], to query: Query, from url: PeerText) -> RevocationFetch {
        let answer = RevocationAnswer(der: response, chain: path, now: now, to: query.handle)
        return fetch(.ocsp, url, bytes: response.count, problem: answer.problem, answer: answer)
    }

    /// Looks at a list that was fetched. Whether it counts turns out when the chain is judged with it.
    public func list(_ bytes: [UInt8], from url: PeerText) -> RevocationFetch {
        do {
            let lists = try RevocationList.readAll(bytes)
            guard let list = lists.first(where: { $0.issuer.der == path[0].issuer.der }) else {
                return fetch(.list, url, bytes: bytes.count, problem: "it is another authority's")
            }
            var fetch = fetch(.list, url, bytes: bytes.count, problem: problem(with: list))
            // Also one that is of no use here: an authority may sign its lists with another key.
            fetch.list = list
            return fetch
        } catch {
            return fetch(.list, url, bytes: bytes.count, problem: error.text)
        }
    }

    /// Why a list of the right authority doesn't count, so that another one is looked for; nil if nothing speaks against it.
    private func problem(with list: RevocationList) -> String? {
        if let start = list.thisUpdate?.unixSeconds, start > now { return "it is not valid yet" }
        if let end = list.nextUpdate?.unixSeconds, end < now {
            return "it is out of date since \(CertificateTime(unixSeconds: end).text)"
        }
        let issuer = path.count > 1 ? path[1] : path[0]
        if let key = try? issuer.handle(), !list.handle.isSigned(by: key) { return "its issuer did not sign it" }
        return nil
    }

    /// What to report of an address that gave no answer.
    public func failure(_ kind: RevocationFetch.Kind, _ url: PeerText, bytes: Int, problem: String) -> RevocationFetch {
        fetch(kind, url, bytes: bytes, problem: problem)
    }

    private func fetch(
        _ kind: RevocationFetch.Kind,
        _ url: PeerText,
        bytes: Int,
        problem: String?,
        answer: RevocationAnswer? = nil
    ) -> RevocationFetch {
        RevocationFetch(
            depth: depth,
            sha256: path[0].sha256,
            kind: kind,
            url: url,
            bytes: bytes,
            problem: problem,
            answer: answer
        )
    }
}

extension ChainValidation {
    /// What others have to be asked before the chain can be judged. Nothing while anything else is wrong with it: then
    /// nobody vouches for the addresses in it either.
    public var questions: [RevocationQuestion] {
        guard let revocation, problems.allSatisfy(\.lacksRevocation) else { return [] }
        return revocation.certificates.filter { $0.status == .unknown }.compactMap {
            RevocationQuestion(depth: $0.depth, chain: builtChain, now: time.unixSeconds ?? 0)
        }
    }
}
