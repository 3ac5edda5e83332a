/** What the live tests stand on: the private Tor network, the image, configurations, a visitor; all removed after. */
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { statOf } from '../../src/engine/processes.ts';

const project = join(import.meta.dirname, '..', '..', '..', '..');
export const main = join(project, 'apps', 'isolation', 'src', 'main.ts');

/** Kept between runs, outside git: keys of the private network, the image. Both take long to make and are public. */
const kept = join(project, 'var', 'isolation-tests');

/** Everything else of one run. */
const scratch = '/run/sotto-isolation-tests';
export const state = join(scratch, 'state');
export const run = join(scratch, 'run');

/** Names of this run's namespaces begin with these. */
export const tornetName = 'lt';
export const inet = `${tornetName}-inet`;

export type Line = { kind: string; [name: string]: unknown };
export type Ended = { code: number; lines: readonly Line[]; stdout: string; stderr: string };

/** Runs `sotto isolate … --json` to its end. */
export async function isolate(...args: readonly string[]): Promise<Ended> {
  return await ended(startIsolate(args));
}

/** The same with a line of standard input. */
export async function isolateWith(input: string, ...args: readonly string[]): Promise<Ended> {
  return await ended(startIsolate(args, ['sh', '-c', 'input=$1; shift; echo "$input" | "$@"', 'sh', input]));
}

/** Starts it; `before` are programs that it runs in, as `ip netns exec`. */
export function startIsolate(args: readonly string[], before: readonly string[] = []): ChildProcess {
  const own = args.includes('--') ? args.indexOf('--') : args.length;
  const [program = '', ...rest] = [
    ...before,
    process.execPath,
    main,
    ...args.slice(0, own),
    '--json',
    ...args.slice(own),
  ];
  return spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
}

export async function ended(child: ChildProcess): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const [code, signal] = await once(child, 'close');
  const lines = stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line): Line => JSON.parse(line));
  return { code: signal === null ? code : 128, lines, stdout, stderr };
}

/** The last line: the verdict. */
export function verdict({ lines }: Ended): unknown {
  return lines.at(-1)?.['verdict'];
}

/** Asserts that a run succeeded, and shows what it said when it did not. */
export function assertOk(result: Ended): Ended {
  assert.equal(result.code, 0, `${result.stdout}\n${result.stderr}`);
  return result;
}

let authorities: readonly string[] = [];

/** The private network's `DirAuthority` lines, without the word. */
export function authorityLines(): readonly string[] {
  return authorities;
}

/** Starts the private network, builds the image when there is none yet. */
export async function startRig(): Promise<void> {
  assert.equal(process.getuid?.(), 0, 'the live tests make namespaces and rules: run them as root');
  takeTurn();
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(state, { recursive: true });
  mkdirSync(kept, { recursive: true });
  const [started] = await Promise.all([
    isolate('tornet', 'start', '--name', tornetName, '--folder', join(kept, 'keys')),
    buildImage(),
  ]);
  assertOk(started);
  authorities = started.lines.filter(({ kind }) => kind === 'authority').map(({ line }) => String(line));
}

/** Two runs on one machine share the names of namespaces: the second waits. The lock ends with this process. */
function takeTurn(): void {
  const turn = openSync(`${scratch}.lock`, 'w');
  const { status } = spawnSync('flock', ['--wait', '900', '3'], {
    stdio: ['ignore', 'ignore', 'ignore', turn],
  });
  assert.equal(status, 0, 'another run of these tests did not end in 15 minutes');
}

export async function stopRig(): Promise<void> {
  await isolate('tornet', 'stop', '--name', tornetName, '--folder', join(kept, 'keys'));
  rmSync(scratch, { recursive: true, force: true });
}

/** The image is built once for all instances: `image` is an instance that never goes up. */
async function buildImage(): Promise<void> {
  const config = join(scratch, 'image.toml');
  writeFileSync(
    config,
    `name = "image"\nstate = "${kept}"\nrun = "${run}"\n${uplink(60)}\n[[workstation]]\nname = "none"\n`,
  );
  if (!existsSync(imageRoot)) assertOk(await isolate('base', 'build', '--config', config));
}

const image = join(kept, 'image');
export const imageRoot = join(image, 'base', 'current', 'root');
export const imageKey = join(image, 'manifest-key');
export const imageConfiguration = join(scratch, 'image.toml');

/** The uplink of the test with a card: its number among the /30s. */
const cardIndex = 61;

/**
 * A pretended host: a namespace with a card of its own, whose other end is the private network's router. What a program does
 * "on this machine" happens there.
 */
