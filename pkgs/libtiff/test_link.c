/* pkg-config: libtiff-4 */
#include <stdlib.h>
#include <string.h>
#include <tiffio.h>
#undef NDEBUG
#include <assert.h>

enum { WIDTH = 64, HEIGHT = 48, SIZE = WIDTH * HEIGHT };

/* Write an image with a compression, read it again, and tell the mean difference. */
static double there_and_back(unsigned short compression) {
    static unsigned char image[SIZE], again[SIZE];
    const char *path = "/tmp/test_link.tiff";
    unsigned width = 0;
    double difference = 0;
    for (int at = 0; at < SIZE; at++)
        image[at] = (unsigned char)(at / WIDTH * 2 + at % WIDTH);
    assert(TIFFIsCODECConfigured(compression));
    TIFF *file = TIFFOpen(path, "w");
    TIFFSetField(file, TIFFTAG_IMAGEWIDTH, WIDTH);
    TIFFSetField(file, TIFFTAG_IMAGELENGTH, HEIGHT);
    TIFFSetField(file, TIFFTAG_BITSPERSAMPLE, 8);
    TIFFSetField(file, TIFFTAG_SAMPLESPERPIXEL, 1);
    TIFFSetField(file, TIFFTAG_ROWSPERSTRIP, HEIGHT);
    TIFFSetField(file, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
    TIFFSetField(file, TIFFTAG_COMPRESSION, compression);
    assert(TIFFWriteEncodedStrip(file, 0, image, SIZE) == SIZE);
    TIFFClose(file);
    file = TIFFOpen(path, "r");
    assert(file && TIFFGetField(file, TIFFTAG_IMAGEWIDTH, &width) && width == WIDTH);
    assert(TIFFReadEncodedStrip(file, 0, again, SIZE) == SIZE);
    TIFFClose(file);
    for (int at = 0; at < SIZE; at++)
        difference += abs(image[at] - again[at]);
    return difference / SIZE;
}

int main(void) {
    const unsigned short exact[] = {COMPRESSION_NONE, COMPRESSION_LZW, COMPRESSION_ADOBE_DEFLATE, COMPRESSION_PACKBITS, COMPRESSION_LZMA, COMPRESSION_ZSTD};
    for (unsigned at = 0; at < sizeof exact / sizeof *exact; at++)
        assert(there_and_back(exact[at]) == 0);
    assert(there_and_back(COMPRESSION_JPEG) < 4);
    TIFFSetErrorHandler(NULL);
    assert(TIFFOpen("/tmp/there-is-none.tiff", "r") == NULL);
    return 0;
}
