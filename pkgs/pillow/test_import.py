"""Formats there and back, filters and letters: pixels of the native package."""

import base64
import hashlib
import io

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont, ImageMath, ImageStat, features

LIBRARIES = ("freetype2", "harfbuzz", "jpg", "jpg_2000", "libjpeg_turbo", "libtiff", "raqm", "webp", "zlib")
# Written by the native package: a circle of twelve by nine pixels, and what its pixels are when they are read.
SAMPLES = {
    "WEBP": (
        "Qb|TeoB#j-S4BclR!}$~kN^MxPy+y+0V)gt2><~=CMB=}bTXhnO#T2rSO@|mM0{a2fA9bR{{0xeA-e@N5nuCSJ(tw^e^G$QNoh9!;;^("
        "R!aud$94@a%HIw-|qj(X0pZC4L1NBQPB*MEy1pmYA|2YQF{t2zqS$;<rg7!amH^1M$F`sbFXI;PAZJ+*m+upQ2-rcWK%y$l2cR&CD"
    ),
    "JPEG2000": (
        "|4;u>051Rl0000C0000900000000000000C00009000000000000RdB0S5sA2LS>9QUDA9000310R#j90RLP73qnXFSJPM1S7QHU03`q"
        "cLvm$dbY)~9VtF7>aAj^vP(?=|c4cyNX>V>IGA=bPH2;tQ3IG5A001Wd0soWTBpiw4ML41=*k9csHr^F#v{jl$fPjF2|Je"
    ),
    "zstd": (
        "Nl7XIUH||9D77#B0AOVT0Pqef0093-$R1i_V`F1uV}E~te}8|RoSdAToVeBT6rcbx*y4bK6&S|>h`hzw#w9agFc}yNT$Cemqmy08P{(X"
        "xgqO`{ON@Y|BLE5j009F40RR913;+NC0RaO50RR912><{90s#X60{{R3+yDRo0|5g70RR91P{RNK1_1*A0RR910ssI25dj1M0RR912mk"
        ";86#)YP0RR910{{R376AhQ0RR912><{97XbtS0RR91RR910903CW0RR910RR91000002mlBG2mk"
    ),
    "lzma": (
        "Nl7XIi~s-t{Wp48S^xk5{}S0j0s#X703iVuc_75@-~mGbNnHR3060@$FKhz@P=s*H>L7P{Y(9)Q==vkp34Fo|_h^js*X4ZEc3v{Rh?D-"
        "e25Qq_6$|;MkmYOlwwI@`l1TLxV%P~<KjrNJ0000000CXZ0ssI2WJ%e@r~nH50ssI2003E93IG5B0{{U4000aC000320{{U4000R9000"
        "630{{a6000UB000940{{U4003=>000I70{{U400062000pI1ONd5000O8000#M0{{U400093000&N0{{U4000R9000*O1ONd5004vl00"
        "0~T0{{U40003100000000O82mlBG"
    ),
    "group4": (
        "Nl7XICIA2c$mqHwpg}7Mpn?_<Od(*GWeyVywt@+)F>Wvc01ycP009F40RR913;+NC0RaO50RR912><{90s#X60RR910RR910|5g70RR9"
        "11ONa41_1*A0RR910RR915dj1M0RR912mk;876AhQ0RR912><{97XbtS0RR919smFU903CW0RR910RR9100000"
    ),
}
PIXELS = {
    "WEBP": "5ffba83f478a",
    "JPEG2000": "7f7cc68b8742",
    "zstd": "4b502684ce5b",
    "lzma": "4b502684ce5b",
    "group4": "5a37158def73",
}

assert all(map(features.check, LIBRARIES)), [name for name in LIBRARIES if not features.check(name)]
image = Image.linear_gradient("L").resize((64, 48), Image.Resampling.BICUBIC).convert("RGB")
ImageDraw.Draw(image).ellipse((8, 4, 55, 43), fill=(200, 30, 90), outline=(0, 0, 255), width=3)


def digest(of):
    return hashlib.sha256(of.tobytes()).hexdigest()[:12]


