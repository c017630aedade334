"""A procedure as BPMN 2.0: sound for any tool that reads the standard."""

import pytest
from lxml import etree

from rongbiao.cases.procedure import STAY, procedures
from rongbiao.exchange.bpmn import BPMN, BPMNDI, DC, DI, bpmn

FLOW_NODES = ("startEvent", "userTask", "exclusiveGateway", "endEvent")
ORDER = ["documentation", "extensionElements", "incoming", "outgoing"]  # tFlowNode


@pytest.fixture(params=sorted(procedures))
def told(request):
    """Return a procedure and its file, read again."""
    procedure = procedures[request.param]
    return procedure, etree.fromstring(bpmn(procedure))


def nodes(root) -> dict[str, etree._Element]:
    return {one.get("id"): one for kind in FLOW_NODES for one in root.iter(f"{{{BPMN}}}{kind}")}


def test_every_stage_is_a_task_and_every_move_a_named_flow(told):
    procedure, root = told
    tasks = [one.get("name") for one in root.iter(f"{{{BPMN}}}userTask")]
    assert tasks == [str(stage.name) for stage in procedure.stages]
    named = [one.get("name") for one in root.iter(f"{{{BPMN}}}sequenceFlow") if one.get("name")]
    moves = [
        str(action.name)
        for stage in procedure.stages
        for action in stage.actions()
        if action.to != STAY
    ]
    assert sorted(named) == sorted(moves)


def test_what_is_referred_to_is_there_once(told):
    _procedure, root = told
    ids = [one.get("id") for one in root.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    known = nodes(root)
    for flow in root.iter(f"{{{BPMN}}}sequenceFlow"):
        source, target = known[flow.get("sourceRef")], known[flow.get("targetRef")]
        assert flow.get("id") in [one.text for one in source.iter(f"{{{BPMN}}}outgoing")]
        assert flow.get("id") in [one.text for one in target.iter(f"{{{BPMN}}}incoming")]
    told_ends = sum(1 for one in root.iter(f"{{{BPMN}}}incoming", f"{{{BPMN}}}outgoing"))
    assert told_ends == 2 * sum(1 for _one in root.iter(f"{{{BPMN}}}sequenceFlow"))


def test_children_stand_in_the_order_of_the_schema(told):
    _procedure, root = told
    for node in nodes(root).values():
        places = [ORDER.index(etree.QName(child).localname) for child in node]
        assert places == sorted(places)


def test_gateways_part_and_events_begin_and_end(told):
    _procedure, root = told
    for key, node in nodes(root).items():
        coming = len(node.findall(f"{{{BPMN}}}incoming"))
        going = len(node.findall(f"{{{BPMN}}}outgoing"))
        kind = etree.QName(node).localname
        assert (coming == 0) == (kind == "startEvent"), key
        assert (going == 0) == (kind == "endEvent"), key
        assert kind != "exclusiveGateway" or going > 1, key
        assert kind != "userTask" or going == 1, key


def test_everything_is_drawn_and_no_task_covers_another(told):
    _procedure, root = told
    shapes = {one.get("bpmnElement"): one[0] for one in root.iter(f"{{{BPMNDI}}}BPMNShape")}
    edges = {one.get("bpmnElement"): one for one in root.iter(f"{{{BPMNDI}}}BPMNEdge")}
    assert set(shapes) == set(nodes(root))
    assert set(edges) == {one.get("id") for one in root.iter(f"{{{BPMN}}}sequenceFlow")}
    assert all(len(edge.findall(f"{{{DI}}}waypoint")) > 1 for edge in edges.values())
    boxes = [
        [float(shape.get(name)) for name in ("x", "y", "width", "height")]
        for shape in shapes.values()
    ]
    assert all(shape.tag == f"{{{DC}}}Bounds" for shape in shapes.values())
    for at, (x, y, wide, high) in enumerate(boxes):
        for other_x, other_y, other_wide, other_high in boxes[at + 1 :]:
            apart_x = x + wide <= other_x or other_x + other_wide <= x
            assert apart_x or y + high <= other_y or other_y + other_high <= y
