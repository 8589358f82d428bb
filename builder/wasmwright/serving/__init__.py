"""A server for a folder of files: a distribution, a site, a channel.

It also runs in an image without the rest of wasmwright: beside the standard library it needs waitress, and of ours
`failure` and `plaintext` alone.
"""
