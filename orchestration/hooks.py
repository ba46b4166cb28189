"""One plain message when a step of a run fails.

Belongs here: wording a failure for a person who has not read the code. Does not belong here:
failing.
"""

from __future__ import annotations

import dagster as dg

from orchestration.storage import messages_of, refusal

STAGES = {
    "raw_articles": "Reading the files",
    "articles": "Comparing and checking the articles",
    "accuracy": "Trying the extractor on known sentences",
    "extraction": "Reading events and figures",
    "volumes": "Comparing with the days before",
    "landing": "Loading the rows",
    "models": "Building or testing the models",
    "published_warehouse": "Publishing",
}
"""Step → what it does, in words."""


def plain_message(step: str, error: BaseException | str) -> str:
    """What failed and what to do, in one line; a gate's own message stays as it is."""
    if isinstance(error, dg.Failure) and error.description:
        return error.description
    if told := refusal(messages_of(error) if isinstance(error, BaseException) else [error]):
        return told
    if "DagsterExecutionInterruptedError" in f"{type(error).__name__} {error}":
        doing = STAGES.get(step, step)
        return (
            f"Stopped while {doing[0].lower()}{doing[1:]} — readers keep the last release. "
            "To complete what was begun: dispatches refresh"
        )
    first = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    return (
        f"{STAGES.get(step, step)} failed: {first} — readers keep the last release. "
        "The run's page in `dispatches ui` has the details; then run: dispatches refresh"
    )


@dg.failure_hook(name="plain_failure_message")
def plain_failure_message(context: dg.HookContext) -> None:
    """Log the one message; the stack trace stays with the step."""
    error = context.op_exception or "unknown error"
    context.log.error(plain_message(context.op.name, error))
