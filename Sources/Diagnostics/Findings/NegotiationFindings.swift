import TLSParameters
import Transport

/// What was said before TLS shows a server's owner to be wrong.
enum NegotiationFindings {
    /// All findings about a dialogue; none if there was none.
    static func all(_ negotiated: STARTTLS.Account?) -> [Finding] {
        guard let negotiated, negotiated.surplusCount > 0 else { return [] }
        let count = negotiated.surplusCount
        return [
            Finding(
                id: "starttls.injection",
                severity: .high,
                statement:
                    "\(count == 1 ? "1 byte" : "\(count) bytes") came in the clear behind the server's word that TLS may begin; a client that takes them for TLS's can be fed commands or answers",
                evidence: [PeerText(bytes: negotiated.surplus.prefix(200))],
                remedy:
                    "have the server send nothing between its go-ahead and TLS, and look for who else may have sent it",
                references: ["RFC 3207 §4.2", "CVE-2021-23222"]
            )
        ]
    }

    /// A command that came in the clear was answered inside TLS.
    static func commandInjection(_ name: String) -> Finding {
        Finding(
            id: "starttls.command-injection",
            severity: .high,
            statement:
                "the server carries out inside TLS what came in the clear before it, so somebody in between can put commands before a client's",
            evidence: [PeerText("a command of \(name) behind the request for TLS was answered inside TLS")],
            remedy: "update the server: it has to forget what it has read when TLS begins",
            references: ["CVE-2011-0411", "RFC 3207 §4.2"]
        )
    }

    /// TLS that begins with a word in the clear.
    static let strippable = Finding(
        id: "starttls.strippable",
        severity: .info,
        statement: "TLS begins with a word in the clear, which somebody in between can take away (STARTTLS stripping)",
        remedy:
            "offer TLS from the first byte where the protocol has a port for it, and publish DANE or MTA-STS for mail",
        references: ["RFC 8314 §3", "RFC 8461", "RFC 7672"]
    )
}
