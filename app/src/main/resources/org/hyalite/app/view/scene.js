/** The 3D view with its controls: elements on one absolute scale, clipping, views, screenshot. */
import {LEVELS, VolumeView} from './volume.js';
import {el, number, textScale} from './format.js';
import {elements, floor} from './model.js';
import {on, set, state} from './store.js';
import {timings} from './timings.js';
import {content} from './data.js';

const THEMES = {
  dark: {background: '#0a0d12', ink: '#c3cbd8', accent: '#ffd23f'},
  light: {background: '#f1f3f6', ink: '#4a5363', accent: '#f0a800'},
};

export class Scene {
  constructor(root) {
    this.canvas = el('canvas', {id: 'volume', tabindex: 0, role: 'application',
      'aria-label': '3D view of the element volumes; arrow keys turn it, plus and minus zoom, x y z look along an axis'});
    this.holder = el('div', {class: 'holder'}, this.canvas);
    this.empty = el('p', {class: 'missing'});
    this.elements = el('div', {class: 'elements', id: 'elements'});
    this.status = el('output', {class: 'scenestatus', id: 'scene-status', 'aria-live': 'off'});
    const button = (id, text, title, click) => el('button', {type: 'button', id, class: 'quiet', text, title, 'aria-label': title, on: {click}});
    this.clipButton = button('clip-toggle', 'Clip', 'Clipping planes', () => this.togglePanel());
    this.clipButton.setAttribute('aria-expanded', 'false');
    this.planesButton = button('planes-toggle', 'Slices', 'Show the slices’ outlines in 3D', () => this.togglePlanes());
    this.planesButton.setAttribute('aria-pressed', 'false');
    const bar = el('div', {class: 'scenebar'},
        button('view-x', 'x', 'Look along x', () => this.view.lookAlong('x')), button('view-y', 'y', 'Look along y', () => this.view.lookAlong('y')),
        button('view-z', 'z', 'Look along z', () => this.view.lookAlong('z')), button('view-reset', 'Reset', 'Reset the view (0)', () => this.home()),
        this.planesButton, this.clipButton, button('screenshot', 'PNG', 'Save a picture (PNG)', () => this.save()));
    this.clipPanel = el('div', {class: 'clip', id: 'clip', hidden: true}, ...['x', 'y', 'z'].map(axis => this.clipRow(axis)), this.followRow());
    root.append(this.holder, this.empty, this.elements, bar, this.clipPanel, this.status);
    this.view = new VolumeView(this.canvas, {...this.theme(), onframe: () => this.framed(), onproblem: p => this.problem(p)});
    this.problem(this.view.problem);
    timings.scene_ms = performance.now();
    if (state.camera) {
      this.view.setCamera(state.camera);
    }
    on('volume', () => this.fresh());
    on('study', () => this.say());
    on('mask', () => this.select());
    on('looks palette', () => this.looks());
    on('theme shade palette', () => this.view.setOptions(this.theme()));
    on('at', () => this.follow());
    this.say();
    this.fresh();
  }

  theme() {
    const name = document.documentElement.dataset.theme === 'light' ? 'light' : 'dark';
    const accent = state.palette === 'safe' ? name === 'light' ? '#b0126f' : '#ffffff' : THEMES[name].accent;
    return {...THEMES[name], accent, fontSize: 12 * textScale()};
  }

  // ---- the volume

  async fresh() {
    const {volume} = state;
    this.say();
    if (!volume) {
      return;
    }
    this.controls();
    const begun = performance.now();
    const first = !this.view.volume;
    for (const e of elements()) {
      this.view.looks.set(e.symbol, {...e.look});
    }
    if (first && !state.camera) {
      this.home();
    }
    if (state.clip) {
      this.view.clip = {...this.view.clip, ...state.clip};
    }
    if (await this.view.setVolume(volume)) {
      timings.upload_ms = performance.now() - begun;
      this.shown = volume;
      this.follow();
      this.select();
    }
  }

  /** The first view: the particle, not the empty field around it, fills the picture. */
  home() {
    this.view.reset();
    if (state.volume) {
      const box = content(state.volume);
      const widest = Math.max(...['x', 'y', 'z'].map(a => 2 * Math.max(Math.abs(box[a][0] - 0.5), Math.abs(box[a][1] - 0.5))));
      this.view.zoomBy(Math.max(1, Math.min(2.2, 1.06 / widest)));
    }
  }

  /** Resolves when something is seen for the first time, or when that will not be. */
  seen() {
    return new Promise(resolve => {
      this.onseen = resolve;
      setTimeout(resolve, 2500);
      if (this.trouble || this.view.frames) {
        resolve();
      }
    });
  }

