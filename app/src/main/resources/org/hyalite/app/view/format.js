/** Elements of the page, and numbers as people read them. */

/** An element with properties ({@code class}, {@code text}, {@code on: {event: listener}}, attributes) and children. */
export function el(name, properties = {}, ...children) {
  const out = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key === 'text') {
      out.textContent = value;
    } else if (key === 'on') {
      Object.entries(value).forEach(([event, listener]) => out.addEventListener(event, listener));
    } else if (value === true) {
      out.setAttribute(key, '');
    } else if (value !== false && value !== null && value !== undefined) {
      out.setAttribute(key, value);
    }
  }
  out.append(...children.filter(c => c !== null && c !== undefined));
  return out;
}

const UP = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A number with so many significant digits; large and small ones as 4.08 × 10⁶. */
export function number(value, digits = 3) {
  if (value === null || value === undefined || !Number.isFinite(value)) {
    return '–';
  }
  if (value === 0) {
    return '0';
  }
  const power = Math.floor(Math.log10(Math.abs(Number(value.toPrecision(digits)))));
  if (power >= 5 || power < -3) {
    const raised = String(power).replace('-', '⁻').replace(/\d/g, d => UP[d]);
    return `${(value / 10 ** power).toFixed(digits - 1)} × 10${raised}`.replace('-', '−');
  }
  return value.toFixed(Math.max(0, digits - 1 - power)).replace('-', '−');
}

/** A whole number, with thin spaces between thousands. */
export function count(value) {
  return Number.isFinite(value) ? Math.round(value).toLocaleString('en').replaceAll(',', ' ') : '–';
}

/** 10 to a power, raised. */
export function power10(power) {
  return `10${String(power).replace('-', '⁻').replace(/\d/g, d => UP[d])}`;
}

/** A line as it is written in print: Co Kα. */
export function lineName(element, line) {
  return `${element} ${line.replace('a', 'α').replace('b', 'β')}`;
}

/** A value and its error, both to the error's second digit: 4.980 ± 0.019. */
export function withError(value, error) {
  if (!Number.isFinite(value)) {
    return '–';
  }
  if (!Number.isFinite(error) || error <= 0) {
    return number(value);
  }
  const power = Math.floor(Math.log10(Math.max(Math.abs(value), error)));
  if (power >= 5 || power < -3) {
    const raised = String(power).replace('-', '⁻').replace(/\d/g, d => UP[d]);
    const digits = Math.min(6, Math.max(0, power - Math.floor(Math.log10(error)) + 1));
    return `(${(value / 10 ** power).toFixed(digits)} ± ${(error / 10 ** power).toFixed(digits)}) × 10${raised}`.replace('-', '−');
  }
  const digits = Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(error))));
  return `${value.toFixed(digits)} ± ${error.toFixed(digits)}`.replace('-', '−');
}

/** How large text is drawn on a canvas: 1 on a laptop, more where the page's own text is larger. */
export function textScale() {
  return Math.max(1, parseFloat(getComputedStyle(document.documentElement).fontSize) / 14);
}

/** Seconds as people say them. */
export function duration(seconds) {
  if (!Number.isFinite(seconds)) {
    return '–';
  }
  const s = Math.max(0, Math.round(seconds));
  return s < 60 ? `${s} s` : s < 3600 ? `${Math.floor(s / 60)} min ${s % 60} s`
      : `${Math.floor(s / 3600)} h ${Math.floor(s % 3600 / 60)} min`;
}

/** Round numbers over an interval, about so many. */
export function ticks(low, high, count = 5) {
  const span = high - low;
  if (!(span > 0)) {
    return [low];
  }
  const raw = span / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map(m => m * power).find(s => s >= raw * 0.999);
  const out = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + 1e-9 * span; i++) {
    out.push(Number((i * step).toPrecision(12)));
  }
  return out;
}

/** A round length that fills at most so many nm. */
export function roundLength(most) {
  const power = 10 ** Math.floor(Math.log10(most));
  return [5, 2, 1].map(m => m * power).find(n => n <= most) || power;
}
