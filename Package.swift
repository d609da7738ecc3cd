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

/// An asynchronous function of ours runs where its caller does: without this each call asks the task which executor it prefers.
/// Not for tests: the compiler (6.2) crashes on theirs.
let librarySettings = settings + [.enableUpcomingFeature("NonisolatedNonsendingByDefault")]

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: librarySettings)
}

func tests(
    of name: String,
    _ dependencies: [Target.Dependency] = [],
    exclude: [String] = [],
    resources: [Resource] = []
) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: [.byName(name: name)] + dependencies,
        exclude: exclude,
        resources: resources,
        swiftSettings: settings
    )
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
]

let package = Package(
    name: "sechan",
    products: [
        .executable(name: "sechan", targets: ["sechan"]),
        .library(name: "Diagnostics", targets: ["Diagnostics"]),
        .library(name: "TLSWire", targets: ["TLSWire"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    ],
    targets: [
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .target(name: "COpenSSLShims", dependencies: ["COpenSSL"]),
        library("TLSParameters"),
        library("TLSWire", ["TLSParameters"]),
        library("LibSSL", ["COpenSSL", "COpenSSLShims", "TLSParameters"]),
        library("Certificates", ["LibSSL", "TLSParameters"]),
        library("ClassicTLS", ["LibSSL", "TLSWire", "TLSParameters"]),
        library("SecureChannel", ["LibSSL", "Certificates", "ClassicTLS", "TLSWire", "TLSParameters"]),
        // libunbound is loaded when a run asks for DNS records; nothing is linked, and nobody has to have it.
        .target(name: "CUnbound"),
        library("Transport", nio + ["CUnbound"]),
        library("Probing", ["TLSWire", "TLSParameters", "Transport"]),
        library(
            "Diagnostics",
            ["SecureChannel", "Probing", "Certificates", "Transport", "TLSWire", "TLSParameters"]
        ),
        library("Reporting", ["Diagnostics", "SecureChannel", "Certificates", "TLSParameters"]),
        library("SechanCLI", ["Diagnostics", "Reporting", "TLSParameters", argumentParser]),
        .executableTarget(name: "sechan", dependencies: ["SechanCLI"], swiftSettings: settings),

        tests(of: "TLSParameters"),
        tests(of: "TLSWire", ["TLSParameters"]),
        tests(of: "LibSSL"),
        tests(of: "Certificates", ["LibSSL", "TLSParameters"], resources: [.copy("Vectors")]),
        tests(of: "ClassicTLS", ["Certificates", "LibSSL", "TLSWire", "TLSParameters"]),
        tests(of: "SecureChannel", ["Certificates", "LibSSL", "TLSWire", "TLSParameters"]),
        tests(of: "Transport"),
        tests(of: "Probing", ["TLSWire", "TLSParameters", "Transport"]),
        tests(
            of: "Diagnostics",
            ["Certificates", "LibSSL", "Probing", "SecureChannel", "TLSWire", "TLSParameters", "Transport"]
        ),
        tests(
            of: "Reporting",
            ["Certificates", "Diagnostics", "LibSSL", "SecureChannel", "TLSParameters"],
            exclude: ["Readers"]
        ),
        tests(of: "SechanCLI", ["Diagnostics", "Reporting", argumentParser]),
        // Real peers on loopback, asked by the built executable: nothing of ours is linked in.
        .testTarget(
            name: "InteropTests",
            dependencies: ["sechan"],
            exclude: [
                "Oracles", "Peers/ClassicClient.java", "Peers/JSSEServer.java", "Peers/LifecycleClient.java",
                "Peers/aiosmtpd_server.py", "Peers/classic_client.py", "Peers/closing_server.py",
                "Peers/counting_server.py", "Peers/leaky_relay.py", "Peers/lifecycle_client.js",
                "Peers/lifecycle_client.py", "Peers/nassl_client.py", "Peers/node_server.js", "Peers/odd_client.py",
                "Peers/odd_server.py", "Peers/odd_wire.py", "Peers/padding_server.py", "Peers/revocation_server.py",
                "Peers/scapy_client.py", "Peers/scapy_server.py", "Peers/ssl_echo_server.py",
                "Peers/starttls_server.py",
                "Peers/tlslite_server.py",
            ],
            swiftSettings: settings
        ),
    ]
)
