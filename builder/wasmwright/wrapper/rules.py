"""Which of a project's arguments are left out, and why: data and small predicates."""

from __future__ import annotations

OPENMP = "-fopenmp"
# There are no threads in the target; their functions are stubs of its C library. Without OpenMP its directives are
# comments, and _OPENMP is not defined: a build that asks whether it is there does not find it.
_THREADS = {
    *(OPENMP, "-qopenmp", "-openmp", "-lomp", "-lgomp", "-liomp5"),
    *("-pthread", "-pthreads", "-no-pthread", "-matomics", "-lpthread", "-lrt", "-ldl", "-lutil"),
}
# The ABI's flags decide these: position independence, exception model, word size.
_ABI = {
    *("-fPIC", "-fpic", "-fPIE", "-fpie", "-fno-PIC", "-fno-pic", "-fno-PIE", "-fno-pie", "-pie", "-no-pie"),
    *("-fexceptions", "-fwasm-exceptions", "-fignore-exceptions", "-m32", "-m64", "-m128bit-long-double"),
}
# For other machines, other linkers, or hardening that WebAssembly has by itself.
_MEANINGLESS = {
    *("-rdynamic", "-static", "-static-libgcc", "-static-libstdc++", "-static-pie", "-bundle"),
    *("-lgcc_s", "-lgcc", "-fno-plt", "-fno-semantic-interposition", "-Bsymbolic", "-Bsymbolic-functions"),
    *("-fstack-clash-protection", "-fno-stack-protector", "-ffat-lto-objects", "-fno-fat-lto-objects"),
    *("-undefined", "-arch", "-isysroot", "-install_name", "-R"),
}
_DROPPED = _THREADS | _ABI | _MEANINGLESS
_DROPPED_PREFIXES = (
    *("-march=", "-mtune=", "-mcpu=", "-mfpmath=", "-mabi=", "-mcmodel="),
    *("-fstack-protector", "-fcf-protection", "-flto", "-fno-lto", "-fuse-linker-plugin", "-fuse-ld=", "-lpython"),
    *("-fopenmp=", "-fopenmp-targets", "-fopenmp-version", "-fopenmp-offload"),
)

# Debugging information is not shipped; `-gnu...` and the like are no such flags.
_DEBUG = {"-g", "-g1", "-g2", "-g3", "-gsplit-dwarf", "-gline-tables-only", "-gz"}
_DEBUG_PREFIXES = ("-ggdb", "-gdwarf", "-gz=", "-gsource-map")

# Emscripten's settings that the ABI or the wrapper decides.
_SETTINGS = {
    *("SIDE_MODULE", "MAIN_MODULE", "RELOCATABLE", "LINKABLE"),
    *("PTHREADS", "USE_PTHREADS", "PTHREAD_POOL_SIZE", "PROXY_TO_PTHREAD", "SHARED_MEMORY", "WASM_WORKERS"),
    *("SUPPORT_LONGJMP", "DISABLE_EXCEPTION_CATCHING", "DISABLE_EXCEPTION_THROWING", "EXCEPTION_CATCHING_ALLOWED"),
}

# What a side module takes from the runtime; static libraries may ask for it.
OF_RUNTIME = {"-lc", "-lc++", "-lc++abi", "-lstdc++"}
# What says which files a program sees: it has no use for those of the disk then, or cannot be linked with them.
FILE_SYSTEMS = {"NODERAWFS", "WASMFS", "FILESYSTEM", "ENVIRONMENT", "STANDALONE_WASM"}
PACKED_FILES = ("--preload-file", "--embed-file", "--use-preload", "--oformat")

_SYSTEM_FOLDERS = ("/lib", "/lib64")
_LINKER_DROPPED = {
    *("--as-needed", "--no-as-needed", "-Bsymbolic", "-Bsymbolic-functions", "--no-undefined", "--export-dynamic"),
    *("-E", "--enable-new-dtags", "--disable-new-dtags", "--allow-shlib-undefined", "--no-allow-shlib-undefined"),
    *("--sort-common", "--start-group", "--end-group", "--no-copy-dt-needed-entries", "-Bstatic", "-Bdynamic"),
}
_LINKER_DROPPED_PREFIXES = (
    *("-O", "--hash-style", "--build-id", "-soname=", "--soname=", "--version-script=", "--exclude-libs="),
    *("--dynamic-list", "-Map=", "--dependency-file=", "-rpath-link=", "--rpath-link=", "-z"),
)
_LINKER_DROPPED_WITH_VALUE = {
    *("-z", "-soname", "--soname", "-h", "--version-script", "-version-script", "--exclude-libs", "-Map"),
    *("-rpath-link", "--rpath-link", "-dynamic-linker", "-undefined"),
}


def is_dropped(argument: str) -> bool:
    """Whether the compiler must not see this argument of the project's."""
    return argument in _DROPPED or argument.startswith(_DROPPED_PREFIXES) or is_debug(argument)


def is_debug(argument: str) -> bool:
    """Whether the argument asks for debugging information."""
    return argument in _DEBUG or argument.startswith(_DEBUG_PREFIXES)


def is_dropped_setting(setting: str) -> bool:
    """Whether a setting such as `SIDE_MODULE=1` is ours to make."""
    return setting.split("=", 1)[0] in _SETTINGS


def is_build_include(folder: str) -> bool:
    """Whether a folder holds the build machine's own headers: `usr/include` of it or of a root of unpacked packages."""
    return _has_parts(folder, ("/usr/include", "/usr/local/include"))


def is_build_library(folder: str) -> bool:
    """Whether a folder holds the build machine's own libraries."""
    is_top = any(folder == top or folder.startswith(f"{top}/") for top in _SYSTEM_FOLDERS)
    return is_top or _has_parts(folder, ("/usr/lib", "/usr/lib64", "/usr/local/lib"))


def is_linker_dropped(token: str) -> bool:
    """Whether the linker must not see this token of `-Wl,`."""
    return token in _LINKER_DROPPED or token.startswith(_LINKER_DROPPED_PREFIXES)


def linker_takes_dropped_value(token: str) -> bool:
    """Whether the token goes, and the next one with it."""
    return token in _LINKER_DROPPED_WITH_VALUE


def _has_parts(folder: str, parts: tuple[str, ...]) -> bool:
    padded = f"{folder}/"
    return any(f"{part}/" in padded for part in parts)
