import TLSParameters
import TLSWire

/// One handshake in progress at one end.
protocol HandshakeMachine: AnyObject {
    /// What it has come to.
    var exchange: HandshakeExchange { get }
    /// What it waits for, in a few words.
    var stateText: String { get }
    /// Whether both Finished messages are through.
    var isDone: Bool { get }
    /// Whether the peer's ChangeCipherSpec is through.
    var hasPeerChangedCipher: Bool { get }

    /// Takes a message of the peer's.
    func take(_ message: HandshakeMessage) throws(ClassicError)
    /// Takes the peer's ChangeCipherSpec: what follows it is protected anew.
    func takeChangeCipherSpec() throws(ClassicError)
    /// Takes a warning that means something to a handshake; false if this one doesn't.
    func takeWarning(_ description: AlertDescription) throws(ClassicError) -> Bool
    /// Goes on with what had to wait for the caller.
    ///
    /// - Returns: what it still waits for: `wantsVerdict` or `wantsCertificate`; nil when nothing does.
    func proceed() throws(ClassicError) -> ClassicOutcome?
}
