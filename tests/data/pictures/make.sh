#!/bin/sh
# Makes the pictures beside it anew. Needs ImageMagick, exiftool and python3; tests need only what it
# made. The small ones show four quarters: red, green / blue, white.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
jpeg() { convert "$@"; }

convert -size 32x24 xc:'#e02020' \( -size 32x24 xc:'#20c020' \) +append "$work/top.png"
convert -size 32x24 xc:'#2020e0' \( -size 32x24 xc:white \) +append "$work/bottom.png"
convert "$work/top.png" "$work/bottom.png" -append -strip "$work/quarters.png"
convert -size 160x120 -seed 7 plasma:fractal -blur 0x1 -strip "$work/cloud.png"

# ---- JPEG ----
q="$work/quarters.png"
jpeg "$q" -quality 90 baseline.jpg
jpeg "$q" -quality 90 -interlace Plane progressive.jpg
jpeg "$q" -quality 90 -colorspace Gray gray.jpg
jpeg "$q" -quality 90 -colorspace CMYK cmyk.jpg
jpeg "$q" -quality 90 -crop 61x43+0+0 +repage odd-size.jpg
for sampling in 4:4:4 4:2:2 4:2:0 4:4:0 4:1:1; do
	jpeg "$work/cloud.png" -quality 80 -sampling-factor $sampling \
		"cloud-$(echo $sampling | tr -d :).jpg"
done
jpeg "$work/cloud.png" -quality 80 -interlace Plane cloud-progressive.jpg

# Stored turned; EXIF tells how to turn it back.
orient() { # orient NUMBER HOW...
	number=$1
	shift
	jpeg "$q" "$@" +repage -quality 90 "orient-$number.jpg"
	exiftool -q -overwrite_original -n -Orientation="$number" "orient-$number.jpg"
}
orient 1
orient 2 -flop
orient 3 -rotate 180
orient 4 -flip
orient 5 -transpose
orient 6 -rotate 270
orient 7 -transverse
orient 8 -rotate 90
cp orient-6.jpg orient-6-little.jpg
exiftool -q -overwrite_original -all= orient-6-little.jpg
exiftool -q -overwrite_original -n -ExifByteOrder=II -Orientation=6 orient-6-little.jpg

# ---- others ----
convert "$q" picture.gif
convert "$q" -define bmp:format=bmp3 -resize 16x12! picture.bmp

python3 - "$work" <<'PYTHON'
import struct, sys, zlib, subprocess

def read(name):
    return open(name, 'rb').read()

def write(name, data):
    open(name, 'wb').write(data)

# ---- broken JPEG ----
base, cloud, progressive = read('baseline.jpg'), read('cloud-420.jpg'), read('cloud-progressive.jpg')

def frame(data):
    for marker in (b'\xff\xc0', b'\xff\xc2', b'\xff\xc1'):
        if marker in data:
            return data.index(marker)

def scan(data):
    at = data.index(b'\xff\xda')
    return at + 2 + struct.unpack('>H', data[at + 2:at + 4])[0]

