"""The words of the command line, in Chinese: commands, options and their help."""

import argparse
import sys
from collections.abc import Callable
from typing import NoReturn

from rongbiao import __version__
from rongbiao.shell.complaint import Complaint


class Sheet(argparse.HelpFormatter):
    """Help as a Chinese reader expects it."""

    def add_usage(self, usage, actions, groups, prefix=None):
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)

    def format_help(self):
        return super().format_help().replace(":\n", "：\n")


class Command(argparse.ArgumentParser):
    """A parser whose complaints are one Chinese sentence."""

    def __init__(self, *args, **options):
        super().__init__(*args, formatter_class=Sheet, add_help=False, **options)
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        raise Complaint(f"{chinese(message)}查看用法：{self.prog} --help")


def chinese(message: str) -> str:
    """Return argparse's complaint as a Chinese sentence, naming what it named."""
    named = message.partition(": ")[2] or message
    if "required" in message:
        return f"缺少必需的参数：{named}。"
    if "invalid choice" in message:
        wrong = message.partition("invalid choice: ")[2].partition(" (")[0].strip("'")
        return f"没有“{wrong}”这个命令或取值。"
    if "unrecognized" in message:
        return f"不认识的参数：{named}。"
    if "expected" in message:
        return f"参数{message.partition(':')[0].removeprefix('argument ')}后面缺少取值。"
    if "invalid int" in message or "invalid" in message:
        return f"参数取值不对：{named}。"
    return f"命令行有误：{named}。"


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

    number = add(
        "number", "识读标准编号：规范写法、种类、性质、年份。有一个读不出，即以状态 1 结束。"
    )
    number.add_argument(
        "text", metavar="编号", nargs="+", help="任何写法的标准编号；- 为标准输入，每行一个"
    )
    json_option(number)

    demo = add("demo", "演示世界：用办事的同一套动作演一遍 2023 年 9 月至 2025 年底的故事。")
    demo.add_argument("--remove", action="store_true", help="整体撤除演示数据")
    demo.add_argument("--code", metavar="账号", help="显示一个演示账号此刻的动态验证码")
    demo.add_argument("--accounts", action="store_true", help="列出演示账号")
    json_option(demo)

    tick = add("tick", "办理到期的事：开放填报期、到期提醒、清理过期会话。每日运行，可重复。")
    tick.add_argument("--day", metavar="日期", help="按这一天办理（YYYY-MM-DD），默认今天")
    json_option(tick)

    programs(add)

    index_options(
        add("index", "检索索引：写入等待的变动（默认）、核对、重建。可重复，可与平台同时运行。")
    )
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

    load = add(
        "load",
        "导入标准：CSV、Excel、JSONL（Relaton、ISO 开放数据）、Parquet、国家标准平台的网页。先全部校验，"
        "有一行不能接收就一行都不登记；中断以后用同一命令接着办。",
    )
    load.add_argument("files", metavar="文件", nargs="*", help="格式由内容判定，可为 gzip 压缩")
    load.add_argument(
        "--source", metavar="来源", help="来源代号，如 openstd、table；默认由格式判定"
    )
    load.add_argument("--basis", metavar="文号", help="登记的依据")
    load.add_argument("--basis-on", metavar="日期", help="依据的日期，如 2025-09-30")
    load.add_argument(
        "--dry-run", action="store_true", help="只试读：报告新增、变更、相同、不能接收"
    )
    load.add_argument(
        "--map", metavar="表头=栏目", action="append", help="这个表头是哪一栏；可多次"
    )
    load.add_argument("--skip-refused", action="store_true", help="略过不能接收的行，登记其余")
    load.add_argument("--refused", metavar="文件", help="把不能接收的行全部写入这个 CSV")
    load.add_argument("--resume", action="store_true", help="接着办中断的导入")
    load.add_argument("--waiting", action="store_true", help=argparse.SUPPRESS)
    json_option(load)

    backup = add("backup", "在线备份数据库和文件，一致、可校验。")
    backup.add_argument("file", metavar="备份文件", nargs="?", help="默认写入 var/backups")
    restore = add("restore", "恢复备份；损坏、被改动或不属于本市的备份一律拒绝。")
    restore.add_argument("file", metavar="备份文件")
    restore.add_argument("--yes", action="store_true", help="不再询问")
    json_option(add("check", "检查安全设置和数据完好；有不安全之处时以状态 1 结束。"))
    return top


def programs(add: Callable[[str, str], Command]) -> None:
    """Add the commands for programs that read and write here: tokens and dumps."""
    token = add("token", "接口令牌：为一名人员的任职生成、作废；不写账号时列出有效的令牌。")
    token.add_argument("username", metavar="账号", nargs="?")
    token.add_argument("--name", help="用途，例如使用它的系统的名称")
    token.add_argument("--role", help="以哪个职务（officer、reporter 等），默认第一个任职")
    token.add_argument("--until", metavar="日期", help="有效期至（YYYY-MM-DD），默认 90 天")
    token.add_argument("--write", action="store_true", help="可以登记标准，只发给经办人")
    token.add_argument("--revoke", metavar="开头", help="作废以这八个字符开头的令牌")
    json_option(token)
    json_option(add("dump", "写出标准全量数据及其校验文件（var/dumps），保留最近七份。"))


def index_options(command: Command) -> None:
    """One of three works on the index, or none of them: what waits is taken up."""
    which = command.add_mutually_exclusive_group()
    which.add_argument("--check", action="store_true", help="与名录逐条核对；不一致时以状态 1 结束")
    which.add_argument("--rebuild", action="store_true", help="重建索引；完成前由旧索引答复")
    which.add_argument(
        "--follow", action="store_true", help="持续写入变动，直到停止（serve 会自己启动它）"
    )
    json_option(command)


def json_option(command: Command) -> None:
    """Let a machine read what a command prints."""
    command.add_argument("--json", action="store_true", help="输出 JSON，供程序读取")


def say(words: str) -> None:
    """Print a line at once, also into a pipe."""
    print(words, flush=True)
    sys.stdout.flush()
