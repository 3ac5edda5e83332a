/**
 * Serves the built client with key workers that have no keys and the page's true headers, to look at screens without a server:
 * `node apps/web/test/fake/serve.ts [port] [english|pseudo]`. Never shipped.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import { buildPseudo, buildWeb, type ServedFile } from '../../build.ts';
import type { FakeSetting, Mood } from './mood.ts';
import type { Language } from './words.ts';

const dist = join(import.meta.dirname, '../../dist');
const pseudoDist = join(import.meta.dirname, 'dist');
const pagePolicy =
  "base-uri 'none'; connect-src 'self'; default-src 'none'; font-src 'self'; form-action 'none'; frame-ancestors 'none'; frame-src 'self'; img-src 'self'; media-src 'self'; script-src 'self' 'report-sample'; style-src 'self'; trusted-types angular angular#bundler default dompurify; require-trusted-types-for 'script'; report-uri /api/report;";

export type FakeServer = {
  readonly origin: string;
  /** How the workers behave that start from now on. */
  setMood(mood: Mood): void;
  close(): void;
};

export async function serveFake(language: Language, port = 0): Promise<FakeServer> {
  await buildWeb();
  // why: build.ts wrote it
  const english = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8')) as {
    files: readonly ServedFile[];
  };
  // The pages have the words in them; everything else is the same in every language.
  const pages = language === 'pseudo' ? await buildPseudo() : english.files.filter(isOfPage);
  const files = [...pages, ...english.files.filter((file) => !isOfPage(file))];
  const bytesOf = (file: ServedFile) =>
    readFileSync(join(language === 'pseudo' && isOfPage(file) ? pseudoDist : dist, file.file));
  const html = pages
    .filter(({ policy }) => policy === 'page')
    .map((page) => bytesOf(page).toString())
    .join('');
  const isRest = (file: ServedFile) =>
    isOfPage(file) && file.policy !== 'page' && !html.includes(`"${file.path}"`);
  const workers = await fakeWorkers();
  let mood: Mood = {};
  const server = createServer((request, response) => {
    const found = files.find(({ path }) => path === request.url);
    if (found === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'content-type': found.type,
      'cache-control': 'no-store',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      ...(found.policy === 'page' ? { 'content-security-policy': pagePolicy } : {}),
    });
    const worker = workers.get(found.path);
    const setting: FakeSetting = { language, mood };
    if (worker !== undefined) response.end(`globalThis.fakeSetting = ${JSON.stringify(setting)};\n${worker}`);
    // It arrives broken: an answer that fails is itself a complaint of the browser, which a good run has none of.
    else if (mood.restMissing === true && isRest(found)) response.end('throw new Error();');
    else response.end(bytesOf(found));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  // why: a listening TCP server's address is an AddressInfo
  const { port: chosen } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${chosen}`,
    setMood: (next) => {
      mood = next;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function isOfPage({ file }: ServedFile): boolean {
  return file.startsWith('pages/');
}

/** The scripts of the workers without keys, by the path under which the page asks for the true ones. */
async function fakeWorkers(): Promise<ReadonlyMap<string, string>> {
  const workers = new Map<string, string>();
  for (const name of ['whistleblower-key', 'member-key']) {
    const { outputFiles } = await build({
      entryPoints: [join(import.meta.dirname, `${name}.ts`)],
      bundle: true,
      format: 'esm',
      write: false,
    });
    workers.set(`/workers/${name}.js`, outputFiles[0]?.text ?? '');
  }
  return workers;
}

if (import.meta.main) {
  const { origin } = await serveFake(
    process.argv[3] === 'pseudo' ? 'pseudo' : 'english',
    Number(process.argv[2] ?? 0),
  );
  process.stdout.write(`${origin}\n`);
}
