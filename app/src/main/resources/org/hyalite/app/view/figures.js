/** Every figure of the folder; one opens large. */
import {el} from './format.js';
import {fileUrl} from './api.js';
import {figure, title} from './page.js';
import {modal} from './dialog.js';

export async function figures(root, study) {
  const all = study.figures || [];
  root.replaceChildren(all.length ? el('div', {class: 'gallery', id: 'figures'}, ...all.map(f => {
    const made = figure(study, f.name);
    const paper = made.querySelector('.paper');
    const open = () => modal(title(f.name), el('div', {class: 'paper large'}, el('img', {src: fileUrl(f.svg || f.png), alt: title(f.name)})));
    paper.setAttribute('role', 'button');
    paper.tabIndex = 0;
    paper.setAttribute('aria-label', `Open ${title(f.name)}`);
    paper.addEventListener('click', open);
    paper.addEventListener('keydown', event => (event.key === 'Enter' || event.key === ' ') && (event.preventDefault(), open()));
    return made;
  })) : el('p', {class: 'missing', text: 'No figures yet: a run draws them as it goes.'}));
}
