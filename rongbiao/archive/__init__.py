"""The archive (档案室): files kept by their content, safe on disk before anyone is told."""
