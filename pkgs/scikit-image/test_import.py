"""Images filtered, measured, bent, split and mended, by each of the compiled parts; values of the native package."""

import tempfile

import numpy as np
from skimage import (
    color,
    data,
    draw,
    exposure,
    feature,
    filters,
    graph,
    io,
    measure,
    metrics,
    morphology,
    registration,
    restoration,
    segmentation,
    transform,
    util,
)

picture = util.img_as_float(data.camera())[40:168, 180:308]
grey = util.img_as_ubyte(picture)
coins = data.coins()[:120, :150]
face = data.astronaut()[20:180, 150:290]
blobs = data.binary_blobs(64, blob_size_fraction=0.15, rng=1)
noisy = util.random_noise(picture, var=0.01, rng=2)
ball = morphology.ball(5).astype(float)
disk = morphology.disk(3)
edges = feature.canny(picture, 2)
labels = measure.label(coins > filters.threshold_otsu(coins))
regions = [region for region in measure.regionprops(labels) if region.area > 500]
surface = measure.marching_cubes(ball, 0.5)[:2]
superpixels = segmentation.slic(face, 20, start_label=1)
turn = np.arange(60) / 60 * 2 * np.pi
orb, sift, censure = feature.ORB(n_keypoints=30), feature.SIFT(), feature.CENSURE()
orb.detect_and_extract(picture)
sift.detect_and_extract(picture)
censure.detect(picture)
brief = feature.BRIEF()
brief.extract(picture, orb.keypoints)
cascade = feature.Cascade(data.lbp_frontal_face_cascade_filename())
faces = cascade.detect_multi_scale(face, scale_factor=1.2, step_ratio=1, min_size=(60, 60), max_size=(123, 123))

