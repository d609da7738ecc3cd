public import TLSParameters

/// Internationalised names as they are meant (RFC 3492, RFC 5891): for showing beside what a certificate says, never for
/// comparing.
enum Punycode {
    /// A name whose labels that begin with `xn--` are decoded; nil when there is none, or one can't be.
    static func unicode(_ name: [UInt8]) -> [UInt8]? {
        let prefix = Array("xn--".utf8)
        var found = false
        var labels: [[UInt8]] = []
        for label in name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
            guard label.prefix(4).map({ $0 | 0x20 }).elementsEqual(prefix.map { $0 | 0x20 }), label.count <= 63 else {
                labels.append(Array(label))
                continue
            }
            guard let decoded = decode(Array(label.dropFirst(4))) else { return nil }
            found = true
            labels.append(Array(String(String.UnicodeScalarView(decoded)).utf8))
        }
        return found ? Array(labels.joined(separator: [UInt8(ascii: ".")])) : nil
    }

    /// RFC 3492 §6.2.
    private static func decode(_ input: [UInt8]) -> [Unicode.Scalar]? {
        var output: [Unicode.Scalar] = []
        var rest = input[...]
        if let last = input.lastIndex(of: UInt8(ascii: "-")) {
            for byte in input[..<last] {
                guard (0x21...0x7E).contains(byte) else { return nil }
                output.append(Unicode.Scalar(byte))
            }
            rest = input[(last + 1)...]
        }
        var (code, index, bias) = (128, 0, 72)
        while !rest.isEmpty {
            let old = index
            var (weight, step) = (1, 36)
            while true {
                guard let digit = rest.popFirst().flatMap(value) else { return nil }
                // A label has 63 characters at most, so neither of these grows far.
                let (product, overflow) = digit.multipliedReportingOverflow(by: weight)
                guard !overflow, product <= 0x7FFF_FFFF - index else { return nil }
                index += product
                let threshold = step <= bias ? 1 : step >= bias + 26 ? 26 : step - bias
                if digit < threshold { break }
                guard weight <= 0x7FFF_FFFF / (36 - threshold) else { return nil }
                weight *= 36 - threshold
                step += 36
            }
            let count = output.count + 1
            bias = adapt(index - old, count, isFirst: old == 0)
            code += index / count
            index %= count
            guard let scalar = UInt32(exactly: code).flatMap(Unicode.Scalar.init), scalar.value >= 128 else {
                return nil
            }
            output.insert(scalar, at: index)
            index += 1
        }
        return output.contains { $0.value >= 0x80 } ? output : nil
    }

    private static func value(_ byte: UInt8) -> Int? {
        switch byte {
        case 0x30...0x39: Int(byte) - 0x30 + 26
        case 0x41...0x5A: Int(byte) - 0x41
        case 0x61...0x7A: Int(byte) - 0x61
        default: nil
        }
    }

    /// RFC 3492 §6.1.
    private static func adapt(_ delta: Int, _ count: Int, isFirst: Bool) -> Int {
        var delta = isFirst ? delta / 700 : delta / 2
        delta += delta / count
        var step = 0
        while delta > 35 * 26 / 2 {
            delta /= 35
            step += 36
        }
        return step + 36 * delta / (delta + 38)
    }
}

extension GeneralName {
    /// What an internationalised DNS name means (its U-labels); nil for other names, and for one that can't be decoded.
    public var unicode: PeerText? {
        guard kind == .dns, let decoded = Punycode.unicode(value.bytes) else { return nil }
        return PeerText(bytes: decoded)
    }
}
