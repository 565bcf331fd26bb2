/**
 * The page of {@code hyalite view}: starts the parts and keeps them in step with the folder.
 *
 * For tests: {@code window.hyalite = {ready, state, timings, fps(), level(), settled(), screenshot()}}; {@code ready}
 * resolves when the folder has been read, {@code settled()} when the finest 3D picture stands.
 */
import * as api from './api.js';
import {Brush} from './brush.js';
import {loadPreview, loadVolume, startReader} from './data.js';
import {Diagram} from './diagram.js';
import {help} from './dialog.js';
import {el} from './format.js';
import {Live} from './live.js';
import {Scene} from './scene.js';
import {Slices} from './slices.js';
import {on, recall, set, state} from './store.js';
import {timings} from './timings.js';
import {overview} from './overview.js';
import {tilts} from './tilts.js';
import {calibration} from './calibration.js';
import {convergence} from './convergence.js';
import {figures} from './figures.js';
import {provenance} from './provenance.js';

const $ = id => document.getElementById(id);
const BINS = 256;
const TABS = [['explore', 'Explore'], ['overview', 'Overview', overview], ['tilts', 'Tilt series', tilts],
  ['calibration', 'Cross sections', calibration], ['convergence', 'Convergence', convergence], ['figures', 'Figures', figures],
  ['provenance', 'Provenance', provenance]];

recall();
theme();
/** Asked for before the 3D view is made, which takes the graphics driver a while. */
const asked = api.study();
asked.catch(() => {});
startReader();
const brush = new Brush($('brush'));
const diagram = new Diagram($('diagram'), brush);
let scene = null;
const slices = new Slices($('slices'));
let read = '';
let previewed = '';
let loading = 0;

// ---- tabs, theme, keys

const buttons = TABS.map(([id, name], i) => el('button', {type: 'button', role: 'tab', id: `tab-${id}`, 'aria-controls': `panel-${id}`,
  'data-tab': id, title: `${name} (${i + 1})`, on: {click: () => set({tab: id}), keydown: event => {
    const step = {ArrowLeft: -1, ArrowRight: 1}[event.key];
    if (step) {
      const next = TABS[(i + step + TABS.length) % TABS.length][0];
      set({tab: next});
      $(`tab-${next}`).focus();
    }
  }}}, el('span', {text: name}), el('i', {class: 'count', hidden: true})));
$('tabs').append(...buttons);

function showTab() {
  const known = TABS.some(([id]) => id === state.tab) ? state.tab : 'explore';
  TABS.forEach(([id], i) => {
    buttons[i].setAttribute('aria-selected', String(id === known));
    buttons[i].tabIndex = id === known ? 0 : -1;
    $(`panel-${id}`).hidden = id !== known;
  });
  fill(known);
}

/** Fills a tab when it is looked at, again when the folder has changed. */
function fill(id) {
  const make = TABS.find(t => t[0] === id)[2];
  const panel = $(`panel-${id}`);
  if (make && state.study && panel.dataset.revision !== String(state.study.revision)) {
    panel.dataset.revision = String(state.study.revision);
    make(panel, state.study).catch(error => panel.replaceChildren(el('p', {class: 'bad', text: error.message})));
  }
}

function theme() {
  const dark = state.theme === 'dark' || state.theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  set({shade: dark});
}

const toggleTheme = () => set({theme: document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark'});
const togglePalette = () => set({palette: state.palette === 'safe' ? 'paper' : 'safe'});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', theme);
on('theme', theme);
on('tab', showTab);
on('palette', () => $('palette').setAttribute('aria-pressed', String(state.palette === 'safe')));
$('palette').setAttribute('aria-pressed', String(state.palette === 'safe'));
$('palette').addEventListener('click', togglePalette);
$('theme').addEventListener('click', toggleTheme);
$('help').addEventListener('click', help);

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || $('dialog').open || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== 'range') {
    return;
  }
  const tool = {l: 'lasso', r: 'rectangle', t: 'threshold'}[event.key];
  if (tool) {
    set({tool});
  } else if (/^[1-7]$/.test(event.key)) {
    set({tab: TABS[event.key - 1][0]});
  } else if (event.key === '?') {
    help();
  } else if (event.key === 'd') {
    toggleTheme();
  } else if (event.key === 'c') {
    togglePalette();
  } else if (event.key === 'f') {
    set({fit: !state.fit});
  } else if (event.key === 'p') {
    slices.setPicking(!slices.picking);
  } else if (event.key === 'Escape') {
    slices.unpick();
    brush.clear();
  }
});

