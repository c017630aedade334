"""Complaints: what the shell says in one sentence before it ends with status 2."""


class Complaint(Exception):
    """The command cannot be carried out; the message says what and where, and what to do."""


def why_unopened(bad: OSError) -> str:
    """Return why a file could not be opened, as a Chinese clause."""
    if isinstance(bad, FileNotFoundError):
        return "没有这个文件"
    if isinstance(bad, IsADirectoryError):
        return "这是一个文件夹"
    if isinstance(bad, PermissionError):
        return "没有读取权限"
    return "读取出错"
