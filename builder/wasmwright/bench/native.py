"""The same packages for the machine at hand: from the wheels that everybody installs, on the build Python."""

from __future__ import annotations

import os
import shutil
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasmwright.bench.watching import watched
from wasmwright.errors import BenchmarkFailed
from wasmwright.sources.storepath import source_path

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from wasmwright.sources.entry import Source

# Every library that could start threads of its own.
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
# The memory of a runtime grows, and never shrinks. The system's allocator would give that of large arrays back, and
# have each page of the next one brought again, which takes longer than many a loop.
_MEMORY_KEPT = "glibc.malloc.mmap_threshold=1073741824:glibc.malloc.trim_threshold=4294967296"
_ALWAYS = ONE_THREAD | {"GLIBC_TUNABLES": _MEMORY_KEPT}
# 128-bit vectors without fused multiply-add, the most that WebAssembly can do: in OpenBLAS, in NumPy's own loops, and
# in the system's mathematics, which NumPy calls.
VECTORS_128 = {
    "OPENBLAS_CORETYPE": "PRESCOTT",
    "NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4 AVX512_ICL AVX512_SPR",
    "GLIBC_TUNABLES": f"{_MEMORY_KEPT}:glibc.cpu.hwcaps=-AVX,-AVX2,-AVX2_Usable,-FMA,-FMA_Usable,-FMA4,-AVX512F",
}


@dataclass(frozen=True, kw_only=True)
class Native:
    """The build Python (a tool root) and a folder of unpacked wheels."""

    root: Path
    packages: Path

    def run(self, script: Sequence[str], variables: Mapping[str, str]) -> str:
        """What the script writes, on one thread that keeps its memory. Raises BenchmarkFailed."""
        libraries = self.root / "usr/lib/x86_64-linux-gnu"
        env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(self.packages), "LD_LIBRARY_PATH": str(libraries)}
        python = [str(self.root / "usr/bin/python3"), "-B", *script]
        done = watched(python, env=env | _ALWAYS | dict(variables), cwd=self.packages, check=False)
        if done.returncode != 0:
            message = "the native run failed"
            raise BenchmarkFailed(message, excerpt="\n".join(done.stderr.strip().splitlines()[-10:]))
        return done.stdout


def unpack(sources: Sequence[Source], folder: Path) -> Path:
    """Unpack pinned wheels beside each other into a folder below `folder`, named after what it holds."""
    packages = folder / "-".join(f"{source.package.name}-{source.package.version}" for source in sources)
    if not packages.exists():
        part = packages.with_name(f".{packages.name}.{os.getpid()}")
        shutil.rmtree(part, ignore_errors=True)
        for source in sources:
            with zipfile.ZipFile(source_path(source)) as wheel:
                wheel.extractall(part)
        part.rename(packages)
    return packages
