/**
 * Forgetting on the raw disk (S13): a server on an ext4 file system of its own, two reports, one deleted. Who then reads
 * every block of the disk finds no plaintext and no key of the deleted report; what is left of its ciphertext is counted.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, type TestContext, test } from 'node:test';
import { fromBase64url, utf8 } from '@sotto/protocol/bytes';
import { unwrapUnderSlot } from '@sotto/protocol/server/slot';
import { makeByteSearch, type Needle } from '@sotto/testkit/byte-search';
import { makeCanary, makeCanarySearch } from '@sotto/testkit/canaries';
import { deskWhistleblower, quietly } from '@sotto/testkit/desk';
import { searchFile } from '@sotto/testkit/file-search';
import { type FoundedSite, foundSite } from '@sotto/testkit/founded-site';
import { type LoopDisk, makeLoopDisk, writtenBlocks } from '@sotto/testkit/loop-disk';
import { channelOf, fileReport, prepareReport, serverAt } from '@sotto/testkit/prepared-report';

const slotSize = 32;
/** Ciphertext is looked for by pieces of it, for a database cuts it into pages and a disk into blocks. */
const pieceLength = 64;
/** From the beginning of one piece to that of the next, in bytes: of items all is looked for, of files every eighth part. */
const itemStep = 64;
const fileStep = 512;

/** A piece that the edge of a page or a block cuts in two is not found whole; fewer than one in twenty are. */
const mostOf = 0.95;

const planted = {
  title: makeCanary('title'),
  story: makeCanary('story'),
  comment: makeCanary('comment'),
  fileName: makeCanary('file name'),
  fileContent: makeCanary('file content'),
};
const plaintext = makeCanarySearch(Object.values(planted));

let disk: LoopDisk;
let site: FoundedSite;
let gone: Kept;
let stays: Kept;
const sent: Sent = { keys: [], items: [], chunks: [] };

before(async () => {
  disk = await makeLoopDisk();
  site = await foundSite({ home: join(disk.folder, 'home') });
  await fileDeletedOne();
  const server = serverAt(site.server.origin);
  const channel = await channelOf(server, site.channelId);
  const other = prepareReport(channel, { title: 'Stays', story: 'Nobody deletes this one.' });
  await fileReport(server, other);
  const { rows } = await site.recipient.reports(null);
  gone = await keptOf(rows.find((row) => row.title === planted.title.text)?.id ?? '');
  stays = await keptOf(other.key.report);
  disk.flush();
});
after(async () => {
  await site.server.stop();
  await disk[Symbol.asyncDispose]();
});

test('before a report is deleted, the search finds its slot, what lies under it, and all its ciphertext', async (t) => {
  assert.equal(sent.keys.length, 3, 'identity, own seal, the recipient’s seal');
  assert.ok(await somethingOpens(gone), 'the slot on the disk opens what the database keeps');
  const found = await look();
  assert.ok((found.get('slot') ?? 0) > 0);
  assert.ok((found.get('kept key') ?? 0) > 0);
  assert.ok(share(found, 'piece of an item') > mostOf);
  assert.ok(share(found, 'piece of a file') > mostOf);
  tell(t, found);
});

test('no plaintext is on the disk at any time, and a key lies there only under its slot', async () => {
  assert.deepEqual(await searchFile(disk.image, plaintext), []);
  assert.deepEqual(await searchFile(disk.image, makeByteSearch(sealedKeys())), []);
});

test('after a report is deleted, no block holds its slot, a sealed or wrapped key of it, or anything of its files', async (t) => {
  const before = forgettings();
  await site.recipient.deleteReport(gone.reportId);
  while (forgettings() === before) await new Promise((resolve) => setTimeout(resolve, 20));
  await checkForgotten(t);
});

test('nor when the server has stopped and its journal is gone', async (t) => {
  await site.server.stop();
  await checkForgotten(t);
});

test('the report that was not deleted is still opened by its slot', async () => {
  assert.ok(await somethingOpens(stays));
});

async function checkForgotten(t: TestContext): Promise<void> {
  disk.flush();
  const found = await look();
  assert.equal(found.get('slot') ?? 0, 0, 'the slot is on the disk');
  assert.equal(await somethingOpens(gone), false, 'something on the disk opens a key of the report');
  assert.deepEqual(await searchFile(disk.image, makeByteSearch(sealedKeys())), []);
  assert.deepEqual(await searchFile(disk.image, plaintext), []);
  assert.equal(found.get('piece of a file') ?? 0, 0, 'ciphertext of a file is on the disk');
  tell(t, found);
}

/** A report through the real client, with a file, a comment of each side; what it sent is kept by `sent`. */
async function fileDeletedOne(): Promise<void> {
  const whistleblower = deskWhistleblower(site.server.origin, rememberingFetch);
  await whistleblower.openSite(site.siteKey);
  const content = randomBytes(900_000);
  for (const at of [0, 400_000, 700_000]) content.set(utf8(planted.fileContent.text), at);
  const file = { name: planted.fileName.text, type: 'text/plain', content: new Blob([content]) };
  await whistleblower.attachToDraft('one', file, quietly);
  const answers = {
    title: planted.title.text,
    story: `${planted.story.text}\n${'Much more. '.repeat(2000)}`,
  };
  await whistleblower.submit(site.channelId, answers, quietly);
  await whistleblower.comment(planted.comment.text);
}

