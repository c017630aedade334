"""BPMN 2.0 (流程交换): a procedure as other tools draw it, taken from its declaration.

Standard: OMG BPMN 2.0.2 (ISO/IEC 19510:2013). Each stage is a user task; where more than
one action leads on, an exclusive gateway stands behind it; every flow bears the name of
its action. Actions that lead nowhere are told in the task's documentation. The diagram
(BPMNDI) is laid out from left to right, returns beneath, ends above.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from rongbiao.cases.procedure import CLOSED, STAY, Action, Procedure, Stage

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
SPACES = {None: BPMN, "bpmndi": BPMNDI, "dc": DC, "di": DI}
TARGET = "urn:rongbiao:procedure"

LEFT, MIDDLE = 100, 260  # drawing units: where the start stands, and the line of tasks
TASK, GATE, EVENT = (120, 80), (50, 50), (36, 36)
STEP = 270  # from one task to the next
ABOVE, BELOW, LANE = 90, 340, 30  # the end before the end; the first way back; between two


@dataclass(frozen=True)
class Node:
    """A shape: its name in the file, its kind, its words, its place and size."""

    id: str
    kind: str
    name: str
    x: int
    y: int
    size: tuple[int, int]
    told: str = ""

    @property
    def center(self) -> tuple[int, int]:
        return self.x + self.size[0] // 2, self.y + self.size[1] // 2


@dataclass(frozen=True)
class Flow:
    """An arrow from one node to another, with its word and its way."""

    id: str
    name: str
    source: Node
    target: Node
    way: tuple[tuple[int, int], ...]


@dataclass
class Drawing:
    """Every node and every flow of a procedure."""

    nodes: list[Node] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)

    def join(self, name: str, source: Node, target: Node, *bends: tuple[int, int]) -> None:
        """Lead from one node to another, by some bends."""
        right = source.x + source.size[0], source.center[1]
        left = target.x, target.center[1]
        way = bends or (right, left)
        number = len(self.flows) + 1
        self.flows.append(Flow(f"flow_{number}", name, source, target, way))


def moving(stage: Stage) -> list[Action]:
    """Return the actions that lead out of a stage, or into it anew."""
    return [action for action in stage.actions() if action.to != STAY]


def drawn(procedure: type[Procedure]) -> Drawing:
    """Return the nodes and flows of a procedure, with their places."""
    found = Drawing()
    start = Node("start", "startEvent", _("开始"), LEFT, MIDDLE - EVENT[1] // 2, EVENT)
    tasks: dict[str, Node] = {}
    gates: dict[str, Node] = {}
    for place, stage in enumerate(procedure.stages):
        x = LEFT + 110 + place * STEP
        top = MIDDLE - TASK[1] // 2
        key = f"stage_{stage.key}"
        tasks[stage.key] = Node(key, "userTask", str(stage.name), x, top, TASK, told(stage))
        if len(moving(stage)) > 1:
            gate = (x + TASK[0] + 50, MIDDLE - GATE[1] // 2)
            gates[stage.key] = Node(f"gate_{stage.key}", "exclusiveGateway", "", *gate, GATE)
    across = LEFT + 110 + len(procedure.stages) * STEP
    end = Node("end", "endEvent", _("办结"), across, MIDDLE - EVENT[1] // 2, EVENT)
    early = Node("end_early", "endEvent", _("提前办结"), across, ABOVE - EVENT[1] // 2, EVENT)
    found.nodes = [start, *tasks.values(), *gates.values(), end]
    found.join("", start, next(iter(tasks.values())))
    for stage in procedure.stages:
        _leave(found, procedure, stage, tasks, gates, end, early)
    if any(flow.target is early for flow in found.flows):
        found.nodes.append(early)
    return found


def _leave(
    found: Drawing,
    procedure: type[Procedure],
    stage: Stage,
    tasks: dict[str, Node],
    gates: dict[str, Node],
    end: Node,
    early: Node,
) -> None:
    """Lead every action of a stage to where it goes."""
    task = tasks[stage.key]
    source = gates.get(stage.key, task)
    if source is not task:
        found.join("", task, source)
    keys = list(tasks)
    for action in moving(stage):
        to, name = procedure.after(stage, action.to), str(action.name)
        x, y = source.center
        if to == CLOSED:
            if stage is procedure.stages[-1] and action.to != CLOSED:
                found.join(name, source, end)
            else:
                top = (x, source.y)
                found.join(name, source, early, top, (x, ABOVE), (early.x, ABOVE))
        elif keys.index(to) == keys.index(stage.key) + 1:
            found.join(name, source, tasks[to])
        else:
            low = BELOW + LANE * sum(flow.way[1][1] >= BELOW for flow in found.flows)
            target = tasks[to]
            into = target.center[0]
            bottom = (x, y + source.size[1] // 2)
            ends = (into, low), (into, target.y + target.size[1])
            found.join(name, source, target, bottom, (x, low), *ends)


def told(stage: Stage) -> str:
    """Return what a task's documentation says: papers, and what may be done besides."""
    lines = []
    if stage.documents:
        lines.append(_("材料：{names}").format(names=_("、").join(str(n) for n in stage.documents)))
    lines += [
        _("{name}：由{who}办理").format(name=action.name, who=action.by.name)
        for action in stage.actions()
    ]
    return "\n".join(lines)


