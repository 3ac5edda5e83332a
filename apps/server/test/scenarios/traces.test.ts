/**
 * Traces on the server: after a whistleblower was there, nothing in the data folder or the database says at what time of the
 * day. (The file system's own change time, ctime, cannot be set by anybody: docs/security/known-limits.md.)
 */
import assert from 'node:assert/strict';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { makeByteSearch } from '@sotto/testkit/byte-search';
import { deskWhistleblower, quietly } from '@sotto/testkit/desk';
import { type FoundedSite, foundSite } from '@sotto/testkit/founded-site';
import { discard } from '@sotto/testkit/server-process';

const day = 24 * 60 * 60 * 1000;
/** RFC 9562: a UUIDv4 is random; versions 1, 6 and 7 hold a time. */
const uuid4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

let site: FoundedSite;
/** Between these two times, in milliseconds since 1970, the whistleblower was there. */
let came: number;
let left: number;

before(async () => {
  site = await foundSite();
  // What the administrator's acts left behind is older; the clock of the file system may be some milliseconds late.
  came = Date.now();
  await new Promise((resolve) => setTimeout(resolve, 50));
  await wholeVisit();
  left = Date.now();
});
after(() => discard(site.server));

test('every time stamp in the data folder that a whistleblower’s acts changed is midnight', async () => {
  const stamps = await timeStamps(site.server.home);
  assert.ok(stamps.length >= 10, 'the folder was read');
  assert.deepEqual(
    stamps.filter(({ time }) => time >= came && time % day !== 0),
    [],
  );
  const touched = stamps.filter(({ time }) => time % day === 0).map(({ path }) => path.replace(/[^/]+$/, ''));
  assert.ok(
    touched.some((path) => path.endsWith('/attachments/')),
    'attachments carry midnight',
  );
});

test('no value of the database holds a time of that visit, and every id is random', async () => {
  const { values, ids } = valuesOf(join(site.server.home, 'sotto.sqlite'));
  assert.ok(
    values.length > 100 && ids.length > 20,
    `${values.length} values and ${ids.length} ids were read`,
  );
  assert.deepEqual(
    ids.filter(({ value }) => !uuid4.test(value)),
    [],
  );
  assert.deepEqual(
    values.filter(({ value }) => tellsTime(value)),
    [],
  );
});

test('nor do the bytes of any file, as digits or as a date with hours', async () => {
  const seconds = Array.from({ length: Math.ceil((left - came) / 1000) + 2 }, (_, index) =>
    String(Math.floor(came / 1000) - 1 + index),
  );
  // Milliseconds begin with the same ten digits.
  const hours = [came, left].map((time) => new Date(time).toISOString().slice(0, 13));
  const needles = new Set([...seconds, ...hours, ...hours.map((text) => text.replace('T', ' '))]);
  const search = makeByteSearch([...needles].map((text) => ({ name: text, bytes: Buffer.from(text) })));
  for (const told of [new Date(left).toISOString(), String(left)])
    assert.ok(search(Buffer.from(`{"at":"${told}"}`)).length > 0, 'the search finds what there is');
  const found: string[] = [];
  for (const entry of await readdir(site.server.home, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const hits = search(await readFile(join(entry.parentPath, entry.name)));
    found.push(...hits.map(({ name }) => `${entry.name}: ${name}`));
  }
  assert.deepEqual(found, []);
  assert.deepEqual(search(Buffer.from(site.server.output())), [], 'nor the log');
});

/** Files with an attachment; a comment; another file; leaves; comes back; then begins another report and thinks better of it. */
async function wholeVisit(): Promise<void> {
  const whistleblower = deskWhistleblower(site.server.origin);
  await whistleblower.openSite(null);
  const file = { name: 'a.txt', type: 'text/plain', content: new Blob(['x'.repeat(600_000)]) };
  await whistleblower.attachToDraft('kept', file, quietly);
  const answers = { title: 'Night shift', story: 'The doors are chained.' };
  const { receipt } = await whistleblower.submit(site.channelId, answers, quietly);
  await whistleblower.comment('One more thing.');
  const view = await whistleblower.attach('second', { ...file, name: 'b.txt' }, quietly);
  await whistleblower.leave();
  const returned = deskWhistleblower(site.server.origin);
  await returned.returnWith(receipt, quietly);
  await returned.download(view.files[0]?.id ?? '', quietly);
  await returned.leave();
  const another = deskWhistleblower(site.server.origin);
  await another.attachToDraft('withdrawn', file, quietly);
  const forgotten = () => site.server.output().split('"entry":"forgotten"').length;
  const before = forgotten();
  await another.removeFromDraft('withdrawn');
  while (forgotten() === before) await new Promise((resolve) => setTimeout(resolve, 20));
}

type Stamp = { readonly path: string; readonly which: 'mtime' | 'atime'; readonly time: number };

/** Times of the folder and of all in it, in milliseconds since 1970, asked before anything is read. */
async function timeStamps(folder: string): Promise<Stamp[]> {
  const read = async (path: string): Promise<Stamp[]> => {
    const { mtimeMs, atimeMs } = await lstat(path);
    return [
      { path, which: 'mtime', time: mtimeMs },
      { path, which: 'atime', time: atimeMs },
    ];
  };
  const stamps = await read(folder);
  const walk = async (path: string): Promise<void> => {
    // The times first: listing a folder is an access.
    const entries = await readdir(path, { withFileTypes: true });
    for (const entry of entries) stamps.push(...(await read(join(path, entry.name))));
    for (const entry of entries) if (entry.isDirectory()) await walk(join(path, entry.name));
  };
  await walk(folder);
  return stamps;
}

type Value = string | number | bigint | Uint8Array;
type Read<T> = { readonly place: string; readonly value: T };

/** Every value of every table, and those that are ids. */
function valuesOf(path: string): { values: Read<Value>[]; ids: Read<string>[] } {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const values: Read<Value>[] = [];
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
    for (const { name } of tables) {
      for (const row of database.prepare(`SELECT * FROM "${name}"`).all()) {
        for (const [column, value] of Object.entries(row))
          if (value !== null) values.push({ place: `${name}.${column}`, value });
      }
    }
    const ids = values.flatMap(({ place, value }) =>
      place.endsWith('_id') && typeof value === 'string' ? [{ place, value }] : [],
    );
    return { values, ids };
  } finally {
    database.close();
  }
}

/** Whether a value names a moment of the visit, in seconds or milliseconds, or a text has hours and minutes. */
function tellsTime(value: Value): boolean {
  // Ten digits in a row happen in a random id.
  if (typeof value === 'string')
    return !uuid4.test(value) && (/\d{1,2}:\d{2}/.test(value) || /\d{10,}/.test(value));
  if (value instanceof Uint8Array) return holdsMoment(Buffer.from(value));
  const number = Number(value);
  return [1, 1000].some((unit) => number >= came / unit - 1 && number <= left / unit + 1);
}

/** Milliseconds in eight bytes, either order. (Four bytes of seconds turn up in every ciphertext by chance.) */
function holdsMoment(bytes: Buffer): boolean {
  for (let at = 0; at + 8 <= bytes.length; at += 1) {
    for (const number of [bytes.readBigUInt64BE(at), bytes.readBigUInt64LE(at)]) {
      if (number >= BigInt(came) && number <= BigInt(left)) return true;
    }
  }
  return false;
}
