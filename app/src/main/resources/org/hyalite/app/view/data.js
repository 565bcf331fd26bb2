/** The element volumes in the page's memory, level by level, and sections of them; finer than that from the server. */
import {ApiError, bytes, section} from './api.js';
import {state} from './store.js';

/** Share of voxels that the common colour scale leaves brighter than its end, as the figures do. */
const SHARE = 0.997;
const cache = new Map();
const CACHED = 240;

/** The float32 volume in the bytes of an MRC file: {@code {shape: [z, y, x], data, voxelNm}}. */
export function mrc(raw) {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const [nx, ny, nz, mode] = [0, 4, 8, 12].map(at => raw.length >= 1024 ? view.getInt32(at, true) : 0);
  const start = 1024 + (raw.length >= 1024 ? view.getInt32(92, true) : 0);
  if (mode !== 2 || !(nx > 0 && ny > 0 && nz > 0) || start < 1024 || start + 4 * nx * ny * nz > raw.length) {
    throw new Error('no whole MRC volume of float32 numbers');
  }
  const data = new Float32Array(raw.slice(start, start + 4 * nx * ny * nz).buffer);
  return {shape: [nz, ny, nx], data, voxelNm: view.getFloat32(40, true) / view.getInt32(28, true) / 10};
}

/** The brightest value but for few voxels; of large volumes every so-manieth voxel is looked at. */
export function brightest(data) {
  const step = Math.max(1, Math.floor(data.length / 200000));
  const some = [];
  for (let i = 0; i < data.length; i += step) {
    if (data[i] > 0) {
      some.push(data[i]);
    }
  }
  some.sort((a, b) => a - b);
  const total = Math.ceil(data.length / step);
  return some[Math.max(0, some.length - 1 - Math.floor((1 - SHARE) * total))] || 1;
}

/** Reads the study's volumes, coarsest first, and hands each level over; notes are lines for the reader. */
export async function loadVolume(study, hand, note) {
  if (study.zarr) {
    try {
      await fromZarr(study, hand, note);
      return;
    } catch (error) {
      if (error.status === 0) {
        throw error;
      }
      note(`${study.zarr}: ${error.message}; the volumes are read from the MRC files instead`);
    }
  }
  const paths = study.elements.map(symbol => ({symbol, path: `sample/density_${symbol}.mrc`}))
      .filter(({path}) => study.volumes.some(v => v.path === path));
  if (paths.length) {
    await fromMrc(paths, {...study, full: true}, hand, note);
  }
}

/** Reads the coarse volumes that a running reconstruction shows. */
export async function loadPreview(paths, study, hand, note) {
  await fromMrc(paths, {...study, full: false}, hand, note);
}

/** Asks the worker that reads the Zarr; one for the whole page. */
const reader = {
  asked: new Map(),
  count: 0,
  start() {
    if (!this.worker) {
      this.worker = new Worker(new URL('reader.js', import.meta.url), {type: 'module'});
      this.worker.onmessage = ({data}) => {
        const {resolve, reject} = this.asked.get(data.id);
        this.asked.delete(data.id);
        data.error === undefined ? resolve(data.value) : reject(new ApiError(data.error, data.status));
      };
      this.worker.onerror = () => {
        this.asked.forEach(({reject}) => reject(new Error('the reader could not be started')));
        this.asked.clear();
      };
    }
  },
  ask(message) {
    const id = ++this.count;
    this.start();
    return new Promise((resolve, reject) => {
      this.asked.set(id, {resolve, reject});
      this.worker.postMessage({...message, id});
    });
  },
};

/** Starts the reader before it is needed. */
export function startReader() {
  reader.start();
}

async function fromZarr(study, hand, note) {
  const zarr = await reader.ask({path: study.zarr});
  for (let i = zarr.levels.length - 1; i >= zarr.finest; i--) {
    const level = await reader.ask({level: i});
    level.problems.slice(0, 3).forEach(note);
    if (level.problems.length && i < zarr.levels.length - 1) {
      note(`3D stays with voxels of ${zarr.levels[i + 1].scale?.[3]} nm, whose chunks are whole; slices and numbers come from the MRC files.`);
      return;
    }
    if (level.problems.length && study.elements.every(e => study.volumes.some(v => v.path === `sample/density_${e}.mrc`))) {
      throw new Error('no coarser level is whole');
    }
    const symbols = zarr.channels;
    await hand(volumeOf(symbols.map((symbol, c) => ({symbol, data: level.data[c]})), level.shape, level.voxelNm, study,
        i === 0 && !level.problems.length));
  }
  if (zarr.finest > 0) {
    note(`3D shows voxels of ${zarr.levels[zarr.finest].scale?.[3]} nm, as much as a browser holds; slices and numbers are of all voxels.`);
  }
}

