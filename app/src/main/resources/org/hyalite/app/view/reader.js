/** A worker that reads the OME-Zarr, so that the page stays at hand while chunks are fetched and unpacked. */
import {open, readLevel} from './zarr.js';

let zarr = null;

self.onmessage = async ({data: {id, path, level}}) => {
  try {
    if (path) {
      zarr = await open(path);
      const levels = zarr.levels.map(({scale, layout}) => ({scale, shape: layout.shape}));
      self.postMessage({id, value: {channels: zarr.channels, finest: zarr.finest, levels}});
    } else {
      const read = await readLevel(zarr.levels[level]);
      self.postMessage({id, value: read}, read.data.map(d => d.buffer));
    }
  } catch (error) {
    self.postMessage({id, error: error.message, status: error.status});
  }
};
