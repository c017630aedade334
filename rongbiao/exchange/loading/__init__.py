"""Loading (标准导入): files of standards, from whatever source, become editions of the register.

A file is read by what it holds (``reading``), checked column by column (``checking``), laid
out on disk in parts of neighboring keys (``staging``), and entered part by part (``entering``),
each part in one transaction. Of a large file helpers check the portions and write what is new
in the form the database takes (``ready``). ``loads`` holds the verbs for people.
"""
