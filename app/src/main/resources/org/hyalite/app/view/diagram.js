/** The composition–density diagram: all voxels by X and N, the phases, and brushes to select in it. */
import {corners, nearest, place, simplified} from './bins.js';
import {el, number, textScale, ticks} from './format.js';
import {colourMap} from './palette.js';
import {on, set, state} from './store.js';
import {accent, densityUnit, floor} from './model.js';

const TOOLS = [['lasso', 'Lasso', 'Draw around a cloud (l)'], ['rectangle', 'Rectangle', 'Drag a rectangle (r)'],
  ['threshold', 'Threshold', 'Drag the least density (t)']];
const EDGE = 0.035;
const PICKED = '#5fe0ff';

export class Diagram {
  /** @param brush is told of selections while they are drawn ({@code draft}) and when they are done ({@code done}) */
  constructor(root, brush) {
    this.brush = brush;
    this.canvas = el('canvas', {id: 'diagram-canvas', tabindex: 0, role: 'img',
      'aria-label': 'Composition–density diagram; with a selection, arrow keys move it, Shift and arrow keys resize it'});
    this.over = el('canvas', {class: 'over', 'aria-hidden': 'true'});
    this.image = document.createElement('canvas');
    this.tools = Object.fromEntries(TOOLS.map(([id, name, title]) => [id, el('button', {type: 'button', id: `tool-${id}`,
      class: 'tool', 'data-tool': id, 'aria-pressed': 'false', title, 'aria-label': name, on: {click: () => set({tool: id})}},
        el('i', {class: `icon ${id}`}))]));
    this.scale = el('button', {type: 'button', id: 'diagram-scale', class: 'quiet', title: 'Colour scale: log or root',
      on: {click: () => set({scale: state.scale === 'log' ? 'sqrt' : 'log'})}});
    this.clear = el('button', {type: 'button', id: 'clear-selection', class: 'quiet', text: 'Clear', title: 'Clear the selection (Esc)',
      on: {click: () => brush.clear()}});
    this.phases = el('div', {class: 'chips', id: 'phase-chips'});
    this.missing = el('p', {class: 'missing', hidden: true});
    root.append(
        el('div', {class: 'cardhead'}, el('h2', {text: 'Phase diagram'}), el('span', {class: 'grow'}), this.scale, this.clear,
            el('div', {class: 'segmented', role: 'group', 'aria-label': 'Brush'}, ...Object.values(this.tools))),
        el('div', {class: 'plot', id: 'diagram-plot'}, this.canvas, this.over, this.missing), this.phases);
    this.listen();
    on('diagram phases scale theme shade study diagramProblem', () => this.draw());
    on('tool', () => this.marks());
    on('selection picked hover palette', () => this.overlay());
    on('phases diagram', () => this.chips());
    new ResizeObserver(() => this.draw()).observe(this.canvas.parentElement);
    this.marks();
  }

  marks() {
    Object.entries(this.tools).forEach(([id, button]) => button.setAttribute('aria-pressed', String(state.tool === id)));
  }

  /** Buttons that select what lies nearest to each phase. */
  chips() {
    const {phases, diagram} = state;
    const list = phases?.phases || [];
    const points = list.map(p => [p.fraction_mean, p.density_mean_per_nm3]);
    this.phases.replaceChildren(...diagram ? list.map((p, i) => el('button', {
      type: 'button', class: 'chip', 'data-phase': p.name, text: p.name,
      title: `Select what lies nearer to ${p.name} than to other phases, inside the particle`,
      on: {click: () => this.brush.done({kind: 'lasso', inside_threshold: true,
        vertices: nearest(points, i, diagram.densityMax, state.study.threshold_per_nm3 || 0)})},
    })) : []);
    this.phases.hidden = !list.length;
  }

  layout() {
    const box = this.canvas.parentElement;
    const [width, height] = [box.clientWidth, box.clientHeight];
    const size = textScale();
    const left = 46 * size;
    const [right, top, bottom] = [width - 10, 8, height - 36 * size];
    const max = state.diagram?.densityMax || 1;
    const span = 1 + 2 * EDGE;
    return {
      size, width, height, left, right, top, bottom, max,
      x: x => left + (x + EDGE) / span * (right - left),
      y: n => bottom - n / max * (bottom - top),
      back: (px, py) => [(px - left) / (right - left) * span - EDGE, (bottom - py) / (bottom - top) * max],
    };
  }

