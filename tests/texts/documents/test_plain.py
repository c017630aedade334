"""Files are read by what is in them; a file that is not what its name says is refused."""

import pytest

from rongbiao.texts.documents import Unreadable, read_document


@pytest.mark.parametrize("name", ["意见.docx", "意见.PDF"])
def test_a_damaged_file_is_not_read_as_plain_text(name):
    with pytest.raises(Unreadable, match="内容是文本文件，与文件名不符"):
        read_document("关于标准化战略的意见".encode(), name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_plain_text_comes_in_its_own_encoding(encoding):
    words = "福州市人民政府关于全面实施标准化战略的意见，责任单位：市市场监管局。"
    assert read_document(words.encode(encoding), "意见.txt").text == words
