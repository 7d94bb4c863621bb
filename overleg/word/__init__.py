"""The Word files: house style, templates and the one path from loaded values to .docx bytes."""
