/** Sign-ins a second by many clients at once, what one costs, how long it keeps everybody else, what sessions weigh, and what a token of work costs to check. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { boxedIdentityBytes } from '@sotto/protocol/sizes';
import type { FoundedSite } from '@sotto/testkit/founded-site';
import { discard } from '@sotto/testkit/server-process';
import { startBareServer } from './bare-process.ts';
import { makeSite, quickMember } from './made-site.ts';
import { digits, grouped, type Measure, median } from './measure.ts';
import { costText, cpuTime } from './process-cost.ts';
import type { Watched } from './watch-process.ts';
import { openWire, type Wire } from './wire.ts';
import { setOf, workCheck } from './work-check.ts';

const clients = 64;
/** Sign-ins a second that must be reached. */
const rate = 200;
const openSessions = 10_000;
/** Sign-ins of each client before the count begins. */
const warmUp = 20;
const password = 'Harbour-2026-lantern';
const quietly = () => {};

type Run = {
  readonly perSecond: number;
  /** Milliseconds of the server's processor time for each. */
  readonly cpu: number;
  readonly middle: number;
  readonly slowest: number;
  readonly failed: number;
};
type Send = (wire: Wire, client: number) => Promise<unknown>;

/** The measure. */
export const signInRate: Measure = {
  name: 'sign-in-rate',
  title: 'Sign-ins at once',
  goal: `${rate} sign-ins a second by ${clients} clients for less than 5 ms of processor time each, the event loop never blocked above 50 ms; ${grouped(openSessions)} open sessions in less than 50 MB; a token of work checked in less than 1 ms.`,
  needs: [],
  async run({ quick }) {
    const each = quick ? 10 : 60;
    const folder = await mkdtemp(join(tmpdir(), 'sotto-watch-'));
    const watchFile = join(folder, 'watched');
    const preload = `--import=${join(import.meta.dirname, 'watch-process.ts')}`;
    const site = await makeSite({ environment: { NODE_OPTIONS: preload, WATCH_PROCESS: watchFile } });
    const { origin, pid } = site.server;
    const bodies = await signInBodies(site);
    const signIn: Send = (wire, client) => wire.send('POST', '/api/sign-in', bodies[client] ?? '');
    const watched = () => askWatched(pid, watchFile);
    await load(origin, pid, signIn, warmUp);
    const empty = await watched();
    const sessions = await fill(origin, bodies, clients * warmUp);
    const filled = await watched();
    const paced = await load(origin, pid, signIn, each, (clients / rate) * 1000);
    const pacedLoop = await watched();
    const full = await load(origin, pid, signIn, each);
    const fullLoop = await watched();
    await discard(site.server);
    await rm(folder, { recursive: true });
    await using bare = await startBareServer();
    const keep: Send = (wire, client) => wire.send('POST', '/keep?syncs=0', bodies[client] ?? '');
    await load(bare.origin, bare.pid, keep, warmUp);
    const peer = await load(bare.origin, bare.pid, keep, each);
    const work = await workCheck(quick ? 2 : 11);
    return {
      columns: [
        '',
        'sign-ins/s',
        'failed',
        'processor time each',
        'middle wait',
        'longest wait',
        'loop late: 99 of 100, longest',
      ],
      rows: [
        row(`**Sotto**, ${rate} a second`, paced, pacedLoop),
        row('**Sotto**, as fast as it goes', full, fullLoop),
        row('bare node:http, the same bodies parsed, nothing checked', peer, null),
      ],
      notes: [
        `${clients} clients with an account each, one request a sign-in, authKeys made beforehand; proof of work is lifted by the ordinary setting that is shown in red. The clients run on the same processors as the server.`,
        `${grouped(sessions)} open sessions with the vaults of their tabs: **${digits(filled.alive - empty.alive)} MB** more are alive in the server than with ${grouped(clients * warmUp)}, garbage collected before and after; they stay open while the sign-ins above are counted.`,
        `Checking a token of work, by itself: **${costText(work.right)}** of processor time for a right one, one hash in it; ${costText(work.bare)} for that hash alone by the same library; ${costText(work.wrong)} for one that is not of this server, which costs no hash. The least and the middle of sets of ${setOf}, after one to warm up.`,
      ],
    };
  },
};

