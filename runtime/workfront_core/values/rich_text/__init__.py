"""Rich text: the blocks a note or a field holds, from and to Markdown."""
