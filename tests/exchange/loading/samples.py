"""Small files as sources give them, written for these tests."""

import gzip
import json
from pathlib import Path

CSV = """标准编号,标准名称,英文名称,发布日期,实施日期,状态,ICS,CCS,起草单位,代替标准
GB/T 1.1-2020,标准化文件的结构和起草规则,Rules,2020-03-31,2020-10-01,现行,01.120,A00,甲院、乙公司,GB/T 1.1-2009
GB/T 1.1-2009,标准的结构和编写,,2009/6/17,2010.1.1,废止,01.120,A00,,
DB3501/T 12-2021,茉莉花茶,,2021年3月1日,20210401,现行,67.140.10,X55,福州市标准化研究院,
"""
ISO = [
    {
        "ids": [{"id": "ISO 9001:2008", "type": "ISO"}],
        "title": {"en": "Quality management systems", "fr": "Systèmes"},
        "date": {"published": "2008-11"},
        "stage": "95",
        "substage": "99",
        "ics": ["03.120.10", "03.100.70"],
        "doctype": "international-standard",
        "tc": [{"identifier": "ISO/TC 176/SC 2", "name": "Quality systems"}],
        "relation": [["obsoletes", "ISO 9001:2000"], ["updates", "ISO 9001:2015"],
                     ["updates", "ISO 9001:2008/Cor 1:2009"]],
        "url": "https://www.iso.org/standard/46486.html",
    },
    {
        "ids": [{"id": "ISO 9001:2008", "type": "ISO"}],
        "title": {"en": "Quality management systems"},
        "date": {"published": "2008-11"},
        "stage": "90",
        "substage": "92",
        "relation": [["obsoletes", "ISO/CD 9001"]],
    },
    {
        "ids": [{"id": "ISO 9001:2015", "type": "ISO"}],
        "title": {"en": "Quality management systems — Requirements"},
        "date": {"published": "2015-09"},
        "stage": "60",
        "substage": "60",
        "relation": [["obsoletes", "ISO 9001:2008"]],
    },
]  # fmt: skip
ITU = [
    {
        "ids": [{"id": "ITU-T X.509 (10/2019)", "type": "ITU"}],
        "title": {"en": "Directory"},
        "date": {"published": "2019-10-14"},
        "stage": "Published",
        "relation": [["hasEdition", "X.509 (10/2016)"], ["complementOf", "X Suppl. 4 (04/1995)"]],
    }
]
DELIVERABLES = [
    {
        "id": 1, "deliverableType": "IS", "supplementType": None, "reference": "ISO 7:2000",
        "publicationDate": "2000-02-01", "edition": 1, "icsCode": ["21.040.20"],
        "ownerCommittee": "ISO/TC 5", "currentStage": 9599, "replaces": None, "replacedBy": [2],
        "languages": ["en"], "title": {"en": "Pipe threads", "fr": "Filetages"},
        "scope": {"en": "<p>Covers threads.</p>"},
    },
    {
        "id": 2, "deliverableType": "IS", "supplementType": None, "reference": "ISO 7:2010",
        "publicationDate": "2010-02-01", "edition": 2, "icsCode": ["21.040.20"],
        "ownerCommittee": "ISO/TC 5", "currentStage": 6060, "replaces": [1], "replacedBy": None,
        "languages": ["en"], "title": {"en": "Pipe threads"}, "scope": {},
    },
]  # fmt: skip


def detail_page(
    number: str, title: str, status: str, issued: str, begins: str, remark: str = ""
) -> str:
    """Return a page in the structure of the national platform's detail pages."""
    pairs = [
        ("中国标准分类号（CCS）", "A00"), ("国际标准分类号（ICS）", "01.120"),
        ("发布日期", issued), ("实施日期", begins), ("主管部门", "国家标准委"),
        ("归口部门", "国家标准委"), ("发布单位", "国家市场监督管理总局"), ("备注", remark),
    ]  # fmt: skip
    cells = "".join(
        f'<div class="col-md-2 title">\n{label}\n</div><div class="col-md-4 content">\n{said}\n</div>'
        for label, said in pairs
    )
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>
<h1 style="display: inline-block;">
标准号：{number}

</h1><table class="tdlist"><tr><td>中文标准名称：<b>{title}</b></td></tr>
<tr><td>英文标准名称：Directives</td></tr><tr><td>标准状态：
<span class="text-success"> {status} </span></td></tr></table>
<button data-value="0123456789ABCDEF0123456789ABCDEF">在线预览</button>
<div class="row detail">{cells}</div></body></html>"""


def list_page(rows: list[tuple[str, str, str, str, str]]) -> str:
    """Return a page in the structure of the national platform's lists."""
    lines = "".join(
        f"<tr><td>{at}</td><td><a href='#'>{number}</a></td><td></td><td></td><td>{title}</td>"
        f"<td>推标</td><td><span>{status}</span></td><td>{issued} 00:00:00.0</td>"
        f"<td>{begins} 00:00:00.0</td><td>查看详细</td></tr>"
        for at, (number, title, status, issued, begins) in enumerate(rows, start=1)
    )
    heads = "".join(
        f"<th><div class='screenOrder'>{name}</div></th>"
        for name in (
            "序号",
            "标准号",
            "语种",
            "是否采标",
            "标准名称",
            "类别",
            "状态",
            "发布日期",
            "实施日期",
            "操作",
        )
    )
    return f"<html><body><table class='table result_list'><tr>{heads}</tr>{lines}</table></body></html>"


def json_lines(path: Path, records: list[dict], *, packed: bool = False) -> Path:
    """Write records one a line."""
    content = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records).encode()
    path.write_bytes(gzip.compress(content) if packed else content)
    return path
