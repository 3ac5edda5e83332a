/** Files up and down by the true client, three chunks in flight and delayed at random, beside a bare server with the same syncs. */
import { createHash, randomBytes } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { download, upload } from '@sotto/client/transfer';
import type { Bytes } from '@sotto/protocol/bytes';
import { createSodiumLibrary } from '@sotto/protocol/library-sodium';
import { boxOverhead, chunkCount, chunkLength, paddedFileSize } from '@sotto/protocol/sizes';
import type { FoundedSite } from '@sotto/testkit/founded-site';
import { discard } from '@sotto/testkit/server-process';
import { startBareServer } from './bare-process.ts';
import { answers } from './envelopes.ts';
import { makeSite, quickWhistleblower } from './made-site.ts';
import { digits, grouped, type Measure } from './measure.ts';
import { cpuTime, forgetPeak, peakMemory } from './process-cost.ts';

/** Each chunk waits up to so many milliseconds before it is sent or asked for: they arrive in any order. */
const longestDelay = 5;
const library = createSodiumLibrary((length) => Uint8Array.from(randomBytes(length)));
const tools = { library, wait: delay };
const quietly = () => {};

type Way = { readonly seconds: number; readonly cpu: number; readonly peak: number };
type Both = { readonly up: Way; readonly down: Way };

/** The measure. */
export const transfer: Measure = {
  name: 'transfer',
  title: 'Files up and down',
  goal: 'Intact, at least half the rate of a bare node:http server with the same syncs; at most 200 MB resident during 1 GB both ways.',
  async run({ quick }) {
    const site = await makeSite();
    await using bare = await startBareServer();
    const rows: string[][] = [];
    for (const megabytes of quick ? [1, 50] : [1, 50, 1000]) {
      await using file = await makeFile(megabytes * 1_000_000);
      const sotto = await throughSotto(site, file);
      const peer = await throughBare(bare, file);
      for (const way of ['up', 'down'] as const) {
        const [own, other] = [sotto[way], peer[way]];
        rows.push([
          `${grouped(megabytes)} MB ${way}`,
          `**${digits(megabytes / own.seconds)} MB/s**`,
          `${digits(megabytes / other.seconds)} MB/s`,
          `**${digits(other.seconds / own.seconds)}**`,
          `${digits(own.cpu)} ms, ${digits(other.cpu)} ms`,
          `**${digits(own.peak)} MB**, ${digits(other.peak)} MB`,
        ]);
      }
    }
    await discard(site.server);
    return {
      columns: [
        'file',
        'Sotto',
        'bare node:http',
        'ratio',
        "the servers' processor time",
        'most resident, Sotto and bare',
      ],
      rows,
      notes: [
        `The true client seals and opens each chunk, three in flight, each delayed by 0 to ${longestDelay} ms at random; both servers get the same client. SHA-256 of what came back is that of what went.`,
        'Sotto files the report between the two ways, and the whistleblower downloads. Bare: for each chunk body, sync, first byte, sync; the four syncs of a new file; and nothing remembered.',
      ],
    };
  },
};

type TestFile = AsyncDisposable & { readonly content: Blob; readonly hash: string };

async function makeFile(size: number): Promise<TestFile> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-file-'));
  const path = join(folder, 'file');
  const hash = createHash('sha256');
  const file = await open(path, 'w');
  for (let left = size; left > 0; ) {
    const part = randomBytes(Math.min(left, 1 << 20));
    hash.update(part);
    await file.write(part);
    left -= part.length;
  }
  await file.sync();
  await file.close();
  return {
    content: await openAsBlob(path),
    hash: hash.digest('hex'),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

async function throughSotto({ server, channelId }: FoundedSite, file: TestFile): Promise<Both> {
  const delayed: typeof fetch = async (input, init) => {
    if (String(input).includes('/chunks/')) await delay(Math.random() * longestDelay);
    return await fetch(input, init);
  };
  const agent = quickWhistleblower(server.origin, delayed);
  await agent.openSite(null);
  const picked = { name: 'file', type: '', content: file.content };
  const up = await measured(server.pid, () => agent.attachToDraft('file', picked, quietly));
  await agent.submit(channelId, answers, quietly);
  const { files } = await agent.refresh();
  let blob = new Blob();
  const down = await measured(server.pid, async () => {
    blob = await agent.download(files[0]?.id ?? '', quietly);
  });
  await checkHash(blob, file.hash);
  return { up, down };
}

async function throughBare(
  { origin, pid }: { readonly origin: string; readonly pid: number },
  file: TestFile,
): Promise<Both> {
  const size = file.content.size;
  const padded = paddedFileSize(size);
  const key = { key: library.random(32), size };
  const ask = async (path: string, init: RequestInit): Promise<Bytes> => {
    await delay(Math.random() * longestDelay);
    const response = await fetch(`${origin}${path}`, init);
    return new Uint8Array(await response.arrayBuffer());
  };
  const routes = {
    state: async () => {
      const missing: [number, number][] = [[0, chunkCount(padded) - 1]];
      return { size: padded, missing };
    },
    put: (index: number, body: Bytes) => ask(`/chunk/${index}`, { method: 'PUT', body }),
    get: (index: number) =>
      ask(`/chunk/${index}?length=${chunkLength(padded, index) + boxOverhead}`, { method: 'GET' }),
  };
  const up = await measured(pid, () =>
    upload(tools, routes, key, file.content, new AbortController().signal, quietly),
  );
  let blob = new Blob();
  const down = await measured(pid, async () => {
    blob = await download(tools, routes, key, '', quietly);
  });
  await checkHash(blob, file.hash);
  return { up, down };
}

async function measured(pid: number, act: () => Promise<void>): Promise<Way> {
  await forgetPeak(pid);
  const cpu = await cpuTime(pid);
  const started = performance.now();
  await act();
  const seconds = (performance.now() - started) / 1000;
  return { seconds, cpu: (await cpuTime(pid)) - cpu, peak: await peakMemory(pid) };
}

/** @throws Error when one byte is another. */
async function checkHash(blob: Blob, expected: string): Promise<void> {
  const hash = createHash('sha256');
  for await (const part of blob.stream()) hash.update(part);
  if (hash.digest('hex') !== expected) throw new Error('the file did not come back as it went');
}
