// swift-tools-version: 6.2
// The fuzz targets, run by scripts/fuzz. A package of their own, because `swift build` of the main one would have to link
// executables without a main function.
//
// It has the sources that it needs as symbolic links instead of depending on the main package: that would bring
// SwiftNIO along, which takes minutes to compile with sanitizers and isn't needed to read bytes. Of Transport there are
// the files that hold plain values; Probing comes without its runner.
//
// The seeds in Corpus/ are the vectors of Tests/TLSWireTests; browser-* are those of PublishedHellos.swift, which says where they
// come from and under which licence.
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

func library(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .target(name: name, dependencies: dependencies, path: "Linked/\(name)", exclude: exclude, swiftSettings: settings)
}

func fuzzer(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

let package = Package(
    name: "sechan-fuzz",
    targets: [
        library("TLSParameters"),
        library("TLSWire", ["TLSParameters"]),
        library("Transport"),
        library("Probing", ["TLSWire", "TLSParameters", "Transport"]),
        fuzzer("FuzzClientHello", ["TLSWire", "TLSParameters"]),
        fuzzer("FuzzServerFlight", ["Probing", "TLSWire", "TLSParameters", "Transport"]),
    ]
)
