"""Awards (认定与奖补): honour; what the city confers."""
