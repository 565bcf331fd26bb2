/** Three linked orthoslices with crosshair, values under the pointer, scale bars and the selection lit up. */
import {binOf} from './bins.js';
import {content, elementSection, fileSection} from './data.js';
import {el, number, roundLength, textScale, withError} from './format.js';
import {channels} from './palette.js';
import {on, set, state} from './store.js';
import {accent, elements, floor} from './model.js';

const AXES = {
  z: {rows: 'y', columns: 'x', title: 'xy'},
  y: {rows: 'z', columns: 'x', title: 'xz'},
  x: {rows: 'z', columns: 'y', title: 'yz'},
};

export class Slices {
  constructor(root) {
    this.panels = {};
    this.picking = false;
    this.readout = el('output', {class: 'readout', id: 'readout', 'aria-live': 'off'});
    this.pickButton = el('button', {class: 'quiet', type: 'button', id: 'pick', 'aria-pressed': 'false',
      title: 'Drag a rectangle in a slice to see where its voxels lie in the diagram (p, or hold Shift)', text: 'Pick',
      on: {click: () => this.setPicking(!this.picking)}});
    this.fitButton = el('button', {class: 'quiet', type: 'button', id: 'fit', 'aria-pressed': String(state.fit),
      title: 'Show the particle, or the whole field (f)', text: 'Fit', on: {click: () => set({fit: !state.fit})}});
    for (const axis of ['z', 'y', 'x']) {
      root.append(this.panel(axis));
    }
    root.append(el('div', {class: 'underline'}, this.readout, el('span', {class: 'grow'}), this.fitButton, this.pickButton));
    on('volume', () => this.fresh());
    on('at palette looks mask fit diagram', () => this.draw());
    on('picked', () => !state.picked && this.unpick());
    on('fit', () => this.fitButton.setAttribute('aria-pressed', String(state.fit)));
    new ResizeObserver(() => this.draw()).observe(root);
  }

  panel(axis) {
    const {title} = AXES[axis];
    const canvas = el('canvas', {id: `slice-${axis}`, class: 'slice', tabindex: 0, role: 'img', 'data-axis': axis,
      'aria-label': `${title} slice; arrow keys move it, with Shift the crosshair`});
    const slider = el('input', {type: 'range', id: `slider-${axis}`, min: 0, max: 0, value: 0, 'aria-label': `${axis} of the ${title} slice`,
      on: {input: () => this.move(axis, Number(slider.value))}});
    const label = el('span', {class: 'where', id: `where-${axis}`});
    const image = document.createElement('canvas');
    this.panels[axis] = {axis, canvas, slider, label, image, sections: null};
    this.listen(this.panels[axis]);
    return el('div', {class: 'card slicebox'},
        el('div', {class: 'slicehead'}, el('b', {text: title}), slider, label), el('div', {class: 'holder'}, canvas));
  }

  setPicking(picking) {
    this.picking = picking;
    this.pickButton.setAttribute('aria-pressed', String(picking));
  }

  /** A new volume: the middle of the particle, if nothing was kept. */
  fresh() {
    if (!state.volume || !this.shape()) {
      return;
    }
    const box = content(state.volume);
    this.box = box;
    const [nz, ny, nx] = this.shape();
    const counts = {z: nz, y: ny, x: nx};
    const at = {};
    const before = this.counts;
    this.counts = counts;
    for (const axis of ['z', 'y', 'x']) {
      const middle = Math.floor((box[axis][0] + box[axis][1]) / 2 * counts[axis]);
      const kept = before && state.at ? Math.floor((state.at[axis] + 0.5) / before[axis] * counts[axis]) : state.at?.[axis];
      at[axis] = Number.isInteger(kept) && kept >= 0 && kept < counts[axis] ? kept : middle;
      this.panels[axis].slider.max = counts[axis] - 1;
    }
    for (const panel of Object.values(this.panels)) {
      panel.key = null;
    }
    set({at});
    this.draw();
  }

  /** Voxels of the full volume; of a preview those of the preview. */
  shape() {
    return state.volume?.preview ? state.volume.shape : state.study?.shape || state.volume?.shape;
  }

  voxelNm() {
    return state.volume?.preview ? state.volume.voxelNm : state.study?.voxel_nm || state.volume?.voxelNm;
  }

  move(axis, index) {
    const count = this.count(axis);
    if (state.at && count) {
      set({at: {...state.at, [axis]: Math.max(0, Math.min(count - 1, Math.round(index)))}});
    }
  }

  count(axis) {
    const shape = this.shape();
    return shape ? shape['zyx'.indexOf(axis)] : 0;
  }

  draw() {
    if (state.at && state.volume) {
      Object.values(this.panels).forEach(panel => this.load(panel));
    }
  }

