import Certificates
import Diagnostics
import TLSParameters

/// What a file holds beside certificates, a section for each thing.
enum FileText {
    static func add(_ file: FileContents?, _ comparison: KeyComparison?, to document: inout TextDocument) {
        guard let file else { return }
        for item in file.items {
            if let key = item.key { add(key, item, file, to: &document) }
            if let request = item.request { add(request, item, to: &document) }
            if let list = item.list { add(list, item, to: &document) }
            if let response = item.response { add(response, item, to: &document) }
            if item.kind == .other || item.kind == .parameters {
                document.section(title(item)) { rows in
                    rows.row("block", item.label.map { StyledText($0) })
                    rows.row("note", item.problem.map { StyledText($0, .faint) })
                }
            }
        }
        if let comparison {
            document.section("compared with \(PeerText(comparison.path).encoded(for: .terminal))") { rows in
                rows.row("subject", StyledText(comparison.subject))
                rows.row("SHA-256", StyledText(comparison.sha256))
                rows.row("key", comparison.matches ? StyledText("the same", .good) : StyledText("another one", .bad))
            }
        }
    }

    /// `2 certificates, a private key`.
    static func summary(_ file: FileContents?, certificates: Int) -> String {
        let others = file?.items.map(\.kind).filter { ![.certificate, .other, .parameters].contains($0) } ?? []
        var parts: [String] = []
        for kind in others where !parts.contains(kind.text) { parts.append(kind.text) }
        if certificates > 0 || parts.isEmpty {
            parts.append("\(certificates) certificate\(certificates == 1 ? "" : "s")")
        }
        return parts.joined(separator: ", ")
    }

    private static func title(_ item: FileItem) -> String {
        let name = item.kind.text
        let article = ["a ", "an "].first { name.hasPrefix($0) } ?? ""
        return String(name.dropFirst(article.count)) + (item.line.map { " (line \($0))" } ?? "")
    }

    private static func add(_ key: FileKey, _ item: FileItem, _ file: FileContents, to document: inout TextDocument) {
        document.section(item.kind == .pkcs12 ? "private key in the PKCS#12 file" : title(item)) { rows in
            rows.row("key", key.publicKey.map { StyledText(CertificateText.key($0)) })
            if key.isEncrypted { rows.row("encrypted", StyledText("yes", .good)) }
            rows.row("note", item.problem.map { StyledText("\($0) (--pass)", .weak) })
            guard key.publicKey != nil else { return }
            if !key.certificates.isEmpty {
                let places = key.certificates.map(String.init).joined(separator: ", ")
                rows.row("belongs to", StyledText("certificate \(places)", .good))
            } else if file.items.contains(where: { !$0.certificates.isEmpty }) {
                rows.row("belongs to", StyledText("none of the certificates", key.isPrivate ? .bad : .plain))
            }
            let others = key.items.filter(file.items.indices.contains).map { title(file.items[$0]) }
            rows.row("same key", StyledText(others.joined(separator: ", ")))
            rows.row("SHA-256", key.sha256.map { StyledText($0) })
            rows.row("SPKI pin", key.spkiPin.map { StyledText("sha256//\($0)") })
        }
    }

    private static func add(_ request: CertificateRequest, _ item: FileItem, to document: inout TextDocument) {
        document.section(title(item)) { rows in
            rows.row("subject", CertificateText.name(request.subject))
            rows.row("names", StyledText.joined(request.subjectAlternativeNames.map { CertificateText.name($0) }))
            rows.row("key", StyledText(CertificateText.key(request.publicKey)))
            rows.row("signature", StyledText(request.signatureAlgorithm.name))
            let signer: StyledText =
                switch request.isSignatureValid {
                case true?: StyledText("its own key", .good)
                case false?: StyledText("not its own key", .bad)
                case nil: StyledText("not determined, the algorithm is not known here", .weak)
                }
            rows.row("signed by", signer)
            rows.row("usage", StyledText(request.keyUsage.joined(separator: ", ")))
            rows.row("for", StyledText(request.extendedKeyUsage.map(\.name).joined(separator: ", ")))
            if request.isCA { rows.row("authority", "yes") }
            if request.mustStaple { rows.row("must staple", "yes") }
            if request.hasChallengePassword { rows.row("password", StyledText("holds one", .weak)) }
            rows.row("SHA-256", StyledText(request.sha256))
            rows.row("SPKI pin", StyledText("sha256//\(request.spkiPin)"))
            for defect in request.defects { rows.row("defect", StyledText("\(defect.field): \(defect.text)", .weak)) }
        }
    }

    private static func add(_ list: RevocationListFacts, _ item: FileItem, to document: inout TextDocument) {
        document.section(title(item)) { rows in
            rows.row("issuer", CertificateText.name(list.issuer))
            rows.row("number", list.number.map { StyledText($0) })
            rows.row("made", StyledText(list.thisUpdate.text))
            rows.row("next due", StyledText(list.nextUpdate?.text ?? "not said"))
            rows.row("signature", StyledText(list.signatureAlgorithm.name))
            rows.row("revokes", StyledText("\(list.count) certificate\(list.count == 1 ? "" : "s")"))
            for entry in list.entries { rows.row("", StyledText("\(entry.serial) since \(entry.date.text)")) }
            if list.count > list.entries.count { rows.row("", StyledText("and more", .faint)) }
            if list.isDelta { rows.row("kind", "a delta: only what changed since another list") }
            if list.isPartial { rows.row("limited", "to some certificates or reasons") }
            if !list.signedBy.isEmpty {
                let places = list.signedBy.map(String.init).joined(separator: ", ")
                rows.row("signed by", StyledText("certificate \(places)", .good))
            }
            if !list.revokes.isEmpty {
                let places = list.revokes.map(String.init).joined(separator: ", ")
                rows.row("of these", StyledText("revokes certificate \(places)", .bad))
            }
            for defect in list.defects { rows.row("defect", StyledText("\(defect.field): \(defect.text)", .weak)) }
        }
    }

    private static func add(_ response: OCSPFacts, _ item: FileItem, to document: inout TextDocument) {
        document.section(title(item)) { rows in
            rows.row("status", StyledText(response.responseStatus))
            rows.row("responder", response.responder.map { StyledText($0) })
            rows.row("signed", response.producedAt.map { StyledText($0.text) })
            rows.row("signature", response.signatureAlgorithm.map { StyledText($0.name) })
            rows.row("sent along", StyledText.joined(response.certificates.map { StyledText($0) }))
            if response.hasNonce { rows.row("nonce", "yes") }
            for answer in response.answers.prefix(20) {
                let tone: Tone = answer.status == "good" ? .good : answer.status == "revoked" ? .bad : .weak
                let since = answer.revokedAt.map { " since \($0.text)" } ?? ""
                let until = answer.nextUpdate.map { " until \($0.text)" } ?? ""
                rows.row(
                    answer.serial,
                    StyledText(answer.status, tone) + "\(since), from \(answer.thisUpdate.text)\(until)"
                )
            }
            if let judgement = response.judgement {
                let problem = judgement.problem.map { StyledText("no: \($0)", .weak) }
                rows.row("counts", problem ?? StyledText("yes, for certificate 0", .good))
            }
        }
    }
}
