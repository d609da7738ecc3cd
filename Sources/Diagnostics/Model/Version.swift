/// This program's own version: semantic versioning, the one place where it is written.
public enum Version {
    /// `MAJOR.MINOR.PATCH`.
    public static let current = "0.1.0"
}
