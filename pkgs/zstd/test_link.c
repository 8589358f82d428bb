/* pkg-config: libzstd */
#include <string.h>
#include <zstd.h>
#undef NDEBUG
#include <assert.h>

int main(void) {
    static char text[60000], packed[62000], again[60000];
    for (int at = 0; at < 60000; at++)
        text[at] = (char)(at * at % 251);
    assert(ZSTD_versionNumber() == 10507);
    for (int level = 1; level <= ZSTD_maxCLevel(); level += 6) {
        size_t size = ZSTD_compress(packed, sizeof packed, text, sizeof text, level);
        assert(!ZSTD_isError(size) && size < 1000);
        assert(ZSTD_getFrameContentSize(packed, size) == sizeof text);
        assert(ZSTD_decompress(again, sizeof again, packed, size) == sizeof text);
        assert(memcmp(text, again, sizeof text) == 0);
        packed[0] ^= 1;
        assert(ZSTD_isError(ZSTD_decompress(again, sizeof again, packed, size)));
    }
    return 0;
}