found = {
    "gaussian": filters.gaussian(picture, 2)[::50, 64],
    "sobel": filters.sobel(picture).sum(),
    "frangi": filters.frangi(picture, sigmas=[2]).max(),
    "otsu": [filters.threshold_otsu(coins), *filters.threshold_multiotsu(coins, 4)],
    "sauvola": filters.threshold_sauvola(picture, 15).sum(),
    "rank": filters.rank.entropy(grey, disk).sum(),
    "rank, percentile": filters.rank.mean_percentile(grey, disk, p0=0.1, p1=0.9).sum(),
    "rank, bilateral": filters.rank.mean_bilateral(grey, disk, s0=20, s1=20).sum(),
    "rank, solid": filters.rank.median(np.stack([grey[:20, :20]] * 4), morphology.ball(2)).sum(),
    "label": [labels.max(), *np.bincount(labels.ravel())[:4]],
    "regions": [[region.area, region.perimeter, region.eccentricity, region.solidity] for region in regions[:2]],
    "euler": measure.euler_number(blobs),
    "contours": sorted(len(line) for line in measure.find_contours(picture, 0.5))[-3:],
    "surface": [*map(len, surface), measure.mesh_surface_area(*surface)],
    "hu": measure.moments_hu(measure.moments_normalized(measure.moments_central(picture)))[:3],
    "inside": measure.grid_points_in_poly((20, 20), [(2, 3), (17, 5), (9, 18)]).sum(),
    "resize": transform.resize(picture, (2, 2), anti_aliasing=True).ravel(),
    "rotate": transform.rotate(picture, 30, order=3)[20:100:30, 64],
    "swirl": transform.swirl(picture, strength=4, radius=60).sum(),
    "radon": transform.radon(picture, [0, 37], circle=False).max(axis=0),
    "sart": transform.iradon_sart(transform.radon(ball[5], np.arange(0, 180, 20.0))).max(),
    "hough": [transform.hough_line(edges)[0].max(), transform.hough_circle(edges, [9]).max()],
    "erosion": morphology.erosion(grey, morphology.disk(4)).sum(),
    "skeleton": [morphology.skeletonize(blobs, method=way).sum() for way in ("zhang", "lee")],
    "medial axis": morphology.medial_axis(blobs, rng=5).sum(),
    "reconstruction": morphology.reconstruction(picture - 0.2, picture).sum(),
    "area opening": morphology.area_opening(grey, 40).sum(),
    "maxima": morphology.h_maxima(grey, 40).sum(),
    "hull": morphology.convex_hull_image(labels == 3).sum(),
    "flood": morphology.flood(grey, (5, 5), tolerance=12).sum(),
    "watershed": np.bincount(segmentation.watershed(filters.sobel(coins), labels * (labels > 2)).ravel())[3:6],
    "slic": [superpixels.max(), superpixels[80, 70]],
    "felzenszwalb": segmentation.felzenszwalb(face, scale=200).max(),
    "quickshift": segmentation.quickshift(face[::3, ::3], max_dist=8, rng=3).max(),
    "random walk": segmentation.random_walker(picture[:40, :40], np.eye(40, dtype=int) * ([1] * 20 + [2] * 20)).sum(),
    "chan-vese": segmentation.chan_vese(picture, max_num_iter=20).sum(),
    "snake": segmentation.active_contour(
        filters.gaussian(picture, 3), 64 + 30 * np.stack([np.sin(turn), np.cos(turn)], axis=1)
    ).mean(axis=0),
    "lab": color.rgb2lab(face)[80, 70],
    "difference": color.deltaE_ciede2000(color.rgb2lab(face[80, 70]), color.rgb2lab(face[20, 20])),
    "canny": edges.sum(),
    "peaks": feature.corner_peaks(feature.corner_harris(picture), min_distance=5)[:2],
    "fast": (feature.corner_fast(picture, 12) > 0).sum(),
    "hog": feature.hog(picture)[:4],
    "hessian": len(feature.blob_doh(picture, max_sigma=10)),
    "texture": feature.graycoprops(feature.graycomatrix(grey, [2], [0], symmetric=True, normed=True), "contrast"),
    "pattern": np.bincount(feature.local_binary_pattern(grey, 8, 1, "uniform").astype(int).ravel())[:4],
    "haar": feature.haar_like_feature(transform.integral_image(grey[:9, :9]), 0, 0, 5, 5, "type-3-x")[:4],
    "faces": [[place["r"], place["c"], place["width"]] for place in faces],
    "orb": [len(orb.keypoints), orb.descriptors.sum()],
    "sift": [len(sift.keypoints), sift.descriptors.sum()],
    "censure": len(censure.keypoints),
    "brief": brief.descriptors.sum(),
    "denoised": [
        metrics.peak_signal_noise_ratio(picture, clean)
        for clean in (
            restoration.denoise_tv_chambolle(noisy, 0.1),
            restoration.denoise_tv_bregman(noisy, 8),
            restoration.denoise_bilateral(noisy, sigma_color=0.2, win_size=5),
            restoration.denoise_nl_means(noisy, h=0.1, patch_distance=5),
        )
    ],
    "inpainted": restoration.inpaint_biharmonic(picture[:30, :30], blobs[:30, :30]).sum(),
    "rolling ball": restoration.rolling_ball(grey, radius=9).sum(),
    "likeness": metrics.structural_similarity(picture, noisy, data_range=1),
    "equalised": exposure.equalize_adapthist(picture).sum(),
    "route": graph.route_through_array(picture, (0, 0), (127, 127))[1],
    "cut": graph.cut_normalized(superpixels, graph.rag_mean_color(face, superpixels, mode="similarity"), rng=4).max(),
    "drawn": [part.sum() for part in draw.ellipse(9, 9, 5, 8, rotation=0.5)],
    "line": draw.line_aa(0, 0, 7, 18)[2].sum(),
    "map": util.map_array(labels, np.arange(10), np.arange(10) ** 2).sum(),
}
EXPECTED = {
    "gaussian": [0.784276767, 0.113933875, 0.455772714],
    "sobel": 639.612922,
    "frangi": 0.854045219,
    "otsu": [141, 104, 142, 181],
    "sauvola": 7160.41307,
    "rank": 48347.5172,
    "rank, percentile": 2201808,
    "rank, bilateral": 2233212,
    "rank, solid": 325342,
    "label": [9, 14265, 8, 1, 535],
    "regions": [[535.0, 155.225397, 0.88757026, 0.935314685], [1263.0, 313.125938, 0.500374702, 0.903433476]],
    "euler": 4,
    "contours": [89, 255, 355],
    "surface": [480.0, 944.0, 334.88092],
    "hu": [0.335525374, 0.00220691169, 0.00067548606],
    "inside": 108,
    "resize": [0.48312049, 0.704471787, 0.341522249, 0.616443527],
    "rotate": [0.796113446, 0.116118022, 0.0945054555],
    "swirl": 8788.55473,
    "radon": [102.862745, 115.503754],
    "sart": 1.83265785,
    "hough": [41.0, 0.464285714],
    "erosion": 1845789,
    "skeleton": [183, 151],
    "medial axis": 239,
    "reconstruction": 7656.13725,
    "area opening": 2223104,
    "maxima": 21,
    "hull": 572,
    "flood": 6948,
    "watershed": [566, 15467, 1104],
    "slic": [16, 9],
    "felzenszwalb": 59,
    "quickshift": 46,
    "random walk": 2342,
    "chan-vese": 6808,
    "snake": [71.9531004, 88.4833458],
    "lab": [82.9113409, 5.34879768, 16.9703979],
    "difference": 9.14768758,
    "canny": 713,
    "peaks": [[111, 79], [98, 78]],
    "fast": 47,
    "hog": [0.0600679735, 0.0122105513, 0.0386131513, 0.0172683281],
    "hessian": 5,
    "texture": [[380.161086]],
    "pattern": [787, 1217, 655, 1601],
    "haar": [-202, -403, -604, -806],
    "faces": [[48, 33, 89]],
    "orb": [30, 4306],
    "sift": [71.0, 229136.0],
    "censure": 11,
    "brief": 3136,
    "denoised": [28.764813, 28.3368012, 25.0424409, 28.9710155],
    "inpainted": 688.636948,
    "rolling ball": 1573845,
    "likeness": 0.341272154,
    "equalised": 9690.97746,
    "route": 69.9942985,
    "cut": 16,
    "drawn": [1125, 1125],
    "line": 20.3243458,
    "map": 100777,
}
for name, values in EXPECTED.items():
    assert np.allclose(found[name], values, rtol=1e-5, atol=1e-9), (name, found[name])