assert digest(image) == "948d9fa6cb9c", digest(image)
for kind, exact in (("PNG", True), ("BMP", True), ("TIFF", True), ("PPM", True), ("JPEG", False)):
    file = io.BytesIO()
    image.save(file, kind)
    again = Image.open(io.BytesIO(file.getvalue())).convert("RGB")
    assert again.size == image.size
    assert (digest(again) == digest(image)) == exact, kind
    assert max(ImageStat.Stat(ImageChops.difference(again, image)).mean) < 20, (
        kind,
        ImageStat.Stat(ImageChops.difference(again, image)).mean,
    )
assert digest(image.filter(ImageFilter.GaussianBlur(2))) == "2d97bbd458d1", digest(
    image.filter(ImageFilter.GaussianBlur(2))
)
assert digest(image.quantize(8).convert("RGB")) == "588f9f6c0cbd", digest(image.quantize(8).convert("RGB"))
for name, sample in SAMPLES.items():
    read = Image.open(io.BytesIO(base64.b85decode(sample)))
    assert digest(read.convert("RGB")) == PIXELS[name], (name, digest(read.convert("RGB")))
exact = [("WEBP", {"lossless": True}), ("JPEG2000", {})]
exact += [("TIFF", {"compression": name}) for name in ("tiff_lzw", "tiff_adobe_deflate", "packbits", "zstd", "lzma")]
for kind, options in exact:
    file = io.BytesIO()
    image.save(file, kind, **options)
    assert digest(Image.open(file)) == digest(image), (kind, options)
    assert len(file.getvalue()) < len(image.tobytes()), (kind, options)
for kind, options in (("WEBP", {"quality": 90}), ("TIFF", {"compression": "jpeg"}), ("TIFF", {"compression": "webp"})):
    file = io.BytesIO()
    image.save(file, kind, **options)
    away = ImageStat.Stat(ImageChops.difference(Image.open(file).convert("RGB"), image)).mean
    assert 0 < max(away) < 20, (kind, options, away)
file = io.BytesIO()
image.save(file, "WEBP", save_all=True, append_images=[image.rotate(90)], duration=40, lossless=True)
moving = Image.open(file)
moving.seek(1)
assert (moving.n_frames, digest(moving.convert("RGB"))) == (2, digest(image.rotate(90)))
turned = image.rotate(30, Image.Resampling.BILINEAR, expand=True)
assert turned.size == (80, 74), turned.size
doubled = ImageMath.lambda_eval(lambda args: args["convert"](args["a"] * 2, "L"), a=image.getchannel("R"))
assert doubled.getpixel((32, 2)) == 26, doubled.getpixel((32, 2))
font = ImageFont.load_default(20)
assert isinstance(font, ImageFont.FreeTypeFont)
assert font.getbbox("Hello") == (0, 5, 48, 20), font.getbbox("Hello")
canvas = Image.new("L", (80, 30))
ImageDraw.Draw(canvas).text((2, 2), "Hello", font=font, fill=255)
assert abs(sum(canvas.tobytes()) - 56097) < 500, sum(canvas.tobytes())
shaped = font.font_variant(layout_engine=ImageFont.Layout.RAQM)
assert (font.getlength("AVATo"), shaped.getlength("AVATo")) == (63, 57.15625), shaped.getlength("AVATo")
assert shaped.getlength("AVATo", features=["-kern"]) == 61.953125
assert shaped.getbbox("AVA", direction="ttb") == (0, 0, 13, 60), shaped.getbbox("AVA", direction="ttb")
# In a line that is read from the right, the mark after a word stands left of it.
from_right, from_left = shaped.getmask("abc!", direction="rtl"), shaped.getmask("!abc")
assert bytes(from_right) == bytes(from_left) != bytes(shaped.getmask("abc!"))
for broken in (b"\xff\xd8\xff\xe0 broken", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"RIFF\x20\0\0\0WEBPVP8 " + b"\0" * 24):
    try:
        Image.open(io.BytesIO(broken)).load()
    except (OSError, SyntaxError):
        pass
    else:
        raise AssertionError
print(f"pillow: formats, filters, letters with FreeType {features.version('freetype2')}")