// ---- what is told

/** A line for the reader; told once. */
function note(line) {
  if (!state.notes.includes(line)) {
    set({notes: [...state.notes, line]});
  }
}

on('notes', () => {
  $('notes').hidden = !state.notes.length;
  $('notes').replaceChildren(...state.notes.map(line => el('p', {text: line})),
      el('button', {type: 'button', class: 'quiet', text: 'Dismiss', on: {click: () => set({notes: []})}}));
});

on('offline', () => {
  $('offline').hidden = !state.offline;
  $('offline').replaceChildren(el('p', {text: 'The server does not answer. Is “hyalite view” still running? The page tries again by itself.'}),
      el('button', {type: 'button', class: 'quiet', text: 'Try now', on: {click: () => live.poll()}}));
});

function head() {
  const {study} = state;
  document.title = `${study.name} – Hyalite`;
  $('study-name').textContent = study.name;
  $('study-name').title = study.folder;
  $('study-state').textContent = study.state;
  $('study-state').dataset.state = study.state;
  const count = (study.warnings?.length || 0) + (study.missing?.length || 0);
  const badge = buttons[1].querySelector('.count');
  badge.textContent = String(count);
  badge.hidden = !count;
  badge.title = `${study.warnings?.length || 0} warnings, ${study.missing?.length || 0} missing`;
  $('main').dataset.state = study.state;
}

// ---- the folder

/** Makes the 3D view; late, because the graphics driver holds up the page, and the first chunks are on their way by then. */
function start3d() {
  setTimeout(() => {
    scene ??= new Scene($('scene'));
  });
}

/** What the folder holds has changed, or is seen for the first time. */
async function fresh(study) {
  const before = state.study;
  set({study});
  head();
  fill(state.tab);
  const key = JSON.stringify([study.state === 'running', study.zarr, study.shape, study.elements, study.volumes?.length, study.threshold_per_nm3]);
  if (study.state === 'running' && !finishedVolumes(study)) {
    start3d();
    await preview(study);
  } else if (key !== read || (before?.state === 'running' && study.state !== 'running')) {
    read = key;
    await everything(study);
  }
}

const finishedVolumes = study => study.elements?.length && study.volumes?.some(v => v.path.startsWith('sample/density_')) && study.fraction_of;

let serial = 0;

async function everything(study) {
  const mine = ++loading;
  set({diagramProblem: null});
  const hand = async volume => {
    if (mine === loading) {
      set({volume: {...volume, id: ++serial}});
      await scene?.seen();
    }
  };
  const volumes = loadVolume(study, hand, note);
  const rest = async () => {
    try {
      set({phases: study.json?.includes('phases.json') ? await api.json('phases.json') : null});
    } catch (error) {
      note(error.message);
    }
    if (study.fraction_of) {
      try {
        set({diagram: await api.diagram(BINS)});
        if (state.selection) {
          brush.done(state.selection);
        }
      } catch (error) {
        set({diagram: null, diagramProblem: error.message});
      }
    }
    await brush.load();
  };
  start3d();
  const told = await Promise.allSettled([volumes, rest()]);
  told.filter(t => t.status === 'rejected').forEach(t => note(t.reason.message));
}

/** The coarse volumes of a reconstruction that is still at work. */
async function preview(study) {
  const {preview: now} = study;
  const list = now?.volumes || now?.elements || [];
  const paths = list.map(v => typeof v === 'string' ? {symbol: v, path: `live/density_${v}.mrc`}
      : {symbol: v.element || v.symbol || v.name, path: v.path || `live/density_${v.element || v.symbol}.mrc`});
  const key = JSON.stringify(now);
  if (!paths.length || key === previewed || preview.busy) {
    return;
  }
  preview.busy = true;
  try {
    await loadPreview(paths, study, volume => {
      if (state.study?.state === 'running') {
        set({volume: {...volume, preview: true, high: Math.max(volume.high, 1e-9), id: ++serial}});
      }
    }, () => {});
    previewed = key;
  } catch {
    // replaced while it was read; the next one comes
  } finally {
    preview.busy = false;
  }
}

const live = new Live($('run'), fresh);
showTab();
window.hyalite = {
  ready: live.start(asked), state, timings,
  fps: () => scene?.view.fps ?? 0, level: () => scene?.view.level ?? -1,
  get view() {
    return scene?.view ?? null;
  },
  settled: async () => scene?.view.settled(), screenshot: async () => scene?.view.screenshot(),
};
asked.catch(() => start3d());
