/**
 * The onions' keys: they stay in the Gateway, and leave it only as one encrypted file.
 *
 * The file is JSON: `{ format, salt, nonce, box }`, base64. The key is scrypt(passphrase, salt); the box is AES-256-GCM over
 * the names and files of every onion, with the format as additional data. Node's own primitives (RFC 7914, NIST SP 800-38D).
 */
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { groupId, userId } from '../engine/accounts.ts';
import { IsolationError } from '../errors.ts';
import type { Layout } from '../plan/layout.ts';

const format = 'sotto-onion-keys-1';

/** 128 MiB (128 · N · r bytes) and about a second: a passphrase is guessed slowly. */
const scrypt = { N: 2 ** 17, r: 8, p: 1, maxmem: 2 ** 28 } as const;
const keyBytes = 32;
const saltBytes = 16;
const nonceBytes = 12;
const tagBytes = 16;

/** The shortest passphrase, in characters; the backup may lie for years where others can copy it. */
export const shortestPassphrase = 16;

/** What an onion is made of; Tor writes `hostname` itself. Sizes in bytes (control-spec and rend-spec-v3). */
const keyFiles = { hs_ed25519_secret_key: 96, hs_ed25519_public_key: 64 } as const;

const Base64 = v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]*={0,2}$/), v.maxLength(1_000_000));
const BackupFile = v.strictObject({ format: v.literal(format), salt: Base64, nonce: Base64, box: Base64 });
const Contents = v.record(
  v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,30}$/)),
  v.strictObject({ hs_ed25519_secret_key: Base64, hs_ed25519_public_key: Base64 }),
);

/**
 * The keys of every onion that has been up once, sealed.
 *
 * @throws IsolationError `REFUSED` when there are none, or for a passphrase that is too short.
 */
export function backUpKeys(layout: Layout, passphrase: string): { file: string; onions: number } {
  const contents = Object.fromEntries(
    layout.onions
      .filter(({ keys }) => existsSync(join(keys, 'hs_ed25519_secret_key')))
      .map(({ name, keys }) => [
        name,
        Object.fromEntries(
          Object.keys(keyFiles).map((file) => [file, readFileSync(join(keys, file), 'base64')]),
        ),
      ]),
  );
  const onions = Object.keys(contents).length;
  if (onions === 0) throw refused('no onion has keys yet', 'Run `sotto isolate up` first.');
  const salt = randomBytes(saltBytes);
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', stretched(passphrase, salt), nonce).setAAD(
    Buffer.from(format),
  );
  const box = Buffer.concat([
    cipher.update(JSON.stringify(contents), 'utf8'),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
  const parts = {
    salt: salt.toString('base64'),
    nonce: nonce.toString('base64'),
    box: box.toString('base64'),
  };
  return { file: `${JSON.stringify({ format, ...parts })}\n`, onions };
}

/**
 * Puts sealed keys back for the onions of the configuration. An onion that has keys already is left alone.
 *
 * @returns the names of the onions that were restored.
 * @throws IsolationError `REFUSED` for another passphrase, a changed file, or one that is no backup.
 */
export function restoreKeys(layout: Layout, file: string, passphrase: string): readonly string[] {
  const contents = open(file, passphrase);
  const { user } = layout.configuration.gateway;
  const restored: string[] = [];
  for (const { name, keys } of layout.onions) {
    const saved = contents[name];
    if (saved === undefined || existsSync(join(keys, 'hs_ed25519_secret_key'))) continue;
    mkdirSync(keys, { recursive: true, mode: 0o700 });
    for (const [path, bytes] of Object.entries(saved)) {
      writeFileSync(join(keys, path), Buffer.from(bytes, 'base64'), { mode: 0o600, flag: 'wx' });
      chownSync(join(keys, path), userId(user), groupId(user));
    }
    chownSync(keys, userId(user), groupId(user));
    restored.push(name);
  }
  // Tor's account passes through to its own folders.
  for (const folder of [
    layout.state,
    join(layout.state, 'gateway'),
    join(layout.state, 'gateway', 'onions'),
  ]) {
    if (existsSync(folder) && statSync(folder).uid === 0) chmodSync(folder, 0o711);
  }
  return restored;
}

/** How many onions have keys in the Gateway's folder, by name. */
export function onionNames(layout: Layout): readonly { name: string; hostname: string }[] {
  return layout.onions.map(({ name, keys }) => {
    const there = existsSync(keys) && readdirSync(keys).includes('hostname');
    return { name, hostname: there ? readFileSync(join(keys, 'hostname'), 'utf8').trim() : 'no name yet' };
  });
}

function open(file: string, passphrase: string): v.InferOutput<typeof Contents> {
  try {
    const written: unknown = JSON.parse(file);
    const { salt, nonce, box } = v.parse(BackupFile, written);
    const sealed = Buffer.from(box, 'base64');
    const decipher = createDecipheriv(
      'aes-256-gcm',
      stretched(passphrase, Buffer.from(salt, 'base64')),
      Buffer.from(nonce, 'base64'),
      { authTagLength: tagBytes },
    )
      .setAAD(Buffer.from(format))
      .setAuthTag(sealed.subarray(-tagBytes));
    const text = Buffer.concat([decipher.update(sealed.subarray(0, -tagBytes)), decipher.final()]).toString(
      'utf8',
    );
    const opened: unknown = JSON.parse(text);
    const contents = v.parse(Contents, opened);
    for (const files of Object.values(contents)) {
      for (const [name, size] of Object.entries(keyFiles)) {
        // why: the keys of keyFiles are those of the schema above.
        if (Buffer.from(files[name as keyof typeof keyFiles], 'base64').length !== size)
          throw new Error('size');
      }
    }
    return contents;
  } catch (cause) {
    if (cause instanceof IsolationError) throw cause;
    throw refused(
      'the backup does not open',
      'Another passphrase, a changed file, or no backup of onion keys.',
    );
  }
}

function stretched(passphrase: string, salt: Uint8Array): Buffer {
  if (passphrase.length < shortestPassphrase) {
    throw refused(
      `the passphrase is shorter than ${shortestPassphrase} characters`,
      'Take several random words.',
    );
  }
  return scryptSync(passphrase.normalize('NFKC'), salt, keyBytes, scrypt);
}

function refused(message: string, hint: string): IsolationError {
  return new IsolationError('REFUSED', message, hint);
}
