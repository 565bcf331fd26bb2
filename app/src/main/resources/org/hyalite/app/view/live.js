/** Follows the folder: each second while a run works, seldom otherwise; tells when the server is gone and back. */
import * as api from './api.js';
import {duration, el} from './format.js';
import {set, state} from './store.js';

const RUNNING_MS = 1000;
const RESTING_MS = 5000;
/** So many steps are shown: the latest. */
const LATEST = 9;
const GONE_MS = 3000;

export class Live {
  /** @param changed is called with the study when it is new or has changed */
  constructor(root, changed) {
    this.root = root;
    this.changed = changed;
    this.step = el('b', {id: 'run-step'});
    this.bar = el('progress', {max: 1, value: 0, id: 'run-progress', 'aria-label': 'Progress of the run'});
    this.left = el('span', {class: 'dim', id: 'run-left'});
    this.message = el('span', {class: 'dim message', id: 'run-message'});
    this.steps = el('ol', {class: 'steps', id: 'run-steps'});
    root.append(el('div', {class: 'runline'}, el('i', {class: 'pulse'}), this.step, this.bar, this.left, this.message), this.steps);
  }

  /** Reads the folder once and goes on reading; the promise is that of the first time. */
  async start(asked) {
    await this.poll(asked);
  }

  async poll(asked = null) {
    clearTimeout(this.timer);
    let study = null;
    try {
      study = await (asked || api.study());
      set({offline: false});
    } catch (error) {
      set({offline: true});
      if (error.status && !state.study) {
        document.getElementById('offline').firstChild.textContent = error.message;
      }
    }
    if (study) {
      this.show(study);
      if (study.revision !== this.revision || study.state !== this.state) {
        this.revision = study.revision;
        this.state = study.state;
        try {
          await this.changed(study);
        } catch (error) {
          set({notes: [...state.notes, error.message]});
        }
      }
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.poll(), !study ? GONE_MS : study.state === 'running' ? RUNNING_MS : RESTING_MS);
  }

  show(study) {
    const {progress} = study;
    this.root.hidden = study.state !== 'running';
    if (this.root.hidden) {
      return;
    }
    this.step.textContent = progress?.step || 'starting';
    const share = Number(progress?.fraction);
    if (Number.isFinite(share)) {
      this.bar.value = share;
    } else {
      this.bar.removeAttribute('value');
    }
    this.left.textContent = [Number.isFinite(share) ? `${Math.round(100 * share)} %` : '',
      Number.isFinite(progress?.seconds_left) ? `about ${duration(progress.seconds_left)} left` : ''].filter(Boolean).join(' · ');
    this.message.textContent = progress?.message && progress.message !== progress.step ? progress.message : '';
    const steps = (progress?.steps || []).slice(-LATEST);
    this.steps.replaceChildren(...steps.map(s => el('li', {class: s.done ? 'done' : 'now', title: s.name},
        el('span', {text: s.name}), el('span', {class: 'dim', text: Number.isFinite(s.seconds) ? duration(s.seconds) : ''}))));
  }
}
