"""Drawings (图): SVG made on the server, so that pages print and speak without JavaScript."""
