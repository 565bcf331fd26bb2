/** Chunks of any shape make up the array again, and what the page cannot read is refused with what was found. */
import test from 'node:test';
import assert from 'node:assert/strict';
import {random, view} from './load.mjs';

const {affordable, channelsOf, chunksOf, floats, layoutOf, levelsOf, place} = await view('chunks.js');
const array = {zarr_format: 2, shape: [2, 5, 6, 7], chunks: [1, 2, 4, 3], dtype: '<f4', order: 'C', filters: null,
  compressor: {id: 'zlib', level: 1}, dimension_separator: '/', fill_value: 0};

test('an array cut into chunks, the last ones padded, comes together again', () => {
  for (let seed = 1; seed <= 30; seed++) {
    const next = random(seed);
    const whole = n => 1 + Math.floor(next() * n);
    const shape = [whole(3), whole(9), whole(9), whole(9)];
    const chunks = shape.map(() => whole(5));
    const layout = layoutOf({...array, shape, chunks}, '0');
    const value = (c, z, y, x) => ((c * 10 + z) * 10 + y) * 10 + x + 1;
    const channels = Array.from({length: shape[0]}, () => new Float32Array(shape[1] * shape[2] * shape[3]));
    for (const chunk of chunksOf(layout)) {
      const values = new Float32Array(chunks.reduce((a, b) => a * b)).fill(-1);
      for (let c = 0; c < chunk.size[0]; c++) {
        for (let z = 0; z < chunk.size[1]; z++) {
          for (let y = 0; y < chunk.size[2]; y++) {
            for (let x = 0; x < chunk.size[3]; x++) {
              const at = chunk.from.map((f, k) => f + [c, z, y, x][k]);
              values[((c * chunks[1] + z) * chunks[2] + y) * chunks[3] + x] = value(...at);
            }
          }
        }
      }
      place(values, chunk, layout, channels);
    }
    channels.forEach((data, c) => data.forEach((v, i) => {
      const x = i % shape[3];
      const y = Math.floor(i / shape[3]) % shape[2];
      assert.equal(v, value(c, Math.floor(i / shape[3] / shape[2]), y, x), `seed ${seed}`);
    }));
  }
});

test('keys follow the separator', () => {
  assert.equal(chunksOf(layoutOf(array, '0'))[1].key, '0/0/0/1');
  const {dimension_separator: left, ...old} = array;
  assert.equal(left, '/');
  assert.equal(chunksOf(layoutOf(old, '0'))[1].key, '0.0.0.1');
});

test('what is not read is told: format, type, order, axes, compressor', () => {
  for (const [change, word] of [[{zarr_format: 3}, 'zarr_format 3'], [{dtype: '>f4'}, '>f4'], [{order: 'F'}, 'order F'], [{shape: [5, 6, 7]}, 'shape 5,6,7'],
    [{chunks: [1, 0, 4, 3]}, 'chunks 1,0,4,3'], [{compressor: {id: 'blosc'}}, 'blosc'], [{filters: [{id: 'delta'}]}, 'unfiltered']]) {
    assert.throws(() => layoutOf({...array, ...change}, 'L'), error => error.message.startsWith('L/.zarray') && error.message.includes(word));
  }
  assert.equal(layoutOf({...array, compressor: null}, '0').encoding, null);
  assert.equal(layoutOf(array, '0').encoding, 'deflate');
});

test('a chunk of another length is refused', () => {
  assert.throws(() => floats(new Uint8Array(15), 4), /15 bytes where 16 belong/);
  assert.deepEqual([...floats(new Uint8Array([0, 0, 128, 63]), 1)], [1]);
});

test('levels and channels are those of the metadata', () => {
  const attributes = {multiscales: [{datasets: [{path: '0', coordinateTransformations: [{type: 'scale', scale: [1, 4, 4, 4]}]}, {path: '1'}]}],
    omero: {channels: [{label: 'Co'}, {label: 'Zn'}]}};
  assert.deepEqual(levelsOf(attributes), [{path: '0', scale: [1, 4, 4, 4]}, {path: '1', scale: null}]);
  assert.deepEqual(channelsOf(attributes), ['Co', 'Zn']);
  for (const bad of [null, {}, {multiscales: []}, {multiscales: [{datasets: []}]}]) {
    assert.throws(() => levelsOf(bad), /multiscales/);
  }
});

test('the finest level within the budget is taken, else the coarsest', () => {
  const layouts = [{shape: [2, 64, 64, 64]}, {shape: [2, 32, 32, 32]}, {shape: [2, 16, 16, 16]}];
  assert.equal(affordable(layouts, 1e9), 0);
  assert.equal(affordable(layouts, 100000), 1);
  assert.equal(affordable(layouts, 10), 2);
});
