/* pkg-config: blosc2 */
#include <b2nd.h>
#include <blosc2.h>
#include <string.h>
#undef NDEBUG
#include <assert.h>

enum { COUNT = 50000, SIDE = 60 };

static int32_t numbers[COUNT], again[COUNT];
static uint8_t packed[sizeof numbers + BLOSC2_MAX_OVERHEAD];

/* How many bytes a compressor leaves of ascending numbers, after they were read again. */
static int left_by(int compressor, int level, const uint8_t *filter) {
    blosc2_cparams how = BLOSC2_CPARAMS_DEFAULTS;
    how.compcode = (uint8_t)compressor;
    how.clevel = (uint8_t)level;
    how.typesize = sizeof *numbers;
    how.filters[BLOSC2_MAX_FILTERS - 1] = *filter;
    blosc2_context *there = blosc2_create_cctx(how), *back = blosc2_create_dctx(BLOSC2_DPARAMS_DEFAULTS);
    const int size = blosc2_compress_ctx(there, numbers, sizeof numbers, packed, sizeof packed);
    memset(again, 0, sizeof again);
    assert(blosc2_decompress_ctx(back, packed, size, again, sizeof again) == sizeof again);
    assert(!memcmp(numbers, again, sizeof numbers));
    assert(blosc2_getitem_ctx(back, packed, size, 40000, 3, again, 3 * sizeof *again) == 3 * sizeof *again);
    assert(again[0] == numbers[40000] && again[2] == numbers[40002]);
    blosc2_free_ctx(there);
    blosc2_free_ctx(back);
    return size;
}

/* A frame in a file, chunk by chunk, and what is added to it. */
static void frames(void) {
    char path[] = "/tmp/test_link.b2frame";
    blosc2_cparams how = BLOSC2_CPARAMS_DEFAULTS;
    how.typesize = sizeof *numbers;
    blosc2_storage storage = {.contiguous = true, .urlpath = path, .cparams = &how};
    blosc2_remove_urlpath(path);
    blosc2_schunk *chunks = blosc2_schunk_new(&storage);
    for (int at = 0; at < 5; at++)
        assert(blosc2_schunk_append_buffer(chunks, numbers + at * 10000, 10000 * sizeof *numbers) == at + 1);
    assert(blosc2_vlmeta_add(chunks, "unit", (uint8_t *)"mm", 2, NULL) >= 0);
    blosc2_schunk_free(chunks);
    chunks = blosc2_schunk_open(path);
    assert(chunks->nchunks == 5 && chunks->nbytes == sizeof numbers && chunks->cbytes < chunks->nbytes / 4);
    assert(blosc2_schunk_decompress_chunk(chunks, 3, again, sizeof again) == 10000 * sizeof *numbers);
    assert(again[9999] == numbers[39999]);
    assert(blosc2_schunk_decompress_chunk(chunks, 5, again, sizeof again) < 0);
    uint8_t *unit = NULL;
    int32_t length = 0;
    assert(blosc2_vlmeta_get(chunks, "unit", &unit, &length) >= 0 && length == 2 && !memcmp(unit, "mm", 2));
    free(unit);
    blosc2_schunk_free(chunks);
    assert(blosc2_remove_urlpath(path) == 0 && blosc2_schunk_open(path) == NULL);
}

/* A rectangle of an array of two dimensions. */
static void arrays(void) {
    const int64_t shape[] = {SIDE, SIDE}, from[] = {7, 31}, to[] = {42, 33}, some[] = {35, 2};
    const int32_t chunk[] = {20, 20}, block[] = {10, 5};
    blosc2_cparams how = BLOSC2_CPARAMS_DEFAULTS;
    how.typesize = sizeof *numbers;
    blosc2_storage storage = {.cparams = &how};
    b2nd_context_t *context = b2nd_create_ctx(&storage, 2, shape, chunk, block, NULL, 0, NULL, 0);
    b2nd_array_t *array = NULL;
    assert(b2nd_from_cbuffer(context, &array, numbers, SIDE * SIDE * sizeof *numbers) == BLOSC2_ERROR_SUCCESS);
    assert(b2nd_get_slice_cbuffer(array, from, to, again, some, 70 * sizeof *again) == BLOSC2_ERROR_SUCCESS);
    for (int at = 0; at < 70; at++)
        assert(again[at] == numbers[(7 + at / 2) * SIDE + 31 + at % 2]);
    b2nd_free(array);
    b2nd_free_ctx(context);
}

int main(void) {
    const uint8_t none = BLOSC_NOFILTER, bytes = BLOSC_SHUFFLE, bits = BLOSC_BITSHUFFLE;
    for (int at = 0; at < COUNT; at++)
        numbers[at] = at * 3 - 70000;
    blosc2_init();
    assert(!strcmp(blosc2_get_version_string(), "2.17.1"));
    assert(!strcmp(blosc2_list_compressors(), "blosclz,lz4,lz4hc,zlib,zstd"));
    const int compressors[] = {BLOSC_BLOSCLZ, BLOSC_LZ4, BLOSC_LZ4HC, BLOSC_ZLIB, BLOSC_ZSTD};
    for (size_t at = 0; at < sizeof compressors / sizeof *compressors; at++) {
        const int plain = left_by(compressors[at], 5, &none), shuffled = left_by(compressors[at], 5, &bytes);
        assert(shuffled < (int)sizeof numbers / 8 && shuffled < plain);
        assert(left_by(compressors[at], 9, &bits) < (int)sizeof numbers / 8);
    }
    assert(left_by(BLOSC_LZ4, 0, &bytes) == sizeof numbers + BLOSC2_MAX_OVERHEAD);
    assert(blosc2_decompress(packed, sizeof packed, again, sizeof again - 1) < 0);
    assert(blosc2_decompress(packed, 1000, again, sizeof again) < 0);
    frames();
    arrays();
    blosc2_destroy();
    return 0;
}