  fit(canvas) {
    const ratio = window.devicePixelRatio || 1;
    const {width, height} = this.layout();
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    const paper = canvas.getContext('2d', {willReadFrequently: true});
    paper.setTransform(ratio, 0, 0, ratio, 0, 0);
    paper.clearRect(0, 0, width, height);
    return paper;
  }

  draw() {
    const paper = this.fit(this.canvas);
    const {diagram} = state;
    const empty = !diagram;
    this.missing.hidden = !empty;
    this.scale.textContent = state.scale === 'log' ? 'log' : '√';
    this.scale.setAttribute('aria-label', `colour scale: ${state.scale === 'log' ? 'logarithm' : 'square root'}`);
    if (empty) {
      const todo = state.study?.state !== 'running' && state.study?.missing?.find(m => m.path === 'phases.json')?.what_to_do;
      this.missing.textContent = state.diagramProblem || (todo ? `phases.json is missing: ${todo}` : 'The diagram comes when the phases are known.');
      this.overlay();
      return;
    }
    const l = this.layout();
    this.histogram(diagram);
    paper.fillStyle = '#000';
    paper.fillRect(l.left, l.top, l.right - l.left, l.bottom - l.top);
    paper.imageSmoothingEnabled = false;
    const {width, height} = this.image;
    paper.drawImage(this.image, l.x(0), l.top, l.x(1) - l.x(0), l.bottom - l.top);
    for (const [column, from, to] of [[0, -0.6 * EDGE, 0], [width - 1, 1, 1 + 0.6 * EDGE]]) {
      paper.drawImage(this.image, column, 0, 1, height, l.x(from), l.top, l.x(to) - l.x(from), l.bottom - l.top);
    }
    this.axes(paper, l);
    this.overlay();
  }

  /** The histogram as an image, two bins by two in one pixel: N upwards. */
  histogram({bins, cells}) {
    const by = bins >= 200 ? 2 : 1;
    const n = Math.floor(bins / by);
    const counts = new Float64Array(n * n);
    let most = 0;
    for (let i = 0; i < n * by; i++) {
      for (let j = 0; j < n * by; j++) {
        const at = (n - 1 - Math.floor(j / by)) * n + Math.floor(i / by);
        counts[at] += cells[5 * (i * bins + j)];
        if (j > bins / 40 && counts[at] > most) {
          most = counts[at];
        }
      }
    }
    const scale = state.scale === 'log' ? v => Math.log1p(v) / Math.log1p(most) : v => Math.sqrt(v / most);
    const colours = colourMap('ember');
    Object.assign(this.image, {width: n, height: n});
    const paper = this.image.getContext('2d', {willReadFrequently: true});
    const pixels = paper.createImageData(n, n);
    counts.forEach((v, k) => {
      const c = 3 * Math.round(255 * Math.max(0, Math.min(1, v > 0 ? 0.12 + 0.88 * scale(v) : 0)));
      pixels.data.set([colours[c], colours[c + 1], colours[c + 2], v > 0 ? 255 : 0], 4 * k);
    });
    paper.putImageData(pixels, 0, 0);
  }

  axes(paper, l) {
    const ink = getComputedStyle(this.canvas).color;
    paper.fillStyle = ink;
    paper.strokeStyle = ink;
    paper.font = `${11 * l.size}px system-ui, sans-serif`;
    paper.textAlign = 'center';
    paper.textBaseline = 'top';
    paper.globalAlpha = 0.85;
    for (const x of [0, 0.2, 0.4, 0.6, 0.8, 1]) {
      paper.fillRect(Math.round(l.x(x)), l.bottom, 1, 4);
      paper.fillText(x.toFixed(1), l.x(x), l.bottom + 6);
    }
    paper.textAlign = 'right';
    paper.textBaseline = 'middle';
    for (const n of ticks(0, l.max, 5)) {
      paper.fillRect(l.left - 4, Math.round(l.y(n)), 4, 1);
      paper.fillText(String(n), l.left - 7, l.y(n));
    }
    paper.globalAlpha = 1;
    paper.textAlign = 'center';
    paper.textBaseline = 'alphabetic';
    const {study} = state;
    paper.fillText(`X = ${study.fraction_of}/(${(study.among || []).join(' + ')})`, (l.left + l.right) / 2, l.height - 5);
    paper.save();
    paper.translate(11 * l.size, (l.top + l.bottom) / 2);
    paper.rotate(-Math.PI / 2);
    paper.fillText(`N (${densityUnit()})`, 0, 0);
    paper.restore();
  }

