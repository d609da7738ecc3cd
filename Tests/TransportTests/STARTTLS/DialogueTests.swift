import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct DialogueTests {
    @Test func everyProtocolHasAScript() {
        #expect(Set(Dialogues.successes.map(\.name)) == Set(STARTTLSProtocol.allCases))
        #expect(Set(Dialogues.failures.map(\.script.name)) == Set(STARTTLSProtocol.allCases))
    }

    /// Line by line: what we say comes at its time and not before, and nothing is final before the last line.
    @Test(arguments: Dialogues.successes)
    func keepsToTheScript(_ script: Script) {
        var talk = negotiation(script.name)
        var said = talk.start()
        for (index, line) in script.lines.enumerated() {
            switch line {
            case .we(let expected):
                #expect(said.starts(with: expected), "line \(index): \(String(decoding: said, as: UTF8.self))")
                said.removeFirst(min(expected.count, said.count))
            case .peer(let bytes):
                #expect(talk.state == .needsMore)
                #expect(said.isEmpty, "line \(index)")
                said += talk.receive(bytes)
            }
        }
        #expect(talk.state == .finished)
        #expect(said.isEmpty)
        #expect(talk.surplus.isEmpty)
        #expect(talk.protocol == script.name)
        #expect(talk.transcript.filter { $0.isOurs }.flatMap(\.bytes) == script.fromUs)
        #expect(talk.transcript.filter { !$0.isOurs }.flatMap(\.bytes) == script.fromPeer)
    }

    /// Cut anywhere, it says the same and ends at the same byte: every proper prefix needs more.
    @Test(arguments: Dialogues.successes)
    func takesBytesOneByOne(_ script: Script) {
        var talk = negotiation(script.name)
        var said = talk.start()
        for byte in script.fromPeer {
            #expect(talk.state == .needsMore)
            said += talk.receive([byte])
        }
        #expect(talk.state == .finished)
        #expect(said == script.fromUs)
        #expect(talk.surplus.isEmpty)
    }

    @Test(arguments: Dialogues.successes)
    func splitsAnywhere(_ script: Script) {
        let bytes = script.fromPeer
        for cut in 0...bytes.count {
            var talk = negotiation(script.name)
            var said = talk.start()
            said += talk.receive(Array(bytes[..<cut]))
            #expect(talk.state == (cut < bytes.count ? .needsMore : .finished), "cut at \(cut)")
            said += talk.receive(Array(bytes[cut...]))
            #expect(talk.state == .finished)
            #expect(said == script.fromUs)
        }
    }

    @Test(arguments: Dialogues.successes)
    func keepsWhatFollowsTheGoAhead(_ script: Script) {
        var talk = negotiation(script.name)
        _ = talk.start()
        _ = talk.receive(script.fromPeer + [1, 2, 3])
        #expect(talk.state == .finished)
        #expect(talk.surplus == [1, 2, 3])
        #expect(talk.receive([4]).isEmpty)
        #expect(talk.surplus == [1, 2, 3])
    }

    @Test(arguments: Dialogues.failures.indices)
    func namesFailures(_ index: Int) throws {
        let (script, kind, said) = Dialogues.failures[index]
        for size in [script.fromPeer.count, 1] {
            var talk = negotiation(script.name)
            _ = talk.start()
            var rest = script.fromPeer[...]
            while !rest.isEmpty, talk.state == .needsMore {
                _ = talk.receive(Array(rest.prefix(size)))
                rest = rest.dropFirst(size)
            }
            guard case .failed(let error) = talk.state else {
                Issue.record("\(talk.state) after \(script.fromPeer)")
                return
            }
            #expect(error.kind == kind, "\(error.detail)")
            #expect(!error.detail.isEmpty)
            // A peer that isn't the one asked for is seen at its first bytes, so its words may be cut short.
            let isCut = size == 1 && kind == .negotiationFailed
            if said != Dialogues.anything, !isCut {
                #expect(error.said == said, "\(String(decoding: error.said, as: UTF8.self))")
            }
        }
    }

    /// A combining mark doesn't carry a '<' or a quote past the filter.
    @Test func putsNoMarkupIntoXMPP() {
        var talk = STARTTLSNegotiation(
            .xmpp,
            host: "a<\u{338}'\u{301}\"&>\u{0}\u{1b}b",
            port: nil,
            clientName: "x",
            session: [UInt8](repeating: 0, count: 8)
        )
        let header = String(decoding: talk.start(), as: UTF8.self)
        #expect(header.unicodeScalars.elementsEqual(header.unicodeScalars.filter { $0.value >= 0x20 }))
        #expect(header.utf8.firstRange(of: " to='a\u{338}\u{301}b' ".utf8) != nil)
    }

    @Test(arguments: STARTTLSProtocol.allCases)
    func survivesNoise(_ name: STARTTLSProtocol) throws {
        let script = try #require(Dialogues.successes.first { $0.name == name }).fromPeer
        var random = SystemRandomNumberGenerator()
        for round in 0..<300 {
            var bytes = script
            for _ in 0...(round % 4) {
                bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            bytes += (0..<64).map { _ in UInt8.random(in: 0...255, using: &random) }
            var talk = negotiation(name)
            _ = talk.start()
            _ = talk.receive(bytes)
            talk.end(isReset: round.isMultiple(of: 2))
            #expect(talk.state != .needsMore)
        }
    }

    /// Whatever is repeated for ever, it ends.
    @Test(arguments: STARTTLSProtocol.allCases)
    func isBounded(_ name: STARTTLSProtocol) throws {
        let opening = try #require(Dialogues.successes.first { $0.name == name }).fromPeer.dropLast()
        let loops: [[UInt8]] = [
            [0x20], [0x0a], Array("a".utf8), line("220-again"), line("* OK again"), line("NOTICE again"),
            Array("<a>".utf8), [255, 253, 24], [255, 250, 46], [5, 0, 0, 0], [0x30, 0x83, 0, 0x30, 0],
        ]
        for loop in loops {
            for start in [[], Array(opening)] {
                var talk = negotiation(name)
                _ = talk.start()
                _ = talk.receive(start)
                var fed = 0
                let piece = Array(repeating: loop, count: 1_024 / loop.count).flatMap { $0 }
                while talk.state == .needsMore, fed < 200_000 {
                    _ = talk.receive(piece)
                    fed += piece.count
                }
                #expect(talk.state != .needsMore, "\(loop)")
            }
        }
    }

    @Test func namesAPortForTLSAtOnce() {
        for name in STARTTLSProtocol.allCases {
            var talk = negotiation(name)
            _ = talk.start()
            _ = talk.receive([0x15, 3, 1, 0, 2, 2, 70] + line(""))
            guard name != .telnet, case .failed(let error) = talk.state else { continue }
            #expect(error.detail == "the server speaks TLS at once, without STARTTLS", "\(name)")
        }
    }

    @Test func noticesHowThePeerLeft() {
        var silent = negotiation(.smtp)
        _ = silent.start()
        silent.end(isReset: false)
        guard case .failed(let error) = silent.state else {
            Issue.record("no failure")
            return
        }
        #expect(error.kind == .negotiationFailed)
        #expect(error.detail == "the server closed the connection without a word")
        var halfWay = negotiation(.smtp)
        _ = halfWay.start()
        _ = halfWay.receive(line("220-wait"))
        halfWay.end(isReset: true)
        guard case .failed(let error) = halfWay.state else {
            Issue.record("no failure")
            return
        }
        #expect(error.detail == "the server reset the connection in the middle of the dialogue")
    }
}

@Suite(.timeLimit(.minutes(1)))
struct AutoDialogueTests {
    @Test(arguments: Dialogues.successes.filter { if case .peer? = $0.lines.first { true } else { false } })
    func tellsAProtocolByItsGreeting(_ script: Script) {
        for size in [1, script.fromPeer.count] {
            // FTP is told from SMTP by its port where its greeting doesn't say.
            var talk = negotiation(nil, port: script.name.defaultPort)
            var said = talk.start()
            var rest = script.fromPeer[...]
            while !rest.isEmpty {
                said += talk.receive(Array(rest.prefix(size)))
                rest = rest.dropFirst(size)
            }
            #expect(talk.protocol == script.name)
            #expect(talk.state == .finished)
            #expect(said == script.fromUs)
        }
    }

    @Test(
        arguments: [
            ("220 ProFTPD Server", 12_345, .ftp), ("220 mail ESMTP", 21, .smtp), ("220 welcome", 21, .ftp),
            ("220 welcome", nil, .smtp), ("220 x LMTP", 25, .lmtp), ("200 news", nil, .nntp), ("502 no", 119, .nntp),
            ("NOTICE AUTH :hi", nil, .irc), (":srv NOTICE * :hi", nil, .irc), ("421 busy", 21, .ftp),
            ("-ERR busy", nil, .pop3), ("* BYE busy", nil, .imap),
        ] as [(String, UInt16?, STARTTLSProtocol)]
    )
    func listensBeforeItLooksAtThePort(_ greeting: String, port: UInt16?, expected: STARTTLSProtocol) {
        var talk = negotiation(nil, port: port)
        _ = talk.start()
        _ = talk.receive(line(greeting))
        #expect(talk.protocol == expected)
    }

    @Test func doesNotGuess() {
        var talk = negotiation(nil, port: nil)
        _ = talk.start()
        _ = talk.receive(line("SSH-2.0-OpenSSH_9.2"))
        guard case .failed(let error) = talk.state else {
            Issue.record("no failure")
            return
        }
        #expect(error.kind == .negotiationFailed)
        #expect(error.said == Array("SSH-2.0-OpenSSH_9.2\r".utf8))
    }
}
