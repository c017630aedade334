r"""Standard numbers (标准编号): read, print, compare, order; nothing here knows Django.

The anatomy of a number::

    GB   /T   5009 .3   -2016   /XG1-2020   (2018年版)   (ISO 1234:2015, IDT)
    │    │    │    │    │       │           │            └ adopts, relation  采标
    │    │    │    │    │       │           └ edition                        版本
    │    │    │    │    │       └ changes: amendment, corrigendum            修改单
    │    │    │    │    └ date (year)                                        年份
    │    │    │    └ parts                                                   部分
    │    │    └ number, with its parts                                       顺序号
    │    └ mark: T recommended, Z guide; without it mandatory                性质
    └ code, with its mark                                                    代号

    DB3501/T 018-2024     code DB3501/T: the city 3501 of GB/T 2260
    DB44/26-2001          code DB44, joined by "/": mandatory
    T/CECS 500-2018       group: T/ and the body's code
    Q/GDW 11224-2023      enterprise: Q/ and the enterprise's code
    ISO/IEC 9798-3:1998/Amd 1:2010     a colon before the year, parts by hyphens
    GB/T 1.1-2020~GB/T 1.3-2020        a range, both ends in full

In any notation, out in the canonical one:

>>> number = read_number("ｇｂ／ｔ5009．3—2016")
>>> str(number), number.display, number.key
('GB/T 5009.3-2016', 'GB/T 5009.3—2016', 'GB/T5009.3-2016')
>>> number.kind.value, number.level, number.mandatory, number.year, number.parts
('national', 'national', False, 2016, ('3',))
>>> read_number("DB3501/T 018-2024").region
'福州市'

Amendments nest, ranges expand, order is what people expect:

>>> str(read_number("ISO/IEC 9798-3:1998/Amd 1:2010/Cor 1:2012").base)
'ISO/IEC 9798-3:1998/Amd 1:2010'
>>> [str(member) for member in read_number("GB 3100~3102-93").expand()]
['GB 3100-1993', 'GB 3101-1993', 'GB 3102-1993']
>>> read_number("GB/T 2423.2") < read_number("GB/T 2423.10")
True
>>> read_number("GB/T 1.1-2020").matches(read_number("GB/T 1.1—2009"), ignore={"year"})
True
>>> read_number("GB 9851.2").resolver_key == read_number("GB/T 9851.2").resolver_key
True

What is none says why:

>>> read_number("GB/T XXXXX—XXXX")
Traceback (most recent call last):
rongbiao.texts.numbers.number.NotANumber: “GB/T XXXXX-XXXX”是占位符，还不是编号。

Where two printings of one number exist, one is canonical: ``ISO/IEC 10021-1/AMD1`` prints ``/Amd 1``
(IEC alone keeps ``/AMD1``), ``IEC/TS`` prints ``IEC TS``, ``JIS TR X`` prints ``TR X``, the language
of a printing (``(E)``) and the star of ``CB*`` are dropped.
"""

from __future__ import annotations

from .bulk import Loaded, bulk_numbers
from .codes import KIND_NAMES, Kind, Publisher
from .number import Change, NotANumber, StandardNumber
from .reading import read_number

__all__ = [
    "KIND_NAMES",
    "Change",
    "Kind",
    "Loaded",
    "NotANumber",
    "Publisher",
    "StandardNumber",
    "bulk_numbers",
    "read_number",
]
