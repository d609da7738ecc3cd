import Diagnostics

/// Renders the faults that `serve` can be asked for.
public enum FaultsText {
    /// Every fault: how it is written, what clients see, what a good one does.
    public static var list: TextDocument {
        var document = TextDocument()
        for area in FaultKind.Area.allCases {
            let kinds = FaultKind.allCases.filter { $0.area == area }
            document.section(title(area)) { rows in
                for kind in kinds {
                    let standard = kind.parameter.flatMap { $0.standard > 0 ? " (\($0.standard) \($0.unit))" : nil }
                    let words = "\(kind.effect)\(standard ?? ""); a good client should \(kind.advice)"
                    rows.row(kind.syntax, StyledText(words))
                }
            }
        }
        document.line("")
        document.line(
            "legs are counted from 1, the client's hello; the server's first is 2, and 2 is meant without @leg"
        )
        return document
    }

    private static func title(_ area: FaultKind.Area) -> String {
        switch area {
        case .certificate: "the certificates"
        case .handshake: "the handshake"
        case .connection: "the connection"
        case .session: "the session"
        }
    }
}