function row(name: string, run: Run, loop: Watched | null): string[] {
  return [
    name,
    `**${digits(run.perSecond)}**`,
    String(run.failed),
    `**${digits(run.cpu)} ms**`,
    `${digits(run.middle)} ms`,
    `${digits(run.slowest)} ms`,
    loop === null ? '' : `${digits(loop.usual)} ms, **${digits(loop.longest)} ms**`,
  ];
}

/** Makes an account for each client. @returns what each sends to sign in, as its agent sent it. */
async function signInBodies({ server, administrator }: FoundedSite): Promise<string[]> {
  const bodies: string[] = [];
  for (let client = 0; client < clients; client += 1) {
    const userName = `client-${client}`;
    const { activationLink } = await administrator.invite({ userName, name: userName, roles: ['recipient'] });
    const listening: typeof fetch = (input, init) => {
      if (String(input).endsWith('/api/sign-in')) bodies[client] = String(init?.body);
      return fetch(input, init);
    };
    const agent = quickMember(server.origin, listening);
    await agent.activate(activationLink.split('#activate=')[1] ?? '', password, quietly);
  }
  return bodies;
}

/** @param pause milliseconds between the begins of two requests of one client; 0 to begin the next at the answer. */
async function load(origin: string, pid: number, send: Send, each: number, pause = 0): Promise<Run> {
  const waits: number[] = [];
  let failed = 0;
  const before = await cpuTime(pid);
  const started = performance.now();
  const client = async (_: unknown, index: number): Promise<void> => {
    using wire = openWire(origin);
    for (let round = 0; round < each; round += 1) {
      const due = started + (round + index / clients) * pause;
      if (due > performance.now()) await setTimeout(due - performance.now());
      const sent = performance.now();
      await send(wire, index).catch(() => {
        failed += 1;
      });
      waits.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const seconds = (performance.now() - started) / 1000;
  const cpu = ((await cpuTime(pid)) - before) / waits.length;
  return {
    perSecond: (waits.length - failed) / seconds,
    cpu,
    middle: median(waits),
    slowest: Math.max(...waits),
    failed,
  };
}

/** Signs in, and leaves a vault as an agent does, until so many sessions are open. @param open there already. @returns how many are open. */
async function fill(origin: string, bodies: readonly string[], open: number): Promise<number> {
  let count = open;
  const client = async (_: unknown, index: number): Promise<void> => {
    using wire = openWire(origin);
    for (; count < openSessions; count += 1) {
      const answer: unknown = JSON.parse(await wire.send('POST', '/api/sign-in', bodies[index] ?? ''));
      const session =
        typeof answer === 'object' && answer !== null && 'session' in answer ? answer.session : '';
      await wire.send('PUT', '/api/session/vault', vault(), String(session));
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return count;
}

/** What no server can tell from a vault (S3). */
function vault(): string {
  const identity = randomBytes(boxedIdentityBytes);
  identity[0] = 1;
  return JSON.stringify({
    name: randomBytes(32).toString('base64url'),
    identity: identity.toString('base64url'),
  });
}

/** Asks the server's watcher for its next line. */
async function askWatched(pid: number, file: string): Promise<Watched> {
  const linesOf = async () =>
    (await readFile(file, 'utf8').catch(() => '')).split('\n').filter((line) => line !== '');
  const { length } = await linesOf();
  process.kill(pid, 'SIGUSR2');
  for (;;) {
    await setTimeout(20);
    const line = (await linesOf())[length];
    // why: watch-process.ts wrote it
    if (line !== undefined) return JSON.parse(line) as Watched;
  }
}
