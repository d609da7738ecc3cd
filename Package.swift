// swift-tools-version: 6.2
// The targets, bottom up. docs/architecture.md says what lives in each and why arrows point down only.
import PackageDescription

/// Every target is compiled the same way; `SECHAN_STRICT=1` (continuous integration) turns warnings into errors.
let settings: [SwiftSetting] =
    [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
    ] + (Context.environment["SECHAN_STRICT"] == "1" ? [.treatAllWarnings(as: .error)] : [])

let package = Package(
    name: "sechan",
    products: [
        .executable(name: "sechan", targets: ["sechan"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    ],
    targets: [
        .executableTarget(name: "sechan", swiftSettings: settings)
    ]
)
