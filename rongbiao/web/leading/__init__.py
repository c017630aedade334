"""Pages of leaders (领跑者): lists, plans and rankings for everybody; applying, removing, recording."""
