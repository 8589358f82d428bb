"""What runs inside derivations: standard library only, everything it needs comes from the derivation's attributes."""