def bpmn(procedure: type[Procedure]) -> bytes:
    """Return a procedure as a BPMN 2.0 file, UTF-8."""
    drawing = drawn(procedure)
    root = etree.Element(f"{{{BPMN}}}definitions", nsmap=SPACES)  # type: ignore[arg-type]
    root.set("id", f"definitions_{procedure.key}")
    root.set("targetNamespace", TARGET)
    process = _sub(root, BPMN, "process", id=procedure.key, name=str(procedure.name))
    process.set("isExecutable", "false")
    for node in drawing.nodes:
        _node(process, node, drawing.flows)
    for flow in drawing.flows:
        ends = {"sourceRef": flow.source.id, "targetRef": flow.target.id}
        named = {"name": flow.name} if flow.name else {}
        _sub(process, BPMN, "sequenceFlow", id=flow.id, **named, **ends)
    diagram = _sub(root, BPMNDI, "BPMNDiagram", id=f"diagram_{procedure.key}")
    plane = _sub(diagram, BPMNDI, "BPMNPlane", id="plane", bpmnElement=procedure.key)
    _shapes(plane, drawing)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _sub(parent: Any, space: str, kind: str, **said: str) -> Any:
    return etree.SubElement(parent, f"{{{space}}}{kind}", said)


def _node(process: Any, node: Node, flows: list[Flow]) -> None:
    """Write a node; the schema wants documentation, then incoming, then outgoing."""
    named = {"name": node.name} if node.name else {}
    element = _sub(process, BPMN, node.kind, id=node.id, **named)
    if node.told:
        _sub(element, BPMN, "documentation").text = node.told
    for word, ids in _ends(node, flows):
        for one in ids:
            _sub(element, BPMN, word).text = one


def _ends(node: Node, flows: list[Flow]) -> Iterator[tuple[str, list[str]]]:
    yield "incoming", [flow.id for flow in flows if flow.target is node]
    yield "outgoing", [flow.id for flow in flows if flow.source is node]


def _shapes(plane: Any, drawing: Drawing) -> None:
    for node in drawing.nodes:
        shape = _sub(plane, BPMNDI, "BPMNShape", id=f"{node.id}_di", bpmnElement=node.id)
        if node.kind == "exclusiveGateway":
            shape.set("isMarkerVisible", "true")
        place = {"x": node.x, "y": node.y, "width": node.size[0], "height": node.size[1]}
        _sub(shape, DC, "Bounds", **{name: str(value) for name, value in place.items()})
    for flow in drawing.flows:
        edge = _sub(plane, BPMNDI, "BPMNEdge", id=f"{flow.id}_di", bpmnElement=flow.id)
        for x, y in flow.way:
            _sub(edge, DI, "waypoint", x=str(x), y=str(y))
