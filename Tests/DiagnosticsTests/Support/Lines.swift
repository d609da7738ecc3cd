import Diagnostics
import TLSParameters

/// Whether a message is what a user should see: one line, not empty, without control characters or a full stop.
func isOneClearLine(_ text: String) -> Bool {
    !text.isEmpty && !text.hasSuffix(".") && PeerText(text).encoded(for: .terminal) == text
}

/// Swift Testing has a type of that name too; tests mean ours.
typealias ExitStatus = Diagnostics.ExitStatus
