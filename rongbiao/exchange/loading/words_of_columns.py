"""Words of columns (取值): what tables write for a level, a nature, a status."""

LEVELS = {
    "international": "international", "国际标准": "international", "国际": "international",
    "national": "national", "国家标准": "national", "国标": "national",
    "sector": "sector", "industry": "sector", "行业标准": "sector", "行标": "sector",
    "provincial": "provincial", "省级地方标准": "provincial",
    "municipal": "municipal", "市级地方标准": "municipal",
    "local": "", "地方标准": "", "地标": "",  # which of the two, the number says
    "group": "group", "团体标准": "group", "团标": "group",
    "enterprise": "enterprise", "企业标准": "enterprise", "企标": "enterprise",
    "foreign": "foreign", "国外标准": "foreign", "国外": "foreign",
}  # fmt: skip
NATURES = {
    "mandatory": "mandatory", "强制性": "mandatory", "强制": "mandatory", "强标": "mandatory",
    "强制性国家标准": "mandatory", "强制性标准": "mandatory",
    "recommended": "recommended", "推荐性": "recommended", "推荐": "recommended",
    "推标": "recommended", "推荐性国家标准": "recommended", "推荐性标准": "recommended",
    "guidance": "guidance", "指导性技术文件": "guidance", "指导性": "guidance",
    "指导": "guidance", "指导性文件": "guidance", "指导性国家标准": "guidance",
}  # fmt: skip
STATUSES = {
    "project": "project", "制定中": "project", "在研": "project", "计划": "project",
    "upcoming": "upcoming", "即将实施": "upcoming", "未实施": "upcoming",
    "current": "current", "现行": "current", "有效": "current", "现行有效": "current",
    "in force": "current", "valid": "current", "published": "current",
    "superseded": "superseded", "被代替": "superseded", "被替代": "superseded",
    "已被代替": "superseded", "replaced": "superseded",
    "withdrawn": "withdrawn", "废止": "withdrawn", "作废": "withdrawn", "已废止": "withdrawn",
}  # fmt: skip
WORDS = {"level": LEVELS, "nature": NATURES, "status": STATUSES}
