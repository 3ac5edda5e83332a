/** The Workstation for a tunnel: a tunnel through Tor carries what Tor does not, and nothing goes past it when it breaks. */
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { readConfiguration } from '../../src/config/read-configuration.ts';
import { startCapture } from '../../src/leaktest/capture.ts';
import { uplinkOf } from '../../src/leaktest/leak-test.ts';
import { layoutOf, uplinkDevice } from '../../src/plan/layout.ts';
import {
  assertOk,
  ended,
  type Instance,
  inside,
  instance,
  isolate,
  startIsolate,
  tornetName,
  until,
  workstation,
} from './rig.ts';

const inet = `${tornetName}-inet`;
const programs = join(import.meta.dirname, 'programs');

/** The far end of the tunnel: a server in the pretended Internet, and its device there. */
const server = { address: '198.18.1.80', port: 1194, device: 'vpn0', inTunnel: '10.8.0.1' } as const;

/** Answers every datagram with its sender's address. */
const echo = `use Socket; socket(S, 2, 2, 0); bind(S, sockaddr_in(7777, inet_aton("${server.inTunnel}"))) or die;
while (my $from = recv(S, my $question, 100, 0)) { send(S, inet_ntoa((sockaddr_in($from))[1]), 0, $from) }`;

/** Sends a datagram every half second until an answer comes, or ten seconds are over; prints the answer. */
const ask = `use Socket; socket(S, 2, 2, 0); my $ready = ''; vec($ready, fileno(S), 1) = 1;
for (1..20) { send(S, "who am I", 0, sockaddr_in(7777, inet_aton($ARGV[0])));
  if (select(my $r = $ready, undef, undef, 0.5)) { recv(S, my $answer, 100, 0); print $answer; exit 0 } }`;

/** Makes a device of another name, or changes the one that is there: each line is refused or not. */
const meddle = `open(my $tun, '+<', '/dev/net/tun') or die; ioctl($tun, 0x400454ca, my $r = pack('a16Sx22', 'tun7', 0x1001)) and print "made another; ";
socket(S, 2, 2, 0); ioctl(S, 0x8914, my $d = pack('a16s', 'tun0', 0)) and print "took it down; ";
ioctl($tun, 0x400454ca, $r = pack('a16Sx22', 'tun0', 0x1001)) or print "could not attach"; ioctl($tun, 0x400454cc, 1) and print "changed its owner; "`;

export function tunnelClaims(): void {
  let here: Instance;
  const helpers: ChildProcess[] = [];
  const inTunnel = async (...command: readonly string[]) =>
    await ended(startIsolate(['run', 'tunnel', '--config', here.config, '--', ...command]));

  before(async () => {
    here = instance(
      'lt-tun',
      `${workstation('tunnel', 'tunnel = { address = "10.8.0.2/24", routes = ["10.9.0.0/16"], server = "198.18.1.80" }\n')}${workstation('desk')}`,
    );
    execFileSync('ip', ['-netns', inet, '-batch', '-'], {
      input: `tuntap add dev ${server.device} mode tun\naddress add ${server.inTunnel}/24 dev ${server.device}\nlink set ${server.device} up\n`,
    });
    helpers.push(inInternet('perl', '-e', echo));
    assertOk(await isolate('up', '--config', here.config));
  });
  after(async () => {
    for (const helper of helpers) helper.kill('SIGKILL');
    execFileSync('ip', ['-netns', inet, 'link', 'delete', server.device]);
    assertOk(await isolate('down', '--config', here.config));
  });

  test('the Workstation for a tunnel has one device more, which no other has, and the audit says exactly so', async () => {
    const found = await isolate('audit', '--config', here.config);
    assert.deepEqual(
      found.lines.filter(({ kind, ok }) => kind === 'list' && ok !== true),
      [],
    );
    assertOk(found);
    const desk = await ended(
      startIsolate([
        'run',
        'desk',
        '--config',
        here.config,
        '--',
        'sh',
        '-c',
        'ls -d /dev/net; cut -d: -f1 /proc/net/dev',
      ]),
    );
    assert.doesNotMatch(desk.stdout, /tun|\/dev\/net/);
  });

  test('a program there can neither make another device, nor take the tunnel’s down, nor give it away', async () => {
    assert.equal((await inTunnel('perl', '-e', meddle)).stdout, '');
  });

  test('UDP, which Tor does not carry, goes through a tunnel over TCP through Tor, and the uplink sees relays alone', async () => {
    const layout = layoutOf(readConfiguration(here.config));
    const uplink = await uplinkOf(layout);
    const capture = await startCapture(layout.gatewayNamespace, uplinkDevice, () => uplink);
    const listening = inInternet(
      'perl',
      join(programs, 'tunnel.pl'),
      server.device,
      'listen',
      server.address,
      `${server.port}`,
    );
    helpers.push(listening);
    await until('the far end listens', 20, () =>
      inside(inet, 'ss', '-Hlnt', `sport = :${server.port}`).stdout.includes(`:${server.port}`),
    );
    const near = startIsolate([
      ...['run', 'tunnel', '--config', here.config, '--'],
      ...['perl', '/opt/programs/tunnel.pl', 'tun0', 'connect', server.address, `${server.port}`],
    ]);
    const gone = once(near, 'exit');
    await until('the tunnel stands', 60, () =>
      inside(inet, 'ss', '-Hnt', 'state', 'established', `sport = :${server.port}`).stdout.includes(':'),
    );
    assert.equal((await inTunnel('perl', '-e', ask, server.inTunnel)).stdout, '10.8.0.2');
    // Its program ends: the device stays, and what goes into it goes nowhere.
    listening.kill('SIGKILL');
    await gone;
    assert.equal((await inTunnel('perl', '-e', ask, server.inTunnel)).stdout, '');
    await capture.stop();
    assert.ok(capture.sent > 0);
    assert.deepEqual(capture.leaks, []);
    assertOk(await isolate('status', '--config', here.config));
  });
}

function inInternet(...command: readonly string[]): ChildProcess {
  return spawn('nsenter', [`--net=/run/netns/${inet}`, '--', ...command], { stdio: 'ignore' });
}
