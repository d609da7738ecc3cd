import Testing

@testable import Diagnostics

@Suite("target lists")
struct TargetListTests {
    @Test("Targets with their options, comments, quotes and empty lines")
    func lines() throws {
        let list = try TargetList(
            name: "list",
            text: """
                # ours
                example.com

                smtp://mail.example:25 --timeout 5s # slow
                'unix:/run/my socket' --sni "a b"\tx#y
                """
        )
        #expect(
            list.lines == [
                TargetList.Line(number: 2, target: "example.com", options: []),
                TargetList.Line(number: 4, target: "smtp://mail.example:25", options: ["--timeout", "5s"]),
                TargetList.Line(number: 5, target: "unix:/run/my socket", options: ["--sni", "a b", "x#y"]),
            ]
        )
    }

    @Test(
        "What can't be a list is said with its line",
        arguments: [
            ("", "names no target"), ("# nothing\n\n", "names no target"),
            ("a\n--timeout 5s b\n", "line 2 of list begins"),
            ("a\nb 'c\n", "line 2 of list has a quotation mark"),
        ]
    )
    func problems(text: String, words: String) {
        #expect { try TargetList(name: "list", text: text) } throws: { error in
            (error as? RequestProblem)?.reason.contains(words) == true
        }
    }
}
