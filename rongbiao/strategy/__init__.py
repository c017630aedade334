"""Strategy (战略): why; plans, tasks, targets, reports and how they are counted."""
