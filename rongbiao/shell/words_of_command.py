"""The words of the command line, in Chinese: commands, options and their help."""

import sys

from rongbiao import __version__
from rongbiao.shell.command import Add, Command, json_option
from rongbiao.shell.words_of_standards import commands_of_standards


def parser() -> Command:
    """Return the parser of the whole command line."""
    top = Command(prog="rongbiao", description="榕标：标准化战略平台的命令行。")
    top.add_argument("--version", action="version", version=f"榕标 {__version__}", help="显示版本")
    commands = top.add_subparsers(
        dest="command",
        required=True,
        title="命令",
        metavar="命令",
        parser_class=Command,
        prog="rongbiao",
    )

    def add(name: str, what: str) -> Command:
        return commands.add_parser(name, help=what, description=what)

    serve = add("serve", "启动平台（默认 http://127.0.0.1:8000），按 Ctrl-C 停止。")
    serve.add_argument("--host", default="127.0.0.1", help="监听地址，默认 127.0.0.1")
    serve.add_argument("--port", type=int, default=8000, help="端口，默认 8000")
    serve.add_argument("--workers", type=int, default=2, help="进程数，默认 2")
    serve.add_argument("--prepare", action="store_true", help="先迁移数据库、录入本市和《意见》")
    serve.add_argument("--demo", action="store_true", help="没有演示数据时先演一遍演示故事")

    policy = add("policy", "解读一份政策文件：目标、任务、责任单位、存疑之处。")
    policy.add_argument(
        "file", metavar="文件", help="txt、md、html、docx 或有文字层的 pdf；- 为标准输入"
    )
    json_option(policy)

    document = add(
        "document", "读取文件：类型、页数、条款，以及读不出的地方；不安全的文件说明理由。"
    )
    document.add_argument(
        "file",
        metavar="文件",
        nargs="+",
        help="txt、md、html、csv、docx、xlsx、pdf 或其 zip 包；- 为标准输入",
    )
    json_option(document)

    demo = add("demo", "演示世界：用办事的同一套动作演一遍 2023 年 9 月至 2025 年底的故事。")
    demo.add_argument("--remove", action="store_true", help="整体撤除演示数据")
    demo.add_argument("--code", metavar="账号", help="显示一个演示账号此刻的动态验证码")
    demo.add_argument("--accounts", action="store_true", help="列出演示账号")
    json_option(demo)

    tick = add("tick", "办理到期的事：开放填报期、到期提醒、清理过期会话。每日运行，可重复。")
    tick.add_argument("--day", metavar="日期", help="按这一天办理（YYYY-MM-DD），默认今天")
    json_option(tick)

    tick.add_argument("--follow", action="store_true", help="留在后台，每到新的一天就办理一次")

    proofs(add)
    commands_of_standards(add)

    add("found", "建站：迁移数据库，录入本市单位、区划和《意见》。可重复。")
    person = add("person", "登记一名人员及其任职，用于首次建站。")
    person.add_argument("username", metavar="账号")
    person.add_argument("--name", required=True, help="姓名")
    person.add_argument("--unit", required=True, help="单位名称")
    person.add_argument(
        "--role",
        required=True,
        choices=["officer", "reporter", "leader", "administrator", "auditor"],
        help="职务：officer 经办人、reporter 填报人、leader 负责人、administrator 系统管理员、auditor 审计员",
    )
    person.add_argument("--basis", required=True, help="任职依据")
    unlock = add("unlock", "遗失手机或密码时，解除一名人员的动态口令和登录锁定。")
    unlock.add_argument("username", metavar="账号")
    unlock.add_argument("--basis", required=True, help="依据，例如核实身份的记录")
    unlock.add_argument("--password", action="store_true", help="同时换一个密码")

    backup = add("backup", "在线备份数据库和文件，一致、可校验。")
    backup.add_argument("file", metavar="备份文件", nargs="?", help="默认写入 var/backups")
    restore = add("restore", "恢复备份；损坏、被改动或不属于本市的备份一律拒绝。")
    restore.add_argument("file", metavar="备份文件")
    restore.add_argument("--yes", action="store_true", help="不再询问")
    json_option(add("check", "检查安全设置和数据完好；有不安全之处时以状态 1 结束。"))
    return top


def proofs(add: Add) -> None:
    """Add the commands by which anybody proves what was done: draws, rankings and the journal."""
    draw = add(
        "draw", "核对一份抽取记录：重算名单摘要、种子承诺和抽取结果。不相符时以状态 1 结束。"
    )
    draw.add_argument(
        "--check", metavar="文件", required=True, help="抽取记录（JSON）；- 为标准输入"
    )
    draw.add_argument(
        "--before", metavar="文件", help="揭示前下载的同一份记录，一并核对摘要和承诺没有更换"
    )
    json_option(draw)

    rank = add("rank", "核对一份领跑者排名表：按评估方案重算得分和名次。不相符时以状态 1 结束。")
    rank.add_argument(
        "--check", metavar="文件", required=True, help="排名表（JSON 或者 CSV）；- 为标准输入"
    )
    rank.add_argument(
        "--plan", metavar="文件", help="评估方案（JSON）；核对 CSV 时必填，核对 JSON 时一并比对"
    )
    json_option(rank)

    verify = add("verify", "核验经办记录是否被改动、删减或截短；不需要平台的密钥。")
    verify.add_argument(
        "copy", metavar="副本", nargs="?", help="SQLite 数据库副本；不写则核验本平台"
    )
    verify.add_argument("--against", metavar="文件", help="与另存的检查点对照")
    verify.add_argument("--write", metavar="文件", help="把检查点和此刻的末尾写入文件，交他处保存")
    verify.add_argument("--demo", action="store_true", help="核验演示数据的记录")
    json_option(verify)


def say(words: str) -> None:
    """Print a line at once, also into a pipe."""
    print(words, flush=True)
    sys.stdout.flush()
