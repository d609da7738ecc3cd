"""The tables, in Markdown."""

VERSIONS = ("ssl2", "ssl3", "tls1.0", "tls1.1", "tls1.2", "tls1.3")


def where(rtt):
    return "loopback" if not rtt else f"{rtt:g} ms round trip"


def seconds(value):
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.0f} ms"


def round_trips(row):
    """The tool's own count when it has one, else how many times the round trip fits into its wall time."""
    own = [run.found.round_trips for run in row.runs if run.found and run.found.round_trips is not None]
    if own:
        return str(sorted(own)[len(own) // 2])
    return f"≤ {row.median('wall') * 1000 / row.rtt:.0f}" if row.rtt else "–"


def suites(row, version):
    """'137', '77 of 137', 'on/off', with '+2' for what the server doesn't accept."""
    accepted = row.truth.get(version, set())
    first = next((run.found for run in row.runs if run.found), None)
    if first is None:
        return "?"
    said = first.suites.get(version, set())
    if version in first.on_off and not said:
        return f"on/off of {len(accepted)}" if accepted else "–"
    right, extra = len(said & accepted), len(said - accepted)
    text = (f"{right}" if right == len(accepted) else f"**{right} of {len(accepted)}**") if accepted or extra else "–"
    return text + (f" **+{extra}**" if extra else "")


def table(rows):
    shown = [version for version in VERSIONS if any(row.truth.get(version) or any(
        run.found and run.found.suites.get(version) for run in row.runs) for row in rows)]
    columns = ["tool", "wall", "CPU", "memory", "connections", "at once", "sent", "received", "round trips", *shown]
    lines = ["| " + " | ".join(columns) + " |", "|---|" + "--:|" * (len(columns) - 1)]
    for row in rows:
        stats = row.stats
        counted = ([str(stats["connections"]), str(stats["peak"]), f"{stats['bytesUp'] / 1024:.0f} KiB",
                    f"{stats['bytesDown'] / 1024:.0f} KiB"] if stats else ["–"] * 4)
        wall = seconds(row.median("wall")) + (" (killed)" if any(run.timed_out for run in row.runs) else "")
        lines.append("| " + " | ".join([row.tool.name, wall, seconds(row.median("cpu")), f"{row.median('memory'):.0f} MiB",
                                        *counted, round_trips(row), *(suites(row, version) for version in shown)]) + " |")
    return "\n".join(lines)


def waiting(row):
    """Whether the servers were the limit: a sentence, or nothing."""
    stats = row.stats
    if not stats or not stats["waits"]:
        return ""
    return f"{stats['waits']} connections waited for an idle server, {stats['longestWaitMs']:.0f} ms at most"


def remarks(rows):
    """What a table cell has no room for."""
    lines = []
    for row in rows:
        if row.trouble:
            lines.append(f"- {row.tool.name}: {row.trouble}")
        first = row.runs[0].found
        if first and first.doubts:
            lines.append(f"- {row.tool.name} says itself: {'; '.join(first.doubts)}")
        complete = row.complete_runs()
        if 0 < complete < len(row.runs):
            lines.append(f"- {row.tool.name}: the whole truth in {complete} of {len(row.runs)} runs only")
        if waiting(row):
            lines.append(f"- {row.tool.name}: {waiting(row)}")
    return "\n".join(lines)


def difference_lines(row, limit=12):
    """Which suites are missing or extra, for people who work on the engine."""
    lines = []
    for version, missing, extra in row.differences() or []:
        for word, points in (("missing", missing), ("extra", extra)):
            if points:
                some = ", ".join(sorted(points)[:limit]) + (" …" if len(points) > limit else "")
                lines.append(f"  {row.tool.name} {version}: {len(points)} {word}: {some}")
    return lines
