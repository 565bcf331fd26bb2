/** Small line plots as SVG, in the page's own colours. */
import {number, power10, ticks} from './format.js';
import {SERIES} from './palette.js';

const NS = 'http://www.w3.org/2000/svg';

function make(parent, name, attributes, text) {
  const out = document.createElementNS(NS, name);
  Object.entries(attributes).forEach(([key, value]) => out.setAttribute(key, value));
  if (text !== undefined) {
    out.textContent = text;
  }
  parent.append(out);
  return out;
}

/**
 * A plot.
 *
 * @param series {@code [{x: [], y: [], errors: [], name, colour, marks, dashed}]}
 * @param logX, logY powers of ten on an axis; then only what is positive is drawn
 * @param marks {@code [{x, name}]}: vertical lines with a name
 */
export function plot({width = 460, height = 280, x, y, series, logX = false, logY = false, zeroY = false, marks = [], title = ''}) {
  const svg = document.createElementNS(NS, 'svg');
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  svg.setAttribute('class', 'lineplot');
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', title || `${y} over ${x}`);
  const box = {left: 64, right: width - 14, top: 14 + (series.length > 1 ? 18 : 0), bottom: height - 40};
  const good = (s, i) => Number.isFinite(s.x[i]) && Number.isFinite(s.y[i]) && (!logX || s.x[i] > 0) && (!logY || s.y[i] > 0);
  const all = series.flatMap(s => [...s.x.keys()].filter(i => good(s, i)).map(i => [s.x[i], s.y[i], s.errors?.[i] || 0]));
  if (!all.length) {
    make(svg, 'text', {x: width / 2, y: height / 2, 'text-anchor': 'middle', class: 'tick'}, 'nothing to draw');
    return svg;
  }
  const range = (values, log, zero) => {
    let low = values.reduce((a, b) => Math.min(a, b));
    let high = values.reduce((a, b) => Math.max(a, b));
    low = zero ? Math.min(0, low) : low;
    if (log) {
      return low === high ? [low / 2, high * 2] : [low / (high / low) ** 0.06, high * (high / low) ** 0.06];
    }
    const pad = (high - low || Math.abs(high) || 1) * 0.06;
    return [zero && low === 0 ? 0 : low - pad, high + pad];
  };
  const xs = range([...all.map(p => p[0]), ...marks.map(m => m.x)], logX, false);
  const ys = range(all.flatMap(p => logY ? [p[1]] : [p[1] - p[2], p[1] + p[2]]), logY, zeroY);
  const scaled = (v, [low, high], log) => log ? Math.log(v / low) / Math.log(high / low) : (v - low) / (high - low);
  const px = v => box.left + scaled(v, xs, logX) * (box.right - box.left);
  const py = v => box.bottom - scaled(v, ys, logY) * (box.bottom - box.top);
  const steps = ([low, high], log) => {
    if (!log || high / low < 20) {
      return ticks(low, high, 5).filter(v => !log || v > 0);
    }
    const from = Math.ceil(Math.log10(low) - 1e-9);
    const to = Math.floor(Math.log10(high) + 1e-9);
    const every = Math.max(1, Math.ceil((to - from) / 5));
    return Array.from({length: Math.floor((to - from) / every) + 1}, (_, i) => 10 ** (from + i * every));
  };
  const most = Math.max(Math.abs(ys[0]), Math.abs(ys[1]));
  const power = !logY && (most >= 1e5 || most < 1e-2) ? Math.floor(Math.log10(most)) : 0;
  for (const v of steps(ys, logY)) {
    make(svg, 'line', {x1: box.left, x2: box.right, y1: py(v), y2: py(v), class: 'grid'});
    make(svg, 'text', {x: box.left - 7, y: py(v), 'text-anchor': 'end', 'dominant-baseline': 'middle', class: 'tick'}, short(v / 10 ** power));
  }
  for (const v of steps(xs, logX)) {
    make(svg, 'line', {x1: px(v), x2: px(v), y1: box.bottom, y2: box.bottom + 4, class: 'axis'});
    make(svg, 'text', {x: px(v), y: box.bottom + 17, 'text-anchor': 'middle', class: 'tick'}, short(v));
  }
  make(svg, 'path', {d: `M${box.left} ${box.top}V${box.bottom}H${box.right}`, class: 'axis', fill: 'none'});
  make(svg, 'text', {x: (box.left + box.right) / 2, y: height - 6, 'text-anchor': 'middle', class: 'title'}, x);
  make(svg, 'text', {transform: `translate(13 ${(box.top + box.bottom) / 2}) rotate(-90)`, 'text-anchor': 'middle', class: 'title'}, power ? `${y} (${power10(power)})` : y);
  marks.forEach(m => {
    make(svg, 'line', {x1: px(m.x), x2: px(m.x), y1: box.top, y2: box.bottom, class: 'mark'});
    make(svg, 'text', {x: px(m.x) + 5, y: box.top + 12, class: 'tick'}, m.name);
  });
  let legend = box.left + 6;
  series.forEach((s, k) => {
    const colour = s.colour || SERIES[k % SERIES.length];
    const points = [...s.x.keys()].filter(i => good(s, i)).map(i => [px(s.x[i]), py(s.y[i]), i]);
    const thin = points.length > 1500 ? Math.ceil(points.length / 1500) : 1;
    const line = points.filter((_, i) => i % thin === 0).map(p => `${p[0].toFixed(1)} ${p[1].toFixed(1)}`).join('L');
    make(svg, 'path', {d: `M${line}`, fill: 'none', stroke: colour, 'stroke-width': 1.8, 'stroke-linejoin': 'round',
      'stroke-dasharray': s.dashed ? '6 4' : 'none'});
    points.forEach(([a, b, i]) => {
      if (s.errors?.[i]) {
        make(svg, 'line', {x1: a, x2: a, y1: py(s.y[i] - s.errors[i]), y2: py(s.y[i] + s.errors[i]), stroke: colour, 'stroke-width': 1.2});
      }
      if (s.marks) {
        const dot = make(svg, 'circle', {cx: a, cy: b, r: 3, fill: colour});
        make(dot, 'title', {}, `${number(s.x[i], 4)}, ${number(s.y[i], 5)}`);
      }
    });
    if (series.length > 1) {
      make(svg, 'line', {x1: legend, x2: legend + 16, y1: 12, y2: 12, stroke: colour, 'stroke-width': 2.4, 'stroke-dasharray': s.dashed ? '5 3' : 'none'});
      make(svg, 'text', {x: legend + 21, y: 16, class: 'tick'}, s.name);
      legend += 34 + 7 * s.name.length;
    }
  });
  return svg;
}

function short(v) {
  return v !== 0 && (Math.abs(v) >= 1e5 || Math.abs(v) < 1e-3) ? number(v, 2).replace('1.0 × ', '') : String(Number(v.toPrecision(6))).replace('-', '−');
}
