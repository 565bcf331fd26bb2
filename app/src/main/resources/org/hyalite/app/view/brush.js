/** The selection and its numbers: live from the diagram's bins while one draws, exact from the server afterwards. */
import {maskOf, moments} from './bins.js';
import * as api from './api.js';
import {count, el, number, withError} from './format.js';
import {rectangle} from './diagram.js';
import {floor, densityUnit} from './model.js';
import {on, set, state} from './store.js';
import {plot} from './plots.js';
import {modal} from './dialog.js';
import {timings} from './timings.js';

const NAME = /^[A-Za-z0-9_-]{1,60}$/;

export class Brush {
  constructor(root) {
    this.saved = [];
    this.values = {};
    this.status = el('span', {class: 'tag', id: 'numbers-exact', 'data-exact': 'false'});
    const tile = (id, name, unit) => {
      this.values[id] = el('b', {id: `number-${id}`, 'data-value': '', text: '–'});
      return el('div', {class: 'tile'}, el('dt', {text: name}), el('dd', {}, this.values[id], el('span', {class: 'unit', id: `unit-${id}`, text: unit})));
    };
    const tiles = el('dl', {class: 'tiles'}, tile('volume', 'Volume', 'nm³'), tile('fraction', 'X, mean ± sd of voxels', ''),
        tile('density', 'N, mean ± sd of voxels', ''), tile('voxels', 'Voxels', ''));
    this.insideBox = el('input', {type: 'checkbox', id: 'inside', checked: true,
      on: {change: () => state.selection && this.done({...state.selection, inside_threshold: this.inside()})}});
    this.fields = Object.fromEntries([['x0', 'X from'], ['x1', 'to'], ['n0', 'N from'], ['n1', 'to']].map(([id, label]) => [id,
      el('input', {type: 'number', step: 'any', id: `field-${id}`, 'aria-label': label, on: {change: () => this.typed()}})]));
    const f = this.fields;
    this.name = el('input', {type: 'text', id: 'selection-name', placeholder: 'name', maxlength: 60, 'aria-label': 'Name of the selection',
      autocomplete: 'off', spellcheck: 'false', on: {keydown: event => event.key === 'Enter' && this.save()}});
    this.saveButton = el('button', {type: 'button', id: 'save-selection', class: 'primary', text: 'Save', on: {click: () => this.save()}});
    this.list = el('ul', {class: 'saved', id: 'selections'});
    this.message = el('p', {class: 'message', id: 'selection-message', role: 'status'});
    root.append(
        el('div', {class: 'cardhead'}, el('h2', {text: 'Selection'}), this.status, el('span', {class: 'grow'}),
            el('label', {class: 'check', title: 'Only voxels above the threshold: the particle without its surroundings'}, this.insideBox, 'inside only')),
        tiles,
        el('details', {class: 'typed'}, el('summary', {text: 'By numbers'}),
            el('div', {class: 'fields'}, el('label', {text: 'X'}), f.x0, '–', f.x1, el('label', {text: 'N'}), f.n0, '–', f.n1)),
        el('div', {class: 'save'}, this.name, this.saveButton), this.message, this.list);
    on('selection mask numbers exact diagram', () => this.show());
    on('diagram study', () => this.mask());
    on('study volume', () => {
      root.querySelector('#unit-density').textContent = densityUnit();
    });
    this.show();
  }

  inside() {
    return this.insideBox.checked;
  }

  /** A selection that is still being drawn. */
  draft(selection) {
    const begun = performance.now();
    set({selection, exact: false});
    this.mask();
    timings.brushed(begun);
  }

  /** A selection as it stays: the exact numbers are asked for. */
  done(selection) {
    const begun = performance.now();
    set({selection, exact: false});
    this.mask();
    timings.brushed(begun);
    this.ask();
  }

  clear() {
    this.asked?.abort();
    set({selection: null, mask: null, numbers: null, exact: false, picked: null});
  }

  /** Which bins are selected, and the numbers that follow from them. */
  mask() {
    const {selection, diagram, study} = state;
    if (!selection || !diagram) {
      if (state.mask) {
        set({mask: null, numbers: null});
      }
      return;
    }
    this.insideBox.checked = selection.inside_threshold !== false;
    const {bins, densityMax, cells} = diagram;
    const bits = maskOf(selection, bins, densityMax);
    const m = moments(bits, cells, bins, densityMax, floor());
    const numbers = {
      voxels: m.voxels, volume_nm3: m.voxels * study.voxel_nm ** 3, fraction_mean: m.fractionMean, fraction_sd: m.fractionSd,
      density_mean_per_nm3: m.densityMean, density_sd_per_nm3: m.densitySd,
    };
    set({mask: {bits, bins, densityMax}, numbers, exact: false});
  }

  async ask() {
    this.asked?.abort();
    this.asked = new AbortController();
    const {selection} = state;
    const begun = performance.now();
    try {
      const numbers = await api.numbers(selection, this.asked.signal);
      if (state.selection === selection) {
        set({numbers, exact: true});
        timings.exact_ms = performance.now() - begun;
      }
    } catch (error) {
      if (error.name !== 'AbortError' && state.selection === selection) {
        this.say(error.status === 0 ? '' : error.message, true);
      }
    }
  }

