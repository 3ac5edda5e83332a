/** The machine a measure ran on: numbers without it mean nothing. */
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { cpus, loadavg, release, tmpdir, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { digits } from './measure.ts';

/** How long the disk is asked for its rate, in milliseconds. */
const syncTime = 1000;
/** A page of the database. */
const pageBytes = 4096;

/** One line: processor, memory, kernel, Node, disk with its rate of syncs now, and how busy others keep it. */
export async function machine(): Promise<string> {
  const [processor] = cpus();
  const parts = [
    new Date().toISOString().slice(0, 16).replace('T', ' '),
    `${cpus().length} × ${processor?.model ?? 'unknown processor'}`,
    `${Math.round(totalmem() / 1024 ** 3)} GiB`,
    `${type()} ${release()}`,
    `Node ${process.version}`,
    `${await disk()} with ${digits(await syncRate())} fdatasync/s of 4 KiB`,
    `load ${loadavg()
      .map((load) => load.toFixed(1))
      .join(' ')}`,
  ];
  return parts.join(', ');
}

/** Syncs a second of one writer, one after another, in the folder where homes are made. */
export async function syncRate(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-sync-'));
  const file = await open(join(folder, 'pages'), 'w');
  const page = Buffer.alloc(pageBytes, 1);
  const started = performance.now();
  let syncs = 0;
  for (; performance.now() - started < syncTime; syncs += 1) {
    await file.write(page, 0, pageBytes, (syncs % 256) * pageBytes);
    await file.datasync();
  }
  const seconds = (performance.now() - started) / 1000;
  await file.close();
  await rm(folder, { recursive: true });
  return syncs / seconds;
}

/** Device and file system of the folder where homes are made. */
async function disk(): Promise<string> {
  const mounts = (await readFile('/proc/mounts', 'utf8')).split('\n').map((line) => line.split(' '));
  const under = mounts.filter(([, point = '']) =>
    `${tmpdir()}/`.startsWith(point === '/' ? '/' : `${point}/`),
  );
  const [device = 'unknown disk', , kind = ''] =
    under.toSorted(([, a = ''], [, b = '']) => b.length - a.length)[0] ?? [];
  return `${device} (${kind})`;
}