/** What the client sent of the report: its keys as they were sealed, its items and chunks as ciphertext. */
type Sent = { readonly keys: Uint8Array[]; readonly items: Uint8Array[]; readonly chunks: Uint8Array[] };

async function rememberingFetch(...[input, init]: Parameters<typeof fetch>): Promise<Response> {
  const { body } = init ?? {};
  if (body instanceof Uint8Array) sent.chunks.push(Uint8Array.from(body));
  if (typeof body === 'string') {
    for (const [, name, text = ''] of body.matchAll(/"(seal|identity|box)":"([\w-]+)"/g))
      (name === 'box' ? sent.items : sent.keys).push(fromBase64url(text));
  }
  return fetch(input, init);
}

/** What the server keeps of a report's keys: the slot's bytes, and one row under it with its place. */
type Kept = {
  readonly reportId: string;
  readonly slot: Uint8Array;
  readonly rows: readonly { readonly place: SlotPlace; readonly kept: Uint8Array }[];
};
type SlotPlace = Parameters<typeof unwrapUnderSlot>[1];

async function keptOf(reportId: string): Promise<Kept> {
  const { home } = site.server;
  const database = new DatabaseSync(join(home, 'sotto.sqlite'), { readOnly: true });
  const report = database.prepare('SELECT slot FROM reports WHERE report_id = ?').get(reportId);
  const rows = database.prepare('SELECT * FROM seals WHERE report_id = ?').all(reportId);
  database.close();
  const slots = await open(join(home, 'slots'), 'r');
  const slot = new Uint8Array(slotSize);
  await slots.read(slot, 0, slotSize, Number(report?.['slot']) * slotSize);
  await slots.close();
  return {
    reportId,
    slot,
    rows: rows.map((row) => ({
      place: {
        site: String(row['site_id']),
        table: 'seals',
        row: `${row['report_id']}/${row['holder_id']}/${row['epoch']}/${row['kind']}`,
      },
      kept: row['kept'] instanceof Uint8Array ? row['kept'] : new Uint8Array(),
    })),
  };
}

/** Tries every 32 bytes of the disk that a slot could lie in as the key of what was kept. */
async function somethingOpens({ rows }: Kept): Promise<boolean> {
  const [row] = rows;
  assert.ok(row !== undefined, 'the database kept nothing of the report');
  for await (const block of writtenBlocks(disk.image)) {
    for (let at = 0; at < block.length; at += slotSize) {
      if (opens(block.subarray(at, at + slotSize), row)) return true;
    }
  }
  return false;
}

function opens(key: Uint8Array, { place, kept }: Kept['rows'][number]): boolean {
  try {
    unwrapUnderSlot(key, place, kept);
    return true;
  } catch {
    return false;
  }
}

type Found = ReadonlyMap<string, number>;

/** How many of each kind of needle are found, each needle counted once; the id is counted at every place. */
async function look(): Promise<Found> {
  const needles: Needle[] = [
    { name: 'slot', bytes: gone.slot },
    { name: 'place of its id', bytes: Buffer.from(gone.reportId) },
    ...gone.rows.map(({ kept }, index) => ({ name: `kept key/${index}`, bytes: kept })),
    ...piecesOf('piece of an item', sent.items, itemStep),
    ...piecesOf('piece of a file', sent.chunks, fileStep),
  ];
  const hits = await searchFile(disk.image, makeByteSearch(needles));
  const different = new Set(
    hits.map(({ name, at }) => (name === 'place of its id' ? `${name}/${at}` : name)),
  );
  const counts = new Map<string, number>();
  for (const name of different) {
    const kind = name.replace(/\/.*$/, '');
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

function piecesOf(kind: string, blobs: readonly Uint8Array[], step: number): Needle[] {
  return blobs.flatMap((blob, number) =>
    Array.from({ length: Math.floor((blob.length - pieceLength) / step) + 1 }, (_, index) => ({
      name: `${kind}/${number}/${index}`,
      bytes: blob.subarray(index * step, index * step + pieceLength),
    })),
  );
}

function sealedKeys(): Needle[] {
  return sent.keys.map((bytes, index) => ({ name: `key ${index}`, bytes }));
}

function countOf(kind: string): number {
  const [blobs, step] = kind === 'piece of an item' ? [sent.items, itemStep] : [sent.chunks, fileStep];
  return piecesOf(kind, blobs, step).length;
}

/** Which part of all pieces was found, 0 to 1. */
function share(found: Found, kind: string): number {
  return (found.get(kind) ?? 0) / countOf(kind);
}

function tell(t: TestContext, found: Found): void {
  const of = (kind: string) => `${found.get(kind) ?? 0} of ${countOf(kind)} pieces`;
  t.diagnostic(
    `on the raw blocks: ciphertext of its items ${of('piece of an item')}, of its files ${of('piece of a file')}; ` +
      `its keys under the slot ${found.get('kept key') ?? 0} of ${gone.rows.length}; its id in ${found.get('place of its id') ?? 0} places`,
  );
}

const forgettings = (): number => site.server.output().split('"entry":"forgotten"').length;
