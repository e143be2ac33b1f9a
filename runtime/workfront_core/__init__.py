"""The engine that generated Workfront packages stand on. Importing it loads nothing else."""
