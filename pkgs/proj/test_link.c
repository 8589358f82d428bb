/* pkg-config: proj */
#include <geodesic.h>
#include <math.h>
#include <proj.h>
#include <string.h>
#undef NDEBUG
#include <assert.h>

static PJ_CONTEXT *context;

static PJ_COORD transformed(const char *definition, PJ_DIRECTION direction, PJ_COORD from) {
    PJ *projection = proj_create(context, definition);
    assert(projection != NULL);
    const PJ_COORD to = proj_trans(projection, direction, from);
    assert(proj_errno(projection) == 0);
    proj_destroy(projection);
    return to;
}

static int near(PJ_COORD found, double x, double y, double allowed) {
    return fabs(found.v[0] - x) <= allowed && fabs(found.v[1] - y) <= allowed;
}

/* Copenhagen, and there and back again. */
static void projections(void) {
    const char *names[] = {"utm +zone=32", "merc", "laea +lat_0=52 +lon_0=10", "lcc +lat_1=50 +lat_2=60", "moll", "eqearth",
                           "stere +lat_0=90", "tmerc +lon_0=9", "aea +lat_1=40 +lat_2=60", "igh", "robin", "somerc"};
    const PJ_COORD place = proj_coord(proj_torad(12), proj_torad(55), 0, 0);
    assert(near(transformed("+proj=utm +zone=32 +ellps=GRS80", PJ_FWD, place), 691875.6321396, 6098907.8250050, 1e-6));
    const double radius = 6378137;
    const PJ_COORD web = transformed("+proj=webmerc +a=6378137 +b=6378137", PJ_FWD, place);
    assert(near(web, radius * proj_torad(12), radius * log(tan(M_PI_4 + proj_torad(27.5))), 1e-8));
    for (size_t at = 0; at < sizeof names / sizeof *names; at++) {
        char definition[100] = "+ellps=WGS84 +proj=";
        strcat(definition, names[at]);
        const PJ_COORD there = transformed(definition, PJ_FWD, place), back = transformed(definition, PJ_INV, there);
        assert(fabs(there.v[0]) > 1000 && near(back, place.v[0], place.v[1], 1e-9));
    }
}

/* Seven parameters from one datum to another, what the manual says of them, and other steps. */
static void steps(void) {
    const char *helmert = "+proj=helmert +convention=coordinate_frame +x=0.67678 +y=0.65495 +z=-0.52827 +rx=-0.022742 "
                          "+ry=0.012667 +rz=0.022704 +s=-0.01070";
    const PJ_COORD moved = transformed(helmert, PJ_FWD, proj_coord(3565285, 855949, 5201383, 0));
    const double second = M_PI / 180 / 3600, scale = 1 - 0.01070e-6, x = 3565285, y = 855949, z = 5201383;
    const double rx = -0.022742 * second, ry = 0.012667 * second, rz = 0.022704 * second;
    assert(near(moved, 0.67678 + scale * (x + rz * y - ry * z), 0.65495 + scale * (y - rz * x + rx * z), 1e-8));
    assert(fabs(moved.v[2] - (-0.52827 + scale * (z + ry * x - rx * y))) < 1e-8);
    const PJ_COORD round = proj_coord(1, 2, 3, 0);
    const PJ_COORD same = transformed("+proj=pipeline +step +proj=axisswap +order=2,1 +step +proj=unitconvert "
                                      "+xy_in=m +xy_out=km", PJ_FWD, round);
    assert(near(same, 0.002, 0.001, 1e-15));
    const PJ_COORD pole = transformed("+proj=cart +ellps=WGS84", PJ_FWD, proj_coord(0, M_PI_2, 0, 0));
    assert(fabs(pole.v[2] - 6356752.3142452) < 1e-6);
}

int main(void) {
    const PJ_INFO info = proj_info();
    assert(info.major == 9 && info.minor == 1 && info.patch == 1);
    context = proj_context_create();
    proj_log_level(context, PJ_LOG_NONE);
    projections();
    steps();
    PJ *system = proj_create(context, "+proj=longlat +datum=WGS84 +no_defs +type=crs");
    const char *text = proj_as_wkt(context, system, PJ_WKT2_2019, NULL);
    assert(proj_get_type(system) == PJ_TYPE_GEOGRAPHIC_2D_CRS && strstr(text, "ELLIPSOID[\"WGS 84\",6378137,298.257223563"));
    proj_destroy(system);
    /* What is not possible is told, by an exception within. */
    assert(proj_create(context, "+proj=no_such_projection") == NULL && proj_context_errno(context) != 0);
    assert(proj_create(context, "GEOGCS[\"broken") == NULL);
    proj_context_destroy(context);

    struct geod_geodesic earth;
    double distance, from, to;
    geod_init(&earth, 6378137, 1 / 298.257223563);
    geod_inverse(&earth, 40.6, -73.8, 51.6, -0.5, &distance, &from, &to);
    assert(fabs(distance - 5551759.400) < 1e-3 && fabs(from - 51.198883) < 1e-6 && fabs(to - 107.821777) < 1e-6);
    return 0;
}
