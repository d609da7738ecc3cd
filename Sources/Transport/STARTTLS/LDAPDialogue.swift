/// LDAP: the StartTLS extended operation (RFC 4511 §4.14), one BER message each way.
struct LDAPDialogue: Dialogue {
    /// LDAPMessage { messageID 1, ExtendedRequest { requestName "1.3.6.1.4.1.1466.20037" } }
    func opening() -> [UInt8] {
        let name = Array("1.3.6.1.4.1.1466.20037".utf8)
        let request: [UInt8] = [0x77, UInt8(name.count + 2), 0x80, UInt8(name.count)] + name
        return [0x30, UInt8(request.count + 3), 0x02, 0x01, 0x01] + request
    }

    mutating func next(_ input: inout DialogueInput) -> DialogueStep {
        guard let tag = input.bytes.first else { return .needsMore }
        guard tag == 0x30 else { return .malformed("that is no message of LDAP", Array(input.bytes.prefix(256))) }
        switch BERElement.size(input.bytes[...]) {
        case .incomplete: return .needsMore
        case .malformed: return .malformed("that is no message of LDAP", Array(input.bytes.prefix(256)))
        case .size(let size):
            guard let message = input.take(size) else { return .needsMore }
            return answer(message)
        }
    }

    private func answer(_ message: [UInt8]) -> DialogueStep {
        let odd = DialogueStep.malformed("that is no response of LDAP", Array(message.prefix(256)))
        var outer = message[...]
        guard var content = BERElement.read(&outer)?.content, let identifier = BERElement.read(&content),
            identifier.tag == 0x02, let operation = BERElement.read(&content)
        else { return odd }
        // Message 0 is the notice of disconnection (RFC 4511 §4.4.1); anything else isn't for us.
        guard operation.tag == 0x78 else { return odd }
        var fields = operation.content
        guard let result = BERElement.read(&fields), result.tag == 0x0a, result.content.count == 1,
            let code = result.content.first, BERElement.read(&fields) != nil, let diagnostic = BERElement.read(&fields)
        else { return odd }
        let text = Array(diagnostic.content)
        switch code {
        case 0:
            return identifier.content.elementsEqual([1]) ? .goAhead : odd
        // busy, unavailable (RFC 4511 appendix A.2).
        case 51, 52:
            return .busy(text)
        default:
            return .refused("the server refuses StartTLS with result code \(code)", text)
        }
    }
}

/// One element of the Basic Encoding Rules with a definite length (X.690 §8.1), as LDAP uses them (RFC 4511 §5.1).
struct BERElement: Sendable {
    var tag: UInt8
    var content: ArraySlice<UInt8>

    enum Size: Hashable, Sendable {
        case incomplete
        case malformed
        case size(Int)
    }

    /// The size of the element that `bytes` begin with, header included; it may be larger than what is there.
    static func size(_ bytes: ArraySlice<UInt8>) -> Size {
        let bytes = bytes.prefix(6)
        guard bytes.count >= 2 else { return .incomplete }
        let first = bytes[bytes.startIndex + 1]
        guard first >= 0x80 else { return .size(2 + Int(first)) }
        let count = Int(first & 0x7f)
        guard (1...4).contains(count) else { return .malformed }
        guard bytes.count >= 2 + count else { return .incomplete }
        let length = bytes.dropFirst(2).prefix(count).reduce(0) { $0 << 8 | Int($1) }
        guard length <= DialogueMachine.pendingLimit else { return .malformed }
        return .size(2 + count + length)
    }

    /// Takes the first element; nil if the bytes don't hold one.
    static func read(_ bytes: inout ArraySlice<UInt8>) -> BERElement? {
        guard case .size(let size) = size(bytes), size <= bytes.count, let tag = bytes.first else { return nil }
        let second = bytes[bytes.startIndex + 1]
        let header = second < 0x80 ? 2 : 2 + Int(second & 0x7f)
        defer { bytes = bytes.dropFirst(size) }
        return BERElement(tag: tag, content: bytes.prefix(size).dropFirst(header))
    }
}
