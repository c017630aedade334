"""A register with standards of every state, and a tender that cites them."""

from datetime import date

from tests.standards_desk import enter

DAY = date(2026, 3, 1)
TENDER = """\
一、技术要求
灯具的安全应符合GB 7000.1-2015第5章的规定。
光源的光通量应符合GB/T 24908-2014，检测按GB/T 24908-2014第6.2条进行。
布线应符合GB/T 50311-2016。
二、服务要求
养老服务质量应符合GB/T 35796-2017。
产品应当符合国家标准。
设备防触电应按GB/T 17045-2020执行。
三、评分
投标人获得福州市政府质量奖的，得3分。
灯具应为飞利浦品牌。
"""


def shelf() -> None:
    """Enter what the tender cites; one number stays unknown."""
    enter("GB 7000.1-2015", "灯具 第1部分：一般要求与试验", status="superseded")
    enter("GB 7000.1-2023", "灯具 第1部分：一般要求与试验", implemented_on=date(2024, 1, 1))
    enter("GB/T 24908-2014", "普通照明用非定向自镇流LED灯 性能要求")
    enter("GB/T 35796-2017", "养老机构服务质量基本规范")
    enter("GB/T 17045-2020", "电击防护 装置和设备的通用部分")
