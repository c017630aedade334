"""The journal's words as people read them."""

from django.utils.translation import pgettext_lazy

VERBS = {
    "accept": pgettext_lazy("deed", "审核通过"),
    "add-evidence": pgettext_lazy("deed", "添加附件"),
    "admit": pgettext_lazy("deed", "增加成员"),
    "amend": pgettext_lazy("deed", "更正解读"),
    "appoint": pgettext_lazy("deed", "登记任职"),
    "close-quarter": pgettext_lazy("deed", "填报截止"),
    "confirm": pgettext_lazy("deed", "确认存疑"),
    "decide": pgettext_lazy("deed", "录入决定"),
    "dismiss": pgettext_lazy("deed", "调出成员"),
    "edit-standard": pgettext_lazy("deed", "更正标准"),
    "enroll": pgettext_lazy("deed", "登记人员"),
    "enter": pgettext_lazy("deed", "录入"),
    "enter-standard": pgettext_lazy("deed", "登记标准"),
    "file": pgettext_lazy("deed", "报送"),
    "finish": pgettext_lazy("deed", "登记完成"),
    "load": pgettext_lazy("deed", "开始导入标准"),
    "loaded": pgettext_lazy("deed", "导入标准"),
    "move": pgettext_lazy("deed", "调整填报期"),
    "open": pgettext_lazy("deed", "打开填报"),
    "open-quarter": pgettext_lazy("deed", "填报开放"),
    "overdue": pgettext_lazy("deed", "逾期提示"),
    "remind": pgettext_lazy("deed", "填报提醒"),
    "remove-evidence": pgettext_lazy("deed", "撤下附件"),
    "resign": pgettext_lazy("deed", "免去任职"),
    "save": pgettext_lazy("deed", "保存草稿"),
    "send-back": pgettext_lazy("deed", "退回"),
    "take-in": pgettext_lazy("deed", "上传并解读"),
    "unlock": pgettext_lazy("deed", "解除登录锁定"),
}
