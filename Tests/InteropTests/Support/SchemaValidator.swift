/// Python's `jsonschema` over `docs/schema`: a reader of the schema that we didn't write.
enum SchemaValidator {
    /// Validates a report; exit status 0 when it is valid, else standard error says what isn't.
    static func validate(_ report: String) async throws -> Finished {
        try await Finished.running(
            ProjectPaths.python(),
            [ProjectPaths.oracle("validate_report.py"), ProjectPaths.schema],
            input: .bytes(Array(report.utf8))
        )
    }
}
