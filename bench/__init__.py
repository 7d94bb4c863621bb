"""How fast it is: the application under gunicorn on PostgreSQL, next to bare Flask."""
