/** Where every number comes from: program, machine, inputs with their digests, parameters with their sources. */
import * as api from './api.js';
import {duration, el} from './format.js';
import {card, table} from './page.js';

export async function provenance(root, study) {
  if (!study.json?.includes('provenance.json')) {
    root.replaceChildren(card('No record yet', el('p', {class: 'dim', text: 'provenance.json is written at the end of a run.'})));
    return;
  }
  const p = await api.json('provenance.json');
  const parameters = p.parameters || [];
  const rows = parameters.map(q => [q.name, [q.value].flat().join(', '), q.unit || '', q.source || '', q.where || '']);
  const body = el('div');
  const show = word => body.replaceChildren(table(['parameter', 'value', 'unit', 'source', 'where'],
      rows.filter(r => r.join(' ').toLowerCase().includes(word.toLowerCase())), 'parameters'));
  show('');
  const plain = Object.entries(p).filter(([, v]) => typeof v === 'string' || typeof v === 'number').map(([k, v]) => [k, String(v)]);
  root.replaceChildren(el('div', {class: 'columns'},
      card('Run', table(['', ''], [['program', `${p.program?.name} ${p.program?.version}`], ...plain, ...Object.entries(p.machine || {}).map(([k, v]) => [k, String(v)])])),
      card('Time', table(['step', 'time'], Object.entries(p.seconds || {}).map(([k, v]) => [k, duration(v)]))),
      el('section', {class: 'card pad wide'}, el('div', {class: 'cardhead'}, el('h2', {text: `${parameters.length} parameters`}), el('span', {class: 'grow'}),
          el('input', {type: 'search', placeholder: 'filter', 'aria-label': 'Filter the parameters', on: {input: event => show(event.target.value)}})), body),
      el('section', {class: 'card pad wide'}, el('h2', {text: `${(p.inputs || []).length} inputs`}),
          table(['role', 'file', 'SHA-256'], (p.inputs || []).map(i => [i.role, i.file, el('code', {text: i.sha256})])))));
}
