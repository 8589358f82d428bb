"""Images on their way out of the store: where users want them, by skopeo."""
