"""Values at their places: what goes where on a form's pages, and what goes on continuation sheets."""
