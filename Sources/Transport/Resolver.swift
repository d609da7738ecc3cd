import Glibc
import Synchronization

extension Dialer {
    /// The most addresses of one name that are used.
    public static let addressLimit = 16

    /// The addresses of `host`, at most ``addressLimit``, in the order the system prefers.
    ///
    /// An address literal (`192.0.2.1`, `2001:db8::1`, `[2001:db8::1]`) resolves to itself at once. A slow resolver is left
    /// behind when the deadline passes. Throws `dns` (no such name, no address of that family), `timedOut`, `cancelled` or
    /// `localResources`.
    public static func resolve(
        host: String,
        port: UInt16,
        family: AddressFamily = .any,
        deadline: Deadline
    ) async throws(TransportError) -> [SocketEndpoint] {
        let name = Resolver.unbracketed(host)
        guard Resolver.isPlausible(name) else { throw TransportError(.dns, detail: "not a host name or address") }
        if let literal = Resolver.literal(name) {
            let isWanted = family == .any || literal.isIPv6 == (family == .ipv6)
            guard isWanted else { throw TransportError(.dns, detail: "not an \(Resolver.label(family)) address") }
            return [.ip(host: literal.host, port: port)]
        }
        let addresses = try await Resolver.onThread(deadline: deadline) { () throws(TransportError) in
            try Resolver.lookUp(name, family: family)
        }
        return addresses.map { .ip(host: $0, port: port) }
    }
}

/// The system's resolver, kept away from every thread that others depend on.
enum Resolver {
    /// How many calls may be under way at once, those left behind included, each on a thread of its own.
    static let threadLimit = 256
    private static let threads = Mutex(0)

    /// Runs blocking `work` on a thread of its own.
    ///
    /// getaddrinfo(3) can't be interrupted and may take half a minute. When the deadline passes, the thread is left to finish
    /// by itself; it holds nothing but its own result.
    static func onThread<Value: Sendable>(
        deadline: Deadline,
        _ work: @escaping @Sendable () throws(TransportError) -> Value
    ) async throws(TransportError) -> Value {
        let answer = Pending<Result<Value, TransportError>>()
        let isFree = threads.withLock { count in
            guard count < threadLimit else { return false }
            count += 1
            return true
        }
        guard isFree else {
            throw TransportError(.localResources, detail: "too many name lookups are still unanswered")
        }
        let status = startThread {
            do throws(TransportError) {
                answer.fulfil(.success(try work()))
            } catch {
                answer.fulfil(.failure(error))
            }
            threads.withLock { $0 -= 1 }
        }
        guard status == 0 else {
            threads.withLock { $0 -= 1 }
            throw TransportError(.localResources, detail: "no thread for the name lookup", errno: status)
        }
        return try await answer.value(
            by: deadline,
            late: .failure(TransportError(.timedOut, detail: "the name wasn't resolved in time")),
            ifCancelled: .failure(TransportError(.cancelled, detail: "the name lookup was cancelled"))
        ).get()
    }

    /// Asks the system for the addresses of `name`. Blocks.
    static func lookUp(_ name: String, family: AddressFamily) throws(TransportError) -> [String] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_family =
            switch family {
            case .any: AF_UNSPEC
            case .ipv4: AF_INET
            case .ipv6: AF_INET6
            }
        // Not AI_ADDRCONFIG: it hides the addresses of a machine that has loopback only, and an address that can't be reached
        // costs no time.
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(name, nil, &hints, &list)
        guard status == 0 else { throw error(status, errno: errno, family: family) }
        defer { freeaddrinfo(list) }

        var addresses: [String] = []
        var next = list
        while let entry = next, addresses.count < Dialer.addressLimit {
            if let raw = entry.pointee.ai_addr,
                let address = SocketEndpoint.numericHost(raw, entry.pointee.ai_addrlen), !addresses.contains(address)
            {
                addresses.append(address)
            }
            next = entry.pointee.ai_next
        }
        guard !addresses.isEmpty else { throw error(EAI_NONAME, errno: 0, family: family) }
        return addresses
    }

    private static func error(_ status: Int32, errno number: Int32, family: AddressFamily) -> TransportError {
        switch status {
        case EAI_NONAME:
            TransportError(.dns, detail: "no such name")
        case -5, -9:  // EAI_NODATA, EAI_ADDRFAMILY: GNU extensions (netdb.h)
            TransportError(.dns, detail: "the name has no \(label(family)) address")
        case EAI_AGAIN:
            TransportError(.dns, detail: "the resolver doesn't answer at present")
        case EAI_MEMORY:
            TransportError(.localResources, detail: "no memory for the name lookup", errno: ENOMEM)
        case EAI_SYSTEM:
            if TransportError.Kind(errno: number) == .localResources {
                TransportError(errno: number, endpoint: nil)
            } else {
                TransportError(.dns, detail: TransportError.text(errno: number), errno: number)
            }
        default:
            TransportError(.dns, detail: "the name can't be resolved")
        }
    }
}

// MARK: - Names and literals

extension Resolver {
    /// The host without the brackets an IPv6 address wears beside a port.
    static func unbracketed(_ host: String) -> String {
        host.first == "[" && host.last == "]" ? String(host.dropFirst().dropLast()) : host
    }

    /// Whether the resolver may see this: no control bytes or spaces (a NUL would cut the name short in C), and of a length
    /// that DNS allows (RFC 1035 §2.3.4).
    static func isPlausible(_ name: String) -> Bool {
        (1...254).contains(name.utf8.count) && name.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
    }

    /// The endpoint, without port, of an address in text form.
    static func literal(_ name: String) -> SocketEndpoint? {
        let endpoint = SocketEndpoint.ip(host: name, port: 0)
        guard let address = try? endpoint.socketAddress() else { return nil }
        return SocketEndpoint(address)
    }

    static func label(_ family: AddressFamily) -> String {
        switch family {
        case .any: "usable"
        case .ipv4: "IPv4"
        case .ipv6: "IPv6"
        }
    }
}

/// Starts a detached thread. The result is 0 or an error number.
func startThread(_ body: @escaping @Sendable () -> Void) -> Int32 {
    final class Box: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    // SAFETY: retained here, released exactly once: by the thread, or below when there is none.
    let box = Unmanaged.passRetained(Box(body))
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    var thread = pthread_t()
    let status = pthread_create(
        &thread,
        &attributes,
        { argument in
            guard let argument else { return nil }
            // SAFETY: the creator retained the box for this thread, which is the one place that takes it.
            Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body()
            return nil
        },
        box.toOpaque()
    )
    if status != 0 { box.release() }
    return status
}
