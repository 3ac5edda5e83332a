/**
 * The slot file: 32-byte keys in one file, overwritten in place and synced, never in the database and never copied
 * with it. Boxes and seals lie in the database under these keys (protocol, Keys): overwriting a slot makes noise of
 * every copy of them in the database's journals and freed pages.
 *
 * Layout: slot n is bytes 32·n … 32·n+31. Slot 0 is the pepper.
 */
import { randomFillSync } from 'node:crypto';
import { constants, futimesSync, readSync, writeSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { unstamped } from './midnight-times.ts';
import { sharedSync } from './shared-sync.ts';
import { diskError, StorageError } from './storage-error.ts';
import { syncDirectory } from './sync-directory.ts';

/** Length of a slot, in bytes: a ChaCha20 key. */
export const slotSize = 32;

/** The slot that holds the pepper of HMACs and salts. */
export const pepperSlot = 0;

/** An open slot file. */
export type SlotFile = {
  /** Reads a key; the caller zeroes it after use. @throws StorageError `BROKEN` beyond the end. */
  read(slot: number): Promise<Uint8Array<ArrayBuffer>>;
  /** Writes fresh random bytes into each slot; resolves when they are durable. Both making and forgetting a key is this. */
  fill(slots: readonly number[]): Promise<void>;
  close(): Promise<void>;
};

/**
 * Opens the slot file, or makes it with a new pepper.
 *
 * @param mayMake false when a database is there already: its slots can then not be made anew.
 * @param midnight the time that the file carries, for a new slot would tell when a report came.
 * @throws StorageError `HOME_INCOMPLETE` when the file or its pepper is missing and may not be made, `DISK_FULL`.
 */
export async function openSlotFile(path: string, mayMake: boolean, midnight: () => Date): Promise<SlotFile> {
  const flags = constants.O_RDWR | unstamped | (mayMake ? constants.O_CREAT : 0);
  let file: FileHandle;
  try {
    file = await open(path, flags, 0o600);
  } catch (error) {
    throw mayMake ? diskError(error) : new StorageError('HOME_INCOMPLETE', 'no slot file');
  }
  const slots = slotFile(file, midnight);
  try {
    if ((await file.stat()).size < slotSize) {
      if (!mayMake) throw new StorageError('HOME_INCOMPLETE', 'no pepper');
      await slots.fill([pepperSlot]);
      await syncDirectory(dirname(path));
    }
  } catch (error) {
    await file.close();
    throw diskError(error);
  }
  return slots;
}

function slotFile(file: FileHandle, midnight: () => Date): SlotFile {
  const sync = sharedSync(async () => {
    futimesSync(file.fd, midnight(), midnight());
    await file.datasync();
  });
  return {
    async read(slot) {
      const key = new Uint8Array(slotSize);
      // The file lies in memory, all but for the first reads: the way to libuv's pool and back takes longer than the read.
      const bytesRead = readSync(file.fd, key, 0, slotSize, position(slot));
      if (bytesRead !== slotSize) throw new StorageError('BROKEN', 'slot beyond the end');
      return key;
    },
    async fill(slots) {
      if (slots.length === 0) return;
      const key = new Uint8Array(slotSize);
      try {
        for (const slot of slots) {
          randomFillSync(key);
          if (writeSync(file.fd, key, 0, slotSize, position(slot)) !== slotSize)
            throw new StorageError('DISK_FULL', 'slot file');
        }
        await sync();
      } catch (error) {
        throw diskError(error);
      } finally {
        key.fill(0);
      }
    },
    close: () => file.close(),
  };
}

function position(slot: number): number {
  if (!Number.isSafeInteger(slot) || slot < 0) throw new StorageError('BROKEN', 'slot number');
  return slot * slotSize;
}
