/** The one dialogue of the page. */
import {el} from './format.js';

/** Opens it with a title and content; {@code closed} is called when it is left. */
export function modal(title, content, closed = () => {}) {
  const dialog = document.getElementById('dialog');
  const button = el('button', {class: 'quiet', type: 'button', text: 'Close', on: {click: () => dialog.close()}});
  dialog.replaceChildren(el('div', {class: 'cardhead'}, el('h2', {text: title}), el('span', {class: 'grow'}), button), content);
  dialog.onclose = closed;
  dialog.onclick = event => event.target === dialog && dialog.close();
  if (!dialog.open) {
    dialog.showModal();
  }
  return dialog;
}

const KEYS = [
  ['1 … 7', 'the views'], ['l  r  t', 'lasso, rectangle, threshold'], ['Esc', 'clear the selection'],
  ['in 3D: arrows', 'turn; with Shift move'], ['+  −  0', 'nearer, farther, as at first'], ['x  y  z', 'look along an axis'],
  ['in a slice: arrows, wheel', 'move the slice; with Shift and arrows the crosshair'],
  ['p, or Shift and drag', 'show where a rectangle’s voxels lie in the diagram'], ['f', 'particle or whole field'],
  ['in the diagram: arrows', 'move the selection; with Shift resize it'],
  ['d', 'dark or light'], ['c', 'colours for colour-blind readers'], ['?', 'this help'],
];

/** The keys, in a dialogue. */
export function help() {
  modal('Keys', el('div', {class: 'help'}, el('dl', {}, ...KEYS.flatMap(([key, what]) => [el('dt', {text: key}), el('dd', {text: what})])),
      el('p', {class: 'dim', text: 'Draw around a cloud in the phase diagram: its voxels light up in the particle and in the slices, and their volume and composition stand below. Nothing leaves this machine.'})));
}
