"""Standards (标准): what; the register of standards and of declarations."""
