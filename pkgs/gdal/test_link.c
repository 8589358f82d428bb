/* pkg-config: gdal */
#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_multiproc.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <gdal.h>
#include <gdal_alg.h>
#include <gdal_utils.h>
#include <math.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <stdio.h>
#include <string.h>
#undef NDEBUG
#include <assert.h>

enum { SIZE = 64 };
static unsigned char picture[SIZE][SIZE];

/* A raster with one band in a file that is in memory alone, its values from the squares of row and column. */
static void write_raster(const char *driver, const char *path, char **options) {
    GDALDatasetH memory = GDALCreate(GDALGetDriverByName("MEM"), "", SIZE, SIZE, 1, GDT_Byte, NULL);
    assert(GDALRasterIO(GDALGetRasterBand(memory, 1), GF_Write, 0, 0, SIZE, SIZE, picture, SIZE, SIZE, GDT_Byte, 0, 0)
           == CE_None);
    double place[] = {500000, 10, 0, 5000000, 0, -10};
    GDALSetGeoTransform(memory, place);
    assert(GDALGetDriverByName(driver) != NULL);
    GDALDatasetH copy = GDALCreateCopy(GDALGetDriverByName(driver), path, memory, FALSE, options, NULL, NULL);
    assert(copy != NULL);
    GDALClose(copy);
    GDALClose(memory);
}

/* The greatest difference of what was read again from what was written. */
static int difference(const char *path, const char *driver) {
    unsigned char again[SIZE][SIZE];
    int greatest = 0;
    GDALDatasetH file = GDALOpen(path, GA_ReadOnly);
    assert(file != NULL && strcmp(GDALGetDriverShortName(GDALGetDatasetDriver(file)), driver) == 0);
    assert(GDALRasterIO(GDALGetRasterBand(file, 1), GF_Read, 0, 0, SIZE, SIZE, again, SIZE, SIZE, GDT_Byte, 0, 0) == CE_None);
    for (int at = 0; at < SIZE * SIZE; at++) {
        const int apart = abs((&again[0][0])[at] - (&picture[0][0])[at]);
        greatest = apart > greatest ? apart : greatest;
    }
    GDALClose(file);
    return greatest;
}

static void compressions(void) {
    const char *names[] = {"NONE", "PACKBITS", "LZW", "DEFLATE", "ZSTD", "LZMA", "LERC_ZSTD", "JPEG"};
    for (size_t at = 0; at < sizeof names / sizeof *names; at++) {
        /* More threads are asked for than there are. */
        char **options = CSLSetNameValue(CSLSetNameValue(NULL, "COMPRESS", names[at]), "NUM_THREADS", "2");
        VSIStatBufL about;
        write_raster("GTiff", "/vsimem/one.tif", options);
        CSLDestroy(options);
        const int lossy = strcmp(names[at], "JPEG") == 0;
        assert(difference("/vsimem/one.tif", "GTiff") <= (lossy ? 40 : 0));
        assert(VSIStatL("/vsimem/one.tif", &about) == 0);
        assert(at < 2 || about.st_size < SIZE * SIZE);
    }
    GDALDatasetH file = GDALOpen("/vsimem/one.tif", GA_ReadOnly);
    double place[6];
    assert(GDALGetGeoTransform(file, place) == CE_None && place[0] == 500000 && place[5] == -10);
    GDALClose(file);
}

static void formats(void) {
    char **whole = CSLSetNameValue(CSLSetNameValue(NULL, "REVERSIBLE", "YES"), "QUALITY", "100");
    const char *exact[] = {"PNG", "HFA", "ENVI", "COG", "VRT", "JP2OpenJPEG"};
    for (size_t at = 0; at < sizeof exact / sizeof *exact; at++) {
        if (strcmp(exact[at], "VRT") == 0)
            write_raster("GTiff", "/vsimem/source.tif", NULL);
        char path[40];
        snprintf(path, sizeof path, "/vsimem/two.%s", exact[at]);
        if (strcmp(exact[at], "VRT") == 0) {
            GDALDatasetH source = GDALOpen("/vsimem/source.tif", GA_ReadOnly);
            GDALClose(GDALCreateCopy(GDALGetDriverByName("VRT"), path, source, FALSE, NULL, NULL, NULL));
            GDALClose(source);
        } else
            write_raster(exact[at], path, strcmp(exact[at], "JP2OpenJPEG") == 0 ? whole : NULL);
        assert(difference(path, strcmp(exact[at], "COG") == 0 ? "GTiff" : exact[at]) == 0);
    }
    write_raster("JPEG", "/vsimem/two.jpg", NULL);
    assert(difference("/vsimem/two.jpg", "JPEG") <= 40);
    assert(GDALGetDriverByName("WEBP") != NULL && GDALGetDriverByName("AAIGrid") != NULL);
    CSLDestroy(whole);
}

