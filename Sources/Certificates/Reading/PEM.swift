/// The textual encoding of certificates and keys (RFC 7468).
package enum PEM {
    /// One block with its place in the file.
    package struct Block {
        /// What stands after `BEGIN`, such as `CERTIFICATE`.
        package let label: String
        /// What the block encodes; empty for a block with headers (an encrypted key of the traditional form).
        package let bytes: [UInt8]
        /// The line of `BEGIN`, from 1.
        package let line: Int
    }

    /// One block as text, whatever its label.
    package struct Segment {
        /// What stands after `BEGIN`.
        package let label: String
        /// From `BEGIN` to the end of `END`.
        package let text: [UInt8]
        /// The line of `BEGIN`, from 1.
        package let line: Int
        /// Whether it is a private key that wants a password: PKCS#8 by its label, the traditional forms by a header.
        package var isEncrypted: Bool {
            label == "ENCRYPTED PRIVATE KEY"
                || PEM.lines(of: text).prefix(4).contains { $0.starts(with: "Proc-Type: 4,ENCRYPTED".utf8) }
        }
    }

    /// All blocks in order, as text. What stands around them is passed over.
    ///
    /// - Throws: `malformed` for one without its end.
    package static func segments(of bytes: [UInt8]) throws(CertificateError) -> [Segment] {
        var found: [Segment] = []
        var open: (label: String, line: Int, start: Int)?
        for (index, line) in lines(of: bytes).enumerated() {
            if let label = label(of: line, "-----BEGIN ") {
                if let open {
                    let text = "a block begins inside the one of line \(open.line)"
                    throw CertificateError(.malformed, text, line: index + 1)
                }
                open = (label, index + 1, line.startIndex)
            } else if let current = open, let label = label(of: line, "-----END ") {
                guard label == current.label else {
                    let text = "the end does not fit the beginning of line \(current.line)"
                    throw CertificateError(.malformed, text, line: index + 1)
                }
                let text = Array(bytes[current.start..<line.endIndex]) + [0x0A]
                found.append(Segment(label: label, text: text, line: current.line))
                open = nil
            }
        }
        if let open { throw CertificateError(.malformed, "the block has no end line", line: open.line) }
        return found
    }

    /// True when the input has the mark of PEM anywhere.
    package static func isPEM(_ bytes: [UInt8]) -> Bool {
        lines(of: bytes).contains { $0.starts(with: "-----BEGIN ".utf8) }
    }

    /// The labels of all blocks, in order.
    package static func labels(in bytes: [UInt8]) -> [String] {
        lines(of: bytes).compactMap { label(of: $0, "-----BEGIN ") }
    }

    /// The blocks whose label is wanted, in order; text around them and other blocks are passed over.
    package static func blocks(
        in bytes: [UInt8],
        wanted: (String) -> Bool
    ) throws(CertificateError) -> (found: [Block], passedOver: [String]) {
        var found: [Block] = []
        var passedOver: [String] = []
        var open: (label: String, line: Int, decoder: Base64.Decoder)?
        for (index, line) in lines(of: bytes).enumerated() {
            let number = index + 1
            if let label = label(of: line, "-----BEGIN ") {
                if let open {
                    throw CertificateError(
                        .malformed,
                        "a block begins inside the one of line \(open.line)",
                        line: number
                    )
                }
                if wanted(label) {
                    open = (label, number, Base64.Decoder())
                } else {
                    passedOver.append(label)
                }
            } else if let current = open {
                if let label = label(of: line, "-----END ") {
                    guard label == current.label else {
                        throw CertificateError(
                            .malformed,
                            "the end does not fit the beginning of line \(current.line)",
                            line: number
                        )
                    }
                    var decoder = current.decoder
                    guard let content = decoder.finish() else {
                        throw CertificateError(.malformed, "the base 64 text is cut off", line: number)
                    }
                    found.append(Block(label: label, bytes: content, line: current.line))
                    open = nil
                } else {
                    for byte in line where byte != 0x20 && byte != 0x09 {
                        guard open?.decoder.take(byte) == true else {
                            throw CertificateError(.malformed, "expected base 64 text", line: number)
                        }
                    }
                }
            }
        }
        if let open {
            throw CertificateError(.malformed, "the block has no end line", line: open.line)
        }
        return (found, passedOver)
    }

    /// A block with lines of 64 characters and a final newline.
    package static func encode(_ bytes: [UInt8], label: String) -> String {
        var text = "-----BEGIN \(label)-----\n"
        var line = Base64.encode(bytes)[...]
        while !line.isEmpty {
            text += line.prefix(64) + "\n"
            line = line.dropFirst(64)
        }
        return text + "-----END \(label)-----\n"
    }

    private static func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
            var line = line
            while let last = line.last, last == 0x0D || last == 0x20 || last == 0x09 { line = line.dropLast() }
            return line
        }
    }

    private static func label(of line: ArraySlice<UInt8>, _ prefix: String) -> String? {
        guard line.starts(with: prefix.utf8), line.count >= prefix.utf8.count + 5,
            line.suffix(5).elementsEqual("-----".utf8)
        else { return nil }
        return String(decoding: line.dropFirst(prefix.utf8.count).dropLast(5), as: UTF8.self)
    }
}