export function startHost(name: string): { uplink: string; stop: () => void } {
  const [own, router] = [`198.18.5.${cardIndex * 4 + 2}/30`, `198.18.5.${cardIndex * 4 + 1}`];
  execFileSync('ip', ['netns', 'add', name]);
  const lines = `link add card0 address 02:00:00:00:0c:0d type veth peer name ${name} netns ${inet}\n`;
  execFileSync('ip', ['-netns', name, '-batch', '-'], { input: lines });
  execFileSync('ip', ['-netns', inet, '-batch', '-'], {
    input: `address add ${router}/30 dev ${name}\nlink set ${name} up\n`,
  });
  return {
    uplink: `[gateway.uplink]\nkind = "device"\ndevice = "card0"\naddress = "${own}"\nrouter = "${router}"\n`,
    stop: () => {
      execFileSync('ip', ['netns', 'delete', name]);
    },
  };
}

function uplink(index: number): string {
  return `[gateway.uplink]\nkind = "namespace"\nnamespace = "${inet}"\naddress = "198.18.5.${index * 4 + 2}/30"\nrouter = "198.18.5.${index * 4 + 1}"\n`;
}

export type Instance = { name: string; config: string; index: number; run: string; gateway: string };

let instances = 0;

/** Writes a configuration: its own uplink into the private network, and what the test adds. */
export function instance(
  name: string,
  more: string,
  change: (text: string) => string = (text) => text,
): Instance {
  instances += 1;
  const config = join(scratch, `${name}.toml`);
  const text = `name = "${name}"
state = "${state}"
run = "${run}"

[gateway]
bootstrap_seconds = 60

${uplink(instances)}
[watchdog]
seconds = 1

${more}

[testing]
authorities = [
${authorities.map((line) => `  "${line}",`).join('\n')}
]
`;
  writeFileSync(config, change(text));
  mkdirSync(join(state, name, 'updates'), { recursive: true });
  // As if an update had just been: the age of the kept image is not what these tests are about.
  const entry = { current: new Date().toISOString(), waiting: 0, lists: {} };
  writeFileSync(join(state, name, 'updates', 'ledger.json'), JSON.stringify({ host: entry, base: entry }));
  if (!existsSync(join(state, name, 'base')))
    symlinkSync(join(kept, 'image', 'base'), join(state, name, 'base'));
  return { name, config, index: instances, run: join(run, name), gateway: `${name}-gateway` };
}

/** Where the pinned Node is, without the link that leads to it. */
export const nodeFolder = dirname(realpathSync(process.execPath));

/** A Workstation that has the pinned Node and a folder of test programs. */
export function workstation(name: string, more = ''): string {
  return `[[workstation]]
name = "${name}"
binds = [
  { from = "${nodeFolder}", to = "/opt/node" },
  { from = "${join(import.meta.dirname, 'programs')}", to = "/opt/programs" },
]
${more}`;
}

/** A program inside a namespace, its output when it has ended. */
export function inside(
  namespace: string,
  ...command: readonly string[]
): { code: number; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(
    'nsenter',
    [`--net=/run/netns/${namespace}`, '--', ...command],
    {
      encoding: 'utf8',
    },
  );
  return { code: status ?? 128, stdout, stderr };
}

/** The one process of a namespace whose command line holds a word. */
export function processIn(namespace: string, word: string): number {
  const pids = execFileSync('ip', ['netns', 'pids', namespace], { encoding: 'utf8' })
    .split('\n')
    .filter(Boolean);
  const named = pids.filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(word);
    } catch {
      // It ended while we looked.
      return false;
    }
  });
  // A child that has not become another program yet is still a copy of its parent.
  const found = named.filter((pid) => !named.includes(String(statOf(pid)?.parent)));
  assert.equal(found.length, 1, `${word}: ${found.length} processes`);
  return Number(found[0]);
}

/** Waits until something holds; names it when it never does. */
export async function until(
  what: string,
  seconds: number,
  holds: () => boolean | Promise<boolean>,
): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (!(await holds())) {
    assert.ok(performance.now() < end, `not within ${seconds} s: ${what}`);
    await sleep(50);
  }
}

/** Everything an instance could leave behind. */
export function remains({ name, run }: Instance): readonly string[] {
  const found: string[] = [];
  const namespaces = existsSync('/run/netns') ? readdirSync('/run/netns') : [];
  found.push(...namespaces.filter((one) => one.startsWith(`${name}-`)).map((one) => `namespace ${one}`));
  if (existsSync(run)) found.push(`folder ${run}`);
  for (const line of readFileSync('/proc/self/mountinfo', 'utf8').split('\n')) {
    if (line.includes(`${run}/`)) found.push(`mount ${line.split(' ')[4]}`);
  }
  for (const parent of ['/sys/fs/cgroup', '/sys/fs/cgroup/memory', '/sys/fs/cgroup/pids'].filter(
    existsSync,
  )) {
    found.push(
      ...readdirSync(parent)
        .filter((one) => one.includes(`.${name}.`))
        .map((one) => `group ${one}`),
    );
  }
  for (const pid of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    try {
      if (readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`SOTTO_ISOLATION=${run}`))
        found.push(`process ${pid}`);
    } catch {}
  }
  const links = inside(inet, 'ip', '-o', 'link').stdout;
  if (links.includes(` ${name}-up`)) found.push('the uplink in the private network');
  return found;
}
