/** Reads an OME-Zarr level by level, coarsest first. A chunk that is broken or missing is told and left empty. */
import {affordable, channelsOf, chunksOf, floats, layoutOf, levelsOf, place} from './chunks.js';
import {bytes, json} from './api.js';

const AT_ONCE = 4;
/** Voxels of all channels together that a browser is asked to hold at most: 256³ of four elements. */
export const BUDGET = 4 * 256 ** 3;

/** What an OME-Zarr holds: {@code {channels, levels: [{path, scale, layout}], finest}}, finest level first. */
export async function open(path) {
  const attributes = await json(`${path}/.zattrs`);
  const levels = levelsOf(attributes);
  await Promise.all(levels.map(async level => {
    level.layout = layoutOf(await json(`${path}/${level.path}/.zarray`), level.path);
    level.path = `${path}/${level.path}`;
  }));
  const named = channelsOf(attributes);
  const count = levels[0].layout.shape[0];
  const channels = Array.from({length: count}, (_, i) => named[i] || `channel ${i}`);
  return {channels, levels, finest: affordable(levels.map(l => l.layout), BUDGET)};
}

/**
 * One level: {@code {shape: [z, y, x], voxelNm, data: [Float32Array per channel], problems: [one line each]}}.
 *
 * @param progress is called with the share of chunks that are there
 */
export async function readLevel(level, progress = () => {}) {
  const {layout} = level;
  const voxels = layout.shape[1] * layout.shape[2] * layout.shape[3];
  const data = Array.from({length: layout.shape[0]}, () => layout.fill
      ? new Float32Array(voxels).fill(layout.fill) : new Float32Array(voxels));
  const chunks = chunksOf(layout);
  const problems = [];
  let [next, done] = [0, 0];
  const work = async () => {
    while (next < chunks.length) {
      const chunk = chunks[next++];
      const path = `${level.path}/${chunk.key}`;
      try {
        const count = layout.chunks.reduce((a, b) => a * b, 1);
        place(floats(await unpacked(await bytes(path), layout.encoding, 4 * count), count), chunk, layout, data);
      } catch (error) {
        problems.push(`${path}: ${error.status === 404 ? 'the chunk is missing' : error.message}`);
      }
      progress(++done / chunks.length);
    }
  };
  await Promise.all(Array.from({length: AT_ONCE}, work));
  return {shape: layout.shape.slice(1), voxelNm: level.scale ? level.scale[3] : NaN, data, problems};
}

/** Unpacks to exactly so many bytes: one byte more is refused before more is taken in. */
async function unpacked(packed, encoding, length) {
  if (!encoding) {
    return packed;
  }
  const out = new Uint8Array(length);
  let at = 0;
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream(encoding)).getReader();
  try {
    for (;;) {
      const {done, value} = await reader.read();
      if (done) {
        break;
      }
      if (at + value.length > length) {
        throw new Error(`more than the ${length} bytes that belong there`);
      }
      out.set(value, at);
      at += value.length;
    }
  } catch (error) {
    reader.cancel().catch(() => {});
    throw new Error(error instanceof TypeError ? 'the chunk is damaged' : error.message);
  }
  if (at !== length) {
    throw new Error(`the chunk is damaged: ${at} bytes where ${length} belong`);
  }
  return out;
}
