import SecureChannel
import TLSParameters

/// The legs of the handshake between two lines, as such things are drawn in the standards, and the same as a table.
struct TimelineDrawing {
    private let legs: [Leg]
    private let peer: PeerText
    private let id: String
    /// A page is no trace: past this many, `--trace` and JSON have them.
    private static let most = 40

    private static let width = 340
    private static let left = 26
    private static let right = 314
    private static let step = 64
    private static let top = 62

    init(_ legs: [Leg], peer: PeerText, id: String) {
        self.legs = Array(legs.prefix(Self.most))
        self.peer = peer
        self.id = id
        rest = max(0, legs.count - Self.most)
    }

    private let rest: Int

    var html: String {
        let height = Self.top + legs.count * Self.step + 16
        var svg =
            "<svg class=\"drawing\" viewBox=\"0 0 \(Self.width) \(height)\" role=\"img\" aria-labelledby=\"\(id)-t \(id)-d\">\n"
        svg +=
            "<title id=\"\(id)-t\">Timeline of the handshake</title>\n<desc id=\"\(id)-d\">\(x(description))</desc>\n"
        svg += "<text class=\"end\" x=\"\(Self.left - 18)\" y=\"18\">sechan</text>\n"
        svg += "<text class=\"end\" x=\"\(Self.right + 18)\" y=\"18\" text-anchor=\"end\">\(x(cut(peer, 32)))</text>\n"
        for line in [Self.left, Self.right] {
            svg += "<line class=\"life\" x1=\"\(line)\" y1=\"28\" x2=\"\(line)\" y2=\"\(height - 6)\"/>\n"
        }
        for (index, leg) in legs.enumerated() { svg += arrow(leg, at: Self.top + index * Self.step + 14) }
        svg += "</svg>\n"
        let more = rest > 0 ? "<p class=\"faint\">\(HTMLReport.count(rest, "more leg")); JSON has them all.</p>\n" : ""
        return "<figure>\(svg)</figure>\n\(more)" + HTMLReport.details("The same as a table", table)
    }

    private func x(_ text: String) -> String { HTMLReport.x(text) }

    /// From line to line, with what it carried above and its size and time below.
    private func arrow(_ leg: Leg, at y: Int) -> String {
        let isSent = leg.direction == .sent
        let (start, end) = isSent ? (Self.left, Self.right) : (Self.right, Self.left)
        let tip =
            isSent
            ? "\(end - 8),\(y - 4) \(end),\(y) \(end - 8),\(y + 4)"
            : "\(end + 8),\(y - 4) \(end),\(y) \(end + 8),\(y + 4)"
        let kind = isSent ? "sent" : "received"
        let middle = (Self.left + Self.right) / 2
        let labels = lines(content(leg))
        let words = labels.enumerated().map { index, label in
            "<text x=\"\(middle)\" y=\"\(y - 7 - (labels.count - 1 - index) * 15)\" text-anchor=\"middle\">\(x(label))</text>"
        }
        return "<g class=\"\(kind)\">\(words.joined())"
            + "<line x1=\"\(start)\" y1=\"\(y)\" x2=\"\(end)\" y2=\"\(y)\"/><polygon points=\"\(tip)\"/>"
            + "<text class=\"small\" x=\"\(middle)\" y=\"\(y + 14)\" text-anchor=\"middle\">\(leg.byteCount) bytes, at \(x(Seconds.text(leg.seconds)))</text></g>\n"
    }

    /// The names of its messages, each once.
    private func content(_ leg: Leg) -> String {
        var names: [String] = []
        for record in leg.records {
            for message in record.messages where !message.name.isEmpty && names.last != message.text {
                names.append(message.text)
            }
            if record.messages.isEmpty, let type = (record.innerType ?? record.type)?.name, names.last != type {
                names.append(type)
            }
        }
        return names.isEmpty ? leg.status : names.joined(separator: ", ")
    }

    /// At most two lines, the first broken between two names.
    private func lines(_ text: String) -> [String] {
        var first = ""
        var names = text.split(separator: ", ").map(String.init)[...]
        while let name = names.first, first.isEmpty || first.count + name.count < 42 {
            first += (first.isEmpty ? "" : ", ") + name
            names.removeFirst()
        }
        let second = names.joined(separator: ", ")
        return [cut(PeerText(first + (second.isEmpty ? "" : ",")), 46)]
            + (second.isEmpty ? [] : [cut(PeerText(second), 46)])
    }

    private func cut(_ text: PeerText, _ limit: Int) -> String {
        let shown = text.excerpt(400).encoded(for: .terminal)
        return shown.count > limit ? String(shown.prefix(limit - 1)) + "…" : shown
    }

    private var description: String {
        let sent = legs.filter { $0.direction == .sent }
        let received = legs.filter { $0.direction == .received }
        let time = legs.last.map { ", \(Seconds.text($0.seconds)) in all" } ?? ""
        return
            "\(HTMLReport.count(sent.count, "flight")) from sechan, \(HTMLReport.count(received.count, "flight")) from the peer\(time). "
            + "The table below has each."
    }

    private var table: String {
        HTMLReport.table(
            ["leg", "direction", "messages", "bytes", "time", "status"],
            legs.map { leg in
                [
                    "\(leg.number)", leg.direction == .sent ? "to the peer" : "from the peer",
                    x(PeerText(content(leg)).excerpt(400).encoded(for: .terminal)), "\(leg.byteCount)",
                    x(Seconds.text(leg.seconds)), x(leg.status),
                ]
            }
        )
    }
}
