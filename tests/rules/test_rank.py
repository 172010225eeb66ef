"""One root cause out of many findings."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tui.core.model import Confidence, Evidence, Finding, Role, Severity
from tui.core.rank import rank

ORDER = ("a", "b", "c", "d", "e")
CHAIN = {"a": frozenset({"b"}), "b": frozenset({"c"})}


def found(code: str, severity: Severity = Severity.BLOCKING, confidence: Confidence = Confidence.PROVEN) -> Finding:
    """A finding of which only the rank matters."""
    return Finding(code, code, "", (Evidence("seen", code),), severity=severity, confidence=confidence)


def roles(*findings: Finding, explains: dict[str, frozenset[str]] | None = None) -> list[tuple[str, str]]:
    """The ranking as codes and roles."""
    return [(r.finding.code, str(r.role)) for r in rank(findings, ORDER, explains or {})]


def test_nothing_found() -> None:
    assert rank((), ORDER, {}) == ()


def test_the_unexplained_is_the_root_and_the_rest_is_folded_beneath_it() -> None:
    assert roles(found("b"), found("a"), explains=CHAIN) == [("a", "root"), ("b", "consequence")]


def test_what_a_consequence_explains_is_folded_too() -> None:
    assert roles(found("c"), found("b"), found("a"), explains=CHAIN) == [
        ("a", "root"),
        ("b", "consequence"),
        ("c", "consequence"),
    ]


def test_a_chain_breaks_where_a_link_is_not_there() -> None:
    """``a`` explains ``c`` only by way of ``b``."""
    assert roles(found("c"), found("a"), explains=CHAIN) == [("a", "root"), ("c", "independent")]


def test_independents_stand_beside_the_root_in_the_order_of_the_table() -> None:
    assert roles(found("e"), found("d"), found("a")) == [("a", "root"), ("d", "independent"), ("e", "independent")]


def test_the_more_severe_is_the_root() -> None:
    assert roles(found("a", Severity.DEGRADING), found("e")) == [("e", "root"), ("a", "independent")]


def test_among_equally_severe_the_surer_is_the_root() -> None:
    assert roles(found("a", confidence=Confidence.LIKELY), found("e")) == [("e", "root"), ("a", "independent")]


def test_a_note_is_never_the_root() -> None:
    assert roles(found("a", Severity.NOTE)) == [("a", "note")]
    assert roles(found("a", Severity.NOTE), found("b", Severity.DEGRADING)) == [("b", "root"), ("a", "note")]


def test_a_note_explains_nothing() -> None:
    """Something that hurts nobody cannot be why something else does."""
    ranked = rank((found("a", Severity.NOTE), found("b")), ORDER, CHAIN)
    assert [(r.finding.code, r.role, r.explained_by) for r in ranked] == [
        ("b", Role.ROOT, ()),
        ("a", Role.NOTE, ()),
    ]


def test_explained_by_names_who_explains() -> None:
    ranked = rank((found("a"), found("b")), ORDER, CHAIN)
    assert ranked[1].explained_by == ("a",)


def test_a_circle_still_has_a_root() -> None:
    """The table has no circles (test_table), but a ranking without a root would hide everything."""
    circle = {"a": frozenset({"b"}), "b": frozenset({"a"})}
    assert roles(found("b"), found("a"), explains=circle) == [("a", "root"), ("b", "consequence")]


def test_equal_findings_count_once() -> None:
    assert roles(found("a"), found("a")) == [("a", "root")]


def test_a_code_that_the_table_lacks_comes_last() -> None:
    assert roles(found("zz"), found("e")) == [("e", "root"), ("zz", "independent")]


_findings = st.lists(
    st.builds(found, st.sampled_from(ORDER), st.sampled_from(Severity), st.sampled_from(Confidence)),
    max_size=8,
    unique_by=lambda finding: finding.code,
)
_explains = st.dictionaries(st.sampled_from(ORDER), st.frozensets(st.sampled_from(ORDER), max_size=3), max_size=5)


@given(_findings, _explains)
def test_every_finding_has_one_role_and_at_most_one_is_the_root(
    findings: list[Finding], explains: dict[str, frozenset[str]]
) -> None:
    ranked = rank(findings, ORDER, explains)
    assert sorted(r.finding.code for r in ranked) == sorted(f.code for f in findings)
    serious = [f for f in findings if f.severity > Severity.NOTE]
    roots = [r for r in ranked if r.role is Role.ROOT]
    assert len(roots) == min(1, len(serious))
    assert all(r is ranked[0] for r in roots)
    assert all((r.role is Role.NOTE) == (r.finding.severity is Severity.NOTE) for r in ranked)


@given(_findings, _explains, st.randoms())
def test_the_order_of_finding_does_not_matter(
    findings: list[Finding], explains: dict[str, frozenset[str]], random: Random
) -> None:
    shuffled = list(findings)
    random.shuffle(shuffled)
    assert rank(findings, ORDER, explains) == rank(shuffled, ORDER, explains)
