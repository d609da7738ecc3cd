import LibSSL

extension RevocationAnswer {
    /// Clocks differ; five minutes are what others allow too.
    private static let leeway: Int64 = 300

    /// Looks at a response, stapled (RFC 6066 §8) or asked for (RFC 6960 §3.2).
    ///
    /// - Parameters:
    ///   - chain: the chain that was built, leaf first; the responder's right to sign comes from the leaf's issuer.
    ///   - now: the moment of judgement, in Unix seconds.
    ///   - request: what was asked; nil for a stapled response, which answers nobody in particular.
    init(der: [UInt8], chain: [Certificate], now: Int64, to request: OCSPRequestHandle? = nil) {
        self.init(status: .unknown, isUsable: false)
        guard let response = try? OCSPResponseHandle(der: der) else {
            problem = "it is not an OCSP response"
            return
        }
        producedAt = response.producedAt.map { CertificateTime(unixSeconds: $0) }
        guard response.responseStatus == 0 else {
            problem = "the responder answered with the error \(Self.errorName(response.responseStatus))"
            return
        }
        guard response.hasAnswer else {
            problem = "it is of a kind other than basic"
            return
        }
        guard let leaf = try? chain.first?.handle(), chain.count > 1, let issuer = try? chain[1].handle() else {
            problem = "who may sign it isn't known without the certificate's issuer"
            return
        }
        guard let answer = response.answer(about: leaf, issuedBy: issuer) else {
            problem = "it is about another certificate"
            return
        }
        take(answer)
        do throws(LibraryError) {
            let others = chain.dropFirst(2).compactMap { try? $0.handle() }
            try response.verify(issuer: issuer, chain: others, at: now)
        } catch {
            problem = "it is not signed by someone entitled to: \(error.text)"
            return
        }
        guard let from = answer.thisUpdate, from <= now + Self.leeway else {
            problem = "it is not valid yet"
            return
        }
        if let until = answer.nextUpdate, until < now - Self.leeway {
            problem = "it is out of date"
            return
        }
        switch request.map(response.nonce(comparedWith:)) {
        case .different?:
            problem = "it answers another request: its nonce is not ours"
            return
        case .absent? where answer.nextUpdate == nil:
            problem = "it may be an old one: it has neither our nonce nor a time until which it holds"
            return
        default: isUsable = true
        }
    }

    private mutating func take(_ answer: OCSPResponseHandle.Answer) {
        status =
            switch answer.status {
            case 0: .good
            case 1: .revoked
            default: .unknown
            }
        thisUpdate = answer.thisUpdate.map { CertificateTime(unixSeconds: $0) }
        nextUpdate = answer.nextUpdate.map { CertificateTime(unixSeconds: $0) }
        guard status == .revoked else { return }
        revokedAt = answer.revokedAt.map { CertificateTime(unixSeconds: $0) }
        reason = CertificateRevocation.reasonName(answer.reason)
    }

    /// RFC 6960 §4.2.1.
    static func errorName(_ status: Int) -> String {
        switch status {
        case 1: "malformedRequest"
        case 2: "internalError"
        case 3: "tryLater"
        case 5: "sigRequired"
        case 6: "unauthorized"
        default: "\(status)"
        }
    }
}
