import Diagnostics
import TLSParameters

/// What a survey found out besides versions and suites.
enum CiphersDetailsText {
    static func add(_ result: CiphersResult, to document: inout TextDocument) {
        addCertificates(result.certificates, to: &document)
        addGroups(result, to: &document)
        addSchemes(result, to: &document)
        addFeatures(result, to: &document)
        addFingerprints(result.fingerprints, to: &document)
    }

    // MARK: Certificates

    private static func addCertificates(_ certificates: [LeafSummary], to document: inout TextDocument) {
        document.section(certificates.count == 1 ? "certificate" : "certificates") { rows in
            for leaf in certificates {
                guard leaf.problem == nil else {
                    rows.row("\(leaf.index)", StyledText("\(leaf.bytes) bytes: \(leaf.problem ?? "")", .weak))
                    continue
                }
                var text = StyledText(key(leaf))
                if let subject = leaf.subject, !subject.isEmpty { text = text + ", \(subject)" }
                if let signature = leaf.signature { text = text + ", signed with \(signature)" }
                if let end = leaf.notAfter { text = text + ", until \(end)" }
                rows.row("\(leaf.index)", text)
                if let hash = leaf.sha256 { rows.row("", StyledText("SHA-256 \(hash)", .faint)) }
            }
        }
    }

    /// `RSA 2048`, `EC secp256r1`, `Ed25519`.
    static func key(_ leaf: LeafSummary) -> String {
        guard let key = leaf.key else { return "unreadable" }
        if let curve = leaf.curve { return "\(key) \(curve)" }
        guard let bits = leaf.keyBits, key.allSatisfy(\.isLetter) else { return key }
        return "\(key) \(bits)"
    }

    // MARK: Groups

    private static func addGroups(_ result: CiphersResult, to document: inout TextDocument) {
        guard !result.groupLists.isEmpty else { return }
        document.section("groups") { rows in
            for list in result.groupLists {
                let groups = result.groups.filter { $0.version == list.version && $0.family == list.family }
                let supported = groups.filter { $0.verdict == "supported" }
                let open = groups.filter { $0.verdict == "inconclusive" }.map { ($0.name, $0.reason) }
                let label = [list.version, list.family].compactMap { $0 }.joined(separator: " ")
                rows.row(
                    label,
                    summary(supported.map(name), open: open, of: groups.count, list, serversOrder: order(of: supported))
                )
            }
            if let text = postQuantum(result) { rows.row("post-quantum", text) }
        }
    }

    /// What is said of the order of groups that the server has. A TLS 1.3 server may well take another one if it has a client's
    /// share for it, to save a round trip.
    private static func order(of groups: [GroupSupport]) -> String {
        guard groups.first?.version == "tls1.3" else { return "the server's order" }
        guard let preferred = groups.first(where: { $0.preferred == true }), preferred.name != groups.first?.name else {
            return "the server's order, unless a client's share decides"
        }
        return "the server's order without a share; with shares for all \(preferred.name)"
    }

    private static func name(_ group: GroupSupport) -> StyledText {
        StyledText(group.name, group.postQuantum == true ? .good : (group.strength ?? 128) < 112 ? .weak : .plain)
            + CiphersEvidenceText.mark(group.evidence)
    }

    /// Whether anything recorded today stays secret, in words; nil where TLS 1.3's groups weren't asked for.
    private static func postQuantum(_ result: CiphersResult) -> StyledText? {
        let groups = result.groups.filter { $0.version == "tls1.3" }
        guard !groups.isEmpty else { return nil }
        let found = groups.filter { $0.postQuantum == true && $0.verdict == "supported" }
        guard !found.isEmpty else {
            return groups.contains { $0.postQuantum == true && $0.verdict == "inconclusive" }
                ? StyledText("not known", .weak) : StyledText("none: what is recorded today can be read one day", .weak)
        }
        let names = found.map(\.name).joined(separator: ", ")
        switch (found.contains { $0.preferred == true }, found.contains { $0.preferred == nil }) {
        case (true, _): return StyledText("\(names), chosen where a client offers it with others", .good)
        case (false, true): return StyledText("\(names)", .good)
        case (false, false): return StyledText("\(names), but never chosen where others are offered with it", .weak)
        }
    }

    // MARK: Signature schemes

    private static func addSchemes(_ result: CiphersResult, to document: inout TextDocument) {
        guard !result.signatureLists.isEmpty else { return }
        document.section("signature schemes") { rows in
            for list in result.signatureLists {
                let schemes = result.signatureSchemes.filter { $0.version == list.version }
                let supported = schemes.filter { $0.verdict == "supported" }.map { scheme in
                    StyledText(scheme.name, isWeak(scheme.name) ? .weak : .plain)
                        + CiphersEvidenceText.mark(scheme.evidence)
                }
                let open = schemes.filter { $0.verdict == "inconclusive" }.map { ($0.name, $0.reason) }
                rows.row(list.version, summary(supported, open: open, of: schemes.count, list))
            }
        }
    }

    /// SHA-1 and MD5 (RFC 9155).
    private static func isWeak(_ scheme: String) -> Bool {
        scheme.contains("sha1") || scheme.contains("md5")
    }

