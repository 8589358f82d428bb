/* pkg-config: hdf5 hdf5_hl */
#include <hdf5.h>
#include <hdf5_hl.h>
#include <stdio.h>
#undef NDEBUG
#include <assert.h>

enum { ROWS = 60, COLUMNS = 50 };

/* How much space an array takes in a file, after it was found again there as a type. */
static hsize_t stored(hid_t file, const char *name, hid_t there, unsigned level) {
    static double data[ROWS][COLUMNS], again[ROWS][COLUMNS];
    const hsize_t shape[] = {ROWS, COLUMNS}, chunk[] = {20, 50};
    for (int row = 0; row < ROWS; row++)
        for (int column = 0; column < COLUMNS; column++)
            data[row][column] = row * 100 + column - 2000;
    const hid_t space = H5Screate_simple(2, shape, NULL), how = H5Pcreate(H5P_DATASET_CREATE);
    assert(H5Pset_chunk(how, 2, chunk) >= 0 && H5Pset_shuffle(how) >= 0 && H5Pset_deflate(how, level) >= 0);
    assert(H5Pset_fletcher32(how) >= 0);
    const hid_t set = H5Dcreate(file, name, there, space, H5P_DEFAULT, how, H5P_DEFAULT);
    assert(set >= 0 && H5Dwrite(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, data) >= 0);
    assert(H5Dclose(set) >= 0 && H5Sclose(space) >= 0 && H5Pclose(how) >= 0);
    const hid_t found = H5Dopen(file, name, H5P_DEFAULT);
    assert(H5Tequal(H5Dget_type(found), there) > 0);
    assert(H5Dread(found, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, again) >= 0);
    for (int row = 0; row < ROWS; row++)
        for (int column = 0; column < COLUMNS; column++)
            assert(again[row][column] == data[row][column]);
    const hsize_t size = H5Dget_storage_size(found);
    assert(H5Dclose(found) >= 0);
    return size;
}

int main(void) {
    const char *path = "/tmp/test_link.h5";
    unsigned major, minor, release;
    assert(H5get_libversion(&major, &minor, &release) >= 0 && major == 1 && minor == 14 && release == 5);
    assert(H5Tget_size(H5T_NATIVE_LONG) == sizeof(long) && H5Tget_size(H5T_NATIVE_LDOUBLE) == sizeof(long double));
    const hid_t file = H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    assert(stored(file, "doubles", H5T_IEEE_F64LE, 9) < ROWS * COLUMNS * 8 / 4);
    assert(stored(file, "floats", H5T_IEEE_F32BE, 0) >= ROWS * COLUMNS * 4);
    assert(stored(file, "shorts", H5T_STD_I16BE, 6) < ROWS * COLUMNS * 2);
    assert(stored(file, "longs", H5T_STD_I64LE, 6) < ROWS * COLUMNS * 8);
    const double third = 1. / 3;
    double back = 0;
    assert(H5LTset_attribute_double(file, "doubles", "third", &third, 1) >= 0);
    assert(H5LTset_attribute_string(file, "/", "unit", "mm") >= 0);
    assert(H5LTget_attribute_double(file, "doubles", "third", &back) >= 0 && back == third);
    assert(H5Fclose(file) >= 0 && H5Fis_accessible(path, H5P_DEFAULT) > 0);
    H5Eset_auto(H5E_DEFAULT, NULL, NULL);
    assert(H5Fopen("/tmp/there-is-none.h5", H5F_ACC_RDONLY, H5P_DEFAULT) < 0);
    assert(remove(path) == 0);
    return 0;
}
