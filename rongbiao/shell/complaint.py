"""Complaints: what the shell says in one sentence before it ends with status 2."""

import errno

WAYS_OUT = {
    errno.ENOSPC: "磁盘已满，请腾出空间后再试",
    errno.EDQUOT: "磁盘配额已用完，请腾出空间后再试",
    errno.EROFS: "所在的磁盘只能读，请换一个位置",
    errno.EACCES: "没有权限，请检查文件和文件夹的权限",
    errno.EPERM: "没有权限，请检查文件和文件夹的权限",
    errno.ENOENT: "没有这个文件或文件夹，请检查写法",
    errno.EISDIR: "这是一个文件夹，请写明文件",
    errno.ENOTDIR: "路径中有一段不是文件夹，请检查写法",
    errno.EMFILE: "同时打开的文件太多，请放宽系统的限制",
}


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


def way_out(bad: OSError) -> str:
    """Return why the system refused, and what to do, as a Chinese clause."""
    return WAYS_OUT.get(bad.errno or 0, f"系统报告出错（{bad.strerror or bad}），请排除后再试")


def stopped_by(bad: OSError) -> str:
    """Return a sentence for what the system refused where no command has a better one."""
    where = f"“{bad.filename}”：" if bad.filename else ""
    return f"没有办完，{where}{way_out(bad)}。"
