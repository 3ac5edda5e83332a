/**
 * The client's files, read once at start by the manifest that the build of apps/web writes, each with its brotli and gzip
 * form. Nothing is looked up on the disk for a request, so no path of a request is a path of the disk.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Answer } from './answer.ts';
import type { HeaderPolicy } from './headers.ts';

const manifestSchema = v.strictObject({
  files: v.array(
    v.strictObject({
      path: v.pipe(v.string(), v.regex(/^\/[\w./-]*$/)),
      file: v.pipe(v.string(), v.regex(/^(?!.*\.\.)[\w./-]+$/)),
      type: v.string(),
      policy: v.picklist(['page', 'other', 'stretch-worker', 'key-worker']),
      encodings: v.array(v.picklist(['br', 'gzip'])),
    }),
  ),
});

/** Endings of the forms beside each file. */
const endings = { br: 'br', gzip: 'gz' } as const;
type Encoding = keyof typeof endings;

/** A file in memory with its forms. */
export type StaticFile = {
  readonly type: string;
  readonly policy: HeaderPolicy;
  readonly plain: Uint8Array;
  readonly encoded: ReadonlyMap<Encoding, Uint8Array>;
};

/** Files by the path of their address. */
export type StaticFiles = ReadonlyMap<string, StaticFile>;

/** Reads what `folder`/manifest.json names. @throws when a file is missing: a client in parts is not served. */
export async function readStaticFiles(folder: string): Promise<StaticFiles> {
  const manifest = v.parse(manifestSchema, JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')));
  const files = new Map<string, StaticFile>();
  for (const { path, file, type, policy, encodings } of manifest.files) {
    const encoded = new Map<Encoding, Uint8Array>();
    for (const encoding of encodings) {
      encoded.set(encoding, await readFile(join(folder, `${file}.${endings[encoding]}`)));
    }
    files.set(path, { type, policy, plain: await readFile(join(folder, file)), encoded });
  }
  return files;
}

/** The file in the smallest form that the browser takes. @param accepted the header Accept-Encoding. */
export function staticAnswer(file: StaticFile, accepted = ''): Answer {
  const { type, policy } = file;
  for (const encoding of ['br', 'gzip'] as const) {
    const body = file.encoded.get(encoding);
    if (body === undefined || !takes(accepted, encoding)) continue;
    return { status: 200, policy, type, body, headers: [['Content-Encoding', encoding]] };
  }
  return { status: 200, policy, type, body: file.plain };
}

/** RFC 9110 §12.5.3; a weight of zero is a refusal. */
function takes(accepted: string, encoding: Encoding): boolean {
  return accepted.split(',').some((part) => {
    const [name, weight] = part.split(';').map((piece) => piece.trim());
    return name === encoding && !/^q=0(?:\.0*)?$/.test(weight ?? '');
  });
}
