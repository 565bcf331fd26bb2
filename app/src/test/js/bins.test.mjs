/** What one draws in the diagram selects those bins and no others, and their numbers are those of the voxels in them. */
import test from 'node:test';
import assert from 'node:assert/strict';
import {random, view} from './load.mjs';

const {binOf, contains, maskOf, moments, nearest, place, simplified} = await view('bins.js');

test('a mask holds the bins whose place lies in the polygon, for any polygon', () => {
  for (let seed = 1; seed <= 40; seed++) {
    const next = random(seed);
    const bins = 8 + Math.floor(next() * 40);
    const max = 0.01 + 10 * next();
    const vertices = Array.from({length: 3 + Math.floor(next() * 9)}, () => [1.4 * next() - 0.2, (1.3 * next() - 0.1) * max]);
    const mask = maskOf({kind: 'lasso', vertices}, bins, max);
    for (let i = 0; i < bins; i++) {
      for (let j = 0; j < bins; j++) {
        assert.equal(mask[i * bins + j] === 1, contains(vertices, place(i, bins), (j + 0.5) / bins * max), `seed ${seed}, bin ${i}, ${j}`);
      }
    }
  }
});

test('a threshold selects every composition between its densities', () => {
  const bins = 10;
  const mask = maskOf({kind: 'threshold', minimum_density_per_nm3: 3, maximum_density_per_nm3: 7}, bins, 10);
  for (let i = 0; i < bins; i++) {
    for (let j = 0; j < bins; j++) {
      assert.equal(mask[i * bins + j], j >= 3 && j < 7 ? 1 : 0);
    }
  }
  const open = maskOf({kind: 'threshold', minimum_density_per_nm3: 3}, bins, 10);
  assert.equal(open.reduce((a, b) => a + b), bins * 7);
});

test('pure phases on the very edge are selected by a polygon that holds the edge only', () => {
  const mask = maskOf({kind: 'rectangle', vertices: [[0.9999, 0], [1.1, 0], [1.1, 20], [0.9999, 20]]}, 64, 10);
  assert.equal(mask.reduce((a, b) => a + b), 64);
  assert.equal(mask[63 * 64], 1);
});

test('moments of the bins are those of the voxels in them', () => {
  for (let seed = 1; seed <= 10; seed++) {
    const next = random(100 + seed);
    const [bins, max] = [16, 8];
    const cells = new Float64Array(bins * bins * 5);
    const voxels = Array.from({length: 3000}, () => [next(), 9 * next()]);
    for (const [x, n] of voxels) {
      const at = 5 * binOf(x, n, bins, max);
      [1, x, n, x * x, n * n].forEach((v, k) => {
        cells[at + k] += v;
      });
    }
    const mask = Uint8Array.from({length: bins * bins}, () => next() < 0.3 ? 1 : 0);
    const chosen = voxels.filter(([x, n]) => mask[binOf(x, n, bins, max)]);
    const mean = k => chosen.reduce((s, v) => s + v[k], 0) / chosen.length;
    const sd = k => Math.sqrt(chosen.reduce((s, v) => s + (v[k] - mean(k)) ** 2, 0) / chosen.length);
    const m = moments(mask, cells, bins, max);
    assert.equal(m.voxels, chosen.length);
    for (const [found, wanted] of [[m.fractionMean, mean(0)], [m.densityMean, mean(1)], [m.fractionSd, sd(0)], [m.densitySd, sd(1)]]) {
      assert.ok(Math.abs(found - wanted) < 1e-9, `${found} instead of ${wanted}`);
    }
  }
});

test('nothing selected has no mean, and voxels without atoms no bin', () => {
  const m = moments(new Uint8Array(16), new Float64Array(80), 4, 1);
  assert.equal(m.voxels, 0);
  assert.ok(Number.isNaN(m.fractionMean));
  assert.equal(binOf(0.5, 0, 4, 1), -1);
  assert.equal(binOf(0.5, NaN, 4, 1), -1);
  assert.equal(binOf(2, 99, 4, 1), 15);
});

test('bins at or below the floor do not count', () => {
  const cells = new Float64Array(4 * 4 * 5).map((_, k) => k % 5 === 0 ? 1 : 0);
  assert.equal(moments(new Uint8Array(16).fill(1), cells, 4, 4, 2).voxels, 8);
});

test('the regions nearest to several phases do not overlap and leave nothing out', () => {
  const points = [[0, 5], [1, 6], [0.4, 3]];
  const regions = points.map((_, i) => nearest(points, i, 8, 2.5));
  const next = random(7);
  for (let k = 0; k < 500; k++) {
    const p = [next(), 2.5 + 5.5 * next()];
    const inside = regions.map(r => contains(r, ...p));
    assert.equal(inside.filter(Boolean).length, 1);
    const distance = points.map(([x, n]) => Math.hypot(p[0] - x, (p[1] - n) / 8));
    assert.equal(inside.indexOf(true), distance.indexOf(Math.min(...distance)));
  }
});

test('a simplified line stays within its tolerance', () => {
  const circle = Array.from({length: 400}, (_, i) => [Math.cos(i / 64), Math.sin(i / 64)]);
  const few = simplified(circle, 0.01);
  assert.ok(few.length < 60 && few.length > 10);
  for (const p of circle) {
    const off = Math.min(...few.slice(1).map((b, i) => {
      const a = few[i];
      const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
      const t = Math.max(0, Math.min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / (dx * dx + dy * dy)));
      return Math.hypot(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy);
    }));
    assert.ok(off <= 0.0101);
  }
});