/* What libraries leave by a long jump, and what is thrown: told as errors. */
static void broken(void) {
    const char *names[] = {"/vsimem/two.PNG", "/vsimem/two.jpg", "/vsimem/two.JP2OpenJPEG"};
    CPLPushErrorHandler(CPLQuietErrorHandler);
    for (int at = 0; at < 3; at++) {
        unsigned char row[SIZE * SIZE];
        VSIStatBufL about;
        assert(VSIStatL(names[at], &about) == 0);
        VSILFILE *file = VSIFOpenL(names[at], "rb+");
        assert(file != NULL && VSIFTruncateL(file, about.st_size / 2) == 0 && VSIFCloseL(file) == 0);
        GDALDatasetH opened = GDALOpen(names[at], GA_ReadOnly);
        CPLErrorReset();
        if (opened != NULL) {
            CPLErr read = GDALRasterIO(GDALGetRasterBand(opened, 1), GF_Read, 0, 0, SIZE, SIZE, row, SIZE, SIZE, GDT_Byte, 0, 0);
            assert(read != CE_None || CPLGetLastErrorType() != CE_None);
            GDALClose(opened);
        }
    }
    assert(GDALOpen("/vsimem/there-is-none.tif", GA_ReadOnly) == NULL && strstr(CPLGetLastErrorMsg(), "No such file"));
    assert(OGR_G_CreateGeometryFromJson("{\"type\": \"Point\", \"coordinates\": [1") == NULL);
    CPLPopErrorHandler();
}

/* Coordinates by PROJ, without its data, and a raster brought to them. */
static void projections(void) {
    OGRSpatialReferenceH earth = OSRNewSpatialReference(NULL), zone = OSRNewSpatialReference(NULL);
    assert(OSRImportFromProj4(earth, "+proj=longlat +datum=WGS84") == OGRERR_NONE);
    assert(OSRImportFromProj4(zone, "+proj=utm +zone=33 +datum=WGS84") == OGRERR_NONE);
    OGRCoordinateTransformationH there = OCTNewCoordinateTransformation(earth, zone);
    double x = 15, y = 0;
    assert(there != NULL && OCTTransform(there, 1, &x, &y, NULL) && fabs(x - 500000) < 1e-6 && fabs(y) < 1e-6);
    x = 12, y = 55;
    assert(OCTTransform(there, 1, &x, &y, NULL) && fabs(x - 308124.36786245695) < 1e-6 && fabs(y - 6098907.825129169) < 1e-6);
    char *text;
    assert(OSRExportToWkt(zone, &text) == OGRERR_NONE && strstr(text, "Transverse_Mercator"));
    CPLFree(text);

    GDALDatasetH file = GDALOpen("/vsimem/one.tif", GA_Update);
    assert(file != NULL && GDALSetSpatialRef(file, zone) == CE_None);
    char *words[] = {"-t_srs", "+proj=longlat +datum=WGS84", "-of", "MEM", "-multi", "-wo", "NUM_THREADS=2", NULL};
    GDALWarpAppOptions *options = GDALWarpAppOptionsNew(words, NULL);
    GDALDatasetH warped = GDALWarp("", NULL, 1, &file, options, NULL);
    double place[6];
    assert(warped != NULL && GDALGetGeoTransform(warped, place) == CE_None);
    assert(fabs(place[0] - 15) < 1e-9 && fabs(place[3] - 45.153477) < 1e-5);
    GDALWarpAppOptionsFree(options);
    GDALClose(warped);
    GDALClose(file);
    OCTDestroyCoordinateTransformation(there);
    OSRDestroySpatialReference(earth);
    OSRDestroySpatialReference(zone);
}

