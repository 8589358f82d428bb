/* pkg-config: blosc */
#include <blosc.h>
#include <string.h>
#undef NDEBUG
#include <assert.h>

enum { COUNT = 50000 };

static int numbers[COUNT], again[COUNT];
static char packed[sizeof numbers + BLOSC_MAX_OVERHEAD];

/* How many bytes a compressor leaves of ascending numbers, after they were read again. */
static int left_by(const char *compressor, int level, int shuffle) {
    const int size = blosc_compress_ctx(level, shuffle, sizeof *numbers, sizeof numbers, numbers, packed, sizeof packed,
                                        compressor, 0, 1);
    size_t whole = 0, left = 0, block = 0;
    blosc_cbuffer_sizes(packed, &whole, &left, &block);
    assert(whole == sizeof numbers && left == (size_t)size && block <= whole);
    memset(again, 0, sizeof again);
    assert(blosc_decompress_ctx(packed, again, sizeof again, 1) == sizeof again);
    assert(!memcmp(numbers, again, sizeof numbers));
    assert(blosc_getitem(packed, 40000, 3, again) == 3 * sizeof *again);
    assert(again[0] == numbers[40000] && again[2] == numbers[40002]);
    return size;
}

int main(void) {
    const char *compressors[] = {"blosclz", "lz4", "lz4hc", "zlib", "zstd"};
    for (int at = 0; at < COUNT; at++)
        numbers[at] = at * 3 - 70000;
    blosc_init();
    assert(!strncmp(blosc_get_version_string(), "1.21.5", 6));
    assert(!strcmp(blosc_list_compressors(), "blosclz,lz4,lz4hc,zlib,zstd"));
    for (size_t at = 0; at < sizeof compressors / sizeof *compressors; at++) {
        const int plain = left_by(compressors[at], 5, BLOSC_NOSHUFFLE), bytes = left_by(compressors[at], 5, BLOSC_SHUFFLE);
        assert(bytes < (int)sizeof numbers / 8 && bytes < plain);
        assert(left_by(compressors[at], 9, BLOSC_BITSHUFFLE) < (int)sizeof numbers / 8);
    }
    assert(left_by("lz4", 0, BLOSC_SHUFFLE) == sizeof numbers + BLOSC_MAX_OVERHEAD);
    assert(blosc_compress_ctx(5, 1, 4, sizeof numbers, numbers, packed, sizeof packed, "none", 0, 1) < 0);
    assert(blosc_decompress_ctx(packed, again, sizeof again - 1, 1) < 0);
    size_t whole = 0;
    assert(blosc_cbuffer_validate(packed, 1000, &whole) < 0);
    blosc_destroy();
    return 0;
}
