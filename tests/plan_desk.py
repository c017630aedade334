"""A short policy paper of another city, and the way from paper to plan."""

from datetime import date

from rongbiao.strategy import plans

DAY = date(2024, 2, 1)
PAPER = """永和市人民政府关于推进标准化工作的意见
永政〔2024〕7号
各县（市）区人民政府，市直各委、办、局：
一、总体目标
到2027年，新增地方标准20项，培育发展团体标准8项。
二、主要任务
（一）完善工作机制。健全工作台账。
责任单位：市教育局、市科技局
（二）开展试点。建设示范点。
责任单位：市工信局，各县（市）区人民政府
发布时间：2024-01-20
永和市人民政府
2024年1月15日
"""


def take_in(officer, text=PAPER):
    return plans.take_in(text.encode(), "意见.txt", actor=officer, day=DAY)


def settle(reading, officer):
    for number in range(len(reading.outcome["doubts"])):
        by = {"actor": officer, "day": DAY, "version": reading.version}
        reading = plans.confirm(reading, number, "核对无误。", **by)
    return reading


def enter(reading, officer, key="yonghe-2024-7"):
    by = {"actor": officer, "day": DAY}
    return plans.enter(reading, key=key, since=DAY, until=date(2027, 12, 31), **by)