/* Two squares as features of files of several formats. */
static void features(void) {
    const char *files[][2] = {{"GeoJSON", "/vsimem/f.geojson"}, {"ESRI Shapefile", "/vsimem/f.shp"},
                              {"GPKG", "/vsimem/f.gpkg"}, {"CSV", "/vsimem/f.csv"}, {"SQLite", "/vsimem/f.sqlite"}};
    for (size_t at = 0; at < sizeof files / sizeof *files; at++) {
        char **geometry = CSLSetNameValue(NULL, "GEOMETRY", "AS_WKT");
        GDALDatasetH file = GDALCreate(GDALGetDriverByName(files[at][0]), files[at][1], 0, 0, 0, GDT_Unknown, NULL);
        assert(file != NULL);
        OGRLayerH layer = GDALDatasetCreateLayer(file, "f", NULL, wkbPolygon, at == 3 ? geometry : NULL);
        OGRFieldDefnH name = OGR_Fld_Create("name", OFTString);
        assert(layer != NULL && OGR_L_CreateField(layer, name, TRUE) == OGRERR_NONE);
        OGR_Fld_Destroy(name);
        for (int square = 0; square < 2; square++) {
            char text[100];
            snprintf(text, sizeof text, "POLYGON ((%d 0,%d 0,%d 2,%d 2,%d 0))", square, square + 2, square + 2, square, square);
            char *rest = text;
            OGRGeometryH shape;
            assert(OGR_G_CreateFromWkt(&rest, NULL, &shape) == OGRERR_NONE);
            OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
            OGR_F_SetFieldString(feature, 0, square ? "Zürich" : "one");
            OGR_F_SetGeometryDirectly(feature, shape);
            assert(OGR_L_CreateFeature(layer, feature) == OGRERR_NONE);
            OGR_F_Destroy(feature);
        }
        GDALClose(file);
        CSLDestroy(geometry);
        file = GDALOpenEx(files[at][1], GDAL_OF_VECTOR, NULL, NULL, NULL);
        assert(file != NULL && strcmp(GDALGetDriverShortName(GDALGetDatasetDriver(file)), files[at][0]) == 0);
        layer = GDALDatasetGetLayer(file, 0);
        assert(OGR_L_GetFeatureCount(layer, TRUE) == 2);
        OGRFeatureH first = OGR_L_GetNextFeature(layer), second = OGR_L_GetNextFeature(layer);
        assert(strcmp(OGR_F_GetFieldAsString(second, OGR_F_GetFieldIndex(second, "name")), "Zürich") == 0);
        OGRGeometryH common = OGR_G_Intersection(OGR_F_GetGeometryRef(first), OGR_F_GetGeometryRef(second));
        assert(common != NULL && OGR_G_Area(common) == 2);
        OGR_G_DestroyGeometry(common);
        OGR_F_Destroy(first);
        OGR_F_Destroy(second);
        OGRLayerH answer = GDALDatasetExecuteSQL(file, "SELECT COUNT(*) AS n FROM f WHERE name = 'one'", NULL, "SQLITE");
        OGRFeatureH row = OGR_L_GetNextFeature(answer);
        assert(OGR_F_GetFieldAsInteger(row, 0) == 1);
        OGR_F_Destroy(row);
        GDALDatasetReleaseResultSet(file, answer);
        GDALClose(file);
    }
}

int main(void) {
    assert(strcmp(GDALVersionInfo("VERSION_NUM"), "3100300") == 0);
    GDALAllRegister();
    for (int row = 0; row < SIZE; row++)
        for (int column = 0; column < SIZE; column++)
            picture[row][column] = (row * row + column * column) / 32;
    compressions();
    formats();
    projections();
    broken();
    features();
    /* It tells how much memory there is, and no more threads than run. */
    assert(GDALGetCacheMax64() > 1000000 && CPLGetNumCPUs() >= 1);
    GDALDestroyDriverManager();
    return 0;
}
