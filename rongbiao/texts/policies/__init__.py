r"""Reading a policy (政策解读): a paper's head, clauses, responsible units and numeric targets.

>>> text = "关于做好标准化工作的意见\n一、目标\n到2025年，制定团体标准50项。\n责任单位：市教育局"
>>> paper = read_policy(text)
>>> paper.targets[0].value, paper.targets[0].unit, paper.targets[0].by
(50, '项', 2025)
>>> [unit.name for unit in paper.clauses[0].units]
['市教育局']
"""

from __future__ import annotations

from .clauses import read_clauses
from .head import read_head
from .paper import Clause, Doubt, Policy, Repair, Target, Unit
from .repairs import repaired
from .targets import read_targets
from .units import read_units

__all__ = ["Clause", "Doubt", "Policy", "Repair", "Target", "Unit", "read_policy"]


def read_policy(text: str) -> Policy:
    """Return what a policy paper says; spans are places in ``text`` as given.

    Never raises on any text; what is uncertain is a doubt. Time is linear in length.
    """
    normal, repairs, doubts = repaired(text)
    head = read_head(normal)
    blocks = read_clauses(normal, head)
    units = read_units(normal, blocks)
    targets = read_targets(normal, blocks, head)
    clauses = tuple(
        Clause(
            path=block.path,
            number=block.number,
            kind=block.kind,
            title=block.title,
            text=block.said(normal),
            start=normal.span(block.start, block.end)[0],
            end=normal.span(block.start, block.end)[1],
            units=units.of[place],
            due=units.due[place],
        )
        for place, block in enumerate(blocks)
    )
    doubts = [*doubts, *head.doubts, *units.doubts, *targets.doubts]
    unique = {(doubt.start, doubt.end, doubt.why): doubt for doubt in doubts}
    return Policy(
        title=head.title,
        number=head.number,
        issuer=head.issuer,
        signed_on=head.signed_on,
        published_on=head.published_on,
        repeals=head.repeals,
        effective=head.effective,
        interpreted_by=head.interpreted_by,
        addressees=head.addressees,
        repairs=tuple(repairs),
        clauses=clauses,
        targets=tuple(targets.found),
        doubts=tuple(sorted(unique.values(), key=lambda doubt: (doubt.start, doubt.end))),
    )
