"""A description for every paper, written for these tests; no real standard is meant."""

from datetime import date

from rongbiao.exchange.papers.announcements import (
    Abolished,
    Abolition,
    Approval,
    Issued,
    Reviewed,
    ReviewOutcome,
)
from rongbiao.exchange.papers.comments import CommentForm, Disposed, Remark, Summary
from rongbiao.exchange.papers.explanations import Explanation
from rongbiao.exchange.papers.filings import AbolitionForm, FilingForm
from rongbiao.exchange.papers.inspections import Item, Ordering, Record, Report, Transfer
from rongbiao.exchange.papers.leaders import LeaderList, LeaderRemoval, Listed
from rongbiao.exchange.papers.letter_reviews import Conclusion
from rongbiao.exchange.papers.letters import ConsultationNotice, Covering
from rongbiao.exchange.papers.meetings import (
    Draw,
    Expert,
    Minutes,
    Opinions,
    Recused,
    Signatures,
    Votes,
)
from rongbiao.exchange.papers.projects import (
    Application,
    ApplicationList,
    Near,
    PlanNotice,
    Project,
    StageLine,
    Workflow,
)
from rongbiao.exchange.papers.reviews import Review

BUREAU = "福州市市场监督管理局"
DAY = date(2026, 3, 5)
PROJECT = Project(
    city="福州市",
    title="茉莉花茶窨制技术规程",
    title_en="Technical code of practice for scenting of jasmine tea",
    number="2025-017",
    proposer="福州市农业农村局",
    drafters=("福州市标准化研究院", "某茶业有限公司"),
    due_on=date(2026, 12, 31),
    ics="67.140.10",
    ccs="X 55",
    contact="陈某",
    phone="0591-00000000",
)
OTHER = Project(
    city="福州市",
    title="鱼丸加工场所卫生管理规范",
    number="2025-018",
    making="修订",
    replaces="DB3501/T 12—2019",
    proposer="福州市市场监督管理局",
    drafters=("某食品协会",),
    due_on=date(2026, 10, 31),
)
DISPOSED = (
    Disposed("全文", "术语前后不一致，“窨花”与“窨制”应统一。", "某县农业农村局", "采纳", ""),
    Disposed(
        "5.2.3",
        "含水率上限过严。\n建议改为：不大于 8.5 %\n理由：设备达不到。",
        "某茶业有限公司",
        "不采纳",
        "三家企业共 24 批样品的试验数据均能达到 8.0 %，放宽将影响保质期。",
    ),
    Disposed("6.1", "=SUM(A1) 增加贮存期间的抽检频次", "公众（不公开姓名）", "部分采纳", "频次改为推荐。"),
    Disposed("附录 A", "图 A.1 不清晰。", "某高校", "", ""),
)  # fmt: skip
REMARKS = (
    Remark("5.2.3", "含水率上限过严。", "不大于 8.5 %", "设备达不到。"),
    Remark("6.1", "增加贮存期间的抽检频次。\n至少每月一次。", "", "便于追溯。"),
)
SUMMARY = Summary(
    project=PROJECT, rows=DISPOSED, since=date(2026, 1, 5), until=date(2026, 2, 5), sent=32,
    replied=21, made_on=DAY,
)  # fmt: skip
EXPERTS = (
    Expert("王某", "某农林大学", "教授", "茶学", "组长"),
    Expert("李某", "某省农业科学院", "研究员", "农产品加工", "成员"),
    Expert("张某", "某检测中心", "正高级工程师", "食品检测", "成员"),
)
RECUSED = (Recused("赵某", "所在单位参加起草"),)
COVERING = Covering(
    project=PROJECT, issuer="福州市标准化研究院", addressee="各有关单位", number="榕标院函[2026]05号",
    carries=("征求意见稿", "编制说明", "征求意见表"), until=date(2026, 4, 10),
    address="standard@example.org", day=DAY, contact="陈某，电话：0591-00000000",
)  # fmt: skip
ISSUED = tuple(
    Issued(
        number=f"DB3501/T {100 + place}—2026",
        title=title,
        implemented_on=date(2026, 5, 1),
        replaces="DB3501/T 12—2019" if place == 2 else "",
    )
    for place, title in enumerate(
        ("茉莉花茶窨制技术规程", "鱼丸加工场所卫生管理规范", "内河水质在线监测数据管理要求", "社区食堂服务规范"),
        start=1,
    )
)  # fmt: skip
LONG = "起草工作组开展了调研、验证和讨论，形成了稳定、可行的技术要求。" * 6

