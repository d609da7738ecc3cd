/// A name that a server answers to (RFC 6066 section 3).
package struct ServerNamePattern: Hashable, Sendable {
    /// The name, in lower case; `*.` in front stands for one label.
    package let name: String

    /// A pattern from a DNS name, in any case.
    package init(_ name: String) {
        self.name = name.lowercased()
    }

    /// Whether a client that asks for `name` means this one. DNS names don't know case (RFC 6066 section 3).
    package func matches(_ asked: String) -> Bool {
        let asked = asked.lowercased()
        guard name.hasPrefix("*.") else { return asked == name }
        guard let dot = asked.firstIndex(of: "."), dot != asked.startIndex else { return false }
        return asked[dot...] == name.dropFirst()
    }
}
