import Diagnostics
import Testing

/// docs/policies.md lists every rule of every policy, and man/sechan-policy.5 every check.
@Suite("Policy references")
struct PolicyReferenceTests {
    @Test("every rule of a built-in policy is documented", arguments: BuiltInPolicy.allCases)
    func rulesAreDocumented(policy: BuiltInPolicy) throws {
        let text = try ProjectFiles.text("docs/policies.md")
        let lines = text.split(separator: "\n").map(String.init)
        let start = try #require(lines.firstIndex(of: "### `\(policy.id)`"))
        let section = lines[(start + 1)...].prefix { !$0.hasPrefix("#") }
        #expect(lines[start + 1].contains(policy.policy.identity.version))
        for rule in policy.policy.rules {
            if case .untestable(let why) = rule.requirement {
                let row = "| `\(policy.id)` | `\(rule.id)` | \(rule.clause) | \(rule.text) | \(why) |"
                #expect(lines.contains(row), "\(row)")
            } else {
                let row = "| `\(rule.id)` | \(rule.clause) | \(rule.severity.rawValue) |"
                #expect(section.contains { $0.hasPrefix(row) }, "\(row)")
            }
        }
    }

    @Test("every check is documented")
    func checksAreDocumented() throws {
        let page = try ProjectFiles.text("man/sechan-policy.5")
        for check in PolicyRule.Check.allCases where check != .untestable {
            #expect(page.contains(check.rawValue), "\(check.rawValue)")
        }
    }

    @Test("every key of --expect is documented")
    func keysAreDocumented() throws {
        let page = try ProjectFiles.text("man/sechan-inspect.1")
        for key in Expectation.keys { #expect(page.contains(key), "\(key)") }
    }
}
