"""Papers (公文和表单): the documents of a local standard, made from the platform's data.

Each paper takes a frozen description and gives a file; the same description gives the
same bytes. ``catalogue`` names them all. The sets of papers follow DB6101/T 3168—2023
annexes A to H by purpose, the layout of official papers GB/T 9704—2012; the words are ours.
"""
