"""The words of the commands for standards: numbers, imports, the index, programs, dumps."""

import argparse

from rongbiao.shell.command import Add, Command, json_option


def commands_of_standards(add: Add) -> None:
    """Add every command for standards."""
    number = add(
        "number", "识读标准编号：规范写法、种类、性质、年份。有一个读不出，即以状态 1 结束。"
    )
    number.add_argument(
        "text", metavar="编号", nargs="+", help="任何写法的标准编号；- 为标准输入，每行一个"
    )
    json_option(number)

    cite = add(
        "cite",
        "核查引用：文件里引用了哪些标准，当日是否有效，被什么代替。查到 --fail-on 所列的即以状态 1 结束，"
        "有文件不能读即以状态 2 结束。",
    )
    cite.add_argument(
        "file",
        metavar="文件",
        nargs="+",
        help="txt、md、html、csv、docx、xlsx、pdf 或它们的 zip；- 为标准输入",
    )
    cite.add_argument("--on", metavar="日期", help="按哪一天判断，如 2026-01-05；默认今天")
    cite.add_argument(
        "--fail-on",
        metavar="情形",
        action="append",
        default=[],
        help="superseded、withdrawn、unknown、upcoming、project，或 title、mandate、year 等提示；可用逗号并列，可多次",
    )
    json_option(cite)

    load = add(
        "load",
        "导入标准：CSV、Excel、JSONL（Relaton、ISO 开放数据）、Parquet、国家标准平台的网页。先全部校验，"
        "有一行不能接收就一行都不登记；中断以后用同一命令接着办。试读或者略过时有不能接收的行，即以状态 1 结束；"
        "没有登记，即以状态 2 结束。",
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

    citing = add("citing", "引用核查：办理网页上排队的文件，清除到期的核查件。")
    citing.add_argument("--follow", action="store_true", help="留在后台，随到随办")

    programs(add)

    index_options(
        add("index", "检索索引：写入等待的变动（默认）、核对、重建。可重复，可与平台同时运行。")
    )


def programs(add: Add) -> None:
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
