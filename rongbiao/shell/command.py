"""A command (命令) whose help and complaints are Chinese."""

import argparse
from collections.abc import Callable
from typing import NoReturn

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


def json_option(command: Command) -> None:
    """Let a machine read what a command prints."""
    command.add_argument("--json", action="store_true", help="输出 JSON，供程序读取")


Add = Callable[[str, str], Command]  # a command by its name and what it does
