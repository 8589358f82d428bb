"""The options of `wasm-flang`: which program gets which, and what is left out or refused. Data and predicates."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Spelled as two words.
FRONT_VALUED = {"-I", "-D", "-U", "-include", "-mllvm", "-mmlir", "-fintrinsic-modules-path"}
LINK_VALUED = {"-L", "-l", "-Xlinker", "-T", "-u", "--js-library", "--pre-js", "--post-js", "-z"}
DROPPED_VALUED = {"-isystem", "-iquote", "-idirafter", "-arch", "-isysroot", "-B"}
_OTHER_VALUED = {"-o", "-J", "-M", "-module-dir", "-x", "-MF", "-MT", "-MQ", "-target", "-Xclang", "-Xflang"}
VALUED = FRONT_VALUED | LINK_VALUED | DROPPED_VALUED | _OTHER_VALUED

# Make rules: GNU make style for the file itself.
DEPENDENCY = {"-MD", "-MMD", "-MP", "-MG"}

# Spellings of the PGI compilers for the form of a source.
FORMS = {"-Mfixed", "-Mfree", "-Mextend"}

STAR_LENGTHS = "-fstar-lengths="
HIDDEN_LENGTHS = {"-fhidden-lengths": True, "-fno-hidden-lengths": False}
CONSTANT_LENGTHS = {"-fconstant-lengths": True, "-fno-constant-lengths": False}
VISIBILITY = {"-fvisibility=hidden": "hidden", "-fvisibility=default": "default"}

# Both compilers know these by the same name.
_FRONT = {
    *("-cpp", "-nocpp", "-ffixed-form", "-ffree-form", "-fbackslash", "-fno-backslash", "-fimplicit-none", "-w"),
    *("-fdefault-real-8", "-fdefault-integer-8", "-fdefault-double-8", "-fno-automatic", "-fno-implicit-none"),
    *("-pedantic", "-falternative-parameter-statement", "-flogical-abbreviations", "-fxor-operator", "-P"),
    *("-fstack-arrays", "-fno-stack-arrays", "-flarge-sizes", "-fno-signed-zeros", "-freciprocal-math"),
    *("-ffast-math", "-fapprox-func", "-mreassociate", "-fversion-loops-for-stride", "-fno-version-loops-for-stride"),
    *("-fno-xor-operator", "-fno-logical-abbreviations", "-dM", "-fno-reformat"),
}
_FRONT_PREFIXES = ("-D", "-U", "-I", "-ffixed-line-length", "-finput-charset=", "-fconvert=", "-ffp-contract=")

# gfortran's spellings.
_LINE_LENGTH = "-ffixed-line-length-"
_RENAMED: Mapping[str, Sequence[str]] = {
    "-ffixed-line-length-none": ["-ffixed-line-length=0"],
    "-Mfixed": ["-ffixed-form"],
    "-Mfree": ["-ffree-form"],
    "-Mextend": ["-ffixed-line-length=132"],
    "-i8": ["-fdefault-integer-8"],
    "-r8": ["-fdefault-real-8"],
    "-fno-automatic": ["-fno-automatic"],
    "-fsave": ["-fno-automatic"],
    "-std=f2018": ["-std=f2018"],
    "-Wpedantic": ["-pedantic"],
    "-Werror": ["-Werror"],
}

_BACK = {"-msimd128", "-mrelaxed-simd", "-mno-simd128", "-ffast-math", "-fno-vectorize", "-fno-slp-vectorize"}
_BACK_PREFIXES = ("-ffunction-sections", "-fdata-sections", "-funroll-loops", "-fno-unroll-loops", "-fvectorize")

# Without meaning for this target or this compiler, and without effect on what a program computes.
_DROPPED = {
    *("-fPIC", "-fpic", "-fPIE", "-fpie", "-pie", "-no-pie", "-fwasm-exceptions", "-fexceptions", "-pipe", "-m32"),
    *("-frecursive", "-fcray-pointer", "-fdollar-ok", "-fallow-argument-mismatch", "-fallow-invalid-boz"),
    *("-funderscoring", "-fno-second-underscore", "-fno-range-check", "-frange-check", "-fmax-stack-var-size=0"),
    *("-fno-strict-aliasing", "-fstrict-aliasing", "-fomit-frame-pointer", "-fno-omit-frame-pointer", "-fno-f2c"),
    *("-fno-math-errno", "-fmath-errno", "-fno-trapping-math", "-ftrapping-math", "-fsigned-zeros", "-fbacktrace"),
    *("-fno-plt", "-ftree-vectorize", "-fno-common", "-fcommon", "-fmessage-length=0", "-fno-diagnostics-color"),
    *("-fdiagnostics-color", "-fcolor-diagnostics", "-fno-color-diagnostics", "-fprotect-parens", "-v", "-fno-lto"),
    *(
        "-fopenmp",
        "-fopenmp-simd",
        "-fno-openmp",
        "-fno-openacc",
        "-static-libgfortran",
        "-fno-realloc-lhs",
        "-frealloc-lhs",
    ),
    *(
        "-fno-associative-math",
        "-pthread",
        "-fno-fast-math",
        "-fno-underscoring-warning",
        "-mieee-fp",
        "-m128bit-long-double",
    ),
    *("-finit-local-zero", "-fsecond-underscore-warning", *DEPENDENCY),
}
_DROPPED_PREFIXES = (
    *("-W", "-g", "-fdiagnostics-", "-fstack-protector", "-fcf-protection", "-ffile-prefix-map=", "-fcheck=no"),
    *("-fdebug-prefix-map=", "-fmacro-prefix-map=", "-flto", "-ffat-lto", "-fno-fat-lto", "-fmax-errors", "-fbounds"),
    *("-fmax-identifier-length", "-finline", "-fno-inline", "-falign-", "-fcoarray=single", "-fstack-clash", "-ffpe-"),
    *("-fsemantic-interposition", "-fno-semantic-interposition", "-frandom-seed", "-std=legacy", "-std=gnu", "-std=f"),
    # As for C: -msimd128 asks for the vectors of this processor.
    *("-march=", "-mtune=", "-mcpu=", "-mfpmath=", "-mcmodel=", "-ffree-line-length"),
)

_REASONS: tuple[tuple[str, str], ...] = (
    ("-fopenacc", "there are no accelerators in this target"),
    ("-m64", "addresses have 32 bits in this target"),
    ("-target", "the target is always wasm32-unknown-emscripten"),
    ("--target", "the target is always wasm32-unknown-emscripten"),
    ("-fcheck", "this compiler has no run-time checks"),
    ("-fno-underscoring", "external names end in an underscore in this target's convention"),
    ("-fsecond-underscore", "external names end in one underscore in this target's convention"),
    ("-ff2c", "results follow clang's convention"),
    ("-fcoarray", "there is one image only"),
    ("-emit-llvm", "the compiler's own representation is not for this target"),
    ("-Xclang", "clang sees retargeted code, not the source"),
    ("-finit-", "this compiler does not initialise variables"),
    ("-fdec", "this compiler knows no DEC extensions"),
)

_QUERIES = ("--version", "-version", "-dumpversion", "-dumpfullversion", "-dumpmachine", "--help", "-help", "-###")
_QUERY_PREFIXES = ("-print-", "--print-")
_LINK_PREFIXES = ("-Wl,", "-L", "-l", "-s", "-shared", "--shared", "-r", "-static", "-Wl", "-nostdlib", "--embed-file")
_LINK = {"-shared", "-rdynamic", "-nostartfiles", "-nodefaultlibs", "-bundle"}
_NOT_LINK = ("-std", "-save-temps")


def is_query(word: str) -> bool:
    """Whether the compiler is only asked about itself."""
    return word in _QUERIES or word.startswith(_QUERY_PREFIXES) or word == "-Wl,--version"


def module_folder(word: str) -> str | None:
    """The folder for module files, if the word names it in one with its option."""
    for option in ("-module-dir", "-J", "-M"):
        if word.startswith(option) and word != option and word not in DEPENDENCY | FORMS:
            return word.removeprefix(option).removeprefix("=")
    return None


def is_link(word: str) -> bool:
    """Whether the word is for the linker."""
    return word in _LINK or (word.startswith(_LINK_PREFIXES) and not word.startswith(_NOT_LINK))


def level(word: str) -> str:
    """The optimisation level as both compilers know it."""
    levels = {"-O": "-O1", "-Og": "-O1", "-Os": "-Os", "-Oz": "-Oz", "-Ofast": "-O3"}
    if word in levels:
        return levels[word]
    return word if word in {"-O0", "-O1", "-O2", "-O3"} else "-O3"


def for_flang(word: str) -> Sequence[str]:
    """What flang gets for a word."""
    if word in _RENAMED:
        return _RENAMED[word]
    if word.startswith(_LINE_LENGTH):
        return [f"{_LINE_LENGTH[:-1]}={word.removeprefix(_LINE_LENGTH)}"]
    return [word] if word in _FRONT or word.startswith(_FRONT_PREFIXES) else []


def for_clang(word: str) -> Sequence[str]:
    """What clang gets for a word, when it compiles the retargeted code."""
    return [word] if word in _BACK or word.startswith(_BACK_PREFIXES) else []


def is_unknown(word: str) -> bool:
    """Whether the word is neither for a program nor known to be without effect."""
    is_known = word in _DROPPED or word.startswith(_DROPPED_PREFIXES) or for_flang(word) or for_clang(word)
    return not is_known


def reason(word: str) -> str:
    """Why a word is refused."""
    return next((why for prefix, why in _REASONS if word.startswith(prefix)), "it is not known")