async function fromMrc(paths, study, hand, note) {
  const read = [];
  for (const {symbol, path} of paths) {
    try {
      read.push({symbol, ...mrc(await bytes(path))});
    } catch (error) {
      if (error.status === 0) {
        throw error;
      }
      note(`${path}: ${error.message}`);
    }
  }
  const same = read.filter(r => r.shape.join() === read[0].shape.join());
  if (same.length) {
    await hand(volumeOf(same, same[0].shape, study.full ? study.voxel_nm : same[0].voxelNm || study.voxel_nm, study,
        study.full));
  }
}

function volumeOf(elements, shape, voxelNm, study, full) {
  const order = study.elements || [];
  const sorted = order.length ? [...elements].sort((a, b) => order.indexOf(a.symbol) - order.indexOf(b.symbol)) : elements;
  const highs = sorted.map(e => brightest(e.data));
  return {
    shape, voxelNm, unit: study.unit || study.volumes?.find(v => v.path === `sample/density_${sorted[0].symbol}.mrc`)?.unit, full, among: study.among || [], fractionOf: study.fraction_of,
    high: Math.max(...highs),
    elements: sorted.map((e, i) => ({...e, max: Math.max(highs[i], 1e-12)})),
  };
}

/** A section of an element's volume at full resolution: {@code {rows, columns, data}} at once, or a promise of it. */
export function elementSection(symbol, axis, index) {
  const {volume} = state;
  const element = (volume?.full || volume?.preview) && volume.elements.find(e => e.symbol === symbol);
  return element ? cutOut(element.data, volume.shape, axis, index)
      : fileSection(`sample/density_${symbol}.mrc`, axis, index);
}

/** A section of any volume or series of the folder, kept for a while. */
export function fileSection(path, axis, index, aligned = false) {
  const key = `${state.study?.revision}|${path}|${axis}|${index}|${aligned}`;
  const kept = cache.get(key);
  if (kept) {
    return kept;
  }
  const asked = section(path, axis, index, aligned).then(found => {
    cache.set(key, found);
    return found;
  });
  asked.catch(() => cache.delete(key));
  cache.set(key, asked);
  if (cache.size > CACHED) {
    cache.delete(cache.keys().next().value);
  }
  return asked;
}

/** A section of an array {@code [z, y, x]}: rows × columns are y × x, z × x or z × y. */
export function cutOut(data, [nz, ny, nx], axis, index) {
  if (axis === 'z') {
    return {rows: ny, columns: nx, data: data.subarray(index * ny * nx, (index + 1) * ny * nx)};
  }
  const columns = axis === 'y' ? nx : ny;
  const out = new Float32Array(nz * columns);
  for (let z = 0; z < nz; z++) {
    for (let c = 0; c < columns; c++) {
      out[z * columns + c] = axis === 'y' ? data[(z * ny + index) * nx + c] : data[(z * ny + c) * nx + index];
    }
  }
  return {rows: nz, columns, data: out};
}

/** The box, in shares of each axis {@code {z, y, x: [low, high]}}, outside of which there is next to nothing. */
export function content(volume) {
  const [nz, ny, nx] = volume.shape;
  const low = [nz, ny, nx];
  const high = [-1, -1, -1];
  const floor = 0.25 * volume.high;
  const step = Math.ceil(Math.max(nz, ny, nx) / 96);
  for (const {data} of volume.elements) {
    for (let z = 0; z < nz; z += step) {
      for (let y = 0; y < ny; y += step) {
        const line = (z * ny + y) * nx;
        for (let x = 0; x < nx; x += step) {
          if (data[line + x] > floor) {
            [z, y, x].forEach((at, axis) => {
              low[axis] = Math.min(low[axis], at);
              high[axis] = Math.max(high[axis], at);
            });
          }
        }
      }
    }
  }
  const margin = 0.06;
  const shares = [nz, ny, nx].map((n, axis) => high[axis] < 0 ? [0, 1]
      : [Math.max(0, low[axis] / n - margin), Math.min(1, (high[axis] + 1) / n + margin)]);
  return {z: shares[0], y: shares[1], x: shares[2]};
}
