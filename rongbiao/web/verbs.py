"""The journal's words as people read them."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "accept": _("审核通过"),
    "add-evidence": _("添加附件"),
    "admit": _("增加成员"),
    "amend": _("更正解读"),
    "appoint": _("登记任职"),
    "confirm": _("确认存疑"),
    "decide": _("录入决定"),
    "dismiss": _("调出成员"),
    "enroll": _("登记人员"),
    "enter": _("录入"),
    "file": _("报送"),
    "finish": _("登记完成"),
    "move": _("调整填报期"),
    "open": _("打开填报"),
    "remove-evidence": _("撤下附件"),
    "resign": _("免去任职"),
    "save": _("保存草稿"),
    "send-back": _("退回"),
    "take-in": _("上传并解读"),
    "unlock": _("解除登录锁定"),
}
