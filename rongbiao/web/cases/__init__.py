"""The pages of the desk (办件页面): four of them serve every procedure."""