SAMPLES = {
    "workflow": Workflow(
        title="福州市地方标准制定工作流程",
        steps=(
            StageLine("立项申请", "提出部门", "立项申请书、标准草案", "征集期内", "管理办法"),
            StageLine("征求意见", "起草单位", "征求意见稿、编制说明", "不少于30日", "管理办法", now=True),
            StageLine("技术审查", "专家组", "送审稿、汇总处理表", "", "管理办法"),
        ),
        day=DAY,
    ),
    "application": Application(
        project=PROJECT, purpose=LONG, scope=LONG, grounds="茉莉花茶窨制是本市特有的传统技艺。",
        feasibility=LONG, near=(Near("DB35/T 1—2020", "茶叶加工通则", "该标准不涉及窨制环节。"),),
        competition="未发现排除、限制竞争的内容。", schedule="2026年6月征求意见，10月审查。", made_on=DAY,
    ),
    "application_list": ApplicationList(
        city="福州市", year=2026, proposer="福州市农业农村局", projects=(PROJECT, OTHER), made_on=DAY
    ),
    "plan_notice": PlanNotice(
        city="福州市", year=2026, batch="第一批", issuer=BUREAU, projects=(PROJECT, OTHER),
        number="榕市监标[2026]012号", consultation_days=30, day=DAY,
        contact="林某，电话：0591-00000000", copies="福建省市场监督管理局，福州市人民政府办公厅",
    ),
    "explanation": Explanation(
        project=PROJECT, stage="送审稿", origin=LONG, process=LONG, content=LONG, comments=SUMMARY,
        relations="与现行法律法规和强制性标准协调一致。", made_on=DAY,
    ),
    "consultation_notice": ConsultationNotice(
        issuer=BUREAU, projects=(PROJECT,), since=date(2026, 3, 6), until=date(2026, 4, 10),
        address="https://standards.example.org/consultations/17", mail="standard@example.org",
        post="福州市某路1号", contact="林某，电话：0591-00000000", number="2026年第3号", day=DAY,
    ),
    "asking_letter": COVERING,
    "comment_form": CommentForm(
        project=PROJECT, unit="某茶业有限公司", contact="吴某", phone="0591-11111111",
        until=date(2026, 4, 10), remarks=REMARKS, made_on=DAY,
    ),
    "summary": SUMMARY,
    "review_letter": COVERING,
    "draw_record": Draw(
        project=PROJECT, purpose="技术审查专家组", conditions="ICS 67；茶学、食品检测；5人，候补1人",
        committed_at="2026-03-01 09:00", commitment="0f" * 32, drawn_at="2026-03-05 10:00",
        seed="ab" * 32, candidates=EXPERTS, candidates_hash="c4" * 32, drawn=EXPERTS[:2],
        reserves=EXPERTS[2:], excluded=RECUSED, turn=2, why_again="一名专家临时不能参会",
        officer="林某", witness="郑某", day=DAY,
    ),
    "minutes": Minutes(
        project=PROJECT, day=DAY, place="福州市标准化研究院会议室", host=BUREAU, chair="王某",
        experts=EXPERTS, opinions=("送审材料齐全，符合审查要求。", LONG), conclusion="同意通过审查。",
        votes=Votes(3, 3, 0, 0, "同意票不少于应当表决人数的四分之三", carried=True),
        recused=RECUSED, attended=("福州市农业农村局",), changes=("5.2.3 的限量按试验数据核定。",),
    ),
    "letter_conclusion": Conclusion(
        project=PROJECT, host=BUREAU, sent_on=DAY, until=date(2026, 5, 10), experts=EXPERTS,
        votes=Votes(3, 2, 0, 0, "回函不少于三分之二，同意不少于四分之三", carried=True),
        opinions=("送审材料齐全，符合审查要求。", LONG), conclusion="技术审查通过。",
        day=date(2026, 5, 12), recused=RECUSED,
    ),
    "signatures": Signatures(
        project=PROJECT, experts=EXPERTS, day=DAY, place="福州市标准化研究院会议室", recused=RECUSED
    ),
    "opinions": Opinions(project=PROJECT, rows=DISPOSED, day=DAY, made_on=DAY),
    "approval_letter": COVERING,
    "approval": Approval(
        issuer=BUREAU, city="福州市", number="榕市监公告【2026】3号", day=DAY, standards=ISSUED,
        portal="福州市标准化公共服务平台", copies="福建省市场监督管理局",
    ),
    "filing_form": FilingForm(
        city="福州市", number=ISSUED[0].number, title=ISSUED[0].title, issuer=BUREAU,
        announcement="榕市监公告〔2026〕3号", issued_on=DAY, implemented_on=date(2026, 5, 1),
        drafters=PROJECT.drafters, authors=("陈某", "吴某"), contact="林某", phone="0591-00000000",
        day=DAY,
    ),
    "abolition_form": AbolitionForm(
        city="福州市", number="DB3501/T 2—2020", title="乙管理要求", issuer=BUREAU,
        announcement="2026年第5号", abolished_on=date(2026, 4, 1), reason=LONG, into="执行国家标准",
        issued_on=date(2020, 3, 1), implemented_on=date(2020, 6, 1), filing="备2020-007", day=DAY,
    ),
    "review_form": Review(
        city="福州市", number="DB3501/T 12—2019", title="鱼丸加工场所卫生管理规范", unit=BUREAU,
        trigger="实施满五年", issued_on=date(2019, 3, 1), implemented_on=date(2019, 6, 1), usage=LONG,
        law="相关法规已修订。", conclusion="修订", reason="与新法规不一致。", day=DAY,
    ),
    "review_outcome": ReviewOutcome(
        issuer=BUREAU, city="福州市", year=2026, day=DAY,
        standards=(
            Reviewed(number="DB3501/T 1—2020", title="甲服务规范", conclusion="继续有效"),
            Reviewed(number="DB3501/T 2—2020", title="乙管理要求", conclusion="废止", note="已被国家标准覆盖"),
        ),
    ),
    "abolition": Abolition(
        issuer=BUREAU, city="福州市", number="2026年第5号", day=DAY, since=date(2026, 4, 1),
        standards=(Abolished(number="DB3501/T 2—2020", title="乙管理要求", reason="已被国家标准覆盖"),),
    ),
    "leader_list": LeaderList(
        issuer="福州市市场监督管理局", city="福州市", number="榕市监标公告〔2026〕9号", day=date(2026, 4, 2),
        portal="https://example.gov.cn", field="保温杯壶", plan="LP-2026-0001", sha256="0f" * 32,
        until=date(2028, 4, 1),
        leaders=tuple(
            Listed(
                rank=n, unit=f"榕城{n}号水杯有限公司", number=f"Q/RC {n}—2026", title="保温杯",
                total=f"{100 - n}.00",
            )
            for n in (1, 2, 2, 4)
        ),
    ),
    "leader_removal": LeaderRemoval(
        issuer="福州市市场监督管理局", city="福州市", number="榕市监标公告〔2026〕20号", day=date(2026, 5, 18),
        field="保温杯壶", unit="榕城水杯有限公司", standard="Q/RC 1—2026", title="保温杯",
        reason="声明已停止", since=date(2026, 5, 18),
    ),
    "inspection_record": Record(
        city="福州市", number="CC-2026-0001", firm="榕城水杯有限公司", standard="Q/RCSB 001—2026",
        title="榕城水杯", version="第1版（2026-03-02）", reason="2026年企业标准抽查", draws="2026-001、2026-002",
        items=(
            Item(name="履行公开义务", verdict="符合"),
            Item(name="指标及对应的方法", verdict="有问题", found=("指标“保温效能”：没有写明试验方法。",), why=LONG),
        ),
        inspectors=("林某", "何某"), day=DAY,
    ),
    "correction_order": Ordering(
        issuer=BUREAU, number="榕市监标责〔2026〕1号", firm="榕城水杯有限公司", standard="Q/RCSB 001—2026",
        title="榕城水杯", inspected_on=DAY, faults="补充试验方法。\n提高保温效能。",
        grounds=("《标准化法》第三十八条",), period="15个工作日", due_on=date(2026, 3, 26), day=DAY,
    ),
    "transfer_letter": Transfer(
        issuer=BUREAU, addressee="福建省市场监督管理局", number="榕市监标移〔2026〕1号",
        firm="榕城水杯有限公司", standard="Q/RCSB 001—2026", title="榕城水杯", asks="废止该企业标准",
        reason=LONG, inspected_on=DAY, ordered_on=DAY, due_on=date(2026, 3, 26), day=date(2026, 4, 1),
    ),
    "inspection_bulletin": Report(
        issuer=BUREAU, city="福州市", number="榕市监标〔2026〕9号", title="2026年企业标准监督抽查",
        basis="《中华人民共和国标准化法》第三十二条", scope=("范围：有效的企业标准声明",), size=13185,
        sha256="0" * 64, draws=("2026-001", "2026-002"), people=20, firms=300,
        headings=("抽取", "已检查", "未发现问题", "发现问题", "限期内改正", "逾期后改正", "逾期未改正", "移送省级"),
        whole=("合计", (400, 400, 300, 100, 80, 5, 13, 2)),
        items=(("履行公开义务", 12), ("指标及对应的方法", 70)),
        areas=(("鼓楼区", (200, 200, 150, 50, 40, 3, 7, 0)), ("未登记区划", (200, 200, 150, 50, 40, 2, 6, 2))),
        fields=(("Y 轻工、文化与生活用品", (400, 400, 300, 100, 80, 5, 13, 2)),),
        objects=(("1", "榕城水杯有限公司", "Q/RCSB 001—2026", "指标及对应的方法", "限期内改正"),),
        day=DAY,
    ),
}  # fmt: skip
