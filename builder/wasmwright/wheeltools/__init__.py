"""`build-wheel` and `test-wheel`, for who has the toolchain and neither Nix nor a checkout: what images run.

They run on the toolchain's own Python, with the standard library and `packaging`; nix/outputs/mkWheelTools.nix says
where all that they start lies.
"""
