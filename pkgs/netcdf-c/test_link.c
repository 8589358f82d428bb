/* pkg-config: netcdf */
#include <netcdf.h>
#include <netcdf_filter.h>
#include <netcdf_mem.h>
#include <netcdf_meta.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#undef NDEBUG
#include <assert.h>

enum { TIMES = 5, LATITUDES = 20, LONGITUDES = 30 };
static const char *path = "/tmp/test_link.nc";

/* What is done has to succeed. */
static void done(int status) {
    if (status != NC_NOERR)
        fprintf(stderr, "%s\n", nc_strerror(status));
    assert(status == NC_NOERR);
}

/* The oldest format is fixed to the byte. */
static void classic(void) {
    static const unsigned char expected[] = {
        'C', 'D', 'F', 1, 0, 0, 0, 0, /* no records */
        0, 0, 0, 10, 0, 0, 0, 1, 0, 0, 0, 1, 'x', 0, 0, 0, 0, 0, 0, 3, /* a dimension, 3 long */
        0, 0, 0, 0, 0, 0, 0, 0, /* no attributes */
        0, 0, 0, 11, 0, 0, 0, 1, 0, 0, 0, 1, 'v', 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, /* a variable along it */
        0, 0, 0, 12, 0, 0, 0, 1, 0, 0, 0, 1, 'u', 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 2, 'm', 'm', 0, 0, /* in mm */
        0, 0, 0, 3, 0, 0, 0, 8, 0, 0, 0, 100, /* shorts, 8 bytes, from byte 100 */
        0, 1, 0xff, 0xfe, 0x7f, 0xff, 0x80, 0x01}; /* 1, -2, 32767, and what fills up */
    const short data[] = {1, -2, 32767};
    int file, x, v;
    done(nc_create(path, NC_CLOBBER, &file));
    done(nc_def_dim(file, "x", 3, &x));
    done(nc_def_var(file, "v", NC_SHORT, 1, &x, &v));
    done(nc_put_att_text(file, v, "u", 2, "mm"));
    done(nc_enddef(file));
    done(nc_put_var_short(file, v, data));
    const int beyond[] = {1, 2, 70000};
    assert(nc_put_var_int(file, v, beyond) == NC_ERANGE);
    done(nc_put_var_short(file, v, data));
    done(nc_close(file));
    unsigned char found[200];
    FILE *stream = fopen(path, "rb");
    const size_t size = fread(found, 1, sizeof found, stream);
    fclose(stream);
    assert(size == sizeof expected && memcmp(found, expected, size) == 0);
}

/* Groups, a dimension without limit, deflated chunks, types of one's own, strings. */
static void enhanced(void) {
    int file, group, dimensions[3], variable, place, names, kind;
    static double data[TIMES][LATITUDES][LONGITUDES], again[TIMES][LATITUDES][LONGITUDES];
    for (int at = 0; at < TIMES * LATITUDES * LONGITUDES; at++)
        (&data[0][0][0])[at] = 280 + at % 70 * 0.25;
    done(nc_create(path, NC_CLOBBER | NC_NETCDF4, &file));
    done(nc_def_grp(file, "model", &group));
    done(nc_def_dim(file, "time", NC_UNLIMITED, &dimensions[0]));
    done(nc_def_dim(file, "latitude", LATITUDES, &dimensions[1]));
    done(nc_def_dim(file, "longitude", LONGITUDES, &dimensions[2]));
    done(nc_def_var(group, "temperature", NC_DOUBLE, 3, dimensions, &variable));
    const size_t chunks[] = {1, 10, 15};
    done(nc_def_var_chunking(group, variable, NC_CHUNKED, chunks));
    done(nc_def_var_deflate(group, variable, 1, 1, 6));
    done(nc_def_var_fletcher32(group, variable, NC_FLETCHER32));
    done(nc_def_var_endian(group, variable, NC_ENDIAN_BIG));
    struct point { signed char layer; double height; };
    done(nc_def_compound(file, sizeof(struct point), "point", &kind));
    done(nc_insert_compound(file, kind, "layer", NC_COMPOUND_OFFSET(struct point, layer), NC_BYTE));
    done(nc_insert_compound(file, kind, "height", NC_COMPOUND_OFFSET(struct point, height), NC_DOUBLE));
    done(nc_def_var(file, "place", kind, 1, &dimensions[1], &place));
    done(nc_def_var(file, "names", NC_STRING, 1, &dimensions[1], &names));
    for (size_t time = 0; time < TIMES; time++) {
        const size_t start[] = {time, 0, 0}, count[] = {1, LATITUDES, LONGITUDES};
        done(nc_put_vara_double(group, variable, start, count, &data[time][0][0]));
    }
    const size_t third = 2;
    const struct point point = {-3, 1e300};
    const char *name = "Zürich";
    done(nc_put_var1(file, place, &third, &point));
    done(nc_put_var1_string(file, names, &third, &name));
    const unsigned long long large = 18446744073709551615ULL;
    done(nc_put_att_ulonglong(file, NC_GLOBAL, "large", NC_UINT64, 1, &large));
    done(nc_close(file));

    unsigned long long attribute;
    int format, shuffled, deflated, level;
    size_t times;
    struct point found;
    char *text;
    done(nc_open(path, NC_NOWRITE, &file));
    done(nc_inq_format(file, &format));
    done(nc_inq_ncid(file, "model", &group));
    done(nc_inq_varid(group, "temperature", &variable));
    done(nc_inq_dimlen(file, dimensions[0], &times));
    done(nc_inq_var_deflate(group, variable, &shuffled, &deflated, &level));
    assert(format == NC_FORMAT_NETCDF4 && times == TIMES && shuffled && deflated && level == 6);
    done(nc_get_var_double(group, variable, &again[0][0][0]));
    assert(memcmp(data, again, sizeof data) == 0);
    const size_t start[] = {1, 3, 5}, count[] = {2, 2, 3};
    const ptrdiff_t stride[] = {2, 10, 8};
    float some[2][2][3];
    done(nc_get_vars_float(group, variable, start, count, stride, &some[0][0][0]));
    for (int at = 0; at < 12; at++)
        assert((&some[0][0][0])[at] == data[1 + at / 6 * 2][3 + at / 3 % 2 * 10][5 + at % 3 * 8]);
    done(nc_get_var1(file, place, &third, &found));
    assert(found.layer == -3 && found.height == 1e300);
    done(nc_get_var1_string(file, names, &third, &text));
    assert(strcmp(text, "Zürich") == 0);
    done(nc_free_string(1, &text));
    done(nc_get_att_ulonglong(file, NC_GLOBAL, "large", &attribute));
    assert(attribute == large && nc_inq_varid(group, "none", &variable) == NC_ENOTVAR);
    done(nc_close(file));
}