at = frame(base)
write('12-bit.jpg', base[:at + 4] + b'\x0c' + base[at + 5:])
write('lossless.jpg', base[:at + 1] + b'\xc3' + base[at + 2:])
write('huge-size.jpg', base[:at + 5] + b'\xff\xff\xff\xff' + base[at + 9:])
write('no-size.jpg', base[:at + 5] + b'\0\0\0\0' + base[at + 9:])
write('too-many-pixels.jpg', base[:at + 5] + struct.pack('>HH', 16000, 16000) + base[at + 9:])
table = base.index(b'\xff\xc4')
write('extraneous.jpg', base[:table] + bytes(18) + base[table:-2] + bytes(23) + base[-2:])
write('no-end.jpg', base[:-2])
write('truncated.jpg', cloud[:len(cloud) * 6 // 10])
write('truncated-head.jpg', cloud[:100])
write('truncated-end.jpg', cloud[:len(cloud) * 6 // 10] + b'\xff\xd9')
write('truncated-progressive.jpg', progressive[:len(progressive) * 6 // 10])
last = progressive.rindex(b'\xff\xda')
write('truncated-scans.jpg', progressive[:last])
middle = scan(cloud) + (len(cloud) - scan(cloud)) // 2
write('corrupt.jpg', cloud[:middle] + b'\xff\x00' * 60 + cloud[middle + 120:])

def segment(marker, body):
    return bytes((0xff, marker)) + struct.pack('>H', len(body) + 2) + body

# Each of three colours in a scan of its own, again and again: two blocks by two of flat grey, each
# block "00" (no change) and "0000" (end).
def scans(count):
    quant = bytes([0]) + bytes([16] * 64)
    dc = bytes([0x00]) + bytes([0, 1] + [0] * 14) + bytes([0])
    ac = bytes([0x10]) + bytes([0, 0, 0, 1] + [0] * 12) + bytes([0])
    sof = struct.pack('>BHHB', 8, 16, 16, 3) + bytes([1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0])
    data = b'\xff\xd8' + segment(0xdb, quant) + segment(0xc0, sof)
    data += segment(0xc4, dc) + segment(0xc4, ac)
    for i in range(count):
        data += segment(0xda, bytes([1, i % 3 + 1, 0, 0, 63, 0])) + bytes(3)
    return data + b'\xff\xd9'

write('scans-3.jpg', scans(3))
write('scans-200.jpg', scans(200))
write('exif-lies.jpg', base[:2] + segment(0xe1, b'Exif\0\0MM\0*' + struct.pack('>I', 0xfffffff0)
    + b'\x01\x12' * 10) + segment(0xe1, b'Exif\0\0II') + base[2:])

# ---- PNG ----
def chunk(name, body):
    return struct.pack('>I', len(body)) + name + body + struct.pack('>I', zlib.crc32(name + body))

HEAD = b'\x89PNG\r\n\x1a\n'

def ihdr(width, height, depth, color, interlace=0):
    return chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, depth, color, 0, 0, interlace))

W, H = 64, 48
QUARTERS = [(0xe0, 0x20, 0x20), (0x20, 0xc0, 0x20), (0x20, 0x20, 0xe0), (0xff, 0xff, 0xff)]

def quarter(x, y):
    return (2 if y >= H // 2 else 0) + (1 if x >= W // 2 else 0)

def png(depth, color, sample, extra=b'', width=W, height=H):
    rows = b''.join(b'\0' + b''.join(sample(x, y) for x in range(width)) for y in range(height))
    return HEAD + ihdr(width, height, depth, color) + extra + chunk(b'IDAT', zlib.compress(rows, 9)) \
        + chunk(b'IEND', b'')

def rgb(x, y):
    return bytes(QUARTERS[quarter(x, y)])

def grey_of(x, y):
    return (0x10, 0x60, 0xa0, 0xff)[quarter(x, y)]

palette = chunk(b'PLTE', b''.join(bytes(c) for c in QUARTERS))
plain = png(8, 2, rgb)
write('rgb.png', plain)
write('palette.png', png(8, 3, lambda x, y: bytes([quarter(x, y)]), palette))
write('palette-alpha.png', png(8, 3, lambda x, y: bytes([quarter(x, y)]),
    palette + chunk(b'tRNS', bytes([255, 255, 255, 0]))))
write('gray.png', png(8, 0, lambda x, y: bytes([grey_of(x, y)])))
write('gray-alpha.png', png(8, 4, lambda x, y: bytes([grey_of(x, y), 255 if x < 32 else 0])))
write('alpha.png', png(8, 6, lambda x, y: rgb(x, y) + bytes([(255, 255, 255, 0)[quarter(x, y)]])))
write('half-alpha.png', png(8, 6, lambda x, y: b'\xff\xff\xff\x80'))
write('16-bit.png', png(16, 2, lambda x, y: b''.join(bytes([c, c]) for c in rgb(x, y))))
bits = b''.join(b'\0' + (b'\0' * 4 + b'\xff' * 4) for y in range(H))
write('1-bit.png', HEAD + ihdr(W, H, 1, 0) + chunk(b'IDAT', zlib.compress(bits, 9))
    + chunk(b'IEND', b''))
# Adam7
passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
rows = b''
for x0, y0, dx, dy in passes:
    for y in range(y0, H, dy):
        rows += b'\0' + b''.join(rgb(x, y) for x in range(x0, W, dx))
write('interlaced.png', HEAD + ihdr(W, H, 8, 2, 1) + chunk(b'IDAT', zlib.compress(rows, 9))
    + chunk(b'IEND', b''))

write('no-end.png', plain[:-12])
write('truncated.png', plain[:-30])
write('truncated-head.png', plain[:20])
data = plain.index(b'IDAT')
write('corrupt.png', plain[:data + 20] + bytes([plain[data + 20] ^ 0x55]) + plain[data + 21:])
write('huge-size.png', HEAD + ihdr(65535, 65535, 8, 2) + chunk(b'IDAT', zlib.compress(bytes(64)))
    + chunk(b'IEND', b''))
write('no-size.png', HEAD + ihdr(0, 0, 8, 2) + chunk(b'IEND', b''))
write('bad-depth.png', HEAD + ihdr(W, H, 7, 2) + chunk(b'IEND', b''))
zeros = zlib.compress(bytes(16 << 20), 9)
write('packed-bomb.png', HEAD + ihdr(W, H, 8, 2) + chunk(b'iCCP', b'bomb\0\0' + zeros)
    + chunk(b'zTXt', b'bomb\0\0' + zeros)
    + chunk(b'IDAT', zlib.compress(b''.join(b'\0' + b''.join(rgb(x, y) for x in range(W))
    for y in range(H)) + bytes(1 << 20), 9)) + chunk(b'IEND', b''))
write('16-bit-too-large.png', HEAD + ihdr(8000, 8000, 16, 6) + chunk(b'IDAT', zlib.compress(bytes(64)))
    + chunk(b'IEND', b''))
write('interlaced-too-large.png', HEAD + ihdr(6000, 6000, 8, 2, 1)
    + chunk(b'IDAT', zlib.compress(bytes(64))) + chunk(b'IEND', b''))

# ---- no pictures ----
write('empty.jpg', b'')
write('denied.xml', b'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code></Error>\n')
write('login.html', b'\n <!DOCTYPE HTML>\n<html><head><title>Sign in</title></head></html>\n')
write('error.json', b'{"error":"image no longer stored"}\n')
write('words.txt', b'camera is busy\n')
write('noise.bin', bytes((i * 97 + 13) & 255 for i in range(200)))
write('picture.webp', b'RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0')
PYTHON
