"""What ``Task.f.name == "x"`` builds, and what it compiles to."""
