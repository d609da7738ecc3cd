// swift-tools-version: 6.2
// The fuzz targets, run by scripts/fuzz. A package of their own, because `swift build` of the main one would have to link
// executables without a main function.
//
// It has the sources that it needs as symbolic links instead of depending on the main package: that would bring
// SwiftNIO along, which takes minutes to compile with sanitizers and isn't needed to read bytes. Of Transport there are
// the files that hold plain values; Probing comes without its runner.
//
// The seeds in Corpus/ are the vectors of Tests/TLSWireTests; browser-* are those of PublishedHellos.swift, which says where they
// come from and under which licence. Those of the classic engine are scripts, see HostilePeer/Script.swift; flight-* are records
// of its own handshakes, made by scripts/generate-fuzz-flights.py.
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

func library(_ name: String, _ dependencies: [Target.Dependency] = [], _ more: [SwiftSetting] = []) -> Target {
    .target(name: name, dependencies: dependencies, path: "Linked/\(name)", swiftSettings: settings + more)
}

func fuzzer(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

let package = Package(
    name: "sechan-fuzz",
    targets: [
        .systemLibrary(
            name: "COpenSSL",
            path: "Linked/COpenSSL",
            pkgConfig: "openssl",
            providers: [.apt(["libssl-dev"])]
        ),
        .target(name: "COpenSSLShims", dependencies: ["COpenSSL"], path: "Linked/COpenSSLShims"),
        library("TLSParameters"),
        library("TLSWire", ["TLSParameters"]),
        library("Transport"),
        library("Probing", ["TLSWire", "TLSParameters", "Transport"]),
        library("LibSSL", ["COpenSSL", "COpenSSLShims", "TLSParameters"]),
        // Opened to the target that plays its peer, which needs the keys of a connection to seal what it makes up.
        library("ClassicTLS", ["LibSSL", "TLSWire", "TLSParameters"], [.unsafeFlags(["-enable-testing"])]),
        .target(
            name: "HostilePeer",
            dependencies: ["ClassicTLS", "COpenSSL", "LibSSL", "TLSWire", "TLSParameters"],
            // A generator of its own in libcrypto's place, which OpenSSL 3 would rather have as a provider.
            swiftSettings: settings + [.unsafeFlags(["-Xcc", "-DOPENSSL_SUPPRESS_DEPRECATED"])]
        ),
        fuzzer("FuzzClassicClient", ["HostilePeer"]),
        fuzzer("FuzzClassicServer", ["HostilePeer"]),
        fuzzer("FuzzClientHello", ["TLSWire", "TLSParameters"]),
        fuzzer("FuzzServerFlight", ["Probing", "TLSWire", "TLSParameters", "Transport"]),
    ]
)