  /** Takes the sections from memory at once, or asks for them and draws when they are there. */
  load(panel) {
    const {axis} = panel;
    const index = state.at[axis];
    panel.slider.value = index;
    panel.label.textContent = `${axis} = ${index} · ${this.place(index)} nm`;
    const key = `${state.volume.id}|${index}`;
    if (panel.key === key) {
      this.paint(panel);
      return;
    }
    const asked = elements().map(e => elementSection(e.symbol, axis, index));
    if (asked.every(s => !(s instanceof Promise))) {
      panel.sections = asked;
      panel.key = key;
      this.paint(panel);
      return;
    }
    panel.wanted = key;
    Promise.all(asked).then(sections => {
      if (panel.wanted === key) {
        panel.sections = sections;
        panel.key = key;
        this.paint(panel);
      }
    }).catch(error => {
      panel.label.textContent = error.message;
    });
  }

  /** Element colours added up on one absolute scale; selected voxels in the accent's light, others dimmed. */
  paint(panel) {
    const {sections, canvas, image} = panel;
    if (!sections?.length) {
      return;
    }
    const {rows, columns} = sections[0];
    const {mask} = state;
    const {colours, bins, light} = this.base(panel);
    const lit = channels(accent());
    if (image.width !== columns || image.height !== rows) {
      image.width = columns;
      image.height = rows;
    }
    const paper = image.getContext('2d', {willReadFrequently: true});
    const pixels = paper.createImageData(columns, rows);
    const out = pixels.data;
    const bits = mask && bins ? mask.bits : null;
    for (let i = 0, to = 0; i < rows * columns; i++, to += 4) {
      const selected = bits !== null && bins[i] >= 0 && bits[bins[i]] === 1;
      const own = bits === null ? 1 : selected ? 0.14 : 0.42;
      const glow = selected ? 0.86 * light[i] : 0;
      for (let c = 0; c < 3; c++) {
        out[to + c] = own * colours[3 * i + c] + glow * lit[c];
      }
      out[to + 3] = 255;
    }
    paper.putImageData(pixels, 0, 0);
    this.show(panel, canvas, image);
    if (this.hovered?.panel === panel) {
      this.hover(panel, this.hovered.p);
    }
  }

  /** What of a slice does not depend on the selection: its colours, each pixel's bin of the diagram, and how bright N is. */
  base(panel) {
    const {sections} = panel;
    const {diagram: grid, looks, palette, study, volume} = state;
    const least = floor();
    const known = panel.known;
    if (known && known.sections === sections && known.looks === looks && known.palette === palette && known.least === least
        && known.grid === grid) {
      return known;
    }
    const size = sections[0].rows * sections[0].columns;
    const colours = new Float32Array(3 * size);
    const sum = new Float32Array(size);
    let numerator = null;
    elements().forEach((e, k) => {
      const {data} = sections[k];
      const rgb = channels(e.look.color);
      const counts = study?.among?.includes(e.symbol);
      numerator = e.symbol === study?.fraction_of ? data : numerator;
      for (let i = 0; i < size; i++) {
        if (e.look.visible) {
          const share = Math.max(0, Math.min(1, data[i] / e.look.high));
          colours[3 * i] += share * rgb[0];
          colours[3 * i + 1] += share * rgb[1];
          colours[3 * i + 2] += share * rgb[2];
        }
        if (counts) {
          sum[i] += data[i];
        }
      }
    });
    const bins = grid && numerator ? Int32Array.from(sum, (n, i) =>
        n > least ? binOf(numerator[i] / n, n, grid.bins, grid.densityMax) : -1) : null;
    const light = sum.map(n => 0.35 + 0.65 * Math.min(1, n / volume.high));
    panel.known = {sections, looks, palette, least, grid, colours, bins, light};
    return panel.known;
  }

  /** The part of a slice that is shown: columns and rows, voxels. */
  window(panel, width, height) {
    const {rows, columns} = panel.sections[0];
    const names = AXES[panel.axis];
    const share = state.fit && this.box ? [this.box[names.columns], this.box[names.rows]] : [[0, 1], [0, 1]];
    let [w, h] = [(share[0][1] - share[0][0]) * columns, (share[1][1] - share[1][0]) * rows];
    const middle = [(share[0][0] + share[0][1]) / 2 * columns, (share[1][0] + share[1][1]) / 2 * rows];
    if (w / h < width / height) {
      w = h * width / height;
    } else {
      h = w * height / width;
    }
    return {left: middle[0] - w / 2, top: middle[1] - h / 2, scale: width / w};
  }

