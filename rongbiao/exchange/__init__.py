"""Exchange (交换): what comes in and goes out in batches and for machines."""
