"""How releases look: the list, one manifest, and what a rollback did.

Belongs here: layout and words. Does not belong here: reading releases (`orchestration`), or how two
of them differ (`release_diff.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from orchestration.cli.console import count, labelled, out, plain
from orchestration.cli.results import print_table
from orchestration.rollback import RolledBack

_COUNTS = {
    "document_count": "documents",
    "event_count": "events",
    "figure_count": "figures",
    "number_count": "numbers",
    "added_count": "added",
    "changed_count": "changed",
    "removed_count": "removed",
    "quarantine_count": "set aside",
    "waiver_count": "waivers",
}
_NOW = "← served now"
_HASH_CHARS = 12


def show_list(rows: Sequence[Mapping[str, Any]], kept_releases: int) -> None:
    """A line a release, newest first."""
    if not rows:
        out.print(plain("Nothing is published yet. Make a first release: dispatches refresh"))
        return
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    table.add_column("release", justify="right")
    table.add_column("published (UTC)", no_wrap=True)
    for name in _COUNTS.values():
        table.add_column(name, justify="right")
    table.add_column("kept", overflow="fold")
    table.add_column("", no_wrap=True)
    for row in reversed(rows):
        table.add_row(
            plain(row["release_number"], "bold"),
            plain(row["published_at"].replace("T", " ").rstrip("Z")),
            *(plain(f"{row[column]:,}") for column in _COUNTS),
            _kept(row),
            plain(_NOW if row["served"] else "", "bold green"),
        )
    print_table(table)
    out.print(
        plain(
            f"The last {count(kept_releases, 'release')} and those kept for good can be rolled "
            "back to: dispatches release rollback N",
            "dim",
        ),
        soft_wrap=True,
    )


def show_manifest(manifest: Mapping[str, Any], *, is_served: bool) -> None:
    """What a release is and where it comes from, on one screen and its tables."""
    head = plain(f"Release {manifest['release']}, published {_instant(manifest)}", "bold green")
    out.print(head.append(f"  {_NOW}" if is_served else "", style="bold"), soft_wrap=True)
    for line in (*_origin(manifest), *_changes(manifest), *_quality(manifest), *_file(manifest)):
        out.print(line, soft_wrap=True)
    out.print(Text("\nTables", style="bold"))
    table = Table(box=None, pad_edge=False, show_header=False, show_edge=False)
    table.add_column()
    table.add_column(justify="right")
    table.add_column()
    for name, held in manifest["tables"].items():
        rows = count(held["rows"], "row")
        table.add_row(plain(f"  {name}"), plain(rows), plain(held["hash"], "dim"))
    print_table(table)


def show_rollback(done: RolledBack) -> None:
    """What was served, what is now, and what happens next."""
    if done.was == done.now:
        out.print(plain(f"Release {done.now} is served, as before.", "bold green"))
    else:
        out.print(plain(f"Release {done.now} is served now; it was {done.was}.", "bold green"))
    if done.now != done.newest:
        back = f"dispatches release rollback {done.newest} --reason … --by …"
        for label, words in (
            ("Until", "the next refresh that has something new to publish: it supersedes this."),
            (
                "Keep out",
                "a bad row: correct its article, or take back the waiver that lets it pass:",
            ),
            ("", "dispatches waive revoke ID"),
            ("Compare", f"dispatches release diff {done.now} {done.newest}"),
            ("Undo", back),
        ):
            out.print(labelled(label, plain(words)), soft_wrap=True)


def _kept(row: Mapping[str, Any]) -> Text:
    if row["file"] is None:
        return plain("gone", "dim")
    if not row["kept_for_good"]:
        return plain("yes")
    said = ": ".join(part for part in (row["kept_by"], row["kept_reason"]) if part)
    return plain(f"for good{f' ({said})' if said else ''}")


def _instant(manifest: Mapping[str, Any]) -> str:
    return str(manifest["published_at"])[:19].replace("T", " ") + " UTC"


def _origin(manifest: Mapping[str, Any]) -> Iterable[Text]:
    code, model = manifest["code"], manifest["model"]
    revision = code["git_revision"] or f"no commit known: {code['git_reason']}"
    previous = manifest["previous_release"]
    yield labelled("Run", plain(manifest["run_id"]))
    yield labelled("Code", plain(f"dispatches {code['version']}, {revision}"))
    yield labelled("Extractor", plain(manifest["extractor"]))
    yield labelled(
        "Model",
        plain(f"{model['name']} {model['version']}, SHA-256 {model['sha256'][:_HASH_CHARS]}…"),
    )
    yield labelled("Made with", plain(f"Python {manifest['python']}, DuckDB {manifest['duckdb']}"))
    yield labelled("Before it", plain("nothing" if previous is None else f"release {previous}"))
    kinds = list(_COUNTS.items())[:4]
    yield labelled(
        "Holds", " · ".join(f"{manifest['counts'][column]:,} {name}" for column, name in kinds)
    )


def _changes(manifest: Mapping[str, Any]) -> Iterable[Text]:
    changes, counts = manifest["changes"], manifest["counts"]
    kinds = [(kind, counts[f"{kind}_count"]) for kind in ("added", "changed", "removed")]
    told = " · ".join(f"{rows:,} {kind}" for kind, rows in kinds if rows)
    yield labelled("Changes", told or "none")
    for change in changes:
        words = f"{change['rows']:>9,} {change['change']:<8} {change['table']:<18}"
        yield plain(f"    {words} {change['cause'].replace('_', ' ')}")


def _quality(manifest: Mapping[str, Any]) -> Iterable[Text]:
    gates = " · ".join(_gate(suite, held) for suite, held in manifest["gates"].items())
    yield labelled("Checks", plain(gates or "none"))
    findings = manifest["open_findings"]
    yield labelled("Set aside", count(sum(findings.values()), "finding") if findings else "nothing")
    for rule, number in findings.items():
        yield plain(f"    {number:>9,} {rule}")
    waivers = manifest["waivers"]
    yield labelled("Waivers", f"{len(waivers):,} active" if waivers else "none")
    for waiver in waivers:
        until = f"until {waiver['until']}, by {waiver['given_by']}"
        yield plain(f"    {waiver['rule']} for {waiver['scope']}, {until}: {waiver['reason']}")


def _gate(suite: str, held: Mapping[str, int]) -> str:
    parts = [f"{held['passed']} passed"]
    for name, words in (
        ("flagged", "flagged"),
        ("quarantined", "set rows aside"),
        ("waived", "waived"),
    ):
        if held[name]:
            parts.append(f"{held[name]} {words}")
    return f"{suite} {', '.join(parts)}"


def _file(manifest: Mapping[str, Any]) -> Iterable[Text]:
    held = manifest.get("file")
    if held is None:
        yield labelled("File", "gone")
        return
    yield labelled("File", plain(f"{held['bytes']:,} bytes, SHA-256 {held['sha256']}"))
