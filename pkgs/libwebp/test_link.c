/* pkg-config: libwebp libwebpdemux */
#include <stdlib.h>
#include <string.h>
#include <webp/decode.h>
#include <webp/demux.h>
#include <webp/encode.h>
#undef NDEBUG
#include <assert.h>

int main(void) {
    static uint8_t image[48 * 64 * 3];
    uint8_t *packed = NULL, *again;
    int width, height;
    long difference = 0;
    for (int at = 0; at < 48 * 64 * 3; at++)
        image[at] = (uint8_t)(at / 192 * 4 + at % 192);
    size_t size = WebPEncodeLosslessRGB(image, 64, 48, 192, &packed);
    assert(size > 0 && memcmp(packed, "RIFF", 4) == 0 && memcmp(packed + 8, "WEBPVP8L", 8) == 0);
    again = WebPDecodeRGB(packed, size, &width, &height);
    assert(again && width == 64 && height == 48 && memcmp(image, again, sizeof image) == 0);
    WebPFree(again);
    WebPFree(packed);
    size = WebPEncodeRGB(image, 64, 48, 192, 90, &packed);
    again = WebPDecodeRGB(packed, size, &width, &height);
    assert(again && size < sizeof image / 4);
    for (int at = 0; at < 48 * 64 * 3; at++)
        difference += labs((long)image[at] - again[at]);
    assert(difference > 0 && difference / (48 * 64 * 3) < 8);
    WebPFree(again);
    WebPData data = {packed, size};
    WebPDemuxer *demuxer = WebPDemux(&data);
    assert(WebPDemuxGetI(demuxer, WEBP_FF_CANVAS_WIDTH) == 64 && WebPDemuxGetI(demuxer, WEBP_FF_FRAME_COUNT) == 1);
    WebPDemuxDelete(demuxer);
    assert(WebPDecodeRGB(packed, 20, &width, &height) == NULL);
    WebPFree(packed);
    return 0;
}
