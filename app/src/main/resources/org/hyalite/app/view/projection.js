/** What a volume looks like from a tilt. Nothing here knows the page. */

/**
 * Sums a volume {@code [z, y, x]} along the beam, tilted about an axis along y, {@code axisOffset} voxels beside its middle: {@code {rows: ny, columns: nx, data}}
 * in the volume's unit times voxels. A point (x, z) is seen at x cos θ − z sin θ. Each voxel falls on the two nearest pixels, by its distance to them.
 */
export function project(volume, [nz, ny, nx], tiltDeg, axisOffset = 0) {
  const out = new Float32Array(ny * nx);
  const [c, s] = [Math.cos(tiltDeg * Math.PI / 180), Math.sin(tiltDeg * Math.PI / 180)];
  for (let z = 0; z < nz; z++) {
    for (let x = 0; x < nx; x++) {
      const at = (x - (nx - 1) / 2 - axisOffset) * c - (z - (nz - 1) / 2) * s + (nx - 1) / 2;
      const left = Math.floor(at);
      const share = at - left;
      if (left < -1 || left >= nx) {
        continue;
      }
      for (let y = 0; y < ny; y++) {
        const v = volume[(z * ny + y) * nx + x];
        if (v !== 0) {
          if (left >= 0) {
            out[y * nx + left] += v * (1 - share);
          }
          if (left + 1 < nx) {
            out[y * nx + left + 1] += v * share;
          }
        }
      }
    }
  }
  return {rows: ny, columns: nx, data: out};
}