/* Of each float 7 bits are kept, rounded. */
static void quantized(void) {
    const float data[] = {3.14159265f, 1000.5f, -0.001234567f, 9.9999f};
    const float expected[] = {3.140625f, 1000, -0x1.44p-10f, 10};
    float again[4];
    int file, x, v;
    done(nc_create(path, NC_CLOBBER | NC_NETCDF4, &file));
    done(nc_def_dim(file, "x", 4, &x));
    done(nc_def_var(file, "v", NC_FLOAT, 1, &x, &v));
    done(nc_def_var_quantize(file, v, NC_QUANTIZE_BITROUND, 7));
    done(nc_put_var_float(file, v, data));
    done(nc_close(file));
    done(nc_open(path, NC_NOWRITE, &file));
    done(nc_get_var_float(file, v, again));
    for (int at = 0; at < 4; at++)
        assert(again[at] == expected[at]);
    done(nc_close(file));
}

/* A file that is in memory alone, of either format. */
static void in_memory(int format) {
    int file, x, v;
    NC_memio memory;
    double sum = 0, data[1000];
    for (int at = 0; at < 1000; at++)
        data[at] = at;
    done(nc_create_mem("memory.nc", format, 4096, &file));
    done(nc_def_dim(file, "x", 1000, &x));
    done(nc_def_var(file, "v", NC_DOUBLE, 1, &x, &v));
    done(nc_enddef(file));
    done(nc_put_var_double(file, v, data));
    done(nc_close_memio(file, &memory));
    assert(memory.size > sizeof data);
    done(nc_open_mem("memory.nc", NC_NOWRITE, memory.size, memory.memory, &file));
    done(nc_get_var_double(file, v, data));
    done(nc_close(file));
    free(memory.memory);
    for (int at = 0; at < 1000; at++)
        sum += data[at];
    assert(sum == 499500);
}

/* A file that is mapped, and grows beyond what was mapped first; it is on the disk once it is closed. */
static void mapped(void) {
    static double data[100000], again[100000];
    const int reading[] = {NC_NOWRITE, NC_NOWRITE | NC_MMAP};
    int file, x, v;
    for (int at = 0; at < 100000; at++)
        data[at] = at * 0.5;
    done(nc_create(path, NC_CLOBBER | NC_MMAP | NC_PERSIST, &file));
    done(nc_def_dim(file, "x", 100000, &x));
    done(nc_def_var(file, "v", NC_DOUBLE, 1, &x, &v));
    done(nc_enddef(file));
    done(nc_put_var_double(file, v, data));
    done(nc_close(file));
    for (int at = 0; at < 2; at++) {
        done(nc_open(path, reading[at], &file));
        done(nc_get_var_double(file, v, again));
        done(nc_close(file));
        assert(memcmp(data, again, sizeof data) == 0);
        memset(again, 0, sizeof again);
    }
}

int main(void) {
    assert(strncmp(nc_inq_libvers(), NC_VERSION " of ", strlen(NC_VERSION " of ")) == 0);
    classic();
    enhanced();
    quantized();
    in_memory(0);
    in_memory(NC_64BIT_OFFSET);
    in_memory(NC_NETCDF4);
    mapped();
    int file;
    assert(nc_open("/tmp/there-is-none.nc", NC_NOWRITE, &file) != NC_NOERR);
    assert(remove(path) == 0);
    return 0;
}
