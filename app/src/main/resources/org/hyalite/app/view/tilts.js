/** The tilt series: maps by line and tilt beside the volume's projection, the mass check, shifts and gains. */
import * as api from './api.js';
import {brightest, fileSection} from './data.js';
import {el, number} from './format.js';
import {card, figure} from './page.js';
import {colourMap} from './palette.js';
import {plot} from './plots.js';
import {project} from './projection.js';
import {on, state} from './store.js';

let redraw = () => {};
on('volume', () => redraw());

export async function tilts(root, study) {
  const series = (study.series || []).filter(s => !s.sd && !/residual/.test(s.path));
  const convergence = study.json?.includes('sample/convergence.json') ? await api.json('sample/convergence.json').catch(() => []) : [];
  const alignment = study.json?.includes('sample/alignment.json') ? await api.json('sample/alignment.json').catch(() => null) : null;
  const table = await api.text('sample/alignment.csv').catch(() => '');
  const parts = [];
  if (series.length) {
    parts.push(browser(series, Boolean(table), alignment?.axis_offset_px || 0));
  } else {
    parts.push(card('No tilt series here', el('p', {class: 'dim', text: 'Count maps (sample/counts_LINE.mrc) appear when the spectra have been fitted.'})));
  }
  for (const v of convergence.filter(w => w.mass_check?.length)) {
    const m = v.mass_check;
    const x = m.map(t => t.tilt_deg);
    parts.push(card(`Mass check: ${v.volume.replace('density_', '')}`, plot({x: 'tilt (°)', y: v.unit === 'atoms/nm³' ? 'atoms in the image' : 'sum of the image', title: 'Mass check',
      series: [{x, y: m.map(t => t.measured), name: 'measured', marks: true}, {x, y: m.map(t => t.reprojected), name: 'reprojected', dashed: true}]}),
    el('p', {class: 'dim', text: `Reprojected over measured: ${number(100 * Math.min(...m.map(t => t.reprojected / t.measured)), 4)} … ${number(100 * Math.max(...m.map(t => t.reprojected / t.measured)), 4)} %`})));
  }
  const rows = table.trim().split('\n').slice(1).map(r => r.split(',').map(Number));
  if (rows.length) {
    const x = rows.map(r => r[0]);
    parts.push(card('Shifts', plot({x: 'tilt (°)', y: 'shift (px)', title: 'Shifts', series: [{x, y: rows.map(r => r[1]), name: 'y, along the axis', marks: true},
      {x, y: rows.map(r => r[2]), name: 'x, across', marks: true}]})));
    if (rows[0].length > 3) {
      parts.push(card('Tilt gains', plot({x: 'tilt (°)', y: 'gain', series: [{x, y: rows.map(r => r[3]), name: 'gain', marks: true}]})));
    }
  }
  for (const name of ['alignment', 'sinogram', 'mass-check', 'tilt-gains']) {
    const made = figure(study, name);
    if (made) {
      parts.push(el('div', {class: 'card pad wide'}, made));
    }
  }
  root.replaceChildren(el('div', {class: 'columns'}, ...parts));
  redraw();
}

/** One image of one series at a time, and what the volume looks like from there. */
function browser(series, alignable, axisPx) {
  const pick = el('select', {id: 'series', 'aria-label': 'Series'}, ...series.map((s, i) => el('option', {value: i, text: s.name})));
  const slider = el('input', {type: 'range', id: 'tilt', min: 0, value: 0, 'aria-label': 'Tilt'});
  const label = el('b', {id: 'tilt-label'});
  const aligned = el('input', {type: 'checkbox', id: 'aligned', disabled: !alignable});
  aligned.checked = alignable;
  const [measured, projected] = ['measured', 'projected'].map(id => el('canvas', {id: `tilt-${id}`, class: 'map', width: 2, height: 2}));
  const captions = [el('figcaption'), el('figcaption')];
  const highs = new Map();
  const show = async () => {
    const s = series[pick.value];
    slider.max = s.shape[0] - 1;
    const index = Math.min(Number(slider.value), s.shape[0] - 1);
    const tilt = s.tilts_deg?.[index];
    label.textContent = Number.isFinite(tilt) ? `${number(tilt, 4)}°` : `image ${index}`;
    try {
      const straight = aligned.checked;
      const image = await fileSection(s.path, 'z', index, straight);
      if (!highs.has(s.path)) {
        const some = [0, 0.25, 0.5, 0.75, 1].map(t => Math.round(t * (s.shape[0] - 1)));
        const images = await Promise.all(some.map(i => fileSection(s.path, 'z', i)));
        highs.set(s.path, Math.max(...images.map(i => brightest(i.data))));
      }
      if (Number(slider.value) === index && series[pick.value] === s && aligned.checked === straight) {
        draw(measured, image, highs.get(s.path));
        captions[0].textContent = `${s.name}, ${straight ? 'aligned' : 'as recorded'}: black 0, white ${number(highs.get(s.path))} ${s.unit || ''}`;
      }
    } catch (error) {
      captions[0].textContent = error.message;
    }
    const symbol = s.name.match(/\b([A-Z][a-z]?)[ _]K|\b([A-Z][a-z]?)[ _][LM]/)?.slice(1).find(Boolean);
    const element = state.volume?.elements.find(e => e.symbol === symbol);
    projected.hidden = captions[1].hidden = !element || !Number.isFinite(tilt);
    if (!projected.hidden) {
      const offset = axisPx * (s.voxel_nm || state.study.voxel_nm) / state.volume.voxelNm;
      const p = project(element.data, state.volume.shape, tilt, offset);
      const key = `${state.volume.id}|${symbol}`;
      if (!highs.has(key)) {
        const [first, last] = [s.tilts_deg[0], s.tilts_deg.at(-1)];
        highs.set(key, Math.max(...[first, first / 2, 0, last / 2, last]
            .map(t => brightest(project(element.data, state.volume.shape, t, offset).data))));
      }
      const high = highs.get(key);
      draw(projected, p, high);
      captions[1].textContent = `${symbol} volume seen from there, aligned: white ${number(high * state.volume.voxelNm)} ${String(state.volume.unit).replace('nm³', 'nm²')}`;
    }
  };
  redraw = show;
  pick.addEventListener('change', show);
  slider.addEventListener('input', show);
  aligned.addEventListener('change', show);
  const middle = Math.floor(series[0].shape[0] / 2);
  slider.max = series[0].shape[0] - 1;
  slider.value = middle;
  return el('section', {class: 'card pad wide'}, el('div', {class: 'cardhead'}, el('h2', {text: 'Maps'}), pick, slider, label, el('span', {class: 'grow'}),
      el('label', {class: 'check'}, aligned, 'aligned')),
      el('div', {class: 'pair'}, el('figure', {}, measured, captions[0]), el('figure', {}, projected, captions[1])),
      el('p', {class: 'dim', text: 'Left what was measured, right what the volume says that should be seen; each on a scale of its own.'}));
}

function draw(canvas, {rows, columns, data}, high) {
  canvas.width = columns;
  canvas.height = rows;
  const paper = canvas.getContext('2d', {willReadFrequently: true});
  const pixels = paper.createImageData(columns, rows);
  const colours = colourMap('ember');
  for (let i = 0; i < rows * columns; i++) {
    const c = 3 * Math.round(255 * Math.max(0, Math.min(1, data[i] / high)));
    pixels.data.set([colours[c], colours[c + 1], colours[c + 2], 255], 4 * i);
  }
  paper.putImageData(pixels, 0, 0);
}
