"""Numbers whose claimant stands beside them and not over them, and several claimants of one."""

from __future__ import annotations

import pytest

from extraction import extract


def _claimants(text: str, figure: str) -> list[str]:
    found = next(f for f in extract(text).figures if f.text == figure)
    return [claimant.name or claimant.text for claimant in found.attribution]


@pytest.mark.parametrize(
    ("text", "figure", "names"),
    [
        ("Some 1,200 people marched in Lima, 400 in the ministry's count.", "400", ["ministry"]),
        ("Some 1,200 people marched in Lima, 400 in the ministry's count.", "1,200", []),
        ("In the ministry's tally, 31,000 people marched.", "31,000", ["ministry"]),
        ("By the police count, 3,000 people marched.", "3,000", ["police"]),
        ("By its own count the union has 400 members.", "400", ["union"]),
        ("The ministry spoke first. The union gave a third number: 31.", "31", ["union"]),
        ("The ministry gave 300 tents to the town.", "300", []),
        ("The mayor put the toll at 30 and attributed that figure to doctors.", "30",
         ["doctors", "mayor"]),
        ("The ministry reported 900 dead, a figure it attributed to field offices.", "900",
         ["field offices", "ministry"]),
        ("The agency's total is below the 1.27 million it counted in May.", "1.27 million",
         ["agency"]),
        ("The army said 40 men fled, fewer than the 300 people the union counted in May.", "300",
         ["union", "army"]),
        ("In Lima alone the union spoke of 40,000 marchers.", "40,000", ["union"]),
        ("Ana Ruiz, Luis Vega and Omar Paz said 40 workers had died.", "40",
         ["Ana Ruiz", "Luis Vega", "Omar Paz"]),
        ("The army, rebels and aid groups said 40 workers had died.", "40",
         ["army", "rebels", "aid groups"]),
    ],
)  # fmt: skip
def test_who_claims_a_number(text: str, figure: str, names: list[str]) -> None:
    assert _claimants(text, figure) == names


def test_a_number_that_somebody_counted_is_exact() -> None:
    figure = extract("The total is below the 1.27 million it counted in May.").figures[0]
    assert (figure.comparator, figure.value) == ("exact", 1_270_000)
