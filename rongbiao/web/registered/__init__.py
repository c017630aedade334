"""Pages of registered citations (登记的引用): documents, tasks, and who is late."""
