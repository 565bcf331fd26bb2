/** No block that holds anything above an element's floor is left out of the 3D picture, its neighbours' share included. */
import test from 'node:test';
import assert from 'node:assert/strict';
import {random, shared, view} from './load.mjs';

const {BlockMaxima, LEVELS, rgb} = await shared('volume.js');
const {project} = await view('projection.js');
const format = await view('format.js');

test('a block is occupied if a voxel in it or next to it is above the floor, and only then', () => {
  for (let seed = 1; seed <= 12; seed++) {
    const next = random(seed);
    const shape = [1, 2, 3].map(() => 1 + Math.floor(next() * 26));
    const [nz, ny, nx] = shape;
    const data = Float32Array.from({length: nz * ny * nx}, () => next() < 0.004 ? next() : 0);
    const maxima = new BlockMaxima(shape, [{}]);
    for (let z = 0; z < nz; z++) {
      maxima.add(0, data, z);
    }
    const [bz, by, bx] = maxima.blocks;
    const found = maxima.occupied([0.5]);
    const near = (at, block, n) => at >= Math.max(0, 8 * block - 1) && at <= Math.min(n - 1, 8 * block + 8);
    for (let b = 0; b < bz * by * bx; b++) {
      const [k, j, i] = [Math.floor(b / by / bx), Math.floor(b / bx) % by, b % bx];
      let wanted = 0;
      data.forEach((v, at) => {
        if (v > 0.5 && near(Math.floor(at / nx / ny), k, nz) && near(Math.floor(at / nx) % ny, j, ny) && near(at % nx, i, nx)) {
          wanted = 255;
        }
      });
      assert.equal(found[b], wanted, `seed ${seed}, block ${k}, ${j}, ${i} of ${shape}`);
    }
  }
});

test('an element that is not shown occupies nothing', () => {
  const maxima = new BlockMaxima([1, 1, 1], [{}, {}]);
  maxima.add(0, new Float32Array([3]), 0);
  assert.deepEqual([...maxima.occupied([null, null])], [0]);
  assert.deepEqual([...maxima.occupied([1, null])], [255]);
});

test('levels become coarser one by one', () => {
  LEVELS.slice(1).forEach((level, i) => assert.ok(level.scale ** 2 / level.step < LEVELS[i].scale ** 2 / LEVELS[i].step));
  assert.deepEqual(rgb('#ff8000'), [1, 128 / 255, 0]);
});

test('a projection keeps the sum at every tilt that stays within the field', () => {
  const shape = [15, 3, 15];
  const data = new Float32Array(15 * 3 * 15);
  const next = random(3);
  for (let z = 5; z < 10; z++) {
    for (let y = 0; y < 3; y++) {
      for (let x = 5; x < 10; x++) {
        data[(z * 3 + y) * 15 + x] = next();
      }
    }
  }
  const total = data.reduce((a, b) => a + b);
  for (const tilt of [-70, -35, 0, 20, 70, 90]) {
    assert.ok(Math.abs(project(data, shape, tilt).data.reduce((a, b) => a + b) - total) < 1e-3 * total);
  }
});

test('a projection turns the way the project does: x cos θ − z sin θ', () => {
  const data = new Float32Array(9 * 9);
  data[8 * 9 + 4] = 1;
  const seen = project(data, [9, 1, 9], 90).data;
  assert.ok(Math.abs(seen[0] - 1) < 1e-6);
  assert.equal(project(data, [9, 1, 9], 0).data[4], 1);
});

test('numbers are written with the digits they have', () => {
  assert.equal(format.number(4082304, 4), '4.082 × 10⁶');
  assert.equal(format.number(-0.00031), '−3.10 × 10⁻⁴');
  assert.equal(format.number(99.99), '100');
  assert.equal(format.number(0), '0');
  assert.equal(format.number(NaN), '–');
  assert.equal(format.withError(4.9796, 0.0193), '4.980 ± 0.019');
  assert.equal(format.withError(0.00045, 0.00083), '(4.5 ± 8.3) × 10⁻⁴');
  assert.equal(format.count(63947), '63 947');
  assert.equal(format.duration(3725), '1 h 2 min');
  assert.deepEqual(format.ticks(0, 8.3, 5), [0, 2, 4, 6, 8]);
  assert.equal(format.roundLength(130), 100);
});
