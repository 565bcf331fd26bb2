/**
 * Looking at element volumes in 3D: ray marching in WebGL2, without a library, without imports, fetching nothing, so
 * that a page may load this file or carry it inside.
 *
 *   const view = new VolumeView(canvas, {background: '#0b0e14', ink: '#c8d0dc', accent: '#ffd23f'});
 *   if (view.problem) …                          one clear line where WebGL2 is missing or was lost, else null
 *   await view.setVolume({
 *       shape: [nz, ny, nx], voxelNm: 4, unit: 'atoms/nm³',
 *       elements: [{symbol: 'Co', color: '#ff3020', data: Float32Array | Uint8Array, max: 5.07}, …],   at most 8
 *       among: ['Co', 'Zn'], fractionOf: 'Zn'});  data in the order [z, y, x]; of bytes 255 stands for max
 *   view.setElement('Co', {visible, color, low, high, opacity});   low, high in the volume's unit; opacity 0 … 1
 *   view.setSelection(mask, densityMax, densityMin);   Uint8Array bins × bins, [X bin][N bin], or null for none;
 *                                                      N over 0 … densityMax, beyond it the last bin; N > densityMin
 *   view.setClip({x: [0, 1], y: [0, 1], z: [0, 0.5]});  shares of the box that stay
 *   view.setPlanes({z: 12, y: 30, x: 7} | null);        outlines of three slices, voxels
 *   view.setOptions({shading, axes, background, ink, accent, fontSize});
 *   view.camera; view.setCamera({rotation, zoom, pan}); view.reset(); view.lookAlong('x' | 'y' | 'z');
 *   view.rotate(dx, dy); view.zoomBy(factor);           radians; the canvas takes mouse, touch and arrow keys too
 *   view.redraw(); view.resize(); await view.settled(); await view.screenshot(); view.dispose();
 *   view.fps, view.level, view.frameMs, view.frames     how fast it draws, and how finely: 0 is the finest level
 *
 * The canvas' parent must be positioned and hold nothing else: lines and labels are drawn on two SVGs laid under and over
 * the canvas. The canvas has as few pixels as the machine needs to keep up, and is scaled by the page: resolution and
 * step follow the measured time of a frame, and no frame is begun before the last one is done, so that the page never
 * waits. A voxel counts as selected by its own X and N, not by interpolated ones, which would select a skin wherever two
 * phases touch.
 *
 * Axes: x to the right, y down, z away from the viewer when looking along z, as the slices show them.
 */

/** Resolution (share of the canvas' pixels per axis) and step (voxels), finest first. */
export const LEVELS = [
  {scale: 1, step: 0.6}, {scale: 1, step: 1}, {scale: 0.75, step: 1}, {scale: 0.6, step: 1.2},
  {scale: 0.45, step: 1.4}, {scale: 0.34, step: 1.8}, {scale: 0.26, step: 2.2}, {scale: 0.2, step: 2.8},
  {scale: 0.15, step: 3.4}, {scale: 0.11, step: 4},
];
const BLOCK = 8;
const SMOOTH_MS = 15;
const USABLE_MS = 85;
const STILL_MS = 4000;
const TILE_MS = 60;
const FIELD_OF_VIEW = 22 * Math.PI / 180;
const DISTANCE = 1.02 * 0.87 / Math.tan(FIELD_OF_VIEW / 2);
const START = {yaw: -0.6, pitch: 0.42};

const VERTEX = `#version 300 es
out vec2 at;
void main() {
  at = vec2(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0);
  gl_Position = vec4(at, 0.0, 1.0);
}`;

