/** From starting the program to its first answer, and what it then holds in memory, beside a program that only answers. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { discard, startServer } from '@sotto/testkit/server-process';
import { makeSite } from './made-site.ts';
import { digits, type Measure, median } from './measure.ts';
import { cpuTime, residentMemory } from './process-cost.ts';

/** A server that answers has rested for so long when its memory is read, in milliseconds. */
const rest = 2000;

type Start = { readonly wall: number; readonly cpu: number; readonly memory: number };

/** The measure. */
export const coldStart: Measure = {
  name: 'cold-start',
  title: 'Cold start, and memory at rest',
  goal: 'At most 400 ms from start to first answer with the client built; at most 120 MB resident at rest.',
  async run({ quick }) {
    const rounds = quick ? 3 : 9;
    const { server } = await makeSite();
    await server.stop();
    const sotto: Start[] = [];
    const bare: Start[] = [];
    for (let round = 0; round < rounds; round += 1) {
      sotto.push(await startSotto(server.home));
      bare.push(await startBare());
    }
    await discard(server);
    return {
      columns: ['', 'fastest', 'middle', 'processor time, middle', 'resident at rest, most'],
      rows: [row('**Sotto**, on a home with a site', sotto), row('bare node:http, no file of its own', bare)],
      notes: [
        `${rounds} starts of each, in turn; the files are in the page cache. The answer is the whistleblower's page, 200, whole.`,
      ],
    };
  },
};

function row(name: string, starts: readonly Start[]): string[] {
  const walls = starts.map(({ wall }) => wall);
  return [
    name,
    `${digits(Math.min(...walls))} ms`,
    `**${digits(median(walls))} ms**`,
    `${digits(median(starts.map(({ cpu }) => cpu)))} ms`,
    `${digits(Math.max(...starts.map(({ memory }) => memory)))} MB`,
  ];
}

async function startSotto(home: string): Promise<Start> {
  const started = performance.now();
  const server = await startServer({ home });
  const start = await firstAnswer(started, server.origin, server.pid);
  await server.stop();
  return start;
}

async function startBare(): Promise<Start> {
  const started = performance.now();
  const child = spawn(process.execPath, [join(import.meta.dirname, 'bare-server.ts'), '/tmp'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  const start = await firstAnswer(started, `${String(line).trim()}/?length=4096`, child.pid ?? -1);
  child.kill();
  return start;
}

async function firstAnswer(started: number, address: string, pid: number): Promise<Start> {
  const response = await fetch(address);
  await response.arrayBuffer();
  if (response.status !== 200) throw new Error(`the first answer was ${response.status}`);
  const wall = performance.now() - started;
  const cpu = await cpuTime(pid);
  await new Promise((resolve) => setTimeout(resolve, rest));
  return { wall, cpu, memory: await residentMemory(pid) };
}