    /// The names, whose order decides, what stays open and why, and what is odd. `count` is how many were asked for.
    private static func summary(
        _ names: [StyledText],
        open: [(name: String, reason: String?)],
        of count: Int,
        _ list: SupportList,
        serversOrder: String = "the server's order"
    ) -> StyledText {
        var parts: [StyledText] = []
        if !names.isEmpty {
            let order =
                switch list.order {
                case "server" where names.count > 1: " (\(serversOrder))"
                case "client" where names.count > 1: " (the client's order decides)"
                default: ""
                }
            parts.append(StyledText.joined(names) + StyledText(order))
        } else if open.isEmpty {
            parts.append(StyledText("none", .weak))
        }
        var notes = list.notes
        for reason in unique(open.map(\.reason)) {
            let concerned = open.filter { $0.reason == reason }.map(\.name)
            // Where nothing is known of anything, the names say nothing either.
            let what = concerned.count == count ? "nothing is known" : "undecided: \(concerned.joined(separator: ", "))"
            parts.append(StyledText(what, .weak) + StyledText(reason.map { " (\($0))" } ?? ""))
            notes.removeAll { $0 == reason }
        }
        if !list.complete, open.count < count { parts.append(StyledText("perhaps not all", .weak)) }
        return StyledText.joined(parts + notes.map { StyledText($0) }, separator: "; ")
    }

    private static func unique(_ reasons: [String?]) -> [String?] {
        var seen: Set<String?> = []
        return reasons.filter { seen.insert($0).inserted }
    }

    // MARK: Features

    private static func addFeatures(_ result: CiphersResult, to document: inout TextDocument) {
        for (kind, title) in [
            (FeatureSupport.Kind.extension, "extensions"), (.tolerance, "tolerance"), (.downgrade, "downgrade"),
        ] {
            let features = result.features.filter { $0.kind == kind && isShown($0, result) }
            // Where all were asked for in one version, it is said once.
            let versions = Set(features.compactMap(\.version))
            let common = versions.count == 1 && features.allSatisfy { $0.version != nil } ? versions.first : nil
            document.section(common.map { "\(title) (\($0))" } ?? title) { rows in
                for feature in features {
                    let version = common == nil ? feature.version.map { " (\($0))" } ?? "" : ""
                    rows.row(feature.name + version, verdict(feature))
                }
                if kind == .extension, !result.applicationProtocols.isEmpty {
                    let names = result.applicationProtocols.map { StyledText($0) }
                    rows.row("application protocols", StyledText.joined(names))
                }
            }
        }
    }

    /// PCT is always asked for along with SSL 2.0, and that a server doesn't speak it is no news.
    private static func isShown(_ feature: FeatureSupport, _ result: CiphersResult) -> Bool {
        feature.verdict == "supported" || feature.id != "pct1.0" || result.aspects.contains("tolerance")
    }

    /// Features that a server had better not have.
    private static let unwanted: Set<String> = ["compression", "heartbeat", "pct1.0", "ssl2-format-hello"]

    private static func verdict(_ feature: FeatureSupport) -> StyledText {
        let word =
            switch (feature.kind, feature.verdict) {
            case (.tolerance, "supported"): "tolerated"
            case (.tolerance, "rejected"): "not tolerated"
            case (_, "supported"): "yes"
            case (_, "rejected"): "no"
            default: "not known"
            }
        let isFault = feature.kind != .extension && feature.verdict == "rejected"
        let tone: Tone =
            switch feature.verdict {
            case "supported": unwanted.contains(feature.id) ? .weak : .good
            case "rejected": unwanted.contains(feature.id) ? .good : isFault ? .weak : .plain
            default: .weak
            }
        var text = StyledText(word, tone)
        if let detail = feature.detail { text = text + ": \(detail)" }
        if let reason = feature.reason { text = text + ": \(reason)" }
        return text + CiphersEvidenceText.mark(feature.evidence)
    }

    // MARK: Fingerprints

    private static func addFingerprints(_ fingerprints: ServerFingerprints?, to document: inout TextDocument) {
        guard let fingerprints else { return }
        document.section("fingerprints") { rows in
            if let jarm = fingerprints.jarm {
                rows.row("JARM", StyledText(jarm))
            } else {
                rows.row(
                    "JARM",
                    StyledText("none: \(fingerprints.jarmDoubt ?? "no version that was asked for is spoken")", .weak)
                )
            }
            for (version, hash) in fingerprints.ja3s.sorted(by: { $0.key < $1.key }) {
                let hello = version == "tls1.3" ? "JARM's first hello" : "the first hello"
                rows.row("JA3S \(version)", StyledText(hash) + StyledText("  to \(hello) in it", .weak))
            }
        }
    }
}

/// How the suites compare with those that are allowed: what is there and must not be goes first.
enum CiphersExpectationText {
    /// `isIncomplete`: something that was asked for stayed open, so that more may be there than was compared.
    static func add(_ expectation: ExpectationResult?, isIncomplete: Bool, to document: inout TextDocument) {
        guard let expectation else { return }
        document.section("expectation") { rows in
            rows.row(
                "verdict",
                expectation.beyond.isEmpty
                    ? isIncomplete
                        ? StyledText("not known: nothing beyond \(expectation.source) in what could be asked", .weak)
                        : StyledText("met: nothing beyond \(expectation.source)", .good)
                    : StyledText("\(expectation.beyond.count) beyond \(expectation.source)", .bad)
            )
            for entry in expectation.beyond { rows.row("not allowed", name(entry, .bad)) }
            if !expectation.missing.isEmpty {
                let names = expectation.missing.map { name($0, .plain) }
                rows.row("allowed, not there", StyledText.joined(names))
            }
        }
    }

    private static func name(_ entry: ExpectationResult.Entry, _ tone: Tone) -> StyledText {
        let place = entry.version.map { "\($0) " } ?? ""
        return StyledText("\(place)\(entry.name)", tone) + StyledText(" (\(entry.codePoint))", .faint)
    }
}
