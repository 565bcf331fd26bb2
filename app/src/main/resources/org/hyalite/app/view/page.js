/** Pieces that the pages of tables and figures share. */
import {fileUrl} from './api.js';
import {el} from './format.js';

/** A table; numbers to the right. */
export function table(heads, rows, id) {
  return el('div', {class: 'scroll'}, el('table', {id}, el('thead', {}, el('tr', {}, ...heads.map(h => el('th', {scope: 'col', text: h})))),
      el('tbody', {}, ...rows.map(r => el('tr', {}, ...r.map(c => c instanceof Node ? el('td', {}, c)
          : el('td', {text: c ?? '–', class: /^[−\d(]/.test(String(c)) ? 'num' : null})))))));
}

/** A card with a title. */
export function card(title, ...content) {
  return el('section', {class: 'card pad'}, title ? el('h2', {text: title}) : null, ...content);
}

/** A figure of the folder, as SVG where there is one; null where there is none. */
export function figure(study, name, caption) {
  const found = study.figures?.find(f => f.name === name);
  if (!found) {
    return null;
  }
  const image = el('img', {src: fileUrl(found.svg || found.png), alt: caption || name, loading: 'lazy', decoding: 'async'});
  image.addEventListener('error', () => image.replaceWith(el('p', {class: 'bad', text: `${found.svg || found.png} cannot be shown.`})));
  return el('figure', {'data-figure': name}, el('div', {class: 'paper'}, image), el('figcaption', {}, el('span', {text: caption || title(name)}),
      found.svg ? el('a', {href: fileUrl(found.svg), download: `${name}.svg`, text: 'SVG'}) : null,
      found.png ? el('a', {href: fileUrl(found.png), download: `${name}.png`, text: 'PNG'}) : null));
}

/** A figure's name in words. */
export function title(name) {
  return name.replace(/^(fig\w*?)-/, (_, f) => `${f}: `).replace(/[-_]/g, ' ');
}
