/**
 * What the page shows: one object, changed by {@code set}, listened to by {@code on}. What somebody would miss after
 * closing the page is kept in the address behind the #.
 */

const KEPT = ['tab', 'theme', 'palette', 'at', 'scale', 'selection', 'camera', 'fit', 'clipToSlices', 'looks', 'clip'];

export const state = {
  tab: 'explore', theme: 'auto', palette: 'paper',
  at: null, fit: true, scale: 'log', tool: 'lasso', selection: null, camera: null, clipToSlices: false, clip: null,
  looks: {},
  study: null, volume: null, diagram: null, phases: null, mask: null, numbers: null, exact: false, notes: [],
  offline: false,
};
const listeners = [];

/** Calls back after any of the named parts changed. */
export function on(keys, listener) {
  listeners.push({keys: keys.split(' '), listener});
}

/** Changes parts of the state and tells who listens. */
export function set(patch) {
  const changed = Object.keys(patch).filter(key => state[key] !== patch[key]);
  Object.assign(state, patch);
  if (changed.length) {
    for (const {keys, listener} of [...listeners]) {
      if (keys.some(key => changed.includes(key))) {
        listener(state);
      }
    }
    if (changed.some(key => KEPT.includes(key))) {
      remember();
    }
  }
}

let timer = 0;

function remember() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const kept = new URLSearchParams();
    for (const key of KEPT) {
      const value = state[key];
      if (value !== null && value !== undefined && JSON.stringify(value) !== '{}') {
        kept.set(key, typeof value === 'string' ? value : JSON.stringify(value, rounded));
      }
    }
    history.replaceState(null, '', `#${kept}`);
  }, 250);
}

const rounded = (_, value) => typeof value === 'number' ? Number(value.toPrecision(5)) : value;

/** Takes up what the address keeps; what is not understood is left. */
export function recall() {
  const kept = new URLSearchParams(location.hash.slice(1));
  for (const key of KEPT) {
    const text = kept.get(key);
    if (text !== null) {
      try {
        const usual = state[key];
        state[key] = typeof usual === 'string' ? text : JSON.parse(text);
      } catch {
        // an address cut short: the rest still counts
      }
    }
  }
  if (state.selection && !(Array.isArray(state.selection.vertices) || state.selection.kind === 'threshold')) {
    state.selection = null;
  }
}
