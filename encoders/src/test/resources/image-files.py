# SPDX-License-Identifier: Apache-2.0
# Writes image-files.expected.json: small image files (base64) and what Pillow makes of them: [file, width, height, CRC-32 of RGB].
# null in place of the size: Pillow refuses the file, or we do on purpose (see ImageDecoder).
import base64, io, json, struct, zlib
import numpy as np
from PIL import Image, ImageCms

files = {}
rng = np.random.default_rng(0)
W, H = 13, 9
y, x = np.mgrid[0:H, 0:W]
base = np.stack([128 + 100 * np.sin(x / 3 + y / 5), 128 + 90 * np.cos(x / 2 - y), 128 + 80 * np.sin(x * y / 9)], -1)
RGB = (base + rng.normal(0, 12, base.shape)).clip(0, 255).astype(np.uint8)
ALPHA = rng.integers(0, 256, (H, W, 1), np.uint8)


def saved(image, form, **options):
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def scanlines(samples, depth):
    bits = np.unpackbits(samples.astype(">u2").view(np.uint8).reshape(*samples.shape, 2), axis=-1)[..., 16 - depth:]
    return b"".join(b"\0" + np.packbits(row.reshape(-1)).tobytes() for row in bits)


def png(kind, depth, samples, extra=b"", adam7=False):
    if adam7:
        passes = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]
        parts = [samples[r::dr, c::dc] for r, c, dr, dc in passes]
        raw = b"".join(scanlines(p, depth) for p in parts if p.size)
    else:
        raw = scanlines(samples, depth)
    header = struct.pack(">IIBBBBB", samples.shape[1], samples.shape[0], depth, kind, 0, 0, int(adam7))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")


palette = rng.integers(0, 256, (256, 3), np.uint8)
for adam7 in (False, True):
    tag = "-interlaced" if adam7 else ""
    for depth in (1, 2, 4, 8, 16):
        top = 1 << depth
        files[f"grey{depth}{tag}.png"] = png(0, depth, rng.integers(0, top, (H, W, 1)), adam7=adam7)
        if depth <= 8:
            plte = chunk(b"PLTE", palette[:top].tobytes())
            trns = chunk(b"tRNS", bytes(range(min(top, 200))))
            index = rng.integers(0, top, (H, W, 1))
            files[f"palette{depth}{tag}.png"] = png(3, depth, index, plte, adam7)
            files[f"palette{depth}-transparent{tag}.png"] = png(3, depth, index, plte + trns, adam7)
    for depth in (8, 16):
        top = 1 << depth
        for kind, name, channels in ((2, "rgb", 3), (4, "grey-alpha", 2), (6, "rgba", 4)):
            files[f"{name}{depth}{tag}.png"] = png(kind, depth, rng.integers(0, top, (H, W, channels)), adam7=adam7)
grey = rng.integers(0, 256, (H, W, 1))
files["grey-gamma.png"] = png(0, 8, grey, chunk(b"gAMA", struct.pack(">I", 45455)) + chunk(b"sRGB", b"\0"))
files["rgb-colour-key.png"] = png(2, 8, RGB, chunk(b"tRNS", struct.pack(">3H", *map(int, RGB[0, 0]))))
files["grey-colour-key.png"] = png(0, 8, grey, chunk(b"tRNS", b"\0\7"))
files["palette-too-short.png"] = png(3, 8, np.arange(12).reshape(3, 4, 1), chunk(b"PLTE", palette[:5].tobytes()))
lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
files["rgb-profile.png"] = saved(Image.fromarray(RGB), "PNG", icc_profile=lab)
files["rgb-filters.png"] = saved(Image.fromarray(RGB), "PNG", optimize=True)
files["rgb-profile.jpg"] = saved(Image.fromarray(RGB), "JPEG", icc_profile=lab)
exif = Image.Exif()
exif[0x112] = 6  # turn by 90 degrees
files["rgb-turned.jpg"] = saved(Image.fromarray(RGB), "JPEG", exif=exif)

