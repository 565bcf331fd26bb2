// The 3D view of report.html. The page carries the volumes in hidden elements, as bytes, compressed and in Base64;
// volume.js stands above this in the same script. Whatever fails, the still picture stays.
async function inflated(base64) {
  const packed = Uint8Array.from(atob(base64), c => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function showVolume() {
  const section = document.getElementById('view');
  if (!section || typeof DecompressionStream === 'undefined') {
    return;
  }
  const {shape, voxelNm, unit} = JSON.parse(section.dataset.volume);
  const elements = [];
  for (const node of section.querySelectorAll('[data-element]')) {
    elements.push({...JSON.parse(node.dataset.element), data: await inflated(node.textContent)});
  }
  if (!elements.length) {
    return;
  }
  section.classList.add('live'); // the canvas needs a size before it can be drawn on
  const view = new VolumeView(section.querySelector('canvas'), {});
  if (!view.problem) {
    const symbols = elements.map(e => e.symbol);
    await view.setVolume({
      shape, voxelNm, unit, elements, among: symbols, fractionOf: symbols[symbols.length - 1],
    });
  }
  if (view.problem) {
    section.classList.remove('live');
    section.querySelector('.why').textContent = 'A still picture, since this browser offers no WebGL2.';
    return;
  }
  view.zoomBy(1.1);
  const high = Math.max(...elements.map(e => e.max));
  const keys = section.querySelector('.keys');
  for (const e of elements) {
    view.setElement(e.symbol, {high, low: 0.12 * high});
    const label = document.createElement('label');
    const box = document.createElement('input');
    const swatch = document.createElement('span');
    box.type = 'checkbox';
    box.checked = true;
    box.addEventListener('change', () => view.setElement(e.symbol, {visible: box.checked}));
    swatch.className = 'swatch';
    swatch.style.background = e.color;
    label.append(box, swatch, e.symbol);
    keys.append(label);
  }
  const back = document.createElement('button');
  back.type = 'button';
  back.textContent = 'turn back';
  back.addEventListener('click', () => view.reset());
  const hint = document.createElement('span');
  hint.className = 'dim';
  hint.textContent = 'drag turns, wheel or pinch zooms, full colour at ' + high.toPrecision(3) + ' ' + unit;
  keys.append(back, hint);
}

showVolume().catch(error => {
  const section = document.getElementById('view');
  section.classList.remove('live');
  section.querySelector('.why').textContent = 'No 3D view: ' + error.message;
});
