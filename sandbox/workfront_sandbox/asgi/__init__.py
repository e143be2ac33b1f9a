"""The server as an ASGI application, and its index page."""
