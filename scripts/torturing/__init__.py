"""Torture (折磨): the platform under kills, power cuts, rushes and full disks."""
