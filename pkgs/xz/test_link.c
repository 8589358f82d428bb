/* pkg-config: liblzma */
#include <string.h>
#include <lzma.h>
#undef NDEBUG
#include <assert.h>

int main(void) {
    static uint8_t text[60000], packed[62000], again[60000];
    size_t size = 0, from = 0, length = 0;
    uint64_t memory = UINT64_MAX;
    for (int at = 0; at < 60000; at++)
        text[at] = (uint8_t)(at * at % 251);
    assert(lzma_crc64((const uint8_t *)"123456789", 9, 0) == 0x995dc9bbdf1939faULL);
    assert(lzma_easy_buffer_encode(6, LZMA_CHECK_SHA256, NULL, text, sizeof text, packed, &size, sizeof packed) == LZMA_OK);
    assert(size < 1000 && memcmp(packed, "\xfd" "7zXZ", 6) == 0);
    assert(lzma_stream_buffer_decode(&memory, 0, NULL, packed, &from, size, again, &length, sizeof again) == LZMA_OK);
    assert(from == size && length == sizeof text && memcmp(text, again, length) == 0);
    packed[size / 2] ^= 1;
    from = length = 0;
    assert(lzma_stream_buffer_decode(&memory, 0, NULL, packed, &from, size, again, &length, sizeof again) == LZMA_DATA_ERROR);
    return 0;
}
