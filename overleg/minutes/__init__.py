"""Het verslag: attendance, notes per item, approval."""
