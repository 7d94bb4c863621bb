"""Uitkomsten, and what every municipality does with them."""
