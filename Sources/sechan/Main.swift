import SechanCLI

/// The executable: everything else is in libraries, where tests can reach it.
@main
enum Main {
    static func main() {
        EntryPoint.main()
    }
}
