/** Makes the names of a directory durable: a new or removed file survives power loss only after this. */
import { open } from 'node:fs/promises';

/** Syncs the directory at `path`. */
export async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
