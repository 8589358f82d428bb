"""Formats there and back, filters and letters: pixels of the native package."""

import hashlib
import io

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont, ImageMath, ImageStat, features

assert all(features.check(name) for name in ("jpg", "zlib", "freetype2", "libjpeg_turbo"))
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
for broken in (b"\xff\xd8\xff\xe0 broken", b"\x89PNG\r\n\x1a\n" + b"\0" * 40):
    try:
        Image.open(io.BytesIO(broken)).load()
    except (OSError, SyntaxError):
        pass
    else:
        raise AssertionError
print(f"pillow: formats, filters, letters with FreeType {features.version('freetype2')}")