for quality in (30, 92):
    for sub in ("4:4:4", "4:2:2", "4:2:0"):
        for progressive in (False, True):
            name = f"rgb-{quality}-{sub.replace(':', '')}{'-progressive' * progressive}.jpg"
            files[name] = saved(Image.fromarray(RGB), "JPEG", quality=quality, subsampling=sub, progressive=progressive)
files["grey.jpg"] = saved(Image.fromarray(RGB).convert("L"), "JPEG")
files["restarts.jpg"] = saved(Image.fromarray(RGB), "JPEG", restart_marker_blocks=1)
files["too-many-bytes.jpg"] = files["restarts.jpg"][:-2] + b"too many" + files["restarts.jpg"][-2:]
files["bytes-behind-the-end.jpg"] = files["restarts.jpg"] + b"behind" * 9
files["dot.jpg"] = saved(Image.fromarray(RGB[:1, :1]), "JPEG")
keep = files["keep-rgb.jpg"] = saved(Image.fromarray(RGB), "JPEG", keep_rgb=True)
cmyk = files["cmyk.jpg"] = saved(Image.fromarray(np.concatenate([RGB, ALPHA], -1), "CMYK"), "JPEG", quality=95)
adobe = cmyk.index(b"Adobe")
files["ycck.jpg"] = cmyk[:adobe + 11] + b"\2" + cmyk[adobe + 12:]
files["cmyk-no-adobe.jpg"] = cmyk[:adobe] + b"Other" + cmyk[adobe + 5:]
for sub in ("4:4:4", "4:2:0"):
    plain = saved(Image.fromarray(RGB), "JPEG", subsampling=sub)
    length = 2 + struct.unpack(">H", plain[4:6])[0]
    bare = plain[:2] + plain[2 + length:]
    tag = sub.replace(":", "")
    files[f"no-jfif-{tag}.jpg"] = bare
    for transform in (0, 1, 2):
        marker = b"\xff\xee\0\x0eAdobe\0\x64\0\0\0\0" + bytes([transform])
        files[f"adobe-{transform}-{tag}.jpg"] = bare[:2] + marker + bare[2:]
        files[f"jfif-adobe-{transform}-{tag}.jpg"] = plain[:2 + length] + marker + plain[2 + length:]
    frame = bare.index(b"\xff\xc0") + 10
    scan = bare.index(b"\xff\xda") + 5
    ids = bytearray(bare)
    for i in range(3):
        ids[frame + 3 * i], ids[scan + 2 * i] = 10 + i, 10 + i
    files[f"odd-ids-{tag}.jpg"] = bytes(ids)

image = Image.fromarray(RGB)
for mode in ("1", "L", "P", "RGB", "RGBA"):
    files[f"mode-{mode}.bmp"] = saved(image.convert(mode), "BMP")


def bmp(bits, rows, height=H, compression=0, table=b"", os2=False):
    size = 12 if os2 else 40
    head = struct.pack("<IHHHH", 12, W, height, 1, bits) if os2 else struct.pack(
        "<IiiHHIIiiII", 40, W, height, 1, bits, compression, len(rows), 0, 0, 0, 0)
    offset = 14 + size + len(table)
    return b"BM" + struct.pack("<IHHI", offset + len(rows), 0, 0, offset) + head + table + rows


def padded(rows):
    return b"".join(r + b"\0" * (-len(r) % 4) for r in rows)