  framed() {
    const {view} = this;
    this.onseen?.();
    if (this.shown) {
      const now = performance.now();
      timings.first_picture_ms ??= now;
      if (this.shown.full && !this.shown.preview) {
        timings.finest_picture_ms ??= now;
      }
    }
    timings.framed();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => set({camera: view.camera}), 400);
    if (performance.now() - (this.toldAt || 0) < 400 && view.held) {
      return;
    }
    this.toldAt = performance.now();
    const level = LEVELS[view.level];
    this.status.textContent = `${state.volume?.voxelNm ? `${number(state.volume.voxelNm)} nm voxels · ` : ''}`
        + `${Math.round(level.scale * 100)} % resolution${view.fps && !view.still && view.held ? ` · ${view.fps.toFixed(0)} frames/s` : ''}`;
  }

  problem(problem) {
    this.trouble = problem;
    this.canvas.parentElement.classList.toggle('broken', Boolean(problem));
    this.say();
  }

  say() {
    const text = this.trouble ? '' : state.volume ? '' : state.study?.state === 'running'
        ? 'The first volume appears here while the run works.' : state.study?.zarr || state.study?.elements?.length ? 'Loading…'
        : state.study ? ['No volumes here.', ...(state.study.missing || []).slice(0, 2).map(m => `${m.path}: ${m.what_to_do}`)].join('\n') : 'Loading…';
    this.empty.textContent = text;
    this.empty.hidden = !text;
    this.status.hidden = Boolean(this.trouble || !state.volume);
  }

  select() {
    const {mask} = state;
    this.view.setSelection(mask ? mask.bits : null, mask?.densityMax, floor());
  }

  looks() {
    elements().forEach(e => this.view.setElement(e.symbol, {...e.look}));
    this.controls();
  }

  // ---- elements

  /** One row per element: on or off, the window on the absolute scale, the opacity. */
  controls() {
    const parts = elements();
    const high = state.volume?.high || 1;
    const most = 1.25 * high;
    if (this.built !== parts.map(p => p.symbol).join() + most) {
      this.built = parts.map(p => p.symbol).join() + most;
      this.rows = parts.map((e, i) => this.row(e, i, most));
      this.elements.replaceChildren(...this.rows.map(r => r.box), el('p', {class: 'scaleunit', text: state.volume.unit || ''}));
    }
    parts.forEach((e, i) => this.rows[i].show(e.look));
    parts.forEach((e, i) => document.documentElement.style.setProperty(`--element-${i}`, e.look.color));
  }

  row({symbol}, i, most) {
    const change = patch => set({looks: {...state.looks, [symbol]: {...state.looks[symbol], ...patch}}});
    const slider = (name, max, title, input) => el('input', {type: 'range', class: name, min: 0, max, step: max / 200, title,
      'aria-label': `${symbol}: ${title}`, 'data-element': symbol, on: {input: event => input(Number(event.target.value))}});
    const low = slider('low', most, 'from', v => change({low: Math.min(v, this.look(symbol).high - most / 100)}));
    const high = slider('high', most, 'to', v => change({high: Math.max(v, this.look(symbol).low + most / 100)}));
    const opacity = slider('opacity', 1, 'opacity', v => change({opacity: v}));
    const toggle = el('button', {type: 'button', class: `toggle swatch-${i}`, 'data-element': symbol, title: `Show or hide ${symbol}`,
      on: {click: () => change({visible: !this.look(symbol).visible})}}, el('i', {class: 'swatch'}), el('b', {text: symbol}));
    const ramp = el('div', {class: `ramp ramp-${i}`});
    const text = el('span', {class: 'window'});
    const box = el('div', {class: 'element'}, toggle, el('div', {class: 'double'}, ramp, low, high), text, opacity);
    return {box, show: look => {
      toggle.setAttribute('aria-pressed', String(look.visible));
      [low.value, high.value, opacity.value] = [look.low, look.high, look.opacity];
      text.textContent = `${number(look.low, 2)} – ${number(look.high, 2)}`;
      ramp.style.left = `${100 * look.low / most}%`;
      ramp.style.right = `${100 * (1 - look.high / most)}%`;
    }};
  }

  look(symbol) {
    return elements().find(e => e.symbol === symbol).look;
  }

  // ---- clipping

  togglePanel() {
    this.clipPanel.hidden = !this.clipPanel.hidden;
    this.clipButton.setAttribute('aria-expanded', String(!this.clipPanel.hidden));
  }

  clipRow(axis) {
    const range = (side, value) => el('input', {type: 'range', min: 0, max: 1, step: 0.005, value, id: `clip-${axis}-${side}`,
      'aria-label': `${axis} ${side === 'low' ? 'from' : 'to'}`, on: {input: () => {
        const [a, b] = [Number(low.value), Number(high.value)];
        this.clip({[axis]: [Math.min(a, b), Math.max(a, b)]});
      }}});
    const kept = state.clip?.[axis] || [0, 1];
    const low = range('low', kept[0]);
    const high = range('high', kept[1]);
    this.clipInputs = {...this.clipInputs, [axis]: [low, high]};
    return el('div', {class: 'cliprow'}, el('b', {text: axis}), low, high);
  }

  followRow() {
    this.followBox = el('input', {type: 'checkbox', id: 'clip-follow', on: {change: () => {
      set({clipToSlices: this.followBox.checked});
      this.followBox.checked ? this.follow() : this.clip({z: [0, 1]});
    }}});
    this.followBox.checked = state.clipToSlices;
    return el('div', {class: 'cliprow'}, el('label', {class: 'check'}, this.followBox, 'cut open at the crosshair'));
  }

  clip(clip) {
    const next = {x: [0, 1], y: [0, 1], z: [0, 1], ...state.clip, ...clip};
    this.view.setClip(next);
    Object.entries(next).forEach(([axis, values]) => values.forEach((v, i) => {
      this.clipInputs[axis][i].value = v;
    }));
    set({clip: Object.values(next).every(([a, b]) => a === 0 && b === 1) ? null : next});
  }

  togglePlanes() {
    this.planes = !this.planes;
    this.planesButton.setAttribute('aria-pressed', String(this.planes));
    this.follow();
  }

  /** Outlines and, if asked, the cut follow the slices. */
  follow() {
    const {at, study, volume} = state;
    if (!at || !volume) {
      return;
    }
    const shape = volume.preview ? volume.shape : study?.shape || volume.shape;
    this.view.setPlanes(this.planes ? {...at, shape} : null);
    if (state.clipToSlices) {
      this.clip({z: [(at.z + 0.5) / shape[0], 1]});
    }
  }

  async save() {
    const blob = await this.view.screenshot();
    const link = el('a', {href: URL.createObjectURL(blob), download: `${state.study?.name || 'hyalite'}-3d.png`});
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }
}
