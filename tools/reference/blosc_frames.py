# Makes frames.txt, the chunks that the Zarr decoders are tested with, by numcodecs: blosc_frames.py > frames.txt
import base64
import numcodecs
import numpy as np
from numcodecs import LZ4, Blosc, GZip, Zlib, Zstd


def data(count, dtype):
    i = np.arange(count, dtype=np.int64)
    return ((i % 13) * (i // 100)).astype(dtype)


def line(name, dtype, count, codec):
    packed = bytes(codec.encode(data(count, dtype)))
    print(name, dtype[1:], count, base64.b64encode(packed).decode())


print("# numcodecs %s (Blosc with blocksize=1024 but for blosclz; Zlib, GZip, Zstd, LZ4): "
      "little-endian numbers (i %% 13) * (i // 100), i < count" % numcodecs.__version__.split("+")[0])
print("# codec-shuffle type count base64")
for name in ["lz4", "lz4hc", "zstd", "zlib", "snappy"]:
    for shuffle in (0, 1, 2):
        for dtype, count in (("<u2", 1000), ("<u4", 703), ("<u1", 300)):
            line("blosc-%s-%d" % (name, shuffle), dtype, count,
                 Blosc(cname=name, clevel=5, shuffle=shuffle, blocksize=1024))
line("blosc-blosclz-1", "<u2", 1000, Blosc(cname="blosclz"))
for codec in (Zlib(1), GZip(1), Zstd(3), LZ4()):
    line(codec.codec_id, "<u2", 1000, codec)
