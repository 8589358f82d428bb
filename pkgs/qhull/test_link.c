/* pkg-config: qhull_r */
#include <math.h>
#include <libqhull_r/qhull_ra.h>
#undef NDEBUG
#include <assert.h>

int main(void) {
    /* The corners of a cube, its middle, and a point on a face. */
    coordT points[10][3] = {{0, 0, 0}, {0, 0, 2}, {0, 2, 0}, {0, 2, 2}, {2, 0, 0}, {2, 0, 2}, {2, 2, 0}, {2, 2, 2}, {1, 1, 1}, {2, 1, 1}};
    qhT hull, *qh = &hull;
    int held, total;
    qh_zero(qh, NULL);
    assert(qh_new_qhull(qh, 3, 10, &points[0][0], 0, "qhull FA", NULL, NULL) == 0);
    assert(qh->num_vertices == 8 && qh->num_facets == 6);
    qh_getarea(qh, qh->facet_list);
    assert(fabs(qh->totvol - 8) < 1e-12 && fabs(qh->totarea - 24) < 1e-12);
    qh_freeqhull(qh, !qh_ALL);
    qh_memfreeshort(qh, &held, &total);
    /* Errors come back by longjmp. */
    qh_zero(qh, NULL);
    assert(qh_new_qhull(qh, 3, 2, &points[0][0], 0, "qhull", NULL, NULL) == qh_ERRinput);
    qh_freeqhull(qh, !qh_ALL);
    qh_memfreeshort(qh, &held, &total);
    return 0;
}
