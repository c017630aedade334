"""The pages of group standards: associations, the fostering plan, the shares of both sides."""
