import Testing

@testable import Diagnostics

/// What `--fault` takes, and what it refuses.
@Suite("faults: the plan")
struct FaultPlanTests {
    @Test(
        "faults are read with their legs and numbers",
        arguments: [
            ("expired", "expired", nil, nil), ("rst", "rst@2", 2, 0), ("rst@2:1", "rst@2:1", 2, 1),
            ("fin@3", "fin@3", 3, 0), ("slow:50", "slow@2:50", 2, 50), ("slow@4", "slow@4", 4, 1000),
            ("warning-flood", "warning-flood", nil, 100), ("huge-chain:64", "huge-chain:64", nil, 64),
            ("silence@20:7", "silence@20:7", 20, 7),
        ]
    )
    func reads(_ text: String, _ written: String, _ leg: Int?, _ number: Int?) throws {
        let fault = try Fault(parsing: text)
        #expect(fault.text == written)
        #expect(fault.leg == leg)
        #expect(fault.number == number)
        #expect(try Fault(parsing: fault.text) == fault)
    }

    @Test("every kind can be read by its name alone", arguments: FaultKind.allCases)
    func everyKind(_ kind: FaultKind) throws {
        #expect(try Fault(parsing: kind.rawValue).kind == kind)
        #expect(isOneClearLine(kind.effect) && isOneClearLine(kind.advice))
    }

    @Test(
        "what can't be is refused, with a word on what can",
        arguments: [
            ("expird", "expired"), ("", "list"), ("nonsense", "--fault list"), ("expired@2", "expired"),
            ("expired:2", "expired"), ("rst@0", "from 1"), ("rst@21", "20"), ("rst@", "from 1"), ("rst@-2", "from 1"),
            ("rst@x", "from 1"), ("rst@3:1", "rst@3"), ("truncated-record@3", "even"), ("slow@1", "even"),
            ("slow:0", "1 to 60000"), ("slow:", "1 to 60000"), ("slow:1s", "1 to 60000"),
            ("slow:99999999999999999999", "1 to"),
            ("huge-chain:2000", "32 to 1024"), ("key-update-flood:1000000", "10000"),
        ]
    )
    func refuses(_ text: String, _ hint: String) throws {
        let problem = try #require(throws: RequestProblem.self) { try Fault(parsing: text) }
        #expect(isOneClearLine(problem.reason) && problem.reason.hasPrefix("--fault"))
        #expect(isOneClearLine(problem.hint ?? ""))
        #expect("\(problem.reason) \(problem.hint ?? "")".contains(hint), "\(problem)")
    }

    @Test(
        "faults that contradict each other are refused",
        arguments: [
            ["expired", "not-yet-valid"], ["expired", "expired"], ["fin@2", "fin@4"], ["fin@6", "rst@4"],
            ["self-signed", "missing-intermediate"], ["self-signed", "revoked-staple"],
            ["missing-intermediate", "wrong-order"], ["revoked-staple", "missing-staple"],
            ["wrong-version", "unoffered-suite"], ["wrong-version", "no-close-notify"],
            ["unoffered-suite", "truncated-body"], ["truncated-body", "truncated-chunks"],
            ["no-close-notify", "data-after-close"], ["no-close-notify", "rst@6"], ["truncated-body", "fin@6"],
            ["rst", "expired"], ["silence@1", "warning-flood"], ["fin@3", "key-update-flood"], ["slow@6", "rst@4:2"],
        ]
    )
    func contradictions(_ texts: [String]) throws {
        for order in [texts, texts.reversed()] {
            let problem = try #require(throws: RequestProblem.self) { try FaultPlan(parsing: order) }
            #expect(problem.reason.contains("exclude each other"))
            #expect(isOneClearLine(problem.reason) && isOneClearLine(problem.hint ?? ""))
        }
    }

    @Test(
        "others go together",
        arguments: [
            ["expired", "wrong-name", "no-close-notify"], ["weak-key", "sha1-signature", "slow:10"],
            ["hello-retry", "slow:1", "rst@4:1"], ["key-update-flood", "truncated-chunks", "no-close-notify"],
            ["warning-flood", "unoffered-suite", "expired"], ["fin@6", "key-update-flood"],
            ["slow:5", "truncated-record"], ["self-signed", "huge-chain"],
        ]
    )
    func combinations(_ texts: [String]) throws {
        #expect(try FaultPlan(parsing: texts).faults.count == texts.count)
    }

    private func serve(_ faults: [String], _ change: (inout ServeRequest) -> Void) throws -> RequestProblem {
        var request = ServeRequest(listen: "127.0.0.1:0")
        request.faults = try FaultPlan(parsing: faults)
        change(&request)
        return try #require(throws: RequestProblem.self) { try ServeOperation(request) }
    }

    @Test("and so are faults that could not happen")
    func impossible() throws {
        let problems = [
            try serve(["expired"]) {
                $0.credentials.identities = [
                    IdentityFiles(certificate: "/nowhere", key: nil, chain: nil, passphrase: nil)
                ]
            },
            try serve(["wrong-name"]) { $0.names = ["a.test"] },
            try serve(["truncated-body"]) { $0.mode = .echo },
            try serve(["truncated-chunks"]) { $0.protocols.applicationProtocols = "h2" },
            try serve(["expired"]) { $0.keyKinds = [.rsa] },
            try serve(["hello-retry"]) { $0.protocols.groups = "x25519" },
            try serve(["hello-retry"]) { $0.protocols.protocols = "tls1.2" },
            try serve(["key-update-flood:5"]) { $0.protocols.protocols = "tls1.2" },
        ]
        for problem in problems {
            #expect(problem.reason.hasPrefix("--fault "), "\(problem)")
            #expect(isOneClearLine(problem.reason) && isOneClearLine(problem.hint ?? ""), "\(problem)")
        }
    }
}
