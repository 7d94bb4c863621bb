"""From voorstel to agenda: proposals, validation, agenda items and sent versions."""
