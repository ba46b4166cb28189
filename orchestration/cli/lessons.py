"""What `--help` teaches about each command: what it does, what to expect, examples that work.

Belongs here: prose. Does not belong here: the help of single options (`app.py`).
"""

from __future__ import annotations


def _lesson(purpose: str, explanation: str, *examples: tuple[str, str]) -> str:
    """Help in Rich markup; examples are (command, what it does)."""
    width = max(len(command) for command, _ in examples)
    lines = [f"[bold]{command:<{width}}[/]  [dim]{does}[/]" for command, does in examples]
    return "\n\n".join((purpose, explanation, "Examples:", "\n".join(lines)))


REFRESH = _lesson(
    "Read what is new, check it, and publish it.",
    "Articles that were read before are passed over. A file or a row that fails a check is set "
    "aside with its reason; the rest goes on. When a check blocks, nothing is published, the file "
    "that readers use stays as it was, and the exit code is 3.",
    ("dispatches refresh", "everything new under raw/"),
    ("dispatches refresh a.txt news/", "one file and one folder"),
    ("dispatches refresh --wait 600", "after the refresh that is running"),
)
EXTRACT = _lesson(
    "Print what is read from an article; no warehouse is touched.",
    "The table shows what people ask first. The rows of --format jsonl hold every field, with the "
    "offsets of each in the clean text.",
    ("dispatches extract a.txt", "events, figures, other numbers"),
    ("dispatches extract a.txt --published 2026-01-31", "'on Tuesday' gets a date"),
    ("dispatches extract a.txt --format jsonl | head -1", "one row a line"),
)
SQL = _lesson(
    "Ask the published warehouse; it can only be read.",
    "Tables of marts and quality need no schema name: fct_figure, fct_event_mention, fct_number, "
    "dim_document, quarantine. At the prompt and as a query, .tables lists them and .columns TABLE "
    "explains one.",
    ("dispatches sql .tables", "what there is"),
    ('dispatches sql "FROM fct_figure LIMIT 5"', "five figures"),
    ('dispatches sql --format csv "FROM quarantine"', "what was set aside, as CSV"),
    ("dispatches sql < report.sql", "a query from a file"),
    ("dispatches sql", "a prompt"),
)
UI = _lesson(
    "Open the Dagster UI and run the nightly schedule, until Ctrl-C.",
    "It shows every run, also those of dispatches refresh: steps, the result of each check, and "
    "plots of the counts over time.",
    ("dispatches ui", "says its address when it is ready"),
    ("dispatches ui --port 3001", "on another port"),
)
STATUS = _lesson(
    "Say what is published, what was set aside, and how the last runs went.",
    "Before the first refresh it says what to do.",
    ("dispatches status", "one screen"),
)
QUARANTINE = _lesson(
    "Look at what was set aside, look at it again, or close it.",
    "Each finding is one rule that one file, article or row has broken, with its evidence. It is "
    "open until the same thing passes (fixed), passes under a waiver (waived), is gone "
    "(superseded), or a person decides that it stays out (rejected); all of it is kept. A new "
    "extractor version looks at its findings again by itself, and so does a refresh when a waiver "
    "begins or ends.",
    ("dispatches quarantine list", "what is open"),
    ("dispatches quarantine show 3fa9c1d2", "the evidence of one, and what to do"),
    ("dispatches quarantine redrive --all-open", "through their gates again"),
)
QUARANTINE_LIST = _lesson(
    "List findings, those that changed last first.",
    "Read from the build database, so that what stopped a run is there although nothing was "
    "published; while a refresh runs, from the published file.",
    ("dispatches quarantine list", "what is open"),
    ("dispatches quarantine list --state all --source 'Test Wire'", "everything of a publisher"),
    ("dispatches quarantine list --rule figures.unit_known", "everything of a rule"),
    ("dispatches quarantine list --format jsonl", "every field, an object a line"),
)
QUARANTINE_SHOW = _lesson(
    "Show one finding: rule, evidence with the span between \\[\\[brackets]], origin, history.",
    "The first characters of the id do. At the end stand the commands that lead on from here.",
    ("dispatches quarantine show 3fa9c1d2", "one finding"),
)
QUARANTINE_REDRIVE = _lesson(
    "Look at findings again, without waiting for anything new.",
    "Only the step that can mend a finding runs again: its file is read again, its article goes "
    "through its gate, or its text is read again. What passes is published as with refresh. Done "
    "twice, it gives the same.",
    ("dispatches quarantine redrive 3fa9c1d2", "one finding"),
    ("dispatches quarantine redrive --rule figures.unit_known", "all that are open of a rule"),
    ("dispatches quarantine redrive --all-open", "all that are open"),
)
QUARANTINE_REJECT = _lesson(
    "Close findings for good: what they are about stays out.",
    "Nothing is deleted. When something else is seen at the same place, the finding is open again.",
    (
        'dispatches quarantine reject 3fa9c1d2 --reason "an advertisement" --by "A. Editor"',
        "one finding",
    ),
)
WAIVE = _lesson(
    "Let a rule be broken: in one place, for a time, with a name under it.",
    "Waivers are entries of a YAML file, waivers.yml or DISPATCHES_WAIVERS, which belongs into "
    "version control. Each holds for at most 90 days. When it ends, is taken back, or when what is "
    "seen is not what was seen then, the rule holds again with the next refresh.",
    ("dispatches waive list", "every waiver, and what it covers"),
    (
        'dispatches waive add --scope finding:ID --reason "…" --by "A. Editor" --until 2026-12-31',
        "one finding",
    ),
    ('dispatches waive revoke ID --reason "…" --by "A. Editor"', "take one back"),
)
WAIVE_ADD = _lesson(
    "Write a waiver into the waivers file.",
    "finding:ID covers one finding as long as its evidence stays the same; its rule is known. "
    "document:ID covers a rule in the present text of a document, source:NAME in all that one "
    "publisher brings, batch a rule about the whole batch or release as it was last seen. The row "
    "is published with the flag waived:RULE.",
    (
        'dispatches waive add --scope finding:3fa9c1d2 --reason "…" --by "A. Editor" '
        "--until 2026-12-31",
        "one finding",
    ),
    (
        "dispatches waive add --rule figures.unit_known --scope source:'Test Wire' --reason \"…\" "
        '--by "A. Editor" --until 2026-12-31',
        "a rule, of one publisher",
    ),
)
WAIVE_LIST = _lesson(
    "List the waivers: state, days left, and what each covers now.",
    "Read from the waivers file as it is; what it covers, from the newest findings.",
    ("dispatches waive list", "every waiver"),
    ("dispatches waive list --format jsonl", "every field, an object a line"),
)
WAIVE_REVOKE = _lesson(
    "Take a waiver back; the rule holds again with the next refresh.",
    "The entry stays in the file, with who took it back and why.",
    ('dispatches waive revoke 1a2b3c4d --reason "corrected" --by "A. Editor"', "one waiver"),
)
RELEASE = _lesson(
    "See what was published when, how two releases differ, and go back to one.",
    "Each publication is a numbered release whose file stays, with a manifest of what it was made "
    "from. The last ones are kept (DISPATCHES_KEPT_RELEASES), and those that a person keeps.",
    ("dispatches release list", "which there are, and which is served"),
    ("dispatches release diff", "what the newest says otherwise"),
    ('dispatches release rollback --reason "…" --by ann', "serve the one before"),
)
RELEASE_LIST = _lesson(
    "List the releases with their counts and changes.",
    "The arrow shows the one that readers get. A release whose file is gone can't be rolled back "
    "to; its manifest stays.",
    ("dispatches release list", "newest first"),
    ("dispatches release list --format jsonl", "every column, oldest first"),
)
RELEASE_SHOW = _lesson(
    "Show where a release comes from: its manifest.",
    "Code, extractor, language model, what changed and why, how the checks went, what was set "
    "aside and waived, and a hash of the content of each table: equal content, equal hash.",
    ("dispatches release show", "the one that is served"),
    ("dispatches release show 3 --format json", "the manifest itself"),
)
RELEASE_DIFF = _lesson(
    "Show the rows in which two releases differ, and why.",
    "Read from the two files. A row is added, changed or removed because of a new text, a new "
    "extractor version, a correction (another publication date, a document taken out), or a rule "
    "(gates, waivers, models). --format jsonl prints every row with every column that changed.",
    ("dispatches release diff", "the newest beside the one before"),
    ("dispatches release diff 2 5 --table fct_figure", "figures alone"),
    ("dispatches release diff 2 5 --format jsonl", "all of it, one row a line"),
)
RELEASE_ROLLBACK = _lesson(
    "Serve an earlier release again, at once and without a refresh.",
    "One rename: a reader gets the one or the other, never an error. The file is compared with its "
    "checksum before. Nothing is deleted; the next refresh that has something new publishes a "
    "release from all that was loaded, which supersedes the rollback. To keep a bad row out of it, "
    "correct its article, or take back the waiver that lets the row pass.",
    ('dispatches release rollback --reason "…" --by ann', "the one before the served"),
    ('dispatches release rollback 3 --reason "…" --by ann', "release 3"),
)
RELEASE_KEEP = _lesson(
    "Keep a release for good, however many follow.",
    "Without that the last ones stay (DISPATCHES_KEPT_RELEASES).",
    ('dispatches release keep 3 --reason "…" --by ann', "keep release 3"),
    ("dispatches release keep 3 --let-go", "keep it no longer"),
)