assert found.keys() == EXPECTED.keys(), found
# Known without it: an ellipse, a sum of two slopes, a picture that was moved, the points of a transform.
around = np.stack([8 * np.cos(turn), 4 * np.sin(turn)], axis=1)
around = around @ [[np.cos(0.5), np.sin(0.5)], [-np.sin(0.5), np.cos(0.5)]] + [10, 15]
ellipse = measure.EllipseModel.from_estimate(around)
assert np.allclose([*ellipse.center, *ellipse.axis_lengths, ellipse.theta], [10, 15, 8, 4, 0.5]), ellipse
slopes = np.add.outer(np.arange(20) / 3, np.arange(20) / 5)
assert np.allclose(restoration.unwrap_phase(np.angle(np.exp(1j * slopes))), slopes)
solid = slopes + np.zeros((3, 1, 1))
assert np.allclose(restoration.unwrap_phase(np.angle(np.exp(1j * solid))), solid)
moved = registration.phase_cross_correlation(picture[10:110, 10:110], picture[13:113, 5:105])[0]
assert moved.tolist() == [3, -5], moved
bend = transform.ProjectiveTransform([[1, 0.2, 3], [-0.1, 0.9, 1], [1e-3, 2e-3, 1]])
corners = np.array([[0, 0], [9, 0], [9, 7], [0, 7]])
assert np.allclose(transform.estimate_transform("projective", corners, bend(corners)).params, bend.params)
with tempfile.TemporaryDirectory() as folder:
    for kind in ("png", "tif"):
        io.imsave(f"{folder}/grey.{kind}", grey)
        assert np.array_equal(io.imread(f"{folder}/grey.{kind}"), grey), kind
print("scikit-image: 62 results as native")