  show() {
    const {numbers, selection, exact} = state;
    const put = (id, text, value) => {
      this.values[id].textContent = text;
      this.values[id].dataset.value = value ?? '';
    };
    const n = selection && numbers;
    put('volume', n ? number(n.volume_nm3, 4) : '–', n?.volume_nm3);
    put('voxels', n ? count(n.voxels) : '–', n?.voxels);
    put('fraction', n ? withError(n.fraction_mean, n.fraction_sd) : '–', n?.fraction_mean);
    put('density', n ? withError(n.density_mean_per_nm3, n.density_sd_per_nm3) : '–', n?.density_mean_per_nm3);
    this.values.fraction.dataset.sd = n?.fraction_sd ?? '';
    this.values.density.dataset.sd = n?.density_sd_per_nm3 ?? '';
    this.status.textContent = n ? exact ? 'exact' : 'from bins' : state.diagram ? 'draw in the diagram' : 'no diagram';
    this.status.dataset.exact = String(Boolean(n && exact));
    this.saveButton.disabled = !selection;
    const f = this.fields;
    if (selection && !Object.values(f).includes(document.activeElement)) {
      const threshold = selection.kind === 'threshold';
      const xs = threshold ? [0, 1] : selection.vertices.map(v => v[0]);
      const ns = threshold ? [selection.minimum_density_per_nm3 ?? 0, selection.maximum_density_per_nm3 ?? state.diagram?.densityMax ?? 0]
          : selection.vertices.map(v => v[1]);
      [f.x0.value, f.x1.value, f.n0.value, f.n1.value] = [Math.min(...xs), Math.max(...xs), Math.min(...ns), Math.max(...ns)]
          .map(v => Number(v.toPrecision(4)));
    }
  }

  /** A rectangle typed in. */
  typed() {
    const value = (field, usual) => field.value === '' ? usual : Number(field.value);
    const f = this.fields;
    const max = state.diagram?.densityMax || 1;
    this.done({...rectangle([value(f.x0, -0.1), value(f.x1, 1.1)], [value(f.n0, 0), value(f.n1, max)], max), inside_threshold: this.inside()});
  }

  say(text, bad = false) {
    this.message.textContent = text;
    this.message.classList.toggle('bad', bad);
  }

  // ---- saved ones

  async load() {
    try {
      this.saved = await api.selections();
    } catch {
      this.saved = [];
    }
    this.fill();
  }

  async save() {
    const name = this.name.value.trim();
    if (!state.selection) {
      return;
    }
    if (!NAME.test(name)) {
      this.say('A name is made of letters, digits, - and _.', true);
      this.name.focus();
      return;
    }
    try {
      await api.saveSelection(name, state.selection);
      this.name.value = '';
      this.say(`Saved as selections/${name}.json, with its mask and numbers.`);
      await this.load();
    } catch (error) {
      this.say(error.message, true);
    }
  }

  fill() {
    const link = (name, ending, text, title) =>
        el('a', {class: 'quiet', href: api.fileUrl(`selections/${name}.${ending}`), download: `${name}.${ending}`, text, title});
    this.list.replaceChildren(...this.saved.map(s => {
      if (s.error) {
        return el('li', {class: 'bad', text: `${s.name}: ${s.error}`});
      }
      const volume = s.numbers?.volume_nm3 ?? s.volume_nm3;
      return el('li', {'data-selection': s.name},
          el('button', {class: 'name', type: 'button', title: 'Select it again', on: {click: () => this.done(bare(s))}}, el('b', {text: s.name}),
              el('span', {class: 'dim', text: volume ? `${number(volume)} nm³` : ''})),
          link(s.name, 'mrc', 'mask', 'The selected voxels as an MRC volume'), link(s.name, 'csv', 'CSV', 'Its numbers as a table'),
          el('button', {class: 'quiet', type: 'button', text: 'spectrum', title: 'The sum spectrum of these voxels', 'data-action': 'spectrum',
            on: {click: () => this.spectrum(s.name)}}),
          el('button', {class: 'quiet', type: 'button', text: '×', title: `Delete ${s.name}`, 'aria-label': `Delete ${s.name}`, 'data-action': 'delete',
            on: {click: async () => {
              try {
                await api.deleteSelection(s.name);
              } catch (error) {
                this.say(error.message, true);
              }
              this.load();
            }}}));
    }));
  }

  /** Asks for the sum spectrum, which takes a while, and shows it when it is there. */
  async spectrum(name) {
    const body = el('div', {class: 'spectrum', id: 'spectrum'}, el('p', {class: 'dim', text: 'Summing the spectra of these voxels…'}),
        el('progress', {max: 1, value: 0}));
    let open = true;
    modal(`Sum spectrum of ${name}`, body, () => {
      open = false;
    });
    try {
      let told = await api.startSpectrum(name);
      while (open && told.state !== 'finished' && told.state !== 'failed' && !told.spectrum) {
        await new Promise(resolve => setTimeout(resolve, 500));
        told = await api.spectrum(name);
        const bar = body.querySelector('progress');
        if (bar && Number.isFinite(told.fraction)) {
          bar.value = told.fraction;
        }
      }
      if (told.spectrum) {
        const {energy_keV: energy, counts} = told.spectrum;
        body.replaceChildren(plot({width: 860, height: 380, x: 'energy (keV)', y: 'counts', title: `Sum spectrum of ${name}`,
          series: [{x: energy, y: counts, name}]}));
      } else if (open) {
        body.replaceChildren(el('p', {class: 'bad', text: told.error || told.message || 'No spectrum: the spectra of the experiment are not to be found.'}));
      }
    } catch (error) {
      body.replaceChildren(el('p', {class: 'bad', text: error.message}));
    }
  }
}

/** Of a saved selection what selects. */
function bare(s) {
  const from = s.selection || s;
  const out = {kind: from.kind, inside_threshold: from.inside_threshold !== false};
  for (const key of ['vertices', 'minimum_density_per_nm3', 'maximum_density_per_nm3']) {
    if (from[key] !== undefined && from[key] !== null) {
      out[key] = from[key];
    }
  }
  return out;
}
