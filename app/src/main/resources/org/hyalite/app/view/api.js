/** What the page asks the server for; every address is relative to the page's own. */

/** A question that was not answered, in one clear line; {@code status} 0 if the server did not answer at all. */
export class ApiError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

/** The page's address; this file lies one folder below. */
const BASE = new URL('../', import.meta.url);

/** Where a file of the results folder is served. */
export function fileUrl(path) {
  return `${BASE}file/${path.split('/').map(encodeURIComponent).join('/')}`;
}

async function ask(url, options = {}) {
  let reply;
  try {
    reply = await fetch(new URL(url, BASE), {cache: 'no-store', credentials: 'same-origin', ...options});
  } catch {
    throw new ApiError('the server does not answer: is “hyalite view” still running?', 0);
  }
  if (!reply.ok) {
    const told = await reply.json().catch(() => ({}));
    throw new ApiError(told.error || `${url}: the server answered ${reply.status}`, reply.status);
  }
  return reply;
}

/** The bytes of a file of the folder. */
export async function bytes(path) {
  return new Uint8Array(await (await ask(fileUrl(path))).arrayBuffer());
}

/** A JSON file of the folder. */
export async function json(path) {
  const reply = await ask(fileUrl(path));
  try {
    return await reply.json();
  } catch {
    throw new ApiError(`${path} is no valid JSON`, 422);
  }
}

/** A text file of the folder. */
export async function text(path) {
  return (await ask(fileUrl(path))).text();
}

/** What the folder holds. */
export async function study() {
  return (await ask('api/study')).json();
}

/** One section of a volume or one image of a series, as recorded or as aligned: {@code {rows, columns, data: Float32Array}}. */
export async function section(file, axis, index, aligned = false) {
  const reply = await ask(`api/section?file=${encodeURIComponent(file)}&axis=${axis}&index=${index}${aligned ? '&aligned=true' : ''}`);
  return {
    rows: Number(reply.headers.get('X-Rows')),
    columns: Number(reply.headers.get('X-Columns')),
    data: new Float32Array(await reply.arrayBuffer()),
  };
}

/** The phase diagram of all voxels: {@code {bins, densityMax, cells}}; see bins.js. */
export async function diagram(bins) {
  const reply = await ask(`api/diagram?bins=${bins}`);
  return {bins, densityMax: Number(reply.headers.get('X-Density-Max')), cells: new Float64Array(await reply.arrayBuffer())};
}

const post = (url, method, body) => ask(url, {
  method, headers: {'Content-Type': 'application/json'}, body: body === undefined ? undefined : JSON.stringify(body),
});

/** The exact numbers of a selection, voxel by voxel. */
export async function numbers(selection, signal) {
  return (await ask('api/numbers',
      {method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(selection), signal})).json();
}

export async function selections() {
  const all = await (await ask('api/selections')).json();
  return Array.isArray(all) ? all : all.selections || [];
}

export async function saveSelection(name, selection) {
  return (await post(`api/selections/${name}`, 'PUT', {...selection, name})).json().catch(() => ({}));
}

export async function deleteSelection(name) {
  await post(`api/selections/${name}`, 'DELETE');
}

export async function startSpectrum(name) {
  return (await post(`api/selections/${name}/spectrum`, 'POST', {})).json().catch(() => ({}));
}

export async function spectrum(name) {
  return (await ask(`api/selections/${name}/spectrum`)).json();
}
