/** Loads a module of the page that imports nothing; the page's files carry no type for Node. */
import {readFile} from 'node:fs/promises';

const VIEW = new URL('../../main/resources/org/hyalite/app/view/', import.meta.url);
const SHARED = new URL('../../../../core/src/main/resources/org/hyalite/study/web/', import.meta.url);

const load = async (folder, name) =>
    import(`data:text/javascript;charset=utf-8,${encodeURIComponent(await readFile(new URL(name, folder), 'utf8'))}`);

export const view = name => load(VIEW, name);
export const shared = name => load(SHARED, name);

/** Numbers 0 … 1 that are the same every time (mulberry32). */
export function random(seed) {
  let a = seed;
  return () => {
    a = a + 0x6D2B79F5 | 0;
    let t = Math.imul(a ^ a >>> 15, 1 | a);
    t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
    return ((t ^ t >>> 14) >>> 0) / 4294967296;
  };
}
