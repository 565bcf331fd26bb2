/** How an OME-Zarr (version 0.4, Zarr 2) says what it holds, and how its chunks make up an array. Nothing is fetched here. */

/** The levels that the {@code .zattrs} of an OME-Zarr names, finest first: {@code [{path, scale}]}; scale in nm. */
export function levelsOf(attributes) {
  const multiscale = attributes?.multiscales?.[0];
  if (!multiscale || !Array.isArray(multiscale.datasets) || !multiscale.datasets.length) {
    throw new Error('.zattrs names no multiscales');
  }
  return multiscale.datasets.map(({path, coordinateTransformations}) => ({
    path: String(path),
    scale: (coordinateTransformations || []).find(t => t.type === 'scale')?.scale || null,
  }));
}

/** The channels' names of the {@code .zattrs}. */
export function channelsOf(attributes) {
  return (attributes?.omero?.channels || []).map(c => c.label);
}

/** What a {@code .zarray} says, checked: {@code {shape, chunks, separator, fill, encoding}}; float32, [c, z, y, x]. */
export function layoutOf(array, path) {
  const refuse = (found, wanted) => {
    throw new Error(`${path}/.zarray: ${found}, and the page reads ${wanted} only`);
  };
  const {shape, chunks, compressor, dtype, order, filters} = array;
  const sound = list => Array.isArray(list) && list.length === 4 && list.every(n => Number.isInteger(n) && n > 0);
  if (array.zarr_format !== 2) {
    refuse(`zarr_format ${array.zarr_format}`, '2');
  }
  if (!sound(shape) || !sound(chunks)) {
    refuse(`shape ${shape}, chunks ${chunks}`, 'four axes [c, z, y, x]');
  }
  if (dtype !== '<f4' || order !== 'C' || (filters && filters.length)) {
    refuse(`dtype ${dtype}, order ${order}`, 'float32, low byte first, order C, unfiltered');
  }
  const encoding = compressor === null ? null : {zlib: 'deflate', gzip: 'gzip'}[compressor?.id];
  if (encoding === undefined) {
    refuse(`compressor ${compressor?.id}`, 'zlib, gzip or none');
  }
  return {shape, chunks, encoding, separator: array.dimension_separator || '.', fill: Number(array.fill_value) || 0};
}

/** Every chunk of a layout: its index, its key, and what of it lies inside the array. */
export function chunksOf({shape, chunks, separator}) {
  const counts = shape.map((n, axis) => Math.ceil(n / chunks[axis]));
  const out = [];
  for (let c = 0; c < counts[0]; c++) {
    for (let z = 0; z < counts[1]; z++) {
      for (let y = 0; y < counts[2]; y++) {
        for (let x = 0; x < counts[3]; x++) {
          const index = [c, z, y, x];
          const from = index.map((i, axis) => i * chunks[axis]);
          const size = from.map((f, axis) => Math.min(chunks[axis], shape[axis] - f));
          out.push({key: index.join(separator), from, size});
        }
      }
    }
  }
  return out;
}

/** Copies what of a chunk lies inside into one Float32Array {@code [z, y, x]} per channel. */
export function place(values, chunk, {shape, chunks}, channels) {
  const [, ny, nx] = shape.slice(1);
  const [, cz, cy, cx] = chunks;
  const {from, size} = chunk;
  for (let c = 0; c < size[0]; c++) {
    const out = channels[from[0] + c];
    for (let z = 0; z < size[1]; z++) {
      for (let y = 0; y < size[2]; y++) {
        const start = ((c * cz + z) * cy + y) * cx;
        out.set(values.subarray(start, start + size[3]), ((from[1] + z) * ny + from[2] + y) * nx + from[3]);
      }
    }
  }
}

/** The numbers of a chunk's bytes; low byte first on every machine. */
export function floats(bytes, count) {
  if (bytes.byteLength !== 4 * count) {
    throw new Error(`${bytes.byteLength} bytes where ${4 * count} belong`);
  }
  if (new Uint8Array(new Uint16Array([1]).buffer)[0] === 1) {
    return new Float32Array(bytes.buffer, bytes.byteOffset, count);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({length: count}, (_, i) => view.getFloat32(4 * i, true));
}

/** The finest level whose voxels, all channels together, do not exceed a budget; the coarsest if all do. Finest first. */
export function affordable(layouts, budget) {
  const at = layouts.findIndex(({shape}) => shape.reduce((a, b) => a * b, 1) <= budget);
  return at < 0 ? layouts.length - 1 : at;
}
