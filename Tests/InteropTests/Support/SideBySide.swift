/// Does the same with every item, four at a time: peers serve several clients, and the machine has several processors.
func sideBySide<Item: Sendable>(
    _ items: [Item],
    _ body: @escaping @Sendable (Item) async throws -> Void
) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
        var rest = items[...]
        for item in rest.prefix(4) { group.addTask { try await body(item) } }
        rest = rest.dropFirst(4)
        while try await group.next() != nil {
            guard let item = rest.popFirst() else { continue }
            group.addTask { try await body(item) }
        }
    }
}
