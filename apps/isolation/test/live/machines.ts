/**
 * Two machines, pretended: each a set of namespaces of its own (network, mounts, processes, names) in which nothing of ours is but
 * the folder of its half. A cable joins them; the Gateway's other card leads into the private network.
 */
import { execFileSync, type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** Where a half is on its machine; any folder will do. */
const half = '/mnt/half';

export type Ran = { code: number; stdout: string; stderr: string };

export type Machine = {
  /** Its network, by name in /run/netns. */
  namespace: string;
  /** Runs a command in it. */
  run: (...command: readonly string[]) => Ran;
  /** `half VERB`. */
  half: (verb: string) => Ran;
  /** Ends everything in it at once. */
  stop: () => Promise<void>;
};

/**
 * Boots a machine that has /run, /var/lib and a folder for its half of its own.
 *
 * @param folder the half's folder on this host: copied, as somebody carries it over.
 */
export async function startMachine(namespace: string, folder: string): Promise<Machine> {
  // What the half writes is gone with the machine.
  const boot = [
    'mount -t tmpfs mnt /mnt',
    `cp -a ${folder} ${half}`,
    'mount -t tmpfs run /run',
    'mount -t tmpfs lib /var/lib',
    'mount -t sysfs sys /sys',
    'echo booted',
    'exec sleep infinity',
  ].join(' && ');
  const init = spawn(
    'unshare',
    [
      '--net',
      '--mount',
      '--uts',
      '--ipc',
      '--pid',
      '--fork',
      '--kill-child',
      '--mount-proc',
      'sh',
      '-c',
      boot,
    ],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const exited = once(init, 'exit');
  for await (const line of createInterface({ input: init.stdout })) if (line === 'booted') break;
  const pid = Number(execFileSync('pgrep', ['-P', String(init.pid)], { encoding: 'utf8' }));
  execFileSync('ip', ['netns', 'attach', namespace, String(pid)]);
  const run = (...command: readonly string[]) =>
    ran(spawnSync('nsenter', [`--target=${pid}`, '--all', '--', ...command], { encoding: 'utf8' }));
  return {
    namespace,
    run,
    half: (verb) => run(`${half}/half`, verb),
    stop: async () => {
      process.kill(pid, 'SIGKILL');
      await exited;
      execFileSync('ip', ['netns', 'delete', namespace]);
    },
  };
}

/** A cable between two machines, or from one into a namespace that is there: a card at each end. */
export function cable(one: string, card: string, other: string, otherCard: string): void {
  execFileSync('ip', [
    '-netns',
    one,
    'link',
    'add',
    card,
    'type',
    'veth',
    'peer',
    'name',
    otherCard,
    'netns',
    other,
  ]);
}

function ran({ status, stdout, stderr }: SpawnSyncReturns<string>): Ran {
  return { code: status ?? 128, stdout, stderr };
}
