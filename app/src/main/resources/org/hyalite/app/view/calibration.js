/** Cross sections: the fits with their figures, and how the standards' outlines were found. */
import * as api from './api.js';
import {count, el, lineName, number, withError} from './format.js';
import {card, figure, table} from './page.js';
import {plot} from './plots.js';

export async function calibration(root, study) {
  const found = study.json?.includes('calibration.json') ? await api.json('calibration.json').catch(() => null) : null;
  const parts = [];
  if (found?.cross_sections) {
    parts.push(el('section', {class: 'card pad wide'}, el('h2', {text: 'Cross sections'}), table(['line', 'σ (barn)', 'intercept (counts)', 'curvature (1/nm)', 'r²', 'pixels', 'particles'],
        found.cross_sections.map(c => [lineName(c.element, c.line), withError(c.sigma_barn, c.standard_error_barn),
          withError(c.intercept_counts, c.intercept_standard_error_counts), withError(c.curvature_per_nm, c.curvature_standard_error_per_nm), number(c.r_squared, 4), count(c.pixels),
          (c.particles || []).map(p => `${p.name} ${withError(p.sigma_barn, p.standard_error_barn)}`).join('; ')]))));
  } else {
    parts.push(card('No cross sections here', el('p', {class: 'dim',
      text: (study.volumes || []).some(v => /^sample\/density_/.test(v.path) && v.unit?.startsWith('atoms'))
        ? 'calibration.json is missing, though the densities are in atoms/nm³: “Provenance” says what the run used.'
        : 'Neither standards nor a calibration were given: densities are relative. With standards, “hyalite calibrate experiment.yaml” makes calibration.json.'})));
  }
  for (const name of ['fig2-cross-sections', 'fig1-standards', 'thresholds']) {
    const made = figure(study, name);
    if (made) {
      parts.push(el('div', {class: 'card pad wide'}, made));
    }
  }
  for (const path of (study.json || []).filter(p => /^standards\/.*threshold\.json$/.test(p))) {
    const t = await api.json(path).catch(() => null);
    const volumes = t?.curve && Object.values(t.curve).filter(Array.isArray);
    if (volumes?.length >= 2) {
      const [x, y] = volumes;
      const keys = Object.keys(t.curve);
      parts.push(card(path.split('/')[1], plot({x: 'threshold', y: keys[1].replaceAll('_', ' '), series: [{x, y, name: path}],
        marks: [{x: t.threshold, name: `${t.choice.replaceAll('_', ' ')}`}]}), el('p', {class: 'dim', text: t.reason || ''})));
    }
  }
  root.replaceChildren(el('div', {class: 'columns'}, ...parts));
}