  /** Threshold, phases, the selection, what was picked in a slice, the voxel under the pointer. */
  overlay() {
    const paper = this.fit(this.over);
    const {diagram, study, phases, selection, picked, hover} = state;
    if (!diagram) {
      return;
    }
    const l = this.layout();
    paper.save();
    paper.beginPath();
    paper.rect(l.left, l.top, l.right - l.left, l.bottom - l.top);
    paper.clip();
    paper.font = `${11 * l.size}px system-ui, sans-serif`;
    if (study.threshold_per_nm3 > 0) {
      paper.strokeStyle = 'rgba(255,255,255,.7)';
      paper.setLineDash([5, 4]);
      paper.beginPath();
      paper.moveTo(l.left, l.y(study.threshold_per_nm3));
      paper.lineTo(l.right, l.y(study.threshold_per_nm3));
      paper.stroke();
      paper.setLineDash([]);
      paper.fillStyle = 'rgba(255,255,255,.75)';
      paper.textAlign = 'center';
      paper.fillText(`inside: N > ${number(study.threshold_per_nm3)}`, (l.left + l.right) / 2, l.y(study.threshold_per_nm3) + 14 * l.size);
    }
    if (picked) {
      paper.fillStyle = PICKED;
      for (const [bin, count] of picked) {
        const size = 2 + Math.min(3, Math.log10(count + 1) * 1.6);
        const i = Math.floor(bin / diagram.bins);
        const n = (bin % diagram.bins + 0.5) / diagram.bins * l.max;
        paper.fillRect(l.x(place(i, diagram.bins)) - size / 2, l.y(n) - size / 2, size, size);
      }
    }
    if (selection) {
      this.outline(paper, l, corners(selection));
    }
    this.names(paper, l, phases?.phases || []);
    if (hover) {
      paper.strokeStyle = '#fff';
      paper.lineWidth = 1.5;
      paper.beginPath();
      paper.arc(l.x(hover[0]), l.y(Math.min(l.max, hover[1])), 5, 0, 7);
      paper.stroke();
    }
    paper.restore();
  }

  outline(paper, l, polygon) {
    paper.beginPath();
    polygon.forEach(([x, n]) => paper.lineTo(l.x(Math.max(-0.2, Math.min(1.2, x))), l.y(Math.max(-l.max, Math.min(12 * l.max, n)))));
    paper.closePath();
    paper.save(); // only what is selected is shaded: nothing below the threshold where only the inside counts
    const kept = new Path2D();
    kept.rect(l.left, l.top, l.right - l.left, l.y(floor()) - l.top);
    paper.fillStyle = `${accent()}29`;
    const shape = new Path2D();
    polygon.forEach(([x, n]) => shape.lineTo(l.x(Math.max(-0.2, Math.min(1.2, x))), l.y(Math.max(-l.max, Math.min(12 * l.max, n)))));
    paper.clip(kept);
    paper.fill(shape, 'evenodd');
    paper.restore();
    paper.strokeStyle = accent();
    paper.lineWidth = 1.6;
    paper.stroke();
  }

  /** Rings of two standard deviations, and the phases' names beside them. */
  names(paper, l, phases) {
    paper.textAlign = 'left';
    for (const p of phases) {
      const [x, y] = [l.x(p.fraction_mean), l.y(p.density_mean_per_nm3)];
      const rx = Math.max(5 * l.size, 2 * p.fraction_sd * (l.x(1) - l.x(0)));
      const ry = Math.max(5 * l.size, 2 * p.density_sd_per_nm3 * (l.y(0) - l.y(1)));
      paper.strokeStyle = 'rgba(255,255,255,.9)';
      paper.lineWidth = 1;
      paper.beginPath();
      paper.ellipse(x, y, rx, ry, 0, 0, 7);
      paper.stroke();
      paper.fillStyle = '#fff';
      paper.shadowColor = '#000';
      paper.shadowBlur = 4;
      const width = paper.measureText(p.name).width;
      const lx = Math.max(l.left + 5, Math.min(l.right - width - 5, x - width / 2));
      const above = y - ry - 6;
      paper.fillText(p.name, lx, above > l.top + 12 * l.size ? above : y + ry + 14 * l.size);
      paper.shadowBlur = 0;
    }
  }

