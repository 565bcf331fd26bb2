/** How long things took, milliseconds, for tests and for those who wonder; see {@code window.hyalite.timings}. */
export const timings = {
  first_picture_ms: null, finest_picture_ms: null, exact_ms: null, upload_ms: null,
  /** From a movement of the pointer to numbers, slices and diagram drawn; the latest and the greatest. */
  brush_ms: null, brush_most_ms: 0,
  /** From a movement of the pointer to the 3D picture that shows it. */
  brush_3d_ms: null,
  brushed(begun) {
    const took = performance.now() - begun;
    this.brush_ms = took;
    this.brush_most_ms = Math.max(this.brush_most_ms, took);
    this.waiting ??= begun;
  },
  framed() {
    if (this.waiting) {
      this.brush_3d_ms = performance.now() - this.waiting;
      this.waiting = null;
    }
  },
};
