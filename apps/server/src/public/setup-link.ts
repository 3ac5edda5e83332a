/**
 * The one-time setup link (S2): made at the first start with the site's row, kept in a file that only its owner reads until
 * it is used. The database holds only SHA-256 of its secret.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseUuid, type Uuid } from '@sotto/protocol/bytes';
import { equalSecrets, sha256 } from '@sotto/protocol/server/credential';
import { keyBytes, saltBytes } from '@sotto/protocol/sizes';
import { encoded } from '../http/encoded.ts';
import { type Home, setupLinkFile } from '../storage/home.ts';
import { diskError } from '../storage/storage-error.ts';
import { syncDirectory } from '../storage/sync-directory.ts';

const secretInLink = /#setup=([A-Za-z0-9_-]{43})\s*$/;

/** The site of a home, made at the first start. */
export async function ensureSite(home: Home): Promise<Uuid> {
  const { store } = home;
  const found = await store.transaction((transaction) => store.sites.only(transaction));
  if (found !== undefined) return parseUuid(found.site_id);
  const siteId = parseUuid(randomUUID());
  // Before the row: a site's folder must not be made by a whistleblower's act.
  await home.attachments.prepare(siteId);
  await store.transaction((transaction) =>
    store.sites.add(transaction, {
      site_id: siteId,
      // Of a secret that nobody has; `setupLink` puts one in its place.
      setup_hash: sha256(randomBytes(keyBytes)),
      made_by: null,
      name: '',
      language: 'en',
      exit_address: '',
      public_key: null,
      receipt_salt: randomBytes(saltBytes),
    }),
  );
  return siteId;
}

/**
 * The setup link of a site that is not made yet, `null` for one that is. The same link at every start; a new one when its
 * file is gone.
 *
 * @param origin scheme, host and port of the server; empty where it is not known.
 */
export async function setupLink(home: Home, origin: string): Promise<string | null> {
  const { store } = home;
  const site = await store.transaction((transaction) => store.sites.only(transaction));
  if (site === undefined || site.made_by !== null) return null;
  const before = await readLink(home);
  const known = secretInLink.exec(before)?.[1] ?? '';
  const valid = equalSecrets(sha256(Buffer.from(known, 'base64url')), site.setup_hash);
  const secret = valid ? known : encoded(randomBytes(keyBytes));
  const link = `${origin}/login#setup=${secret}`;
  if (before !== `${link}\n`) {
    await home.attachments.forget(setupLinkFile);
    await writeLink(home, link);
  }
  if (!valid) {
    const change = { setup_hash: sha256(Buffer.from(secret, 'base64url')) };
    await store.transaction((transaction) => store.sites.change(transaction, site.site_id, change));
  }
  return link;
}

async function readLink(home: Home): Promise<string> {
  try {
    return await readFile(join(home.path, setupLinkFile), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw diskError(error);
  }
}

async function writeLink(home: Home, link: string): Promise<void> {
  try {
    const file = await open(join(home.path, setupLinkFile), 'wx', 0o600);
    try {
      await file.writeFile(`${link}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await syncDirectory(home.path);
  } catch (error) {
    throw diskError(error);
  }
}