  // ---- pointer and keys

  listen() {
    const {canvas} = this;
    let drag = null;
    const at = event => {
      const box = canvas.getBoundingClientRect();
      const l = this.layout();
      const clamp = (v, low, high) => Math.max(low, Math.min(high, v));
      return l.back(clamp(event.clientX - box.left, l.left, l.right), clamp(event.clientY - box.top, l.top, l.bottom));
    };
    canvas.addEventListener('pointerdown', event => {
      if (!state.diagram || event.button > 0) {
        return;
      }
      canvas.setPointerCapture(event.pointerId);
      drag = {tool: state.tool, points: [at(event)]};
      if (drag.tool === 'threshold') {
        this.shape(drag, 'draft', event);
      }
    });
    canvas.addEventListener('pointermove', event => {
      if (drag) {
        const events = drag.tool === 'lasso' && event.getCoalescedEvents ? event.getCoalescedEvents() : [event];
        (events.length ? events : [event]).forEach(e => drag.points.push(at(e)));
        this.shape(drag, 'draft', event);
      }
    });
    canvas.addEventListener('pointerup', () => {
      if (drag) {
        const [first] = drag.points;
        const max = state.diagram.densityMax;
        const far = Math.max(...drag.points.map(p => Math.hypot(p[0] - first[0], (p[1] - first[1]) / max)));
        drag.tool === 'threshold' || far > 0.006 ? this.shape(drag, 'done') : this.brush.clear();
        drag = null;
      }
    });
    canvas.addEventListener('pointercancel', () => {
      drag = null;
    });
    canvas.addEventListener('keydown', event => this.key(event));
  }

  /** A selection of what was dragged so far; told to the brush. */
  shape({tool, points}, tell, event) {
    const max = state.diagram.densityMax;
    const last = points[points.length - 1];
    let selection;
    if (tool === 'lasso') {
      const scaled = simplified(points.map(([x, n]) => [x, n / max]), 0.002);
      selection = {kind: 'lasso', vertices: scaled.map(([x, n]) => [x, n * max])};
    } else if (tool === 'rectangle') {
      selection = rectangle([points[0][0], last[0]], [points[0][1], last[1]], max);
    } else {
      selection = {kind: 'threshold', minimum_density_per_nm3: last[1]};
    }
    this.brush[tell]({...selection, inside_threshold: this.brush.inside()}, event?.timeStamp);
  }

  key(event) {
    const {selection, diagram} = state;
    const step = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1]}[event.key];
    if (!step || !diagram || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    event.preventDefault();
    const [dx, dn] = [step[0] / 100, step[1] / 100 * diagram.densityMax];
    let next;
    if (!selection) {
      next = rectangle([0.4, 0.6], [0.4 * diagram.densityMax, 0.8 * diagram.densityMax], diagram.densityMax);
    } else if (selection.kind === 'threshold') {
      next = {...selection, minimum_density_per_nm3: Math.max(0, selection.minimum_density_per_nm3 + dn)};
    } else {
      const xs = selection.vertices.map(v => v[0]);
      const middle = [(Math.min(...xs) + Math.max(...xs)) / 2, 0];
      const ns = selection.vertices.map(v => v[1]);
      middle[1] = (Math.min(...ns) + Math.max(...ns)) / 2;
      next = {...selection, vertices: selection.vertices.map(([x, n]) => event.shiftKey
          ? [x + Math.sign(x - middle[0]) * dx, n + Math.sign(n - middle[1]) * dn] : [x + dx, n + dn])};
    }
    this.brush.done({inside_threshold: this.brush.inside(), ...next});
  }
}

/** A rectangle as a selection; one that reaches the diagram's edge means everything beyond it, too. */
export function rectangle(xs, ns, max) {
  let [x0, x1] = [Math.min(...xs), Math.max(...xs)];
  let [n0, n1] = [Math.min(...ns), Math.max(...ns)];
  x0 = x0 <= -0.9 * EDGE ? -0.1 : x0;
  x1 = x1 >= 1 + 0.9 * EDGE ? 1.1 : x1;
  n0 = Math.max(0, n0);
  n1 = n1 >= 0.999 * max ? 10 * max : n1;
  return {kind: 'rectangle', vertices: [[x0, n0], [x1, n0], [x1, n1], [x0, n1]]};
}
