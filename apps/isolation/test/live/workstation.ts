/** What a program in a Workstation sees, reaches and cannot do. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { after, before, test } from 'node:test';
import { harmlessDevices } from '../../src/audit/workstation-lists.ts';
import { killTree } from '../../src/engine/processes.ts';
import { assertOk, ended, type Instance, instance, isolate, startIsolate, workstation } from './rig.ts';

export function workstationClaims(): void {
  let here: Instance;
  const inDesk = async (...command: readonly string[]) =>
    await ended(startIsolate(['run', 'desk', '--config', here.config, '--', ...command]));
  const asRoot = async (...command: readonly string[]) =>
    await ended(startIsolate(['run', 'desk', '--root', '--config', here.config, '--', ...command]));

  before(async () => {
    const limits = '[workstation.limits]\nmemory_mib = 64\nprocesses = 60\nfile_mib = 1\nopen_files = 64\n';
    here = instance(
      'lt-work',
      `${workstation('desk')}${workstation('small', limits)}${workstation('alone', 'network = "none"\n')}[[link]]\nname = "pipe"\nfrom = "desk"\nto = "alone"\n`,
    );
    assertOk(await isolate('up', '--config', here.config));
  });
  after(async () => {
    assertOk(await isolate('down', '--config', here.config));
  });

  test('run ends with the exit code of its command', async () => {
    assert.equal((await inDesk('sh', '-c', 'exit 7')).code, 7);
  });

  test('it has a name, a machine-id, a clock and a command line that tell nothing of the host', async () => {
    const { stdout } = await inDesk(
      'sh',
      '-c',
      'hostname; cat /etc/machine-id /proc/cmdline; date +%Z; cut -d. -f1 /proc/uptime',
    );
    const [name, id, line, zone, uptime] = stdout.split('\n');
    assert.deepEqual([name, id, line, zone], ['host', 'b08dfa6083e7567a1921a715000001fb', 'quiet', 'UTC']);
    assert.notEqual(name, hostname());
    const hostUptime = Number(readFileSync('/proc/uptime', 'utf8').split('.')[0]);
    assert.ok(Number(uptime) < 60 && Number(uptime) < hostUptime);
  });

  test('it has no /sys, fourteen harmless devices, and eth0 alone', async () => {
    const { stdout } = await inDesk(
      'sh',
      '-c',
      'ls /sys | wc -l; echo $(ls /dev); echo $(cut -d: -f1 /proc/net/dev | tail -n +3)',
    );
    const [sys, devices, interfaces] = stdout.split('\n');
    assert.equal(sys, '0');
    assert.equal(harmlessDevices.length, 14);
    assert.deepEqual(devices?.split(' '), harmlessDevices);
    assert.equal(interfaces, 'lo eth0');
  });

  test('it runs without capabilities, without new privileges, under a filter of system calls', async () => {
    const { stdout } = await asRoot('grep', '-E', '^(Cap|NoNewPrivs|Seccomp:)', '/proc/self/status');
    assert.equal((stdout.match(/^Cap\w+:\t0{16}$/gm) ?? []).length, 5);
    assert.match(stdout, /^NoNewPrivs:\t1$/m);
    assert.match(stdout, /^Seccomp:\t2$/m);
  });

  test('a web page comes through an exit of Tor, whatever address is asked for', async () => {
    const page =
      'require("http").get("http://198.18.1.80/", (r) => r.pipe(process.stdout)).on("error", (e) => { console.log(e.code); })';
    const { stdout } = await inDesk('/opt/node/node', '-e', page);
    assert.match(stdout, /^from 198\.18\.0\.1[78]$/m);
  });

  test('a name is answered by Tor, over UDP, through the resolver and through any other address', async () => {
    const ask = (server: string) =>
      `const { Resolver } = require("dns").promises; const r = new Resolver(); r.setServers([${server}]); r.resolve4("example.org").then((a) => console.log(a.join()), (e) => console.log(e.code))`;
    assert.match((await inDesk('/opt/node/node', '-e', ask('"10.77.0.1"'))).stdout, /^198\.18\.1\.80$/m);
    assert.match((await inDesk('/opt/node/node', '-e', ask('"192.0.2.53"'))).stdout, /^198\.18\.1\.80$/m);
  });

  test('through SOCKS it reaches the web too', async () => {
    const { stdout } = await inDesk(
      '/opt/node/node',
      '/opt/programs/fetch.mjs',
      '10.77.0.1',
      '9050',
      'web.example',
      '80',
      '/',
    );
    assert.match(stdout, /^from 198\.18\.0\.1[78]$/m);
  });

  for (const [who, run] of [
    ['user', inDesk],
    ['root', asRoot],
  ] as const) {
    test(`a program that tries to escape as ${who} gets nowhere`, async () => {
      const { stdout, stderr } = await run('perl', '/opt/programs/escape.pl');
      const lines = stdout.split('\n').filter((line) => line.includes(': '));
      assert.equal(lines.length, 29, `${stdout}${stderr}`);
      assert.deepEqual(
        lines.filter((line) => !line.endsWith(': refused')),
        [],
      );
    });
  }

  test('the same program on the host gets out: it does try', async () => {
    const host = startEscapeOnHost();
    const { stdout } = await ended(host);
    const out = stdout.split('\n').filter((line) => line.endsWith('GOT OUT'));
    assert.equal(out.length, 4, stdout);
  });

  test('memory, processes, open files and their sizes have limits', async () => {
    const small = async (program: string) =>
      await ended(startIsolate(['run', 'small', '--config', here.config, '--', 'perl', '-e', program]));
    assert.notEqual((await small('my $x = "a" x 200_000_000; exit 0')).code, 0);
    const { stdout } = await small(
      'my $n = 0; while ($n < 200) { my $p = fork(); last unless defined $p; if (!$p) { sleep 20; exit } $n++ } print "$n\\n"; kill 9, -1',
    );
    assert.ok(Number.parseInt(stdout, 10) < 60, stdout);
    const opened = await small(
      'my @all; while (@all < 200) { open(my $one, "<", "/dev/null") or last; push @all, $one } print scalar @all',
    );
    assert.ok(Number(opened.stdout) > 0 && Number(opened.stdout) < 64, opened.stdout);
    assert.notEqual(
      (
        await small(
          'open(F, ">", "/home/user/big"); print F "a" x 1_000_000 for 1..4; close(F) or exit 1; exit 0',
        )
      ).code,
      0,
    );
  });

  test('two Workstations cannot reach each other', async () => {
    const listen = startIsolate([
      'run',
      'small',
      '--config',
      here.config,
      '--',
      'perl',
      '-MIO::Socket::INET',
      '-e',
      '$s = IO::Socket::INET->new(Listen => 1, LocalPort => 7000); $| = 1; print "{\\"kind\\":\\"ready\\"}\\n"; $s->accept and print "{\\"kind\\":\\"visited\\"}\\n"',
    ]);
    const heard = ended(listen);
    await once(listen.stdout ?? assert.fail(), 'data');
    const { stdout } = await inDesk(
      'perl',
      '-MIO::Socket::INET',
      '-e',
      'my $s = IO::Socket::INET->new(PeerAddr => "10.77.0.6:7000", Timeout => 3); print $s ? (defined(sysread($s, my $x, 10)) ? "closed" : "open") : "none"',
    );
    assert.notEqual(stdout, 'open');
    killTree(listen.pid ?? 0);
    assert.doesNotMatch((await heard).stdout, /visited/);
  });

  test('a link lets one reach the socket that the other serves, and nothing more', async () => {
    const serve = startIsolate([
      'run',
      'alone',
      '--config',
      here.config,
      '--',
      'perl',
      '-MIO::Socket::UNIX',
      '-e',
      '$s = IO::Socket::UNIX->new(Local => "/run/link/pipe/s", Listen => 1) or die; alarm 10; $c = $s->accept; print $c "through the link\\n"',
    ]);
    const served = ended(serve);
    const { stdout } = await inDesk(
      'perl',
      '-MIO::Socket::UNIX',
      '-e',
      'for (1..40) { last if -S "/run/link/pipe/s"; select(undef,undef,undef,0.1) } $s = IO::Socket::UNIX->new(Peer => "/run/link/pipe/s") or die; print <$s>; print -e "/run/link/other" ? "more" : "no more"; open(F, ">", "/run/link/pipe/new") and print " writable"',
    );
    assert.equal(stdout, 'through the link\nno more');
    assert.equal((await served).code, 0);
  });

  test('a Workstation without a network has loopback alone', async () => {
    const alone = await ended(
      startIsolate([
        'run',
        'alone',
        '--config',
        here.config,
        '--',
        'sh',
        '-c',
        'cut -d: -f1 /proc/net/dev | tail -n +3 | tr -d " \\n"; cat /etc/resolv.conf; echo $SOCKS_PROXY',
      ]),
    );
    assert.equal(alone.stdout.trim(), 'lo');
  });
}

function startEscapeOnHost() {
  // In namespaces of its own, so that what gets out changes nothing: a network and mounts that end with it.
  return spawn(
    'unshare',
    [
      '--net',
      '--mount',
      '--fork',
      '--kill-child',
      'perl',
      `${import.meta.dirname}/programs/escape.pl`,
      'four',
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
}
