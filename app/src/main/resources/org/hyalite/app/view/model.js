/** What several parts of the page need to know of the state: elements as they are shown, the density floor. */
import {state} from './store.js';
import {elementColour} from './palette.js';

/** The elements of the volume in view with how each is shown: {@code [{symbol, data, max, look}]}. */
export function elements() {
  return (state.volume?.elements || []).map((e, i) => ({...e, look: look(e.symbol, i)}));
}

/** How an element is shown: the palette's colour, the common scale, and what the reader changed. */
export function look(symbol, i) {
  const high = state.volume?.high || 1;
  return {visible: true, low: 0.12 * high, high, opacity: 0.6, ...state.looks[symbol], color: elementColour(i, state.palette)};
}

/** N above which voxels count for the selection. */
export function floor() {
  return state.selection?.inside_threshold !== false ? state.study?.threshold_per_nm3 || 0 : 0;
}

/** The colour of what is selected, on black; gold, or white beside colours that gold would be mistaken for. */
export function accent() {
  return state.palette === 'safe' ? '#ffffff' : '#ffd23f';
}

/** How densities are called: N in atoms/nm³, or relative. */
export function densityUnit() {
  return state.study?.unit || state.volume?.unit || '';
}
