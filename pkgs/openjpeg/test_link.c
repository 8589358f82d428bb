/* pkg-config: libopenjp2 */
#include <string.h>
#include <openjpeg.h>
#undef NDEBUG
#include <assert.h>

enum { WIDTH = 64, HEIGHT = 48 };

static unsigned char file[1 << 16];
static size_t length, at;

static OPJ_SIZE_T give(void *to, OPJ_SIZE_T count, void *data) {
    size_t left = length - at;
    if (left == 0)
        return (OPJ_SIZE_T)-1;
    if (count > left)
        count = left;
    memcpy(to, file + at, count);
    at += count;
    return count;
}
static OPJ_SIZE_T take(void *from, OPJ_SIZE_T count, void *data) {
    assert(at + count <= sizeof file);
    memcpy(file + at, from, count);
    at += count;
    if (at > length)
        length = at;
    return count;
}
static OPJ_OFF_T skip(OPJ_OFF_T count, void *data) {
    at += (size_t)count;
    return count;
}
static OPJ_BOOL seek(OPJ_OFF_T to, void *data) {
    at = (size_t)to;
    return OPJ_TRUE;
}
static opj_stream_t *stream(OPJ_BOOL input) {
    opj_stream_t *made = opj_stream_default_create(input);
    at = 0;
    opj_stream_set_read_function(made, give);
    opj_stream_set_write_function(made, take);
    opj_stream_set_skip_function(made, skip);
    opj_stream_set_seek_function(made, seek);
    opj_stream_set_user_data(made, file, NULL);
    opj_stream_set_user_data_length(made, length);
    return made;
}

int main(void) {
    opj_cparameters_t how;
    opj_dparameters_t back;
    opj_image_cmptparm_t part = {.dx = 1, .dy = 1, .w = WIDTH, .h = HEIGHT, .prec = 8, .bpp = 8};
    opj_image_t *image = opj_image_create(1, &part, OPJ_CLRSPC_GRAY), *again = NULL;
    image->x1 = WIDTH;
    image->y1 = HEIGHT;
    for (int pixel = 0; pixel < WIDTH * HEIGHT; pixel++)
        image->comps[0].data[pixel] = pixel * pixel % 256;
    opj_set_default_encoder_parameters(&how);
    how.tcp_numlayers = 1;
    how.cp_disto_alloc = 1;
    how.numresolution = 4;
    opj_codec_t *codec = opj_create_compress(OPJ_CODEC_JP2);
    opj_stream_t *out = stream(OPJ_FALSE);
    assert(opj_setup_encoder(codec, &how, image));
    assert(opj_start_compress(codec, image, out) && opj_encode(codec, out) && opj_end_compress(codec, out));
    opj_stream_destroy(out);
    opj_destroy_codec(codec);
    assert(length > 500 && memcmp(file + 4, "jP  \r\n", 6) == 0);
    opj_set_default_decoder_parameters(&back);
    codec = opj_create_decompress(OPJ_CODEC_JP2);
    opj_stream_t *in = stream(OPJ_TRUE);
    assert(opj_setup_decoder(codec, &back) && opj_read_header(in, codec, &again) && opj_decode(codec, in, again));
    assert(again->numcomps == 1 && again->comps[0].w == WIDTH && again->comps[0].h == HEIGHT);
    /* Without loss, as nothing asked for a smaller file. */
    for (int pixel = 0; pixel < WIDTH * HEIGHT; pixel++)
        assert(again->comps[0].data[pixel] == pixel * pixel % 256);
    opj_stream_destroy(in);
    opj_destroy_codec(codec);
    opj_image_destroy(again);
    opj_image_destroy(image);
    return 0;
}
