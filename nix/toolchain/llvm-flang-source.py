"""The parts of LLVM's source that the Fortran runtime is made of, without the other 150,000 files.

From the environment: `archive` (the tarball), `members` (folders inside its top folder, separated by spaces), `out`.
"""

import os
import tarfile
from pathlib import Path

out = Path(os.environ["out"])
wanted = tuple(f"{folder}/" for folder in os.environ["members"].split())
out.mkdir()
# One pass over the stream: the members lie spread over 2 GB.
with tarfile.open(os.environ["archive"], "r|*") as archive:
    for member in archive:
        _, _, inside = member.name.partition("/")
        if member.isfile() and inside.startswith(wanted):
            archive.extract(member.replace(name=inside, mode=0o644, deep=False), out, filter="data")
missing = [folder for folder in wanted if not (out / folder).is_dir()]
if missing:
    message = f"the archive has no {', '.join(missing)}"
    raise SystemExit(message)
