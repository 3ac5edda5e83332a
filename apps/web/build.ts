/**
 * Builds the Client into apps/web/dist: two Angular pages, three workers under fixed names, every file also with
 * brotli and gzip, and manifest.json, the list by which the server serves them. Does nothing when nothing changed.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, extname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build } from 'esbuild';
import { pageWords } from './src/words/en-page.ts';

const webFolder = import.meta.dirname;
const root = join(webFolder, '../..');
const dist = join(webFolder, 'dist');
const stampFile = join(dist, 'inputs.sha256');
/** Everything a byte of the output can come from. */
const inputs = [
  'apps/web/{angular.json,tsconfig.json,.browserslistrc,build.ts,package.json}',
  'apps/web/src/**/*',
  'packages/{client,contract,protocol}/{package.json,src/**/*}',
  'package-lock.json',
  'tsconfig.json',
];
const pages = ['whistleblower', 'member'] as const;
const workers = ['whistleblower-key', 'member-key', 'stretch'] as const;
/** The oldest browsers the workers run in, as in .browserslistrc. */
const workerTargets = ['firefox128', 'chrome120', 'safari17'];
/** Which of the server's header sets a file is served with. */
export type HeaderPolicy = 'page' | 'other' | 'stretch-worker' | 'key-worker';
export type ServedFile = {
  /** Path of the address, from `/`. */
  readonly path: string;
  /** Path in dist. */
  readonly file: string;
  readonly type: string;
  readonly policy: HeaderPolicy;
  /** Encodings that lie beside the file as `<file>.br` and `<file>.gz`. */
  readonly encodings: readonly ['br', 'gzip'];
};

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

if (import.meta.main) {
  const built = await buildWeb();
  process.stdout.write(built ? 'The client is built.\n' : 'The client is as it was.\n');
}

/**
 * Builds both pages in the pseudo-language into apps/web/test/fake/dist, for the tests alone, when something changed.
 *
 * @returns the pages' files; those beside them are the same in every language.
 * @throws Error when a build fails; its output went to stderr.
 */
export async function buildPseudo(): Promise<readonly ServedFile[]> {
  const folder = join(webFolder, 'test/fake/dist');
  const stamp = hashOfInputs([
    ...inputs,
    'apps/web/test/fake/{words,pseudo-language}.ts',
    'apps/web/test/fake/pseudo/*',
  ]);
  const stampFile = join(folder, 'inputs.sha256');
  if ((await readFile(stampFile, 'utf8').catch(() => '')) !== stamp) {
    await rm(folder, { recursive: true, force: true });
    await Promise.all(pages.map((page) => buildPage(page, folder, ['--configuration', 'pseudo'])));
    await writeFile(stampFile, stamp);
  }
  return pages.flatMap((page) => pageFiles(page, folder));
}

/** Builds what changed. @returns whether it built. @throws Error when a build fails; its output went to stderr. */
export async function buildWeb(): Promise<boolean> {
  const stamp = hashOfInputs(inputs);
  const before = await readFile(stampFile, 'utf8').catch(() => '');
  if (before === stamp) return false;
  await rm(dist, { recursive: true, force: true });
  await Promise.all([...pages.map((page) => buildPage(page, dist)), buildWorkers()]);
  const files = [...pages.flatMap((page) => pageFiles(page)), ...workers.map(workerFile), await iconFile()];
  await Promise.all(files.map(({ file }) => compressFile(join(dist, file))));
  await writeFile(join(dist, 'manifest.json'), `${JSON.stringify({ files }, null, 2)}\n`);
  await writeFile(stampFile, stamp);
  return true;
}

function hashOfInputs(patterns: readonly string[]): string {
  const hash = createHash('sha256');
  const files = patterns.flatMap((pattern) => globSync(pattern, { cwd: root, withFileTypes: true }));
  for (const path of files
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()) {
    const content = readFileSync(path);
    hash.update(`${relative(root, path)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

async function buildPage(
  page: (typeof pages)[number],
  into: string,
  options: readonly string[] = [],
): Promise<void> {
  const command = createRequire(import.meta.url).resolve('@angular/cli/bin/ng.js');
  const child = spawn(process.execPath, [command, 'build', page, ...options], {
    cwd: webFolder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NG_CLI_ANALYTICS: 'false', NO_COLOR: '1' },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => {
      output += String(text);
    });
  const status = await new Promise((resolve) => child.on('close', resolve));
  if (status !== 0) {
    process.stderr.write(output);
    throw new Error(`the ${page} page does not build`);
  }
  await fillPage(join(into, 'pages', page, 'index.html'), page);
}

/** Puts the catalogue's words into the few places a page shows before its program runs. */
async function fillPage(file: string, page: (typeof pages)[number]): Promise<void> {
  const words: Readonly<Record<string, string>> = pageWords[page];
  const html = await readFile(file, 'utf8');
  const filled = html.replaceAll(/%([a-z]+)%/gi, (_, name: string) => {
    const text = words[name];
    if (text === undefined) throw new Error(`no words for %${name}% in the ${page} page`);
    return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  });
  await writeFile(file, filled);
}

async function buildWorkers(): Promise<void> {
  await build({
    absWorkingDir: webFolder,
    entryPoints: Object.fromEntries(workers.map((name) => [name, `src/workers/${name}.ts`])),
    outdir: join(dist, 'workers'),
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: workerTargets,
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
    tsconfig: 'tsconfig.workers.json',
    // The stretch worker may fetch nothing: the WebAssembly lies inside its script.
    loader: { '.wasm': 'binary' },
  });
}

function pageFiles(page: (typeof pages)[number], folder = dist): ServedFile[] {
  return globSync(`pages/${page}/*`, { cwd: folder }).map((file) => {
    const isPage = basename(file) === 'index.html';
    const path = isPage ? (page === 'whistleblower' ? '/' : '/login') : `/${page}/${basename(file)}`;
    return served(path, file, isPage ? 'page' : 'other');
  });
}

function workerFile(name: (typeof workers)[number]): ServedFile {
  const file = `workers/${name}.js`;
  return served(`/${file}`, file, name === 'stretch' ? 'stretch-worker' : 'key-worker');
}

async function iconFile(): Promise<ServedFile> {
  await mkdir(dist, { recursive: true });
  await writeFile(join(dist, 'icon.svg'), await readFile(join(webFolder, 'src/styles/icon.svg')));
  return served('/icon.svg', 'icon.svg', 'other');
}

function served(path: string, file: string, policy: HeaderPolicy): ServedFile {
  const type = mediaTypes[extname(file)];
  if (type === undefined) throw new Error(`no media type for ${file}`);
  return { path, file, type, policy, encodings: ['br', 'gzip'] };
}

async function compressFile(file: string): Promise<void> {
  const content = await readFile(file);
  const [brotli, gzipped] = await Promise.all([
    promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
    promisify(gzip)(content, { level: 9 }),
  ]);
  await Promise.all([writeFile(`${file}.br`, brotli), writeFile(`${file}.gz`, gzipped)]);
}
