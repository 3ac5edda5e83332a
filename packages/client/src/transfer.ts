/** Attachments between a device and the server (S7): three chunks in flight, each opened or sealed by itself. */
import type { FileResponse } from '@sotto/contract/report';
import { chunkRange, openFileChunk, sealChunk } from '@sotto/protocol/attachment';
import { type Bytes, equalBytes } from '@sotto/protocol/bytes';
import { chunkCount, paddedFileSize } from '@sotto/protocol/sizes';
import type { Environment } from './environment.ts';
import { ClientError } from './errors.ts';
import { patiently } from './patience.ts';
import type { OnProgress } from './views.ts';

/** Enough to fill a slow line, few enough to keep memory and the server's bound on bytes in flight. */
const chunksInFlight = 3;

/** The calls that differ between the two sides. */
export type FileRoutes = {
  state(): Promise<FileResponse>;
  put(index: number, sealed: Bytes): Promise<unknown>;
  get(index: number): Promise<Bytes>;
};
export type FileKey = { readonly key: Bytes; readonly size: number };
type Tools = Pick<Environment, 'library' | 'wait'>;

/**
 * Sends the chunks the server misses; resolves when all are durable. A line that breaks is waited for.
 *
 * @param signal aborted, it leaves the rest for another time; what arrived is kept.
 * @throws ClientError `FILE_CHANGED` when the file shrank meanwhile.
 */
