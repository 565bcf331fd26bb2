/** The overview: warnings first, then cross sections, phases, and what is missing. */
import * as api from './api.js';
import {count, el, lineName, number, withError} from './format.js';
import {card, table} from './page.js';

export async function overview(root, study) {
  const has = name => study.json?.includes(name);
  const broken = [];
  const read = async name => {
    try {
      return has(name) ? await api.json(name) : null;
    } catch (error) {
      broken.push(error.message);
      return null;
    }
  };
  const [calibration, phases, truth, control, edge] = await Promise.all(
      ['calibration.json', 'phases.json', 'truth-comparison.json', 'null_control.json', 'interface.json'].map(read));
  const warnings = [...broken, ...study.warnings || []];
  const parts = [
    wide(warnings.length ? `${warnings.length} ${warnings.length === 1 ? 'warning' : 'warnings'}` : 'No warnings',
        warnings.length ? el('ul', {class: 'warnings', id: 'warnings'}, ...warnings.map(w => el('li', {text: w})))
            : el('p', {class: 'dim', id: 'warnings', text: study.state === 'finished' ? 'The run gave no warning.' : `The run is ${study.state}.`})),
  ];
  if (study.missing?.length) {
    parts.push(card('What is missing', el('ul', {class: 'missinglist', id: 'missing'}, ...study.missing.map(m =>
        el('li', {}, el('code', {text: m.path}), el('span', {text: ` ${m.what_to_do || m['what to do'] || m.todo || ''}`}))))));
  }
  if (phases?.phases?.length) {
    const unit = phases.unit || study.unit;
    const errors = phases.phases.some(p => p.fraction_mean_interval95);
    parts.push(card('Phases', table(['phase', 'volume (nm³)', `X(${phases.fraction_of}) ± sd`, ...errors ? ['mean X, 95 %'] : [], `N ± sd (${unit})`, ...errors ? ['mean N, 95 %'] : [], 'core voxels'],
        phases.phases.map(p => [p.name, number(p.volume_nm3, 4), withError(p.fraction_mean, p.fraction_sd), ...errors ? [interval(p.fraction_mean_interval95)] : [],
          withError(p.density_mean_per_nm3, p.density_sd_per_nm3), ...errors ? [interval(p.density_mean_interval95_per_nm3)] : [], count(p.core_voxels)]), 'phases'),
    el('p', {class: 'dim', text: `Inside: N > ${number(phases.threshold_per_nm3, 4)} ${unit} (${String(phases.threshold_source).replaceAll('_', ' ')}${phases.threshold_reason ? `: ${phases.threshold_reason}` : ''}). X is of ${phases.fraction_kind === 'counts' ? 'counts' : 'atoms'}.`
        + (phases.precision ? ` Spread within phases, 2 sd: X ${number(phases.precision.fraction_2sd)}, N ${number(phases.precision.density_2sd_per_nm3)} ${unit}.` : '')}),
    phases.threshold_alarms?.length ? el('ul', {class: 'warnings'}, ...phases.threshold_alarms.map(w => el('li', {text: `Threshold: ${w}`}))) : null,
    phases.note ? el('p', {class: 'dim', text: phases.note}) : null,
    phases.contacts?.length ? el('p', {class: 'dim', text: phases.contacts.map(c => `${(c.phases || []).join(' and ')} touch over ${count(Number(c.area_nm2.toPrecision(3)))} nm²`).join('; ')}) : null));
  }
  if (calibration?.cross_sections?.length) {
    parts.push(card('Cross sections', table(['line', 'σ (barn)', 'r²', 'pixels', 'error: counts', 'thickness', 'particles', 'threshold'],
        calibration.cross_sections.map(c => [lineName(c.element, c.line), withError(c.sigma_barn, c.standard_error_barn), number(c.r_squared, 4), count(c.pixels),
          ...['counts', 'thickness', 'particles', 'threshold'].map(k => percent(c.budget?.[k]))]), 'cross-sections'),
    el('p', {class: 'dim', text: `${calibration.microscope || ''}${calibration.beam_energy_keV ? `, ${calibration.beam_energy_keV} kV` : ''}. ± one standard error, its parts relative to σ.`})));
  }
  if (control || edge) {
    parts.push(card('Mixing or blur?', ...mixing(control), ...sharpness(edge)));
  }
  if (truth) {
    const list = [...(truth.phases || []).map(p => [p.phase, `N ${number(p.density_per_nm3, 4)}, truth ${number(p.truth_density_per_nm3, 4)}`, `X ${number(p.fraction)}, truth ${number(p.truth_fraction)}`]),
      ...(truth.volumes || []).map(v => [`volume of ${v.element}`, `relative L2 error ${number(v.relative_l2_error)}`, '']),
      ...(truth.cross_sections || []).map(c => [`σ(${lineName(c.element, c.line)})`, `${number(c.sigma_barn, 4)} b, truth ${number(c.truth_barn, 4)} b`, percent(c.relative_error)])];
    parts.push(card('Against the truth (a simulated sample)', table(['', '', ''], list, 'truth')));
  }
  if (study.report) {
    parts.push(card('', el('p', {}, 'Everything on one page, to be mailed: ', el('a', {href: api.fileUrl(study.report), download: 'report.html', text: 'report.html'}))));
  }
  root.replaceChildren(el('div', {class: 'columns'}, ...parts));
}

const interval = i => i ? `${number(i[0], 4)} … ${number(i[1], 4)}` : '–';

const percent = v => Number.isFinite(v) ? Math.abs(v) > 0 && Math.abs(v) < 1e-5 ? '< 0.001 %' : `${number(100 * v, 2)} %` : '–';

/** A card as wide as the page. */
function wide(title, content) {
  const out = card(title, content);
  out.classList.add('wide');
  return out;
}

/** What the null control says, or that it was not asked for. */
function mixing(control) {
  return [control ? el('p', {id: 'null-control', text: control.verdict.charAt(0).toUpperCase() + control.verdict.slice(1)})
      : el('p', {class: 'dim', id: 'null-control', text: 'Not asked: run with --null-control 10 to hold the particle against pure phases recorded alike.'})];
}

/** How wide the interface is, and what of it the resolution explains. */
function sharpness(edge) {
  if (!edge) {
    return [];
  }
  const width = (name, w) => w ? [name, `${number(w.ten_to_ninety_nm, 3)} nm`, `${number(w.ten_to_ninety_voxels, 3)} voxels`] : null;
  return [table(['interface, 10–90 %', '', ''], [
    width('as measured', edge.measured), width('of the null control’s sharp interface', edge.null_control_interface),
    width('of the particle’s surface', edge.outer_surface), width(`less the resolution (${String(edge.resolution_from).replaceAll('_', ' ')})`, edge.corrected),
    width('at most', edge.corrected_at_most)].filter(Boolean), 'interface')];
}