/** The fragment shader for one or two textures of four elements each. */
function fragment(two) {
  const second = text => two ? text : '';
  return `#version 300 es
precision highp float;
precision highp int;
precision highp sampler3D;
in vec2 at;
out vec4 result;
uniform sampler3D data0;
${second('uniform sampler3D data1;')}
uniform sampler3D blocks;
uniform sampler2D mask;
uniform mat3 turn;
uniform vec3 eye, half_, clipLow, clipHigh, size, accent, light;
uniform vec2 spread;
uniform float step_, thickness, shading, bins, densityMax, densityMin, seed;
uniform bool selecting;
uniform vec4 gain[2], bias[2], opacity[2], among[2], numerator[2];
uniform vec4 red[2], green[2], blue[2];

float optical(vec3 p) {
  float s = dot(clamp(texture(data0, p) * gain[0] + bias[0], 0.0, 1.0), opacity[0]);
  ${second('s += dot(clamp(texture(data1, p) * gain[1] + bias[1], 0.0, 1.0), opacity[1]);')}
  return s;
}

bool selected(vec3 p) {
  ivec3 voxel = ivec3(clamp(p * size, vec3(0.0), size - 1.0));
  vec4 v = texelFetch(data0, voxel, 0);
  float n = dot(v, among[0]), f = dot(v, numerator[0]);
  ${second('v = texelFetch(data1, voxel, 0); n += dot(v, among[1]); f += dot(v, numerator[1]);')}
  if (!(n > densityMin) || n <= 0.0) return false;
  float i = clamp(floor(clamp(f / n, 0.0, 1.0) * bins), 0.0, bins - 1.0);
  float j = clamp(floor(n / densityMax * bins), 0.0, bins - 1.0);
  return texelFetch(mask, ivec2(j, i), 0).r > 0.5;
}

void main() {
  vec3 ray = normalize(turn * vec3(at * spread, -1.0));
  vec3 safe = mix(ray, vec3(1e-6), lessThan(abs(ray), vec3(1e-6)));
  vec3 a = (clipLow - eye) / safe, b = (clipHigh - eye) / safe;
  vec3 near = min(a, b), far = max(a, b);
  float t = max(max(max(near.x, near.y), near.z), 0.0);
  float end = min(min(far.x, far.y), far.z);
  result = vec4(0.0);
  if (t >= end || any(greaterThanEqual(clipLow, clipHigh))) return;
  float noise = fract(52.9829189 * fract(dot(gl_FragCoord.xy + seed, vec2(0.06711056, 0.00583715))));
  t += noise * step_;
  vec3 cell = vec3(${BLOCK}.0) / size * 2.0 * half_;
  vec3 voxel = 1.0 / size;
  vec3 colour = vec3(0.0);
  float seen = 1.0, fine = 0.0;
  bool outside = true;
  for (int i = 0; i < 2000 && t < end; i++) {
    vec3 place = eye + ray * t;
    vec3 p = place / (2.0 * half_) + 0.5;
    ivec3 block = ivec3(clamp(p, 0.0, 0.99999) * size) / ${BLOCK};
    if (texelFetch(blocks, block, 0).r < 0.5) {
      vec3 low = vec3(block) * cell - half_;
      vec3 out_ = max((low - eye) / safe, (low + cell - eye) / safe);
      float leave = min(min(out_.x, out_.y), out_.z);
      t += max(1.0, ceil((leave - t) / step_)) * step_;
      outside = true;
      fine = 0.0;
      continue;
    }
    vec4 t0 = clamp(texture(data0, p) * gain[0] + bias[0], 0.0, 1.0) * opacity[0];
    float s = dot(t0, vec4(1.0));
    ${second(`vec4 t1 = clamp(texture(data1, p) * gain[1] + bias[1], 0.0, 1.0) * opacity[1];
    s += dot(t1, vec4(1.0));`)}
    float stride = fine > 0.0 ? 0.25 * step_ : step_;
    float thick = s;
    bool chosen = selecting && s > 0.004 && selected(p);
    if (selecting) thick = chosen ? max(s, 0.12) * 1.25 : s * 0.075;
    if (thick > 0.02 && outside) {
      outside = false;
      fine = 5.0;
      t -= 0.75 * step_;
      continue;
    }
    outside = thick <= 0.02 && fine <= 0.0;
    fine -= 1.0;
    if (s > 0.004) {
      vec3 c = vec3(dot(red[0], t0), dot(green[0], t0), dot(blue[0], t0));
      ${second('c += vec3(dot(red[1], t1), dot(green[1], t1), dot(blue[1], t1));')}
      c /= s;
      if (selecting) {
        c = chosen ? mix(c, accent, 0.86) : mix(c, vec3(dot(c, vec3(0.3, 0.55, 0.15))), 0.45);
      }
      if (shading > 0.0) {
        vec3 slope = vec3(optical(p + vec3(voxel.x, 0.0, 0.0)), optical(p + vec3(0.0, voxel.y, 0.0)),
            optical(p + vec3(0.0, 0.0, voxel.z))) - s;
        float steep = length(slope);
        vec3 normal = slope / max(steep, 1e-5);
        float facing = abs(dot(normal, light));
        float shine = pow(abs(dot(normal, normalize(light - ray))), 24.0);
        float weight = shading * smoothstep(0.0, 0.22, steep / max(s, 0.05));
        c = c * mix(1.0, 0.32 + 0.78 * facing, weight) + vec3(0.16) * shine * weight;
      }
      float alpha = 1.0 - exp(-thick * thickness * stride);
      colour += seen * alpha * c;
      seen *= 1.0 - alpha;
      if (seen < 0.02) { seen = 0.0; break; }
    }
    t += stride;
  }
  result = vec4(min(colour, vec3(1.0 - seen)), 1.0 - seen);
}`;
}

/** Red, green and blue, 0 … 1, of {@code #rrggbb}. */
export function rgb(hex) {
  const value = parseInt(hex.slice(1), 16);
  return [(value >> 16 & 255) / 255, (value >> 8 & 255) / 255, (value & 255) / 255];
}

/** The 3 × 3 rotation, by rows, about the screen's axes: first by yaw about y, then by pitch about x; radians. */
function turned(yaw, pitch) {
  const [c, s, d, t] = [Math.cos(yaw), Math.sin(yaw), Math.cos(pitch), Math.sin(pitch)];
  return [c, 0, s, t * s, d, -t * c, -d * s, t, d * c];
}

function product(a, b) {
  const out = new Array(9);
  for (let i = 0; i < 3; i++) {
    for (let j = 0; j < 3; j++) {
      out[3 * i + j] = a[3 * i] * b[j] + a[3 * i + 1] * b[3 + j] + a[3 * i + 2] * b[6 + j];
    }
  }
  return out;
}

/** The nearest rotation: what many small products did to lengths and angles is taken back. */
function straightened(m) {
  const length = Math.hypot(m[0], m[1], m[2]);
  const x = [m[0] / length, m[1] / length, m[2] / length];
  const along = x[0] * m[3] + x[1] * m[4] + x[2] * m[5];
  let y = [m[3] - along * x[0], m[4] - along * x[1], m[5] - along * x[2]];
  const norm = Math.hypot(...y);
  y = y.map(v => v / norm);
  return [...x, ...y, x[1] * y[2] - x[2] * y[1], x[2] * y[0] - x[0] * y[2], x[0] * y[1] - x[1] * y[0]];
}

/** Data seen along z: x right, y down. */
const FACING_Z = [1, 0, 0, 0, -1, 0, 0, 0, -1];

const SVG = 'http://www.w3.org/2000/svg';

/** An empty SVG as large as the canvas, beside it. */
function layer(canvas, where) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('aria-hidden', 'true');
  Object.assign(svg.style,
      {position: 'absolute', inset: 0, width: '100%', height: '100%', pointerEvents: 'none', overflow: 'hidden'});
  canvas.insertAdjacentElement(where, svg);
  Object.assign(canvas.style, {position: 'absolute', inset: 0, width: '100%', height: '100%', touchAction: 'none'});
  return svg;
}

/** Lets the page work between two pieces of a long task. */
const pause = () => new Promise(resolve => {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    channel.port1.close();
    resolve();
  };
  channel.port2.postMessage(0);
});

/**
 * The greatest value in each block of 8³ voxels and their neighbours, one array per element, {@code [z, y, x]}: what
 * lies below an element's window everywhere in a block need not be marched through.
 */
