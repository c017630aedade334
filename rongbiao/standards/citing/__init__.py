"""Registered citations (登记的引用): who cites which edition, and who answers for it when it changes.

A body registers a document (``registering``), confirms what was found in it, and is told of
every change of what it cites (``alerts``), until it has said what becomes of the citation
(``answering``); ``chasing`` reminds it. ``who`` says who may read and who may answer.
"""
