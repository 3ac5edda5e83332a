/** Tors of the tests' own in the private Internet: a bridge's, and a visitor's, who reaches onions through it. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { authorityLines, inet, inside, run, until } from './rig.ts';

/**
 * Starts a Tor in the private Internet, as Tor's account, and waits until it has a path.
 *
 * @param folder its own: what was there before is gone.
 * @param lines of its torrc, besides those that the private network asks for.
 * @param files further ones in the folder, by name.
 */
export async function startTor(
  folder: string,
  lines: readonly string[],
  files: Readonly<Record<string, string>> = {},
): Promise<ChildProcess> {
  rmSync(folder, { recursive: true, force: true });
  const torrc = [
    `DataDirectory ${folder}/tor`,
    'TestingTorNetwork 1',
    'Log notice stdout',
    ...lines,
    ...authorityLines().map((line) => `DirAuthority ${line}`),
  ];
  for (const [name, text] of Object.entries({ ...files, torrc: `${torrc.join('\n')}\n` })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  execFileSync('chown', ['-R', 'debian-tor:debian-tor', folder]);
  execFileSync('chmod', ['-R', 'go-rwx', folder]);
  // Its account passes through to its own folder.
  execFileSync('chmod', ['0711', dirname(folder)]);
  const account = ['setpriv', '--reuid', 'debian-tor', '--regid', 'debian-tor', '--clear-groups'];
  const own = ['-f', join(folder, 'torrc'), '--defaults-torrc', '/nonexistent', '--ignore-missing-torrc'];
  const tor = spawn('nsenter', [`--net=/run/netns/${inet}`, '--', ...account, 'tor', ...own], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let log = '';
  tor.stdout.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  await until(`the Tor in ${folder} has a path`, pathWithin, () => log.includes('Bootstrapped 100%'));
  return tor;
}

/** Seconds; two or three are usual. */
const pathWithin = 90;

/** A visitor's own Tor, with a SOCKS port on loopback of the private Internet. */
export type Visitor = { port: number; stop: () => Promise<void> };

const visitorPort = 9150;

/** @param keys of onions that ask for one, as lines of `.auth_private` files. */
export async function startVisitor(keys: readonly string[] = []): Promise<Visitor> {
  const folder = join(run, 'visitor');
  const authorised = Object.fromEntries(keys.map((key, index) => [`auth/${index}.auth_private`, key]));
  const lines = [
    `SocksPort 127.0.0.1:${visitorPort}`,
    ...(keys.length === 0 ? [] : [`ClientOnionAuthDir ${folder}/auth`]),
  ];
  const tor = await startTor(folder, lines, authorised);
  return {
    port: visitorPort,
    stop: async () => {
      tor.kill('SIGKILL');
      await once(tor, 'exit');
    },
  };
}

/** Fetches a page as the visitor: Node in the private Internet speaks SOCKS5 (RFC 1928) to the visitor's Tor. */
export function fetchAsVisitor(
  host: string,
  port: number,
  path: string,
): { code: number; body: string; seconds: number } {
  const started = performance.now();
  const { code, stdout } = inside(
    inet,
    process.execPath,
    join(import.meta.dirname, 'programs', 'fetch.mjs'),
    '127.0.0.1',
    String(visitorPort),
    host,
    String(port),
    path,
  );
  return { code, body: stdout, seconds: (performance.now() - started) / 1000 };
}
