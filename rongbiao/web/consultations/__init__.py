"""The pages of the consultation (征求意见): the public speaks, the office answers, experts vote."""
