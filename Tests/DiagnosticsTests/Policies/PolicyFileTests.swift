import TLSParameters
import Testing

@testable import Diagnostics

/// What people write: every mistake is told with its line and what was expected.
@Suite struct PolicyFileTests {
    private func read(_ text: String) throws -> Policy {
        try PolicyFile(name: "ours.toml").policy(Array(text.utf8))
    }

    @Test func readsAPolicy() throws {
        let policy = try read(
            """
            # Ours.
            id = "ours"
            name = 'Our servers'
            version = "3"
            date = 2026-11-01
            extends = "mozilla-intermediate"

            [[rule]]
            id = "rsa-bits"          # takes the place of Mozilla's
            minimum = 3_072
            severity = "high"

            [[rule]]
            id = "no-3des"
            check = "suites"
            forbidden = [
                "ECDHE-RSA-DES-CBC3-SHA",   # by OpenSSL's name
                "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
            ]

            [[rule]]
            id = "enough-left"
            check = "certificate-remaining"
            minimum = "33%"

            [[waiver]]
            id = "groups*"
            target = "*.old.example"
            reason = "until the move"
            until = 2027-01-31
            """
        )
        #expect(
            policy.identity
                == PolicyIdentity(
                    id: "ours",
                    name: "Our servers",
                    version: "3",
                    date: "2026-11-01",
                    source: "ours.toml"
                )
        )
        let base = BuiltInPolicy.mozillaIntermediate.policy
        #expect(policy.rules.count == base.rules.count + 2)
        let size = policy.rules.first { $0.id == "rsa-bits" }
        #expect(size?.requirement == .minimum(.number(3072)) && size?.severity == .high && size?.line == 8)
        #expect(policy.rules.first { $0.id == "no-3des" }?.requirement == .forbidden(["0xC012", "0x000A"]))
        #expect(policy.rules.last?.requirement == .minimum(.percent(33)))
        #expect(
            policy.waivers == [
                PolicyWaiver(id: "groups*", target: "*.old.example", reason: "until the move", until: "2027-01-31")
            ]
        )
    }

    @Test(arguments: [
        ("id = \"x\"\nrules = 1\n", "line 2: a policy has no 'rules'", "did you mean 'rule'?"),
        ("id = 5\n[[rule]]\nid = \"rsa-bits\"\nminimum = 1\n", "line 1: 'id' is a number, not a string", "write id"),
        (
            "[[rule]]\nid = \"v\"\ncheck = \"version\"\nallowed = [\"tls1.2\"]\n",
            "line 3: there is no check 'version'", "did you mean 'versions'"
        ),
        (
            "[[rule]]\nid = \"versions\"\nallowed = [\"tls1.9\"]\n", "line 3: there is no version 'tls1.9'",
            "did you mean"
        ),
        (
            "[[rule]]\nid = \"suites\"\nallowed = [\n\"TLS_AES_128_GCM_SHA256\",\n\"TLS_AES_129_GCM_SHA256\"]\n",
            "line 5: there is no suite 'TLS_AES_129_GCM_SHA256'", "TLS_AES_128_GCM_SHA256"
        ),
        ("[[rule]]\nid = \"groups\"\nallowed = [\"x25518\"]\n", "line 3: there is no group 'x25518'", "x25519"),
        ("[[rule]]\nid = \"versions\"\n", "line 1: the rule 'versions' demands nothing", "a rule has one of"),
        (
            "[[rule]]\nid = \"versions\"\nallowed = []\nforbidden = []\n",
            "line 4: the rule 'versions' has both allowed and forbidden", "one of"
        ),
        (
            "[[rule]]\nid = \"versions\"\nminimum = 3\n", "line 3: 'minimum' makes no sense for the check 'versions'",
            "it takes allowed"
        ),
        ("[[rule]]\nid = \"rsa-bits\"\nminimum = \"many\"\n", "line 3: 'many' is no number", "2048"),
        (
            "[[rule]]\nid = \"certificate-remaining\"\nminimum = \"soon\"\n", "line 3: 'soon' is no length of time",
            "30d or 33%"
        ),
        (
            "[[rule]]\nid = \"rsa-bits\"\nminimum = 1\nseverity = \"hihg\"\n", "line 4: there is no severity 'hihg'",
            "high"
        ),
        (
            "[[rule]]\nid = \"rsa-bits\"\nminimum = 1\n[[rule]]\nid = \"rsa-bits\"\nminimum = 2\n",
            "line 4: a rule 'rsa-bits' stands on line 1 already", nil
        ),
        ("extends = \"mozila-modern\"\n", "line 1: there is no policy 'mozila-modern' to extend", "mozilla-modern"),
        ("id = \"x\"\n", "line 1: the policy has no rule", "[[rule]]"),
        (
            "[[rule]]\nid = \"rsa-bits\"\nminimum = 1\n[[waiver]]\nid = \"x\"\nreason = \"y\"\n",
            "line 4: the waiver has no 'until'", "until = 2027-01-31"
        ),
        (
            "[[waiver]]\nid = \"siutes\"\nreason = \"r\"\nuntil = 2027-02-20\n[[rule]]\nid = \"rsa-bits\"\nminimum = 1\n",
            "line 2: there is no rule and no finding 'siutes'", "did you mean 'suites'"
        ),
        (
            "[[rule]]\nid = \"flaws\"\ncheck = \"findings\"\nforbidden = [\"attack.robbot\"]\n",
            "line 4: there is no finding 'attack.robbot'", "did you mean 'attack.robot'?"
        ),
        (
            "[[waiver]]\nid = \"x\"\nreason = \" \"\nuntil = 2027-01-31\n[[rule]]\nid = \"rsa-bits\"\nminimum = 1\n",
            "line 3: the reason is empty", nil
        ),
        (
            "[[waiver]]\nid = \"x\"\nreason = \"r\"\nuntil = \"2027-02-30\"\n[[rule]]\nid = \"rsa-bits\"\nminimum = 1\n",
            "line 4: 'until' is no day", nil
        ),
        ("id \"x\"\n", "line 1: '=' is missing after 'id'", nil),
        ("id = \"x\n", "line 1: the string is not closed", nil),
        ("id = \"x\" y\n", "line 1: expected the end of the line after the value of 'id', found 'y'", nil),
        ("id = \"x\"\nid = \"y\"\n", "line 2: 'id' stands on line 1 already", nil),
        ("a.b = 1\n", "line 1: dotted keys such as 'a.…' are not read", nil),
        ("id = 1.5\n", "line 1: '1.5' is no value", nil),
        ("id = 2027-02-30\n", "line 1: '2027-02-30' is no value", nil),
        ("id = \"\"\"x\"\"\"\n", "line 1: strings over several lines are not read", nil),
        ("[rule\nid = 1\n", "line 1: the header is not closed", nil),
        ("x = [1, 2\n", "line 1: the array is not closed", nil),
        ("id = \"\u{1}\"\n", "line 1: a string holds a control character", nil),
    ])
    func saysWhatIsWrong(_ text: String, _ reason: String, _ hint: String?) throws {
        let problem = #expect(throws: RequestProblem.self) { try read(text) }
        #expect(problem?.reason == "ours.toml, \(reason)")
        if let hint { #expect(problem?.hint?.contains(hint) == true, "\(problem?.hint ?? "nil")") }
    }

    @Test func survivesHostileFiles() {
        let deep = "x = " + String(repeating: "[", count: 100_000)
        let many = "x = [" + String(repeating: "1,", count: 100_000) + "]"
        for text in [
            deep, many, "\u{FEFF}", "[[", "x =", "x = {", "x = {a=1", "\r", "[[rule]]\n[[rule]]", "\"", "'",
            "x = \"\\u12\"",
        ] {
            #expect(throws: RequestProblem.self) { try read(text) }
        }
        #expect(throws: RequestProblem.self) { try PolicyFile(name: "x").policy([0xFF, 0xFE, 0x00]) }
        // Whatever is cut off or changed is an error or another policy, and never a trap.
        let good = Array(BuiltInPolicy.ncsc.text.utf8)
        for length in stride(from: 0, to: good.count, by: 7) {
            _ = try? PolicyFile(name: "x").policy(Array(good[..<length]))
            var changed = good
            changed[length] ^= 0x15
            _ = try? PolicyFile(name: "x").policy(changed)
        }
    }

    @Test(arguments: [
        ("tls1.3=supported", PolicyRule.Check.versions, PolicyRule.Requirement.required(["tls1.3"])),
        ("tls1.0=rejected", .versions, .forbidden(["tls1.0"])),
        ("version>=tls1.2", .versions, .allowed(["tls1.2", "tls1.3"])),
        ("cipher!=ECDHE-RSA-DES-CBC3-SHA", .suites, .forbidden(["0xC012"])),
        ("alpn=h2", .alpn, .required(["h2"])), ("ocsp-staple=yes", .ocspStaple, .value(true)),
        ("compression=no", .compression, .value(false)),
        ("days-left>=30", .certificateRemaining, .minimum(.number(30))),
        ("percent-left>=33", .certificateRemaining, .minimum(.percent(33))),
        ("grade>=A", .grade, .minimum(.grade("A"))), ("group=x25519mlkem768", .groups, .required(["X25519MLKEM768"])),
        ("finding:suite.3des=absent", .findings, .forbidden(["suite.3des"])),
    ])
    func understandsExpectations(
        _ text: String,
        _ check: PolicyRule.Check,
        _ requirement: PolicyRule.Requirement
    ) throws {
        let rule = try Expectation(parsing: text).rule
        #expect(rule.check == check && rule.requirement == requirement && rule.id == "expect:\(text)")
    }

    @Test(arguments: [
        ("tls1.3", "the expectation 'tls1.3' is incomplete"),
        ("tls1.3=maybe", "'maybe' is nothing that a version can be"),
        ("day-left>=3", "nothing called 'day-left' can be expected"), ("alpn>=h2", "'>=' makes no sense"),
        ("cipher=NOPE", "there is no suite 'NOPE'"), ("grade<=A", "'<=' makes no sense"), ("=x", "incomplete"),
        ("finding:x=present", "'present' is nothing"), ("compression=maybe", "'compression' is yes or no"),
        ("days-left>=soon", "'soon' is no length of time"),
    ])
    func refusesExpectations(_ text: String, _ reason: String) {
        let problem = #expect(throws: RequestProblem.self) { try Expectation(parsing: text) }
        #expect(problem?.reason.contains(reason) == true, "\(problem?.reason ?? "")")
    }
}
