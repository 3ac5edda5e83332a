/**
 * A home: the folder that holds all a server keeps. `sotto.sqlite` (rows), `slots` (keys that rows are wrapped under),
 * `sites/` (attachments), `settings.toml`, `setup-link` (until it is used), `lock`. Only its owner may look inside.
 */
import { existsSync } from 'node:fs';
import { chmod, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Attachments, type DiskReserve, openAttachments } from '../blobs/attachments.ts';
import { type Forget, makeForget } from '../forgetting/forget.ts';
import { lockHome } from './home-lock.ts';
import { carryMidnight } from './midnight-times.ts';
import { type SlotAllocator, slotAllocator } from './slot-allocator.ts';
import { openSlotFile, type SlotFile } from './slot-file.ts';
import { openDatabase } from './sqlite/open-database.ts';
import { makeStore, type Store } from './store.ts';

/** Where the one-time setup link lies, under the home, until it is used. */
export const setupLinkFile = 'setup-link';

/** An open home. */
export type Home = {
  readonly path: string;
  readonly store: Store;
  readonly slotFile: SlotFile;
  readonly allocator: SlotAllocator;
  readonly attachments: Attachments;
  readonly forget: Forget;
  /** Writes the database's journal back and cuts it (docs/decisions/0021). */
  checkpoint(): boolean;
  close(): Promise<void>;
};

/**
 * Opens the home at `path`, or makes it. The slot file is made before the database: a database without its slots is
 * never taken for a new home.
 *
 * @param clock milliseconds since 1970, passed in.
 * @throws StorageError `HOME_IN_USE`, `HOME_INCOMPLETE` and those of the database and the slot file.
 */
export async function openHome(path: string, reserve: DiskReserve, clock: () => number): Promise<Home> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  if (((await stat(path)).mode & 0o077) !== 0) await chmod(path, 0o700);
  const databasePath = join(path, 'sotto.sqlite');
  const lock = lockHome(join(path, 'lock'));
  let slotFile: SlotFile | undefined;
  try {
    slotFile = await openSlotFile(join(path, 'slots'), !existsSync(databasePath), () => midnight(clock()));
    return await openParts(path, databasePath, slotFile, reserve, clock, lock.release);
  } catch (error) {
    await slotFile?.close();
    lock.release();
    throw error;
  }
}

async function openParts(
  path: string,
  databasePath: string,
  slotFile: SlotFile,
  reserve: DiskReserve,
  clock: () => number,
  release: () => void,
): Promise<Home> {
  const database = openDatabase(databasePath);
  for (const file of [databasePath, `${databasePath}-wal`, `${databasePath}-shm`]) await chmod(file, 0o600);
  const carryDay = () =>
    carryMidnight([databasePath, `${databasePath}-wal`, `${databasePath}-shm`], midnight(clock()));
  const store = makeStore(database, carryDay);
  const used = await store.transaction((transaction) => store.slots.numbers(transaction));
  const allocator = slotAllocator(slotFile, used);
  const attachments = openAttachments(path, reserve, () => midnight(clock()));
  const forget = makeForget({ store, slotFile, allocator, forgetFileAt: attachments.forget });
  return {
    path,
    store,
    slotFile,
    allocator,
    attachments,
    forget,
    checkpoint() {
      const whole = database.checkpoint();
      carryDay();
      return whole;
    },
    async close() {
      await database.close();
      carryDay();
      await slotFile.close();
      release();
    },
  };
}

/** Midnight (UTC) of the day of `now`. */
export function midnight(now: number): Date {
  const day = new Date(now);
  day.setUTCHours(0, 0, 0, 0);
  return day;
}

/** The day of `now` in UTC, `YYYY-MM-DD`. */
export function day(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}