export class BlockMaxima {
  constructor([nz, ny, nx], elements) {
    this.shape = [nz, ny, nx];
    this.blocks = [nz, ny, nx].map(n => Math.ceil(n / BLOCK));
    const [bz, by, bx] = this.blocks;
    this.maxima = elements.map(() => new Float32Array(bz * by * bx));
  }

  /** Takes in one plane z of an element. */
  add(element, data, z) {
    const [nz, ny, nx] = this.shape;
    const [bz, by, bx] = this.blocks;
    const row = new Float32Array(by * bx);
    for (let y = 0; y < ny; y++) {
      const line = (z * ny + y) * nx;
      const into = (y >> 3) * bx;
      const [above, below] = [(y & 7) === 0 && y > 0, (y & 7) === 7 && (y >> 3) + 1 < by];
      for (let b = 0; b < bx; b++) {
        const end = Math.min(nx, b * BLOCK + BLOCK + 1);
        let most = 0;
        for (let x = Math.max(0, b * BLOCK - 1); x < end; x++) {
          const v = data[line + x];
          if (v > most) {
            most = v;
          }
        }
        if (most > row[into + b]) {
          row[into + b] = most;
        }
        if (above && most > row[into - bx + b]) {
          row[into - bx + b] = most;
        }
        if (below && most > row[into + bx + b]) {
          row[into + bx + b] = most;
        }
      }
    }
    const out = this.maxima[element];
    const of = [z >> 3, z - 1 >> 3, z + 1 >> 3];
    for (const k of new Set(of)) {
      if (k >= 0 && k < bz && z >= 0 && z < nz) {
        for (let i = 0; i < row.length; i++) {
          out[k * by * bx + i] = Math.max(out[k * by * bx + i], row[i]);
        }
      }
    }
  }

  /** 255 where any element reaches above its floor ({@code null}: element not shown), else 0. */
  occupied(floors) {
    const out = new Uint8Array(this.maxima.length ? this.maxima[0].length : 0);
    this.maxima.forEach((maxima, e) => {
      if (floors[e] !== null) {
        for (let i = 0; i < out.length; i++) {
          if (maxima[i] > floors[e]) {
            out[i] = 255;
          }
        }
      }
    });
    return out;
  }
}

/** The shares of the box, per axis x, y, z, between which anything is; rays need not begin before. */
function extent(occupied, [bz, by, bx], [nz, ny, nx]) {
  const low = [bx, by, bz];
  const high = [0, 0, 0];
  for (let z = 0, i = 0; z < bz; z++) {
    for (let y = 0; y < by; y++) {
      for (let x = 0; x < bx; x++, i++) {
        if (occupied[i]) {
          [x, y, z].forEach((at, axis) => {
            low[axis] = Math.min(low[axis], at);
            high[axis] = Math.max(high[axis], at + 1);
          });
        }
      }
    }
  }
  return [nx, ny, nz].map((n, axis) =>
      high[axis] ? [low[axis] * BLOCK / n, Math.min(1, high[axis] * BLOCK / n)] : [0, 0]);
}

/** See the top of the file. */
export class VolumeView {
  constructor(canvas, options = {}) {
    this.canvas = canvas;
    this.under = layer(canvas, 'beforebegin');
    this.over = layer(canvas, 'afterend');
    this.width = 1;
    this.height = 1;
    this.options = {
      background: '#0b0e14', ink: '#c8d0dc', accent: '#ffd23f', fontSize: 12, shading: true, axes: true, ...options,
    };
    this.problem = null;
    this.volume = null;
    this.looks = new Map();
    this.clip = {x: [0, 1], y: [0, 1], z: [0, 1]};
    this.planes = null;
    this.selection = null;
    this.frames = 0;
    this.fps = 0;
    this.frameMs = 0;
    this.level = 5;
    this.rate = 0;
    this.waiting = [];
    this.busy = false;
    this.dirty = false;
    this.still = true;
    this.movedAt = -1e9;
    this.generation = 0;
    this.under.style.background = this.options.background;
    this.reset();
    this.listen();
    this.start();
    this.resize();
  }

  // ---- the volume and what is shown of it

  /** Puts a volume in; the old one stays in view until the new one is ready. Resolves to false if it was overtaken. */
  async setVolume(volume) {
    const generation = ++this.generation;
    const elements = volume.elements.slice(0, 8);
    const [nz, ny, nx] = volume.shape;
    for (const e of elements) {
      if (e.data.length !== nz * ny * nx) {
        throw new Error(`${e.symbol}: ${e.data.length} values for ${nz} × ${ny} × ${nx} voxels`);
      }
      if (!this.looks.has(e.symbol)) {
        this.looks.set(e.symbol, {visible: true, color: e.color, low: 0.12 * e.max, high: e.max, opacity: 0.6});
      }
    }
    const next = {...volume, elements, maxima: new BlockMaxima(volume.shape, elements), textures: []};
    if (!this.problem) {
      try {
        if (!await this.upload(next, generation)) {
          return false;
        }
      } catch (error) {
        this.fail(`the 3D view cannot take this volume: ${error.message}`);
      }
    }
    if (this.volume) {
      this.volume.textures.forEach(t => this.gl.deleteTexture(t));
    }
    this.volume = next;
    this.occupancy();
    this.redraw();
    return true;
  }

  /** How an element is shown; what is not given stays. */
  setElement(symbol, look) {
    this.looks.set(symbol, {...this.looks.get(symbol), ...look});
    this.occupancy();
    this.redraw();
  }

  /** How an element is shown now. */
  element(symbol) {
    return this.looks.get(symbol);
  }

