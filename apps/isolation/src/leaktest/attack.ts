/** Carries out one attempt from inside a network namespace, as root there, and puts the network back as it was. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attempt as tryCommand } from '../engine/execute.ts';
import { workstationDevice } from '../plan/layout.ts';
import { writePcap } from './pcap.ts';
import type { Attempt, Scene } from './scene.ts';

/**
 * Ordinary traffic of a program that is root: UDP, a TCP connection, a ping over a raw socket, IPv6. Perl, because
 * Node has no raw sockets and Debian always has perl-base. Arguments: the target. Prints the first line of the
 * web page when there is one.
 */
const ordinaryTraffic = `
use Socket;
my $to = inet_aton($ARGV[0]);
socket(my $u, 2, 2, 0) and send($u, 'sotto', 0, sockaddr_in(9999, $to));
socket(my $r, 2, 3, 1) and send($r, pack('CCnnn', 8, 0, 0xf7fe, 0, 1), 0, sockaddr_in(0, $to));
socket(my $s, 10, 2, 0) and send($s, 'sotto', 0, pack('Snna16L', 10, 9999, 0, pack('H32', '20010db8' . '0' x 23 . '1'), 0));
socket(my $t, 2, 1, 0);
alarm $ARGV[1];
connect($t, sockaddr_in(80, $to)) or exit 0;
send($t, "GET / HTTP/1.0\\r\\n\\r\\n", 0);
while (<$t>) { print if /^from / }
`;

/** Tries to connect to each port; prints those that answer. Arguments: address, ports. */
const knock = `
use Socket;
my $to = inet_aton(shift);
for my $port (@ARGV) {
  my $pid = fork() and next;
  alarm 1;
  socket(my $t, 2, 1, 0);
  print "$port\\n" if connect($t, sockaddr_in($port, $to));
  exit 0;
}
while (wait() > 0) {}
`;

/** Does the attempt; what it brings about is for the capture to tell. */
export async function attack(namespace: string, scene: Scene, attempt: Attempt): Promise<void> {
  if ('frames' in attempt) {
    await sendFrames(namespace, attempt.frames);
    return;
  }
  try {
    // -force: where the kernel knows no such device, the rest is tried all the same.
    await ip(namespace, attempt.network);
    await fetchPage(namespace, scene.target, 1);
  } finally {
    await ip(namespace, restored(scene));
  }
}

/** Fetches the target's page as any program would; who the target says has asked, or nothing. */
export async function fetchPage(namespace: string, target: string, seconds: number): Promise<string> {
  const args = [
    `--net=/run/netns/${namespace}`,
    '--',
    'perl',
    '-e',
    ordinaryTraffic,
    target,
    String(seconds),
  ];
  const { stdout } = await tryCommand({ program: 'nsenter', args });
  return /^from (\S+)/m.exec(stdout)?.[1] ?? '';
}

/** The ports of these that take a connection. */
export async function openPorts(
  namespace: string,
  address: string,
  ports: readonly number[],
): Promise<readonly number[]> {
  const args = [`--net=/run/netns/${namespace}`, '--', 'perl', '-e', knock, address, ...ports.map(String)];
  const { stdout } = await tryCommand({ program: 'nsenter', args });
  return stdout
    .split('\n')
    .filter(Boolean)
    .map(Number)
    .sort((a, b) => a - b);
}

async function sendFrames(namespace: string, frames: readonly Uint8Array[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-frames-'));
  try {
    const file = join(folder, 'frames.pcap');
    writeFileSync(file, writePcap(frames));
    const args = [
      `--net=/run/netns/${namespace}`,
      '--',
      'tcpreplay',
      '-q',
      '--topspeed',
      '-i',
      workstationDevice,
      file,
    ];
    const { status, stderr } = await tryCommand({ program: 'nsenter', args });
    // Frames that were never sent prove nothing.
    if (status !== 0) throw new Error(`tcpreplay: ${stderr.split('\n')[0]}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The lines that bring a Workstation's network back to what `up` made. */
export function restored({ own, gateway }: Scene): readonly string[] {
  return [
    'link delete v5',
    'link delete m0',
    `link set ${workstationDevice} down`,
    `address flush dev ${workstationDevice}`,
    `link set ${workstationDevice} address ${own.mac}`,
    `link set ${workstationDevice} arp off`,
    `address add ${own.address}/30 dev ${workstationDevice}`,
    `link set ${workstationDevice} up`,
    `neighbour replace ${gateway.address} lladdr ${gateway.mac} nud permanent dev ${workstationDevice}`,
    `route replace default via ${gateway.address}`,
  ];
}

async function ip(namespace: string, lines: readonly string[]): Promise<void> {
  const input = lines.map((line) => `${line}\n`).join('');
  await tryCommand({ program: 'ip', args: ['-netns', namespace, '-force', '-batch', '-'], input });
}
