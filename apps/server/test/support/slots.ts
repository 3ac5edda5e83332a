/** Slots of a server's home as they lie on the disk: what is forgotten is noise there (S13). */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { slotSize } from '../../src/storage/slot-file.ts';

/** A slot's number with the key that lay in it. */
export type KeyInSlot = { readonly slot: number; readonly key: Buffer };

/** The slots that a query of the database names in its column `slot`, with their keys. */
export async function keysInSlots(home: string, query: string): Promise<KeyInSlot[]> {
  const database = new DatabaseSync(join(home, 'sotto.sqlite'), { readOnly: true });
  const slots = database
    .prepare(query)
    .all()
    .map((row) => Number(row['slot']));
  database.close();
  return await Promise.all(slots.map(async (slot) => ({ slot, key: await keyIn(home, slot) })));
}

/** Waits until every one of these keys is overwritten. */
export async function overwritten(home: string, keys: readonly KeyInSlot[]): Promise<void> {
  for (const { slot, key } of keys)
    while ((await keyIn(home, slot)).equals(key)) await new Promise((resolve) => setTimeout(resolve, 50));
}

async function keyIn(home: string, slot: number): Promise<Buffer> {
  const bytes = await readFile(join(home, 'slots'));
  return bytes.subarray(slot * slotSize, (slot + 1) * slotSize);
}
