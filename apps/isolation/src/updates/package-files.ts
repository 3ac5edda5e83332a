/** Packages by name or as a file: apt installs any local file without a check, so we let no file near it that is not signed. */
import { chmodSync, copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { attempt } from '../engine/execute.ts';
import { IsolationError } from '../errors.ts';
import type { System } from './systems.ts';

/** Debian Policy 5.6.1; apt would take a trailing dash as "remove", a slash as a file. */
const packageName = /^[a-z0-9][a-z0-9+.-]*[a-z0-9+.]$/;

/**
 * Turns what the person named into apt's words. A file is copied first and the copy is checked, so that nobody changes it in
 * between.
 *
 * @throws IsolationError `DISTRUSTED` for a file without a good signature in `FILE.asc` or `FILE.sig` by a key of `updates.keyring`.
 */
export async function aptWords(
  system: System,
  keyring: string | undefined,
  named: readonly string[],
): Promise<readonly string[]> {
  const local = join(system.archives, '..', 'local');
  rmSync(local, { recursive: true, force: true });
  mkdirSync(local, { recursive: true });
  chmodSync(local, 0o755);
  const words: string[] = [];
  for (const one of named) {
    if (packageName.test(one)) words.push(one);
    else if (/\/?[^/]+\.deb$/.test(one) && existsSync(one)) words.push(await signedFile(one, keyring, local));
    else
      throw new IsolationError(
        'USAGE',
        `${one} is neither a package nor a file`,
        'sotto isolate update install NAME',
      );
  }
  return ['install', ...words];
}

async function signedFile(path: string, keyring: string | undefined, local: string): Promise<string> {
  const signature = [`${path}.asc`, `${path}.sig`].find(existsSync);
  const name = basename(path).replace(/[^A-Za-z0-9._+~-]/g, '-');
  if (keyring === undefined || signature === undefined) throw unsigned(path, 'not signed');
  const copy = join(local, name);
  copyFileSync(path, copy);
  chmodSync(copy, 0o644);
  const { status } = await attempt({ program: 'gpgv', args: ['--keyring', keyring, signature, copy] });
  if (status !== 0) {
    rmSync(copy);
    throw unsigned(path, 'not signed by a key that is trusted here');
  }
  return `/var/cache/apt/local/${name}`;
}

function unsigned(path: string, why: string): IsolationError {
  return new IsolationError(
    'DISTRUSTED',
    `${path} is ${why}; nothing was changed`,
    'Take the package from a source by its name, or name the keyring of who signed it in [updates].',
  );
}
