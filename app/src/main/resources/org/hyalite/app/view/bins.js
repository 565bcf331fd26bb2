/**
 * A selection in the composition–density diagram, counted over its bins. Nothing here knows the page.
 *
 * X (fraction) runs over 0 … 1, N (density) over 0 … densityMax; what lies beyond is in the last bin. A diagram is a
 * Float64Array of bins × bins × 5, {@code [X bin][N bin][voxels, ΣX, ΣN, ΣX², ΣN²]}.
 */

/** The corners of a selection, {@code [[X, N], …]}; of a threshold: everything between two densities. */
export function corners(selection) {
  if (selection.kind !== 'threshold') {
    return selection.vertices;
  }
  const low = selection.minimum_density_per_nm3 ?? 0;
  const high = selection.maximum_density_per_nm3 ?? Infinity;
  return [[-1, low], [2, low], [2, high], [-1, high]];
}

/** Whether a point lies in a polygon, by the even-odd rule; its lower edge in N counts, its upper one does not. */
export function contains(polygon, x, n) {
  let inside = false;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const [xi, ni] = polygon[i];
    const [xj, nj] = polygon[j];
    if ((ni > n) !== (nj > n)) {
      const share = Number.isFinite(nj - ni) ? (n - ni) / (nj - ni) : 0;
      if (x < xi + (xj - xi) * share) {
        inside = !inside;
      }
    }
  }
  return inside;
}

/**
 * The bins whose middle lies in the selection: 1, else 0, {@code [X bin][N bin]}. The outermost bins stand for the
 * edges X = 0 and X = 1 themselves, where pure phases lie.
 */
export function maskOf(selection, bins, densityMax) {
  const polygon = corners(selection);
  const mask = new Uint8Array(bins * bins);
  if (polygon.length < 3) {
    return mask;
  }
  for (let j = 0; j < bins; j++) {
    const n = (j + 0.5) / bins * densityMax;
    const crossings = [];
    for (let i = 0, k = polygon.length - 1; i < polygon.length; k = i++) {
      const [xi, ni] = polygon[i];
      const [xk, nk] = polygon[k];
      if ((ni > n) !== (nk > n)) {
        crossings.push(xi + (xk - xi) * (Number.isFinite(nk - ni) ? (n - ni) / (nk - ni) : 0));
      }
    }
    crossings.sort((a, b) => a - b);
    for (let c = 0; c + 1 < crossings.length; c += 2) {
      for (let i = firstBin(crossings[c], bins); i < bins && place(i, bins) < crossings[c + 1]; i++) {
        mask[i * bins + j] = 1;
      }
    }
  }
  return mask;
}

/** The X that a bin is judged by: its middle, for the outermost bins the edge of the diagram. */
export function place(i, bins) {
  return i === 0 ? 0 : i === bins - 1 ? 1 : (i + 0.5) / bins;
}

function firstBin(x, bins) {
  let i = Math.max(0, Math.min(bins, Math.floor(x * bins) - 1));
  while (i < bins && place(i, bins) < x) {
    i++;
  }
  return i;
}

/** The index of the bin of a voxel, or −1 for none: no atoms. */
export function binOf(fraction, density, bins, densityMax) {
  if (!(density > 0)) {
    return -1;
  }
  const i = Math.min(bins - 1, Math.max(0, Math.floor(Math.max(0, Math.min(1, fraction)) * bins)));
  return i * bins + Math.min(bins - 1, Math.floor(density / densityMax * bins));
}

/** Voxels, means and standard deviations of the set bins; bins whose middle is not above {@code floor} do not count. */
export function moments(mask, cells, bins, densityMax, floor = 0) {
  let [voxels, x, n, xx, nn] = [0, 0, 0, 0, 0];
  for (let j = 0; j < bins; j++) {
    if ((j + 0.5) / bins * densityMax <= floor) {
      continue;
    }
    for (let i = 0; i < bins; i++) {
      if (mask[i * bins + j]) {
        const at = 5 * (i * bins + j);
        voxels += cells[at];
        x += cells[at + 1];
        n += cells[at + 2];
        xx += cells[at + 3];
        nn += cells[at + 4];
      }
    }
  }
  if (!voxels) {
    return {voxels: 0, fractionMean: NaN, fractionSd: NaN, densityMean: NaN, densitySd: NaN};
  }
  const spread = (sum, squares) => Math.sqrt(Math.max(0, squares / voxels - (sum / voxels) ** 2));
  return {voxels, fractionMean: x / voxels, fractionSd: spread(x, xx), densityMean: n / voxels, densitySd: spread(n, nn)};
}

/** What of the plane lies nearer to the i-th of some points than to any other: a convex polygon within a box. */
export function nearest(points, i, densityMax, floor = 0) {
  let polygon = [[-0.04, floor], [1.04, floor], [1.04, 10 * densityMax], [-0.04, 10 * densityMax]];
  const [x, n] = [points[i][0], points[i][1] / densityMax];
  points.forEach((other, k) => {
    const [a, b] = [other[0] - x, other[1] / densityMax - n];
    if (k !== i && (a || b)) {
      const limit = a * (x + a / 2) + b * (n + b / 2);
      polygon = cut(polygon, p => limit - a * p[0] - b * p[1] / densityMax);
    }
  });
  return polygon;
}

/** The part of a convex polygon where a linear function is not negative. */
function cut(polygon, side) {
  const out = [];
  polygon.forEach((p, i) => {
    const q = polygon[(i + 1) % polygon.length];
    const [a, b] = [side(p), side(q)];
    if (a >= 0) {
      out.push(p);
    }
    if ((a < 0) !== (b < 0)) {
      const t = a / (a - b);
      out.push([p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])]);
    }
  });
  return out;
}

/** A line drawn by hand, with the corners left out that change it by less than {@code tolerance} (both axes over 1). */
export function simplified(points, tolerance) {
  if (points.length < 4) {
    return points;
  }
  const keep = new Uint8Array(points.length);
  keep[0] = keep[points.length - 1] = 1;
  const open = [[0, points.length - 1]];
  while (open.length) {
    const [from, to] = open.pop();
    const [ax, ay] = points[from];
    const [dx, dy] = [points[to][0] - ax, points[to][1] - ay];
    const length = Math.hypot(dx, dy);
    let [worst, at] = [tolerance, -1];
    for (let i = from + 1; i < to; i++) {
      const [px, py] = [points[i][0] - ax, points[i][1] - ay];
      const off = length ? Math.abs(px * dy - py * dx) / length : Math.hypot(px, py);
      if (off > worst) {
        [worst, at] = [off, i];
      }
    }
    if (at >= 0) {
      keep[at] = 1;
      open.push([from, at], [at, to]);
    }
  }
  return points.filter((_, i) => keep[i]);
}
