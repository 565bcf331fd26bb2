/** How the solver came to its end, and how the weights were chosen. */
import * as api from './api.js';
import {count, el, number} from './format.js';
import {card, figure, table} from './page.js';
import {plot} from './plots.js';

export async function convergence(root, study) {
  const path = 'sample/convergence.json';
  const all = study.json?.includes(path) ? await api.json(path) : [];
  if (!all.length) {
    root.replaceChildren(card('No reconstruction yet', el('p', {class: 'dim', text: `${path} comes with the first volume.`})));
    return;
  }
  const name = v => v.volume.replace('density_', '');
  const parts = [el('section', {class: 'card pad wide'}, el('h2', {text: 'Reconstructions'}), table(['volume', 'method', 'weight', 'chosen by', 'iterations', 'relative gap', 'converged', 'time (s)'],
      all.map(v => [name(v), `${v.regulariser}, ${v.data_term}`, number(v.weight), v.weight_criterion, count(v.iterations), number(v.relative_gap, 2),
        el('span', {class: v.converged ? 'good' : 'bad', text: v.converged ? 'yes' : 'no'}), number(v.seconds)]), 'reconstructions'))];
  parts.push(card('Convergence', plot({x: 'iterations', y: 'relative primal–dual gap', logY: true, title: 'Convergence',
    series: all.filter(v => v.gaps?.length).map(v => ({x: v.gaps.map(g => g[0]), y: v.gaps.map(g => g[1]), name: name(v), dashed: v.volume === all.at(-1).volume && all.length > 2}))}),
  el('p', {class: 'dim', text: 'The gap bounds how far the objective still is from its least value.'})));
  for (const v of all.filter(w => w.weight_curve?.length)) {
    parts.push(card(`Weight of ${name(v)}`, plot({x: 'weight', y: 'misfit of left-out tilts', logX: true, marks: [{x: v.weight, name: 'chosen'}],
      series: [{x: v.weight_curve.map(c => c[0]), y: v.weight_curve.map(c => c[1]), name: name(v), marks: true}]}),
    el('p', {class: 'dim', text: v.weight_criterion})));
  }
  const weights = figure(study, 'weights');
  if (weights) {
    parts.push(el('div', {class: 'card pad wide'}, weights));
  }
  root.replaceChildren(el('div', {class: 'columns'}, ...parts));
}
