"""What people do with proposals, agenda items and agendas: the verbs."""