  show(panel, canvas, image) {
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [canvas.parentElement.clientWidth, canvas.parentElement.clientHeight];
    if (width < 2 || height < 2) {
      return;
    }
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    const paper = canvas.getContext('2d', {willReadFrequently: true});
    const view = this.window(panel, width, height);
    panel.view = view;
    paper.setTransform(ratio, 0, 0, ratio, 0, 0);
    paper.fillStyle = '#000';
    paper.fillRect(0, 0, width, height);
    paper.imageSmoothingEnabled = false;
    const place = v => [(v[0] - view.left) * view.scale, (v[1] - view.top) * view.scale];
    const [x0, y0] = place([0, 0]);
    paper.drawImage(image, x0, y0, image.width * view.scale, image.height * view.scale);
    const names = AXES[panel.axis];
    const [cx, cy] = place([state.at[names.columns] + 0.5, state.at[names.rows] + 0.5]);
    paper.strokeStyle = 'rgba(255,255,255,.5)';
    paper.lineWidth = 1;
    paper.beginPath();
    for (const [a, b, c, d] of [[cx, 0, cx, cy - 7], [cx, cy + 7, cx, height], [0, cy, cx - 7, cy], [cx + 7, cy, width, cy]]) {
      paper.moveTo(a, b);
      paper.lineTo(c, d);
    }
    paper.stroke();
    if (panel.picked) {
      const [a, b] = [place(panel.picked[0]), place(panel.picked[1])];
      paper.strokeStyle = '#5fe0ff';
      paper.lineWidth = 1.5;
      paper.strokeRect(a[0], a[1], b[0] - a[0], b[1] - a[1]);
    }
    this.bar(paper, width, height, view.scale);
  }

  bar(paper, width, height, scale) {
    const nm = roundLength(0.32 * width / scale * this.voxelNm());
    const length = nm / this.voxelNm() * scale;
    paper.fillStyle = '#fff';
    paper.shadowColor = '#000';
    paper.shadowBlur = 3;
    const size = textScale();
    paper.fillRect(width - 12 - length, height - 10 - 3 * size, length, 3 * size);
    paper.font = `600 ${11 * size}px system-ui, sans-serif`;
    paper.textAlign = 'center';
    paper.fillText(`${number(nm, 2)} nm`, width - 12 - length / 2, height - 10 - 8 * size);
    paper.shadowBlur = 0;
  }

  // ---- pointer and keys

  listen(panel) {
    const {canvas, axis} = panel;
    const names = AXES[axis];
    const at = event => {
      const box = canvas.getBoundingClientRect();
      const v = panel.view;
      return v && [(event.clientX - box.left) / v.scale + v.left, (event.clientY - box.top) / v.scale + v.top];
    };
    let drag = null;
    const cross = p => set({at: {...state.at, [names.columns]: this.clamp(names.columns, p[0]), [names.rows]: this.clamp(names.rows, p[1])}});
    canvas.addEventListener('pointerdown', event => {
      const p = at(event);
      if (!p) {
        return;
      }
      canvas.setPointerCapture(event.pointerId);
      drag = this.picking || event.shiftKey ? {from: p} : {};
      if (!drag.from) {
        cross(p);
      }
    });
    canvas.addEventListener('pointermove', event => {
      const p = at(event);
      if (!p) {
        return;
      }
      if (drag?.from) {
        this.pick(panel, drag.from, p);
      } else if (drag) {
        cross(p);
      }
      this.hover(panel, p);
    });
    const end = event => {
      if (drag?.from && event.type === 'pointerup') {
        const p = at(event);
        const same = Math.hypot(p[0] - drag.from[0], p[1] - drag.from[1]) < 0.7;
        same ? this.unpick() : this.pick(panel, drag.from, p);
      }
      drag = null;
    };
    canvas.addEventListener('pointerup', end);
    canvas.addEventListener('pointercancel', end);
    canvas.addEventListener('pointerleave', () => this.hover(null));
    canvas.addEventListener('wheel', event => {
      event.preventDefault();
      this.move(axis, state.at[axis] + (event.deltaY > 0 ? -1 : 1));
    }, {passive: false});
    canvas.addEventListener('keydown', event => {
      const step = {ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 10, PageDown: -10}[event.key];
      if (!step || !state.at || event.ctrlKey || event.metaKey || event.altKey) {
        return;
      }
      event.preventDefault();
      if (event.shiftKey && event.key.startsWith('Arrow')) {
        const upright = event.key === 'ArrowUp' || event.key === 'ArrowDown';
        const name = upright ? names.rows : names.columns;
        this.move(name, state.at[name] + (upright ? -step : step));
      } else {
        this.move(axis, state.at[axis] + step);
      }
      this.hover(panel, [state.at[names.columns] + 0.5, state.at[names.rows] + 0.5]);
    });
  }

  /** A voxel's place, nm, with as many digits as tell it from its neighbours. */
  place(index) {
    const nm = this.voxelNm();
    return (index * nm).toFixed(Number.isInteger(nm) ? 0 : Math.max(0, 1 - Math.floor(Math.log10(nm))));
  }

