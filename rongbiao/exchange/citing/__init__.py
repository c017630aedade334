"""Citation checks (引用核查): files go in, every citation of a standard comes out with its verdict.

Nothing is kept: what a check needs lies in a folder of its own, for half an hour, and goes
by time whether or not anybody comes back for it.
"""
