/* pkg-config: geos */
#include <geos_c.h>
#include <math.h>
#include <string.h>
#undef NDEBUG
#include <assert.h>

static char said[200];

static void remember(const char *message, void *unused) {
    (void)unused;
    strncpy(said, message, sizeof said - 1);
}

int main(void) {
    GEOSContextHandle_t geos = GEOS_init_r();
    GEOSContext_setErrorMessageHandler_r(geos, remember, NULL);
    assert(!strncmp(GEOSversion(), "3.13.1", 6));
    GEOSWKTReader *reader = GEOSWKTReader_create_r(geos);
    GEOSGeometry *square = GEOSWKTReader_read_r(geos, reader, "POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0))");
    GEOSGeometry *point = GEOSWKTReader_read_r(geos, reader, "POINT (4 2)");
    GEOSGeometry *disc = GEOSBuffer_r(geos, point, 1, 64);
    GEOSGeometry *common = GEOSIntersection_r(geos, square, disc);
    double area = 0, distance = 0;
    assert(GEOSArea_r(geos, common, &area) && fabs(area - 1.5706389) < 1e-6);
    assert(GEOSDistance_r(geos, square, point, &distance) && distance == 0);
    assert(GEOSTouches_r(geos, square, point) == 1 && GEOSContains_r(geos, square, point) == 0);
    char *matrix = GEOSRelate_r(geos, square, disc);
    assert(!strcmp(matrix, "212101212"));
    GEOSFree_r(geos, matrix);
    /* What is thrown inside stays there, and is told. */
    assert(GEOSWKTReader_read_r(geos, reader, "POLYGON ((0 0, 4") == NULL);
    assert(!strncmp(said, "ParseException: Expected number", 31));
    assert(GEOSWKTReader_read_r(geos, reader, "LINESTRING (1 1)") == NULL);
    assert(!strncmp(said, "IllegalArgumentException: ", 26));
    GEOSGeom_destroy_r(geos, common);
    GEOSGeom_destroy_r(geos, disc);
    GEOSGeom_destroy_r(geos, point);
    GEOSGeom_destroy_r(geos, square);
    GEOSWKTReader_destroy_r(geos, reader);
    GEOS_finish_r(geos);
    return 0;
}