export async function upload(
  { library, wait }: Tools,
  routes: FileRoutes,
  file: FileKey,
  content: Blob,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<void> {
  const tell = (stage: 'sending' | 'waiting') =>
    onProgress({ stage, done: file.size - left, total: file.size });
  let left = file.size;
  const { missing } = await patiently(
    () => routes.state(),
    wait,
    signal,
    () => tell('waiting'),
  );
  const indices = missing.flatMap(([from, to]) =>
    Array.from({ length: to - from + 1 }, (_, at) => from + at),
  );
  left = indices.reduce((sum, index) => sum + trueLength(file.size, index), 0);
  tell('sending');
  await inFlight(indices, async (index) => {
    const { start, end } = chunkRange(file.size, index);
    const plaintext = new Uint8Array(await content.slice(start, end).arrayBuffer());
    if (plaintext.length !== end - start) throw new ClientError('FILE_CHANGED');
    const sealed = sealChunk(library, file.key, file.size, index, plaintext);
    await patiently(
      () => routes.put(index, sealed),
      wait,
      signal,
      () => tell('waiting'),
    );
    left -= plaintext.length;
    tell('sending');
  });
}

/** So many chunks are looked at before a file that was picked again goes on: the first, the last and one between. */
const comparedChunks = 3;

/**
 * Whether a file that was picked again is the one that was begun: opens chunks that are there, and compares. When none is there,
 * nothing speaks against it.
 *
 * @throws ClientError `NOT_FOUND` when the upload was forgotten.
 */
export async function isSameFile(
  { library, wait }: Tools,
  routes: Pick<FileRoutes, 'state' | 'get'>,
  file: FileKey,
  content: Blob,
): Promise<boolean> {
  if (content.size !== file.size) return false;
  const never = new AbortController().signal;
  const there = presentChunks(await patiently(() => routes.state(), wait, never));
  const last = there.length - 1;
  const spread = Array.from({ length: comparedChunks }, (_, nth) =>
    Math.round((nth * last) / (comparedChunks - 1)),
  );
  for (const at of new Set(spread)) {
    const index = there[at];
    if (index === undefined) continue;
    const kept = opened(library, file, index, await patiently(() => routes.get(index), wait, never));
    const { start, end } = chunkRange(file.size, index);
    const picked = new Uint8Array(await content.slice(start, end).arrayBuffer());
    if (!equalBytes(kept, picked)) return false;
  }
  return true;
}

/** Indexes of the chunks that are durable, in order. */
function presentChunks({ size, missing }: FileResponse): readonly number[] {
  const all = Array.from({ length: chunkCount(size) }, (_, index) => index);
  return all.filter((index) => !missing.some(([from, to]) => index >= from && index <= to));
}

/** The share of a file's chunks that are durable, from 0 to 1. */
export function arrivedShare(state: FileResponse): number {
  return presentChunks(state).length / chunkCount(state.size);
}

/** Where a download is written as it comes: the part of a browser's FileSystemFileHandle that is used. */
export type FileTarget = { createWritable(): Promise<TargetStream> };
type TargetStream = {
  write(piece: { readonly type: 'write'; readonly position: number; readonly data: Bytes }): Promise<void>;
  /** Only now is there a file: what was written before lies aside. */
  close(): Promise<void>;
  abort(): Promise<void>;
};

/** Fetches and opens every chunk. @returns the file, whole and verified; never a part of it. @throws ClientError `FILE_NOT_WHOLE`. */
export async function download(
  tools: Tools,
  routes: Pick<FileRoutes, 'get'>,
  file: FileKey,
  type: string,
  onProgress: OnProgress,
): Promise<Blob> {
  const parts = new Map<number, Blob>();
  // A Blob a chunk: the browser may keep it outside the memory of this worker.
  const keep = async (index: number, plaintext: Bytes) => void parts.set(index, new Blob([plaintext]));
  await fetchChunks(tools, routes, file, keep, onProgress);
  const whole = new Blob(
    [...parts].sort(([a], [b]) => a - b).map(([, part]) => part),
    { type },
  );
  if (whole.size !== file.size) throw new ClientError('FILE_NOT_WHOLE');
  return whole;
}

/**
 * The same, straight to a file that the person chose: no more of it is in memory than what is in flight.
 *
 * @throws ClientError `FILE_NOT_WHOLE`, `NOT_SAVED` when the device does not take it. Nothing of it stays then.
 */
export async function downloadInto(
  tools: Tools,
  routes: Pick<FileRoutes, 'get'>,
  file: FileKey,
  target: FileTarget,
  onProgress: OnProgress,
): Promise<void> {
  const stream = await saved(target.createWritable());
  try {
    const write = (index: number, data: Bytes) =>
      saved(stream.write({ type: 'write', position: chunkRange(file.size, index).start, data }));
    await fetchChunks(tools, routes, file, write, onProgress);
    await saved(stream.close());
  } catch (failure) {
    await stream.abort().catch(() => {});
    throw failure;
  }
}

/** Resolves when every chunk was fetched, opened and taken: once each, and together as long as the file. */
async function fetchChunks(
  { library, wait }: Tools,
  routes: Pick<FileRoutes, 'get'>,
  file: FileKey,
  take: (index: number, plaintext: Bytes) => Promise<void>,
  onProgress: OnProgress,
): Promise<void> {
  const never = new AbortController().signal;
  let done = 0;
  const tell = (stage: 'receiving' | 'waiting') => onProgress({ stage, done, total: file.size });
  tell('receiving');
  const indices = Array.from({ length: chunkCount(paddedFileSize(file.size)) }, (_, index) => index);
  await inFlight(indices, async (index) => {
    const sealed = await patiently(
      () => routes.get(index),
      wait,
      never,
      () => tell('waiting'),
    );
    const plaintext = opened(library, file, index, sealed);
    await take(index, plaintext);
    done += plaintext.length;
    tell('receiving');
  });
  if (done !== file.size) throw new ClientError('FILE_NOT_WHOLE');
}

async function saved<T>(act: Promise<T>): Promise<T> {
  try {
    return await act;
  } catch {
    throw new ClientError('NOT_SAVED');
  }
}

function opened(library: Tools['library'], file: FileKey, index: number, sealed: Bytes): Bytes {
  try {
    return openFileChunk(library, file.key, file.size, index, sealed);
  } catch {
    throw new ClientError('FILE_NOT_WHOLE');
  }
}

function trueLength(size: number, index: number): number {
  const { start, end } = chunkRange(size, index);
  return end - start;
}

/** Does `act` for each, a few at a time; the first failure ends it once those in flight have ended. */
async function inFlight(indices: readonly number[], act: (index: number) => Promise<void>): Promise<void> {
  const waiting = [...indices];
  const lane = async () => {
    for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
      try {
        await act(index);
      } catch (failure) {
        waiting.length = 0;
        throw failure;
      }
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: chunksInFlight }, lane));
  const failed = lanes.find((ended) => ended.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
