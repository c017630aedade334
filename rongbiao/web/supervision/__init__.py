"""Pages of supervision (监督抽查): campaigns with their draws and bulletins, reports by name."""