words = rng.integers(0, 1 << 16, (H, W), np.uint16).astype("<u2")
rows16 = padded([r.tobytes() for r in words])
files["555.bmp"] = bmp(16, rows16)
files["565.bmp"] = bmp(16, rows16, compression=3, table=struct.pack("<3I", 0xf800, 0x7e0, 0x1f))
files["555-masks.bmp"] = bmp(16, rows16, compression=3, table=struct.pack("<3I", 0x7c00, 0x3e0, 0x1f))
files["rgb-top-down.bmp"] = bmp(24, padded([r.tobytes() for r in RGB]), -H)
files["rgb-32.bmp"] = bmp(32, np.concatenate([RGB, ALPHA], -1).tobytes())
files["rgb-32-masks.bmp"] = bmp(32, np.concatenate([RGB, ALPHA], -1).tobytes(), compression=3,
                                table=struct.pack("<3I", 0xff0000, 0xff00, 0xff))
files["rgb-os2.bmp"] = bmp(24, padded([r.tobytes() for r in RGB]), os2=True)
four = rng.integers(0, 256, (H, 7), np.uint8)
files["palette4.bmp"] = bmp(4, padded([r.tobytes() for r in four]), table=b"".join(bytes([*c[::-1], 0]) for c in palette[:16]))
files["palette4-os2.bmp"] = bmp(4, padded([r.tobytes() for r in four]), table=palette[:16].tobytes(), os2=True)

files["rgb.gif"] = saved(image, "GIF")
files["rgb-interlaced.gif"] = saved(image.quantize(64), "GIF", interlace=1)
files["rgb-not-interlaced.gif"] = saved(image.quantize(64), "GIF", interlace=0)
files["two-colours.gif"] = saved(image.convert("1"), "GIF")
files["animated.gif"] = saved(image.quantize(16), "GIF", save_all=True, append_images=[image.rotate(180).quantize(16)])
files["transparent.gif"] = saved(image.quantize(16), "GIF", transparency=3)


def gif(width, height, left, top, w, h, pixels, flags=0x91, transparent=None, local=b""):
    colours = b"\xff\0\0\0\xff\0\0\0\xff\x11\x22\x33"
    out = b"GIF89a" + struct.pack("<HHBBB", width, height, flags, 2, 0) + (colours if flags & 0x80 else b"")
    if transparent is not None:
        out += b"\x21\xf9\x04\x01\0\0" + bytes([transparent]) + b"\0"
    out += b"\x2c" + struct.pack("<HHHHB", left, top, w, h, 0x81 if local else 0) + local
    number = 0
    codes = [c for p in pixels for c in (4, p)] + [5]
    for i, code in enumerate(codes):
        number |= code << (3 * i)
    data = number.to_bytes((3 * len(codes) + 7) // 8, "little")
    return out + bytes([2, len(data)]) + data + b"\0\x3b"


files["part.gif"] = gif(4, 3, 1, 1, 2, 1, [0, 1])
files["part-transparent.gif"] = gif(4, 3, 1, 1, 2, 1, [0, 1], transparent=2)
files["beyond-the-screen.gif"] = gif(2, 1, 0, 0, 4, 3, [0, 1, 2] * 4)
files["local-colours.gif"] = gif(2, 2, 0, 0, 2, 2, [0, 1, 2, 3], local=palette[:4].tobytes())
files["too-few-pixels.gif"] = gif(4, 3, 0, 0, 4, 3, [0, 1, 2] * 2)
files["one-pixel-short.gif"] = gif(4, 3, 0, 0, 4, 3, [0, 1, 2] * 3 + [1, 2])

OURS = {"grey16.png", "grey16-interlaced.png"}  # Pillow clips them to white
result = {}
for name, data in files.items():
    try:
        rgb = Image.open(io.BytesIO(data)).convert("RGB")
        if name in OURS:
            raise OSError("on purpose")
        result[name] = [base64.b64encode(data).decode(), *rgb.size, "%08x" % zlib.crc32(rgb.tobytes())]
    except OSError as e:
        print(name, e)
        result[name] = [base64.b64encode(data).decode(), None, None, None]
with open("image-files.expected.json", "w") as out:
    out.write("{\n" + ",\n".join(json.dumps(k) + ": " + json.dumps(v) for k, v in result.items()) + "\n}\n")
print(len(result), "files")
