/**
 * The memory of a process, as a core dump holds it and more: every page it has of every mapping that can be read, of files
 * mapped into it too, while the process stands still. Linux; needs root.
 */
import { type FileHandle, open, readFile } from 'node:fs/promises';
import type { ByteSearch, Hit } from './byte-search.ts';

/** Addresses from … up to …, in bytes. */
type Range = { readonly start: number; readonly end: number };

/** proc(5), pagemap: eight bytes a page; the highest bit says "in memory", the next "swapped out". */
const pageBytes = 4096;
const pageEntryBytes = 8;
const hasContent = 0xc0;

/** Bytes read at once. */
const pieceSize = 16 * 1024 * 1024;
/** Milliseconds to wait for a process to stand still. */
const stopTimeout = 5000;

/** Stops the process, looks through its memory, lets it go on. @returns what was found, and how many bytes were read. */
export async function searchMemory(pid: number, search: ByteSearch): Promise<{ hits: Hit[]; bytes: number }> {
  process.kill(pid, 'SIGSTOP');
  try {
    await stopped(pid);
    const hits: Hit[] = [];
    let bytes = 0;
    for await (const { at, piece } of piecesOf(pid, search.longest - 1)) {
      bytes += piece.length;
      for (const hit of search(piece)) hits.push({ name: hit.name, at: at + hit.at });
    }
    return { hits, bytes };
  } finally {
    process.kill(pid, 'SIGCONT');
  }
}

async function* piecesOf(pid: number, overlap: number): AsyncGenerator<{ at: number; piece: Uint8Array }> {
  const pagemap = await open(`/proc/${pid}/pagemap`, 'r');
  const memory = await open(`/proc/${pid}/mem`, 'r');
  const buffer = Buffer.allocUnsafe(pieceSize);
  try {
    for (const mapping of await mappingsOf(pid)) {
      for (const { start, end } of await pagesWithContent(pagemap, mapping)) {
        for (let at = start; at < end; at += pieceSize - overlap) {
          const { bytesRead } = await memory.read(buffer, 0, Math.min(pieceSize, end - at), at);
          yield { at, piece: buffer.subarray(0, bytesRead) };
          if (at + bytesRead >= end) break;
        }
      }
    }
  } finally {
    await pagemap.close();
    await memory.close();
  }
}

async function mappingsOf(pid: number): Promise<Range[]> {
  const maps = await readFile(`/proc/${pid}/maps`, 'utf8');
  return [...maps.matchAll(/^([0-9a-f]+)-([0-9a-f]+) r\S+ .*$/gm)]
    .filter(([line]) => !/\[v(?:var|syscall)/.test(line))
    .map(([, start = '', end = '']) => ({
      start: Number.parseInt(start, 16),
      end: Number.parseInt(end, 16),
    }));
}

/** What was never touched holds zeros and is passed over: V8 reserves half a gigabyte. */
async function pagesWithContent(pagemap: FileHandle, { start, end }: Range): Promise<Range[]> {
  const count = (end - start) / pageBytes;
  const entries = Buffer.alloc(count * pageEntryBytes);
  await pagemap.read(entries, 0, entries.length, (start / pageBytes) * pageEntryBytes);
  const ranges: { start: number; end: number }[] = [];
  for (let page = 0; page < count; page += 1) {
    const highest = entries[page * pageEntryBytes + pageEntryBytes - 1] ?? 0;
    if ((highest & hasContent) === 0) continue;
    const at = start + page * pageBytes;
    const last = ranges.at(-1);
    if (last?.end === at) last.end = at + pageBytes;
    else ranges.push({ start: at, end: at + pageBytes });
  }
  return ranges;
}

async function stopped(pid: number): Promise<void> {
  const deadline = Date.now() + stopTimeout;
  while (Date.now() < deadline) {
    // The state is the field after the name, which stands in brackets.
    const state = /\) (\w)/.exec(await readFile(`/proc/${pid}/stat`, 'utf8'))?.[1];
    if (state === 'T') return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`process ${pid} does not stand still`);
}
