extension Collection<UInt8> {
    /// Whether the bytes begin with this ASCII text, in upper or lower case.
    func begins(with text: String) -> Bool {
        count >= text.utf8.count && zip(self, text.utf8).allSatisfy { $0.lowercased == $1.lowercased }
    }

    /// Whether the bytes are this ASCII text, in upper or lower case.
    func equals(_ text: String) -> Bool {
        count == text.utf8.count && begins(with: text)
    }

    /// Whether this ASCII text occurs in the bytes, in upper or lower case.
    func mentions(_ text: String) -> Bool {
        let length = text.utf8.count
        guard length > 0 else { return true }
        return indices.contains { self[$0...].begins(with: text) }
    }

    /// The words between spaces and tabs.
    var words: [SubSequence] {
        split { $0 == 0x20 || $0 == 0x09 }
    }
}

extension UInt8 {
    /// The byte with an ASCII capital letter made small.
    fileprivate var lowercased: UInt8 {
        (0x41...0x5a).contains(self) ? self | 0x20 : self
    }

    /// The value of an ASCII digit; nil for any other byte.
    var digit: Int? {
        (0x30...0x39).contains(self) ? Int(self) - 0x30 : nil
    }
}

extension String {
    /// The text as a line of an Internet protocol.
    var line: [UInt8] { Array(utf8) + [0x0d, 0x0a] }
}
