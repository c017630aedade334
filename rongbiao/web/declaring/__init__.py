"""Pages of declared standards (自我声明公开): the enterprise's desk, and what everybody reads."""