  clamp(axis, value) {
    return Math.max(0, Math.min(this.count(axis) - 1, Math.floor(value)));
  }

  /** The numbers of the voxel under the pointer, with the standard deviation where it is known. */
  hover(panel, p) {
    this.hovered = panel ? {panel, p} : null;
    if (!panel || !panel.sections || panel.key !== `${state.volume.id}|${state.at[panel.axis]}`) {
      this.readout.replaceChildren();
      set({hover: null});
      return;
    }
    const {rows, columns} = panel.sections[0];
    const [c, r] = [Math.floor(p[0]), Math.floor(p[1])];
    if (c < 0 || r < 0 || c >= columns || r >= rows) {
      this.hover(null);
      return;
    }
    const names = AXES[panel.axis];
    const where = {...state.at, [names.columns]: c, [names.rows]: r};
    const i = r * columns + c;
    const each = [];
    const parts = [el('span', {class: 'dim', text: ['x', 'y', 'z'].map(a => `${a} ${this.place(where[a])}`).join('  ') + ' nm'})];
    let [n, f] = [0, NaN];
    const digits = Math.max(0, Math.min(9, 2 - Math.floor(Math.log10(state.volume.high))));
    elements().forEach((e, k) => {
      const value = panel.sections[k].data[i];
      if (state.study?.among?.includes(e.symbol)) {
        n += value;
        f = e.symbol === state.study.fraction_of ? value : f;
      }
      const sd = this.deviation(e.symbol, panel.axis, state.at[panel.axis], i);
      each.push(el('span', {class: 'value', 'data-element': e.symbol, 'data-value': value, title: sd ? 'value ± standard deviation over replicas' : ''},
          el('i', {class: `swatch swatch-${k}`}), el('b', {text: e.symbol}), ` ${sd ? withError(value, sd) : value.toFixed(digits)}`));
    });
    if (state.study?.among?.length && Number.isFinite(f)) {
      const x = n > 0 ? Math.max(0, Math.min(1, f / n)) : NaN;
      parts.push(el('span', {class: 'value', 'data-quantity': 'X', 'data-value': x}, el('b', {text: 'X'}), ` ${n > 0 ? x.toFixed(3) : '–'}`));
      parts.push(el('span', {class: 'value', 'data-quantity': 'N', 'data-value': n}, el('b', {text: 'N'}), ` ${n.toFixed(digits)}`));
      set({hover: n > 0 ? [x, n] : null});
    }
    parts.push(...each, el('span', {class: 'dim', text: state.volume.unit || ''}));
    this.readout.replaceChildren(...parts);
  }

  deviation(symbol, axis, index, i) {
    const file = state.study?.volumes?.find(v => v.sd && (v.element === symbol || v.path === `sample/sd_${symbol}.mrc`));
    if (!file || state.volume.preview) {
      return 0;
    }
    const found = fileSection(file.path, axis, index);
    if (found instanceof Promise) {
      found.then(() => this.hovered && this.hover(this.hovered.panel, this.hovered.p)).catch(() => {});
      return 0;
    }
    return found.data[i];
  }

  /** Where the voxels of a rectangle lie in the diagram: how many in which bin. */
  pick(panel, a, b) {
    const {rows, columns} = panel.sections[0];
    const [c0, c1] = [a[0], b[0]].sort((p, q) => p - q).map(v => Math.max(0, Math.min(columns, Math.round(v))));
    const [r0, r1] = [a[1], b[1]].sort((p, q) => p - q).map(v => Math.max(0, Math.min(rows, Math.round(v))));
    const {diagram} = state;
    const parts = elements();
    const among = parts.map((e, k) => ({e, data: panel.sections[k].data})).filter(({e}) => state.study?.among?.includes(e.symbol));
    const numerator = among.find(({e}) => e.symbol === state.study.fraction_of);
    Object.values(this.panels).forEach(p => {
      p.picked = p === panel ? [[c0, r0], [c1, r1]] : null;
      if (p.view) {
        this.show(p, p.canvas, p.image);
      }
    });
    if (!diagram || !numerator) {
      return;
    }
    const counts = new Map();
    for (let r = r0; r < r1; r++) {
      for (let c = c0; c < c1; c++) {
        const i = r * columns + c;
        const n = among.reduce((sum, {data}) => sum + data[i], 0);
        const bin = binOf(numerator.data[i] / n, n, diagram.bins, diagram.densityMax);
        if (bin >= 0) {
          counts.set(bin, (counts.get(bin) || 0) + 1);
        }
      }
    }
    set({picked: counts});
  }

  unpick() {
    const drawn = Object.values(this.panels).some(p => p.picked);
    Object.values(this.panels).forEach(p => {
      p.picked = null;
    });
    set({picked: null});
    if (drawn) {
      this.draw();
    }
  }
}
