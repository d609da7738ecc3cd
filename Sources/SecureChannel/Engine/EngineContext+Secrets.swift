import Certificates
import LibSSL
import TLSParameters

/// What is derived from the channel's secrets, and the secrets themselves where they were asked for.
extension EngineContext {
    var bindingAttributes: BindingAttributes? {
        guard isStanding, let version = log.facts.version else { return nil }
        var result = BindingAttributes()
        var notes: [String] = []
        if version == .ssl2 {
            notes.append("SSL 2.0 has no Finished, and so no tls-unique")
        } else if version < .tls13 {
            // RFC 5929 section 3.1: the first Finished: the client's in a full handshake, the server's in a resumed one.
            let isOurs = (role == .client) != engine.isResumed
            result.tlsUnique = HexBytes(isOurs ? engine.ownFinished : engine.peerFinished)
            if securityAttributes.extendedMasterSecret != true {
                notes.append("tls-unique is unsafe without extended master secret (RFC 7627)")
            }
        }
        let server = serverCertificate
        result.tlsServerEndPoint = server.flatMap { CertificateHash.serverEndPoint(of: $0) }.map { HexBytes($0) }
        if server == nil, role == .server, isResumed {
            // RFC 5929 section 4.1 means the certificate of the handshake that made the session. libssl keeps none of its
            // own, and the one configured now may be another.
            notes.append("tls-server-end-point is that of the resumed session's certificate, which was not kept")
        }
        result.note = notes.isEmpty ? nil : notes.joined(separator: "; ")
        // RFC 9266 section 2: only with extended master secret, or TLS 1.3.
        if version == .tls13 || securityAttributes.extendedMasterSecret == true {
            let bytes = try? engine.exportKeyingMaterial(label: "EXPORTER-Channel-Binding", context: [], count: 32)
            result.tlsExporter = bytes.map { HexBytes($0) }
        }
        return result
    }

    /// The keying material that was asked for, once the channel stands.
    var exportAttributes: [ExportAttributes] {
        guard isStanding else { return [] }
        return options.exports.map { request in
            let purpose = request.purpose(in: log.facts.version)
            var result = ExportAttributes(
                label: purpose.label,
                context: purpose.context.map { HexBytes($0) },
                isEarly: request.isEarly,
                byteCount: request.count
            )
            do throws(ContextFailure) {
                let bytes =
                    request.isEarly
                    ? try earlyKeyingMaterial(purpose, count: request.count)
                    : try exportKeyingMaterial(label: purpose.label, context: purpose.context, count: request.count)
                result.material = HexBytes(bytes)
            } catch {
                result.problem = error.text
            }
            return result
        }
    }

    private func earlyKeyingMaterial(_ purpose: ExportRequest.Purpose, count: Int) throws(ContextFailure) -> [UInt8] {
        guard earlyDataAttributes != nil else {
            throw ContextFailure(.unsupported, "no early data was offered, so there is no secret of it")
        }
        return try engine.exportEarlyKeyingMaterial(
            label: purpose.label,
            context: purpose.context ?? [],
            count: count
        )
    }

    /// The secrets, for a context that was made to reveal them.
    var secretAttributes: SecretAttributes {
        let random = { (bytes: [UInt8]) in bytes.allSatisfy { $0 == 0 } ? nil : HexBytes(bytes) }
        let isOld = log.facts.version.map { $0 < .tls13 } ?? false
        return SecretAttributes(
            clientRandom: random(engine.clientRandom),
            serverRandom: random(engine.serverRandom),
            masterSecret: isStanding && isOld ? engine.session.map { HexBytes($0.masterSecret) } : nil,
            keyLog: keyLog
        )
    }
}
