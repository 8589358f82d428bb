"""A shell in the environment of a package's build: in the folder of one that failed and was kept, or in a fresh one."""
