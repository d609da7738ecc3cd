extension BuiltInPolicy {
    /// The guide of May 2025. The score and its caps are in ``GradeOutcome``.
    static let sslLabsText: StaticString = """
        id = "ssllabs"
        name = "A grade after the SSL Labs server rating guide"
        version = "2009r"
        date = 2025-05-16
        source = "https://github.com/ssllabs/research/wiki/SSL-Server-Rating-Guide"

        [[rule]]
        id = "grade"
        clause = "Methodology overview"
        text = "grade A- or better"
        severity = "medium"
        minimum = "A-"
        """
}
