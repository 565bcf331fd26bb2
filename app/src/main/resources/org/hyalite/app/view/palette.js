/** Colours: of elements, and of scales. The scales are those of the figures, computed alike in Ottosson's OKLab. */

const PALETTES = {
  paper: ['#ff3020', '#2060ff', '#30d048', '#ffc820', '#20d0d8', '#e848e8', '#ff8818', '#a8a8b0'],
  safe: ['#ffa01e', '#2a8cf0', '#00b894', '#f0e442', '#d55e00', '#cc79a7', '#7fd0ff', '#a8a8b0'],
};

/** The i-th element's colour in a palette: {@code paper} (red, blue, …) or {@code safe} (orange, blue, …). */
export function elementColour(i, palette) {
  const colours = PALETTES[palette] || PALETTES.paper;
  return colours[i % colours.length];
}

/** Colours of curves: told apart without colour vision, too. */
export const SERIES = ['#3b8ee0', '#e0762c', '#22a884', '#c2609c', '#67b8ea', '#dba21a', '#8a8f98'];

const PATHS = {
  ember: {dark: 0, light: 0.97, hueDark: 285, hueLight: 466, greatest: 0.19, flatness: 0.6},
  lagoon: {dark: 0.25, light: 0.93, hueDark: 300, hueLight: 106, greatest: 0.16, flatness: 0.15},
  grey: {dark: 0, light: 1, hueDark: 0, hueLight: 0, greatest: 0, flatness: 1},
};
const made = new Map();

/** 256 colours of a scale as bytes red, green, blue. */
export function colourMap(name) {
  if (!made.has(name)) {
    made.set(name, table(PATHS[name]));
  }
  return made.get(name);
}

function linear(lightness, a, b) {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s];
}

function table({dark, light, hueDark, hueLight, greatest, flatness}) {
  const at = (t, chroma) => {
    const hue = (hueDark + t * (hueLight - hueDark)) * Math.PI / 180;
    return linear(dark + t * (light - dark), chroma * Math.cos(hue), chroma * Math.sin(hue));
  };
  const room = t => {
    let [low, high] = [0, 0.4];
    for (let i = 0; i < 40; i++) {
      const middle = (low + high) / 2;
      at(t, middle).every(c => c >= -1e-6 && c <= 1 + 1e-6) ? low = middle : high = middle;
    }
    return low;
  };
  const rooms = Array.from({length: 256}, (_, i) => room(i / 255));
  let chroma = rooms.map((r, i) =>
      Math.min(greatest * Math.sin(Math.PI * (0.06 + 0.88 * i / 255)) ** flatness, 0.94 * r));
  for (let pass = 0; pass < 3; pass++) {
    chroma = chroma.map((_, i) => {
      const reach = Math.min(14, i, 255 - i);
      let sum = 0;
      for (let j = i - reach; j <= i + reach; j++) {
        sum += chroma[j];
      }
      return sum / (2 * reach + 1);
    });
  }
  const out = new Uint8Array(3 * 256);
  chroma.forEach((c, i) => at(i / 255, Math.min(c, rooms[i])).forEach((v, k) => {
    const w = Math.max(0, Math.min(1, v));
    out[3 * i + k] = Math.round(255 * (w <= 0.0031308 ? 12.92 * w : 1.055 * w ** (1 / 2.4) - 0.055));
  }));
  return out;
}

/** Red, green and blue, 0 … 255, of {@code #rrggbb}. */
export function channels(hex) {
  const value = parseInt(hex.slice(1), 16);
  return [value >> 16 & 255, value >> 8 & 255, value & 255];
}