  /** Lights up the voxels whose (X, N) lie in a set bin of the mask. */
  setSelection(mask, densityMax = 1, densityMin = 0) {
    const gl = this.gl;
    this.selection = mask ? {bins: Math.round(Math.sqrt(mask.length)), densityMax, densityMin, mask} : null;
    if (mask && gl && !this.problem) {
      const bytes = mask.some(v => v > 1) ? mask : mask.map(v => v ? 255 : 0);
      gl.activeTexture(gl.TEXTURE3);
      gl.bindTexture(gl.TEXTURE_2D, this.maskTexture);
      gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.R8, this.selection.bins, this.selection.bins, 0, gl.RED, gl.UNSIGNED_BYTE,
          bytes);
    }
    this.redraw();
  }

  /** The shares of the box that stay, per axis. */
  setClip(clip) {
    Object.assign(this.clip, clip);
    this.redraw();
  }

  /** Outlines of the slices shown beside, voxels; null for none. */
  setPlanes(planes) {
    this.planes = planes;
    this.compose();
  }

  setOptions(options) {
    Object.assign(this.options, options);
    this.under.style.background = this.options.background;
    this.redraw();
  }

  // ---- the camera

  get camera() {
    return {rotation: [...this.rotation], zoom: this.zoom, pan: [...this.pan]};
  }

  setCamera({rotation, zoom, pan}) {
    this.rotation = rotation && rotation.length === 9 ? straightened(rotation) : this.rotation;
    this.zoom = zoom || this.zoom;
    this.pan = pan || this.pan;
    this.redraw();
  }

  reset() {
    this.rotation = product(turned(START.yaw, START.pitch), FACING_Z);
    this.zoom = 1;
    this.pan = [0, 0];
    this.redraw();
  }

  /** Looks along one of the data's axes, as its slice shows it. */
  lookAlong(axis) {
    this.rotation = axis === 'z' ? FACING_Z : axis === 'y' ? [1, 0, 0, 0, 0, -1, 0, 1, 0] : [0, 1, 0, 0, 0, -1, -1, 0, 0];
    this.pan = [0, 0];
    this.redraw();
  }

  /** Turns by radians about the screen's y and x axes. */
  rotate(dx, dy) {
    this.rotation = straightened(product(turned(dx, dy), this.rotation));
    this.redraw();
  }

  zoomBy(factor) {
    this.zoom = Math.max(0.3, Math.min(20, this.zoom * factor));
    this.redraw();
  }

  // ---- drawing

  /** Fits the drawing to the canvas' size on the page. */
  resize() {
    this.width = Math.max(1, this.canvas.clientWidth);
    this.height = Math.max(1, this.canvas.clientHeight);
    this.ratio = Math.min(2, window.devicePixelRatio || 1);
    this.redraw();
  }

  /** Asks for a new picture: coarse at once, fine when nothing moves any more. */
  redraw() {
    this.dirty = true;
    this.still = false;
    this.movedAt = performance.now();
    this.schedule();
  }

  /** Resolves when the finest picture of what is asked for now stands. */
  settled() {
    if (this.problem || !this.volume || (this.still && !this.busy)) {
      return Promise.resolve();
    }
    return new Promise(resolve => this.waiting.push(resolve));
  }

  /** A PNG of what is seen, at the finest level. */
  async screenshot() {
    const out = document.createElement('canvas');
    out.width = Math.round(this.width * this.ratio);
    out.height = Math.round(this.height * this.ratio);
    const paper = out.getContext('2d');
    paper.fillStyle = this.options.background;
    paper.fillRect(0, 0, out.width, out.height);
    const draw = async svg => {
      const copy = svg.cloneNode(true);
      copy.setAttribute('width', this.width);
      copy.setAttribute('height', this.height);
      const image = new Image();
      image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
      await image.decode();
      paper.drawImage(image, 0, 0, out.width, out.height);
    };
    await draw(this.under);
    if (this.volume && !this.problem) {
      await this.settled();
      this.paint(LEVELS[0]);
      paper.imageSmoothingQuality = 'high';
      paper.drawImage(this.canvas, 0, 0, out.width, out.height);
    }
    await draw(this.over);
    return new Promise(resolve => out.toBlob(resolve, 'image/png'));
  }

  dispose() {
    this.generation++;
    this.stop.abort();
    this.observer?.disconnect();
    this.under.remove();
    this.over.remove();
    this.gl?.getExtension('WEBGL_lose_context')?.loseContext();
  }

  // ---- from here on: how it is done

  start() {
    this.gl = this.options.webgl === false ? null : this.canvas.getContext('webgl2',
        {alpha: true, antialias: false, depth: false, powerPreference: 'high-performance'});
    if (!this.gl) {
      this.fail('3D needs WebGL2, which this browser does not offer here. Slices, diagram and numbers work without it.');
      return;
    }
    this.canvas.addEventListener('webglcontextlost', event => {
      event.preventDefault();
      this.fail('The graphics driver took the 3D context away. It comes back by itself if the driver gives it back.');
    }, {signal: this.stop.signal});
    this.canvas.addEventListener('webglcontextrestored', () => {
      this.problem = null;
      this.prepare();
      const {volume, selection} = this;
      this.volume = null;
      this.setVolume(volume);
      this.setSelection(selection?.mask ?? null, selection?.densityMax, selection?.densityMin);
      this.options.onproblem?.(null);
    }, {signal: this.stop.signal});
    this.prepare();
  }

  prepare() {
    const gl = this.gl;
    this.programs = {};
    this.renderer = gl.getParameter(gl.RENDERER);
    const texture = (target, filter) => {
      const t = gl.createTexture();
      gl.bindTexture(target, t);
      gl.texParameteri(target, gl.TEXTURE_MIN_FILTER, filter);
      gl.texParameteri(target, gl.TEXTURE_MAG_FILTER, filter);
      for (const wrap of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T, gl.TEXTURE_WRAP_R]) {
        if (target === gl.TEXTURE_3D || wrap !== gl.TEXTURE_WRAP_R) {
          gl.texParameteri(target, wrap, gl.CLAMP_TO_EDGE);
        }
      }
      return t;
    };
    this.newTexture = texture;
    gl.activeTexture(gl.TEXTURE2);
    this.blockTexture = texture(gl.TEXTURE_3D, gl.NEAREST);
    gl.activeTexture(gl.TEXTURE3);
    this.maskTexture = texture(gl.TEXTURE_2D, gl.NEAREST);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.R8, 1, 1, 0, gl.RED, gl.UNSIGNED_BYTE, new Uint8Array(1));
    gl.bindVertexArray(gl.createVertexArray());
    this.program(false);
  }

  /** The program of one texture of elements or two; it is compiled while the page goes on. */
  program(two) {
    const gl = this.gl;
    if (!this.programs[two]) {
      const made = gl.createProgram();
      for (const [kind, text] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, fragment(two)]]) {
        const shader = gl.createShader(kind);
        gl.shaderSource(shader, text);
        gl.compileShader(shader);
        gl.attachShader(made, shader);
      }
      gl.linkProgram(made);
      this.programs[two] = {made, places: null};
    }
    return this.programs[two];
  }

  /** The program, linked, with the places of its uniforms. */
  linked(two) {
    const gl = this.gl;
    const program = this.program(two);
    const {made} = program;
    if (!program.places) {
      if (!gl.getProgramParameter(made, gl.LINK_STATUS)) {
        const log = gl.getAttachedShaders(made).map(s => gl.getShaderInfoLog(s)).join(' ').trim();
        throw new Error(`the shader was refused: ${log || gl.getProgramInfoLog(made)}`);
      }
      program.places = {};
      for (let i = 0; i < gl.getProgramParameter(made, gl.ACTIVE_UNIFORMS); i++) {
        const {name} = gl.getActiveUniform(made, i);
        program.places[name.replace('[0]', '')] = gl.getUniformLocation(made, name);
      }
    }
    return program;
  }

  /** Interleaves the elements and uploads them, some planes at a time; values are shares of each element's greatest. */
  async upload(volume, generation) {
    const gl = this.gl;
    const [nz, ny, nx] = volume.shape;
    const limit = gl.getParameter(gl.MAX_3D_TEXTURE_SIZE);
    if (Math.max(nz, ny, nx) > limit) {
      throw new Error(`${nz} × ${ny} × ${nx} voxels, and the graphics driver takes ${limit} per axis at most`);
    }
    const bytes = volume.elements.every(e => e.data instanceof Uint8Array);
    volume.scale = volume.elements.map(e => e.max > 0 ? e.max : 1);
    for (let first = 0; first < volume.elements.length; first += 4) {
      const part = volume.elements.slice(first, first + 4);
      const lanes = part.length === 1 ? 1 : part.length === 2 ? 2 : 4;
      const format = [0, gl.RED, gl.RG, 0, gl.RGBA][lanes];
      const inner = bytes ? [0, gl.R8, gl.RG8, 0, gl.RGBA8][lanes] : [0, gl.R16F, gl.RG16F, 0, gl.RGBA16F][lanes];
      gl.activeTexture(gl.TEXTURE0 + first / 4);
      const texture = this.newTexture(gl.TEXTURE_3D, gl.LINEAR);
      volume.textures.push(texture);
      gl.texStorage3D(gl.TEXTURE_3D, 1, inner, nx, ny, nz);
      const planes = Math.max(1, Math.min(nz, Math.floor(400000 / (nx * ny * lanes))));
      const slab = bytes ? new Uint8Array(planes * ny * nx * lanes) : new Float32Array(planes * ny * nx * lanes);
      for (let z = 0; z < nz; z += planes) {
        const depth = Math.min(planes, nz - z);
        part.forEach((element, lane) => {
          const {data, max} = element;
          const share = bytes ? 1 : data instanceof Uint8Array ? 1 / 255 : 1 / (max > 0 ? max : 1);
          const from = z * ny * nx;
          for (let i = 0, to = lane; i < depth * ny * nx; i++, to += lanes) {
            const v = data[from + i];
            slab[to] = v === v ? v * share : 0;
          }
          for (let k = 0; k < depth; k++) {
            volume.maxima.add(first + lane, data, z + k);
          }
        });
        gl.activeTexture(gl.TEXTURE0 + first / 4);
        gl.bindTexture(gl.TEXTURE_3D, texture);
        gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
        gl.texSubImage3D(gl.TEXTURE_3D, 0, 0, 0, z, nx, ny, depth, format, bytes ? gl.UNSIGNED_BYTE : gl.FLOAT,
            depth === planes ? slab : slab.subarray(0, depth * ny * nx * lanes));
        this.rebind();
        await pause();
        if (generation !== this.generation || this.problem) {
          volume.textures.forEach(t => gl.deleteTexture(t));
          return false;
        }
      }
    }
    if (gl.getError() === gl.OUT_OF_MEMORY) {
      throw new Error('the graphics memory does not hold it');
    }
    volume.bytes = bytes;
    return true;
  }

  rebind() {
    const gl = this.gl;
    this.volume?.textures.forEach((t, i) => {
      gl.activeTexture(gl.TEXTURE0 + i);
      gl.bindTexture(gl.TEXTURE_3D, t);
    });
  }

  occupancy() {
    const {volume, gl} = this;
    if (!volume || this.problem) {
      return;
    }
    const floors = volume.elements.map(e => {
      const look = this.looks.get(e.symbol);
      return look.visible && look.opacity > 0 ? look.low * (e.data instanceof Uint8Array ? 255 / e.max : 1) : null;
    });
    const [bz, by, bx] = volume.maxima.blocks;
    gl.activeTexture(gl.TEXTURE2);
    gl.bindTexture(gl.TEXTURE_3D, this.blockTexture);
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
    const occupied = volume.maxima.occupied(floors);
    this.full = extent(occupied, volume.maxima.blocks, volume.shape);
    gl.texImage3D(gl.TEXTURE_3D, 0, gl.R8, bx, by, bz, 0, gl.RED, gl.UNSIGNED_BYTE, occupied);
  }

  schedule() {
    if (!this.pending && !this.busy && this.volume && !this.problem && this.width > 1) {
      this.pending = requestAnimationFrame(() => {
        this.pending = 0;
        this.step();
      });
    }
  }

  /** One picture; then, after a short rest, a finer one. */
  async step() {
    if (this.busy || this.problem || !this.volume) {
      return;
    }
    if (this.dirty) {
      this.dirty = false;
      const continuing = performance.now() - this.drawnAt < 400;
      const before = this.drawnAt;
      await this.draw(this.choose());
      if (continuing) {
        const fps = 1000 / Math.max(1, this.drawnAt - before);
        this.fps = this.fps ? 0.7 * this.fps + 0.3 * fps : fps;
      }
    } else if (!this.still && !this.held && performance.now() - this.movedAt > 160) {
      await this.refine(this.finest(STILL_MS));
      this.still = !this.dirty && this.finest(STILL_MS) >= this.level;
    }
    if (this.still && !this.dirty) {
      this.waiting.splice(0).forEach(resolve => resolve());
    } else {
      this.schedule();
    }
  }

  /** The finest level that takes no longer than so many milliseconds, by what was measured. */
  finest(ms) {
    const at = LEVELS.findIndex(level => this.cost(level) / (this.rate || 1) <= ms);
    return at < 0 ? LEVELS.length - 1 : at;
  }

  choose() {
    if (!this.rate) {
      return LEVELS.length - 1;
    }
    const smooth = this.finest(SMOOTH_MS);
    return smooth <= 2 ? smooth : Math.max(2, this.finest(USABLE_MS));
  }

  cost({scale, step}) {
    const size = this.volume ? Math.max(...this.volume.shape) : 1;
    return this.width * this.height * this.ratio * this.ratio * scale * scale * size / step;
  }

  /** Draws one frame and waits, without blocking the page, until it is done. */
  async draw(level) {
    this.busy = true;
    const begun = performance.now();
    try {
      this.paint(LEVELS[level]);
    } catch (error) {
      this.busy = false;
      this.fail(error.message);
      return;
    }
    await this.finished();
    this.busy = false;
    this.drawn(level, begun);
  }

  /** Draws a fine frame in stripes, aside, so that the page and the next movement need not wait for all of it. */
  async refine(level) {
    const {gl} = this;
    const stripes = Math.ceil(this.cost(LEVELS[level]) / (this.rate || 1) / TILE_MS);
    if (stripes < 2) {
      await this.draw(level);
      return;
    }
    const [width, height] = this.pixels(LEVELS[level]);
    const begun = performance.now();
    gl.activeTexture(gl.TEXTURE4);
    const aside = this.newTexture(gl.TEXTURE_2D, gl.NEAREST);
    gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA8, width, height);
    const frame = gl.createFramebuffer();
    this.busy = true;
    let whole = true;
    for (let i = 0; i < stripes && whole && !this.problem; i++) {
      const from = Math.floor(i * height / stripes);
      gl.bindFramebuffer(gl.FRAMEBUFFER, frame);
      gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, aside, 0);
      gl.enable(gl.SCISSOR_TEST);
      gl.scissor(0, from, width, Math.floor((i + 1) * height / stripes) - from);
      this.cast(LEVELS[level], width, height);
      gl.disable(gl.SCISSOR_TEST);
      gl.bindFramebuffer(gl.FRAMEBUFFER, null);
      await this.finished();
      whole = !this.dirty;
    }
    this.busy = false;
    if (whole && !this.problem) {
      this.canvas.width = width;
      this.canvas.height = height;
      gl.bindFramebuffer(gl.READ_FRAMEBUFFER, frame);
      gl.blitFramebuffer(0, 0, width, height, 0, 0, width, height, gl.COLOR_BUFFER_BIT, gl.NEAREST);
      gl.bindFramebuffer(gl.READ_FRAMEBUFFER, null);
      this.drawn(level, begun);
    }
    gl.deleteFramebuffer(frame);
    gl.deleteTexture(aside);
  }

  /** What one picture teaches about the machine's speed; lines and labels are drawn along. */
  drawn(level, begun) {
    this.level = level;
    this.frameMs = performance.now() - begun;
    const rate = this.cost(LEVELS[level]) / Math.max(0.5, this.frameMs - 3);
    if (this.frames) {
      this.rate = this.rate ? Math.min(0.5 * this.rate + 0.5 * rate, 4 * this.rate) : rate;
    } else {
      this.dirty = true; // the first one waited for the shader to be compiled
    }
    this.drawnAt = performance.now();
    this.frames++;
    this.compose();
    this.options.onframe?.(this);
  }

  /** Resolves when the graphics have done what they were asked to; the page goes on meanwhile. */
  async finished() {
    const {gl} = this;
    const begun = performance.now();
    const sync = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    gl.flush();
    while (sync && !gl.isContextLost() && gl.clientWaitSync(sync, 0, 0) === gl.TIMEOUT_EXPIRED
        && performance.now() - begun < 8000) {
      await new Promise(resolve => setTimeout(resolve, 1));
    }
    if (sync) {
      gl.deleteSync(sync);
    }
  }

  halves() {
    const [nz, ny, nx] = this.volume.shape;
    const longest = Math.max(nz, ny, nx);
    return [nx, ny, nz].map(n => n / longest / 2);
  }

  pixels({scale}) {
    return [this.width, this.height].map(n => Math.max(16, Math.round(n * this.ratio * scale)));
  }

  paint(level) {
    const [width, height] = this.pixels(level);
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
    }
    this.cast(level, width, height);
  }

  /** Casts a ray for every pixel. */
  cast({step}, width, height) {
    const {gl, volume, rotation} = this;
    const {made, places} = this.linked(volume.elements.length > 4);
    gl.useProgram(made);
    gl.viewport(0, 0, width, height);
    this.rebind();
    const set = (name, kind, ...values) => places[name] && gl[kind](places[name], ...values);
    set('data0', 'uniform1i', 0);
    set('data1', 'uniform1i', 1);
    set('blocks', 'uniform1i', 2);
    set('mask', 'uniform1i', 3);
    const half = this.halves();
    const [nz, ny, nx] = volume.shape;
    const {eye, spread} = this.optics();
    set('turn', 'uniformMatrix3fv', false, rotation);
    const world = v => [0, 1, 2].map(i => rotation[i] * v[0] + rotation[3 + i] * v[1] + rotation[6 + i] * v[2]);
    set('eye', 'uniform3f', ...world(eye));
    set('light', 'uniform3f', ...world([-0.45, 0.55, 0.704]));
    set('spread', 'uniform2f', ...spread);
    set('half_', 'uniform3f', ...half);
    const sides = ['x', 'y', 'z'];
    const within = (side, share, i) => half[i] * (2 * Math[side ? 'min' : 'max'](share, this.full[i][side]) - 1);
    set('clipLow', 'uniform3f', ...sides.map((a, i) => within(0, this.clip[a][0], i)));
    set('clipHigh', 'uniform3f', ...sides.map((a, i) => within(1, this.clip[a][1], i)));
    set('size', 'uniform3f', nx, ny, nz);
    set('step_', 'uniform1f', step / Math.max(nx, ny, nz));
    set('thickness', 'uniform1f', 70);
    set('shading', 'uniform1f', this.options.shading ? 1 : 0);
    set('seed', 'uniform1f', 0);
    set('accent', 'uniform3f', ...rgb(this.options.accent));
    set('selecting', 'uniform1i', this.selection ? 1 : 0);
    set('bins', 'uniform1f', this.selection?.bins ?? 1);
    set('densityMax', 'uniform1f', this.selection?.densityMax ?? 1);
    set('densityMin', 'uniform1f', this.selection?.densityMin ?? 0);
    const lanes = {gain: [], bias: [], opacity: [], among: [], numerator: [], red: [], green: [], blue: []};
    for (let i = 0; i < 8; i++) {
      const element = volume.elements[i];
      const look = element ? this.looks.get(element.symbol) : {visible: false, low: 0, high: 1, opacity: 0};
      const max = element ? volume.scale[i] : 1;
      const width_ = Math.max(1e-6 * max, look.high - look.low);
      const colour = rgb(look.color || '#000000');
      lanes.gain.push(max / width_);
      lanes.bias.push(-look.low / width_);
      lanes.opacity.push(look.visible ? look.opacity * look.opacity : 0);
      lanes.among.push(element && (volume.among || []).includes(element.symbol) ? max : 0);
      lanes.numerator.push(element && volume.fractionOf === element.symbol ? max : 0);
      ['red', 'green', 'blue'].forEach((name, c) => lanes[name].push(colour[c]));
    }
    Object.entries(lanes).forEach(([name, values]) => set(name, 'uniform4fv', values));
    gl.drawArrays(gl.TRIANGLES, 0, 3);
  }

  /** Where the eye is and how far the rays spread, in the view's own axes; a box's longest side is 1. */
  optics() {
    const tall = Math.tan(FIELD_OF_VIEW / 2) / this.zoom;
    const wide = tall * this.width / this.height;
    const fit = Math.max(1, 1.12 * this.height / this.width);
    const spread = [wide * fit, tall * fit];
    return {eye: [-this.pan[0] * spread[0] * DISTANCE, -this.pan[1] * spread[1] * DISTANCE, DISTANCE], spread};
  }

  /** Where a point of the box, nm from its middle over its longest side, falls on the page's canvas, CSS pixels. */
  project([x, y, z]) {
    const r = this.rotation;
    const {eye, spread} = this.optics();
    const v = [0, 3, 6].map((i, k) => r[i] * x + r[i + 1] * y + r[i + 2] * z - eye[k]);
    return [(v[0] / -v[2] / spread[0] + 1) / 2 * this.width, (1 - v[1] / -v[2] / spread[1]) / 2 * this.height];
  }

  /** Lines and labels: the far edges of the box under the volume, the near ones and the labels over it. */
  compose() {
    this.under.replaceChildren();
    this.over.replaceChildren();
    if (this.problem) {
      this.message(this.problem);
    } else if (this.volume && this.frames) {
      if (this.options.axes) {
        this.edges();
      }
      if (this.planes) {
        this.outlines();
      }
    }
  }

  message(text) {
    const lines = [''];
    for (const word of text.split(' ')) {
      if (lines[lines.length - 1].length + word.length > Math.max(20, this.width / 9 * 12 / this.options.fontSize)) {
        lines.push('');
      }
      lines[lines.length - 1] += `${word} `;
    }
    lines.forEach((line, i) =>
        this.text(line.trim(), this.width / 2, this.height / 2 + (i - (lines.length - 1) / 2) * 1.9 * this.options.fontSize, 1.15 * this.options.fontSize));
  }

  line(svg, points, colour, opacity) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', points.map(line => `M${line.map(p => p.map(v => v.toFixed(1)).join(' ')).join('L')}`).join(''));
    path.setAttribute('fill', 'none');
    path.setAttribute('stroke', colour);
    path.setAttribute('stroke-opacity', opacity);
    svg.append(path);
  }

  text(words, x, y, size) {
    const text = document.createElementNS(SVG, 'text');
    Object.entries({x: x.toFixed(1), y: y.toFixed(1), fill: this.options.ink, 'text-anchor': 'middle',
      'dominant-baseline': 'middle', 'font-size': size, 'font-family': 'system-ui, sans-serif'})
        .forEach(([name, value]) => text.setAttribute(name, value));
    text.textContent = words;
    this.over.append(text);
  }

  /** The edges of the box, by how many of the two faces that meet there are seen: none, one (the outline) or both. */
  edges() {
    const half = this.halves();
    const nm = [2, 1, 0].map(i => this.volume.shape[i] * this.volume.voxelNm);
    const best = [null, null, null];
    const eye = this.optics().eye;
    const r = this.rotation;
    const from = [0, 1, 2].map(i => r[i] * eye[0] + r[3 + i] * eye[1] + r[6 + i] * eye[2]);
    const near = (axis, side) => side * from[axis] > half[axis];
    const groups = [[], [], []];
    for (let axis = 0; axis < 3; axis++) {
      const [u, v] = [(axis + 1) % 3, (axis + 2) % 3];
      for (const [a, b] of [[-1, -1], [-1, 1], [1, -1], [1, 1]]) {
        const sides = Number(near(u, a)) + Number(near(v, b));
        const start = [0, 0, 0];
        start[axis] = -half[axis];
        start[u] = a * half[u];
        start[v] = b * half[v];
        const end = [...start];
        end[axis] = half[axis];
        const [p, q] = [this.project(start), this.project(end)];
        groups[sides].push([p, q]);
        if (sides === 1 && (!best[axis] || p[1] + q[1] > best[axis][2])) {
          best[axis] = [p, q, p[1] + q[1]];
        }
      }
    }
    const {ink} = this.options;
    this.line(this.under, groups[0], ink, 0.4);
    this.line(this.under, groups[1], ink, 0.5);
    this.line(this.over, groups[2], ink, 0.13);
    best.forEach((edge, axis) => edge && this.label(edge, ['x', 'y', 'z'][axis], nm[axis]));
  }

  label([p, q], name, nm) {
    const length = Math.hypot(q[0] - p[0], q[1] - p[1]);
    if (length < 40) {
      return;
    }
    const centre = this.project([0, 0, 0]);
    const middle = [(p[0] + q[0]) / 2, (p[1] + q[1]) / 2];
    let normal = [-(q[1] - p[1]) / length, (q[0] - p[0]) / length];
    if (normal[0] * (middle[0] - centre[0]) + normal[1] * (middle[1] - centre[1]) < 0) {
      normal = normal.map(v => -v);
    }
    const away = this.options.fontSize * (1 + 2.2 * Math.abs(normal[0]));
    this.text(`${name}  ${nm >= 100 ? Math.round(nm) : Number(nm.toPrecision(3))} nm`,
        Math.max(40, Math.min(this.width - 40, middle[0] + away * normal[0])),
        Math.max(10, Math.min(this.height - 10, middle[1] + away * normal[1])), this.options.fontSize);
  }

  /** The three slices as rectangles. */
  outlines() {
    const half = this.halves();
    const counts = this.planes.shape || this.volume.shape;
    ['x', 'y', 'z'].forEach((name, axis) => {
      if (this.planes[name] !== undefined) {
        const at = half[axis] * (2 * (this.planes[name] + 0.5) / counts[2 - axis] - 1);
        const [u, v] = [(axis + 1) % 3, (axis + 2) % 3];
        this.line(this.over, [[[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]].map(([a, b]) => {
          const corner = [0, 0, 0];
          corner[axis] = at;
          corner[u] = a * half[u];
          corner[v] = b * half[v];
          return this.project(corner);
        })], this.options.accent, 0.4);
      }
    });
  }

  fail(problem) {
    this.problem = problem;
    this.canvas.setAttribute('data-problem', problem);
    this.compose();
    this.waiting.splice(0).forEach(resolve => resolve());
    this.options.onproblem?.(problem);
  }

  // ---- mouse, touch, keys

  listen() {
    const {canvas} = this;
    this.stop = new AbortController();
    const {signal} = this.stop;
    const fingers = new Map();
    const spread = () => {
      const [a, b] = [...fingers.values()];
      return {apart: Math.hypot(a.x - b.x, a.y - b.y), x: (a.x + b.x) / 2, y: (a.y + b.y) / 2};
    };
    canvas.addEventListener('pointerdown', event => {
      canvas.setPointerCapture(event.pointerId);
      fingers.set(event.pointerId, {x: event.clientX, y: event.clientY});
      this.held = true;
    }, {signal});
    canvas.addEventListener('pointermove', event => {
      const last = fingers.get(event.pointerId);
      if (!last) {
        return;
      }
      const before = fingers.size === 2 ? spread() : null;
      const [dx, dy] = [event.clientX - last.x, event.clientY - last.y];
      fingers.set(event.pointerId, {x: event.clientX, y: event.clientY});
      const side = Math.min(canvas.clientWidth, canvas.clientHeight) || 1;
      if (before) {
        const now = spread();
        this.shift((now.x - before.x), (now.y - before.y));
        this.zoomBy(now.apart / Math.max(1, before.apart));
      } else if (event.shiftKey || event.buttons === 2 || event.buttons === 4) {
        this.shift(dx, dy);
      } else {
        this.rotate(3.2 * dx / side, 3.2 * dy / side);
      }
    }, {signal});
    for (const name of ['pointerup', 'pointercancel', 'lostpointercapture']) {
      canvas.addEventListener(name, event => {
        fingers.delete(event.pointerId);
        this.held = fingers.size > 0;
        this.schedule();
      }, {signal});
    }
    canvas.addEventListener('contextmenu', event => event.preventDefault(), {signal});
    canvas.addEventListener('dblclick', () => this.reset(), {signal});
    canvas.addEventListener('wheel', event => {
      event.preventDefault();
      this.zoomBy(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0015)));
    }, {signal, passive: false});
    canvas.addEventListener('keydown', event => {
      if (!event.ctrlKey && !event.metaKey && !event.altKey && this.key(event.key, event.shiftKey)) {
        event.preventDefault();
      }
    }, {signal});
    if (window.ResizeObserver) {
      this.observer = new ResizeObserver(() => this.resize());
      this.observer.observe(canvas);
    }
  }

  shift(dx, dy) {
    this.pan = [this.pan[0] + 2 * dx / this.canvas.clientWidth, this.pan[1] - 2 * dy / this.canvas.clientHeight];
    this.redraw();
  }

  key(name, shift) {
    const turn = 5 * Math.PI / 180;
    const arrows = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]};
    if (arrows[name]) {
      const [a, b] = arrows[name];
      shift ? this.shift(20 * a, 20 * b) : this.rotate(turn * a, turn * b);
    } else if (name === '+' || name === '=') {
      this.zoomBy(1.15);
    } else if (name === '-') {
      this.zoomBy(1 / 1.15);
    } else if (name === 'Home' || name === '0') {
      this.reset();
    } else if (['x', 'y', 'z'].includes(name)) {
      this.lookAlong(name);
    } else {
      return false;
    }
    return true;
  }
}
