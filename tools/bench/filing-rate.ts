/** Reports a second, durable when answered, filed by sixteen clients at once; then the server is killed and they are counted. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { discard } from '@sotto/testkit/server-process';
import { startBareServer } from './bare-process.ts';
import { type Envelope, makeEnvelopes } from './envelopes.ts';
import { syncRate } from './machine.ts';
import { makeSite } from './made-site.ts';
import { digits, grouped, type Measure, median } from './measure.ts';
import { cpuTime } from './process-cost.ts';
import { openWire, type Wire } from './wire.ts';

const clients = 16;
/** The row of the filing, the slot, the report: each must be on the disk before its answer. */
const syncsPerReport = 3;

type Run = {
  readonly failed: number;
  readonly perSecond: number;
  /** In the best second. */
  readonly best: number;
  readonly slowest: number;
  readonly middle: number;
};

/** The measure. */
export const filingRate: Measure = {
  name: 'filing-rate',
  title: 'Reports filed at once',
  goal: `At least 300 reports a second, durable when answered, filed by ${clients} clients, none failing.`,
  async run({ quick }) {
    const reports = quick ? 1000 : 6000;
    const site = await makeSite();
    const envelopes = await makeEnvelopes(site.server.origin, site.channelId, reports);
    const before = await cpuTime(site.server.pid);
    const run = await fileAll(site.server.origin, envelopes, fileOne);
    const cpu = ((await cpuTime(site.server.pid)) - before) / reports;
    await site.server.kill();
    const there = countReports(site.server.home);
    await discard(site.server);
    await using bare = await startBareServer();
    const bareBefore = await cpuTime(bare.pid);
    const peer = await fileAll(bare.origin, envelopes, keepOne);
    const bareCpu = ((await cpuTime(bare.pid)) - bareBefore) / reports;
    const loop = (await syncRate()) / syncsPerReport;
    return {
      columns: [
        '',
        'reports/s',
        'in the best second',
        'failed',
        'processor time a report',
        'middle wait',
        'longest wait',
      ],
      rows: [
        row('**Sotto**', run, cpu),
        row('bare node:http, the same bytes and syncs, no rows', peer, bareCpu),
        [`a loop of ${syncsPerReport} syncs a report, nothing else`, digits(loop), '', '', '', '', ''],
      ],
      notes: [
        `${grouped(reports)} reports of about 3 kB, sealed beforehand; a report is two requests, and the wait is for both.`,
        `Then kill -9: ${grouped(there)} of ${grouped(reports)} reports are in the database.`,
        'The clients run on the same processors as the server.',
      ],
    };
  },
};

function row(name: string, { perSecond, best, failed, middle, slowest }: Run, cpu: number): string[] {
  return [
    name,
    `**${digits(perSecond)}**`,
    `**${best}**`,
    String(failed),
    `${digits(cpu)} ms`,
    `${digits(middle)} ms`,
    `${digits(slowest)} ms`,
  ];
}

async function fileAll(
  origin: string,
  envelopes: readonly Envelope[],
  send: (wire: Wire, envelope: Envelope) => Promise<unknown>,
): Promise<Run> {
  const waiting = envelopes.values();
  const waits: number[] = [];
  const ends: number[] = [];
  let failed = 0;
  const started = performance.now();
  const client = async (): Promise<void> => {
    using wire = openWire(origin);
    for (const envelope of waiting) {
      const sent = performance.now();
      await send(wire, envelope).catch(() => {
        failed += 1;
      });
      ends.push(performance.now());
      waits.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const perSecond = (envelopes.length - failed) / ((performance.now() - started) / 1000);
  return { failed, perSecond, best: bestSecond(ends), middle: median(waits), slowest: Math.max(...waits) };
}

/** The most that ended within one second. */
function bestSecond(ends: readonly number[]): number {
  let from = 0;
  let best = 0;
  for (const [at, end] of ends.entries()) {
    while ((ends[from] ?? end) <= end - 1000) from += 1;
    best = Math.max(best, at - from + 1);
  }
  return best;
}

async function fileOne(wire: Wire, { filing, submission }: Envelope): Promise<void> {
  const answer: unknown = JSON.parse(await wire.send('POST', '/api/whistleblower/filing', filing));
  const session = typeof answer === 'object' && answer !== null && 'session' in answer ? answer.session : '';
  await wire.send('POST', '/api/whistleblower/filing/submit', submission, String(session));
}

async function keepOne(wire: Wire, { filing, submission }: Envelope): Promise<void> {
  await wire.send('POST', '/keep?syncs=1', filing);
  await wire.send('POST', `/keep?syncs=${syncsPerReport - 1}`, submission);
}

function countReports(home: string): number {
  using database = new DatabaseSync(join(home, 'sotto.sqlite'));
  return Number(database.prepare('SELECT count(*) AS total FROM reports').get()?.['total']);
}
