/**
 * Which chunks of a file are missing, remembered while it is being written, since asking the disk costs a read for each
 * chunk. What is forgotten here is read again from the version bytes.
 */
import type { FileHandle } from 'node:fs/promises';
import { chunkCount, version } from '@sotto/protocol/sizes';
import { type Attachment, chunkOffset } from './chunk-layout.ts';

/** Files that are written at about the same time; beyond it the oldest are read again. */
const rememberedFiles = 256;

/** Gives the missing indexes of an open file; the caller deletes those it has written. */
export type MissingCache = {
  (path: string, file: FileHandle, attachment: Attachment): Promise<Set<number>>;
  drop(path: string): void;
};

/** Makes an empty cache. The caller asks for one path at a time (blobs/turns.ts). */
export function missingCache(): MissingCache {
  const remembered = new Map<string, Set<number>>();
  const find = async (path: string, file: FileHandle, attachment: Attachment): Promise<Set<number>> => {
    const known = remembered.get(path);
    if (known !== undefined) return known;
    const missing = await readMissing(file, attachment);
    const [oldest] = remembered.keys();
    if (remembered.size >= rememberedFiles && oldest !== undefined) remembered.delete(oldest);
    remembered.set(path, missing);
    return missing;
  };
  return Object.assign(find, { drop: (path: string) => void remembered.delete(path) });
}

async function readMissing(file: FileHandle, attachment: Attachment): Promise<Set<number>> {
  const missing = new Set<number>();
  const first = new Uint8Array(1);
  for (let index = 0; index < chunkCount(attachment.paddedSize); index += 1) {
    const { bytesRead } = await file.read(first, 0, 1, chunkOffset(index));
    if (bytesRead !== 1 || first[0] !== version) missing.add(index);
  }
  return missing;
}
