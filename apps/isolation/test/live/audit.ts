/** The audit: exact lists, and what one more socket, program, rule, setting or device does to them. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import {
  assertOk,
  type Instance,
  inside,
  instance,
  isolate,
  processIn,
  state,
  until,
  verdict,
  workstation,
} from './rig.ts';

/** A program that nobody expects, on a port that nobody expects. */
const listen =
  'use Socket; socket(S, 2, 1, 0); bind(S, sockaddr_in(7000, inet_aton("10.77.0.1"))); listen(S, 1); sleep 600';

export function auditClaims(): void {
  let here: Instance;
  const audit = async () => await isolate('audit', '--config', here.config);
  const differing = async () =>
    (await audit()).lines.filter(({ kind, ok }) => kind === 'list' && ok !== true);

  before(async () => {
    here = instance(
      'lt-audit',
      `${workstation('desk', 'command = ["/bin/sleep", "1000"]\n')}${workstation('alone', 'network = "none"\n')}[[link]]\nname = "pipe"\nfrom = "desk"\nto = "alone"\n[[onion]]\nname = "site"\nworkstation = "desk"\n`,
    );
    assertOk(await isolate('up', '--config', here.config));
  });
  after(async () => {
    assertOk(await isolate('down', '--config', here.config));
  });

  test('what up made is exactly what the configuration says, list by list', async () => {
    const result = await audit();
    assert.deepEqual(
      result.lines.filter(({ kind, ok }) => kind === 'list' && ok !== true),
      [],
    );
    assertOk(result);
    assert.equal(verdict(result), 'exactly as it must be');
    // Nine of the Gateway, eight of each Workstation; a list that compares nothing with nothing shows nothing.
    assert.equal(result.lines.at(-1)?.['lists'], 25);
    assert.deepEqual(
      result.lines.filter(({ kind, entries }) => kind === 'list' && entries === 0).map(({ list }) => list),
      ['programs of alone', 'keepers of alone'],
    );
  });

  test('what no list can hold is asked of people, and shown with the age of the answer', async () => {
    const checklist = async (...words: readonly string[]) =>
      await isolate('checklist', ...words, '--config', here.config);
    assert.equal(verdict(await checklist()), 'open');
    assertOk(await checklist('machine', 'yes'));
    const { lines, code } = await audit();
    const answers = lines.filter(({ kind }) => kind === 'answer');
    assert.deepEqual(
      answers.filter(({ ok }) => ok === true),
      [{ kind: 'answer', id: 'machine', answer: 'yes, 0 h ago', ok: true }],
    );
    assert.equal(lines.at(-1)?.['open'], answers.length - 1);
    assert.equal(code, 0, 'an open question is no part of what was measured');
    assert.equal((await checklist('machine', 'perhaps')).code, 2);
  });

  test('one more rule, address, program, account and socket, another setting, an open file: each is found, and nothing else', async () => {
    // Held, as by somebody who knows of it: the audit does not ask what `up` left, but what must be.
    const watchdog = processIn(here.gateway, 'watch');
    process.kill(watchdog, 'SIGSTOP');
    const stranger = spawn('nsenter', [`--net=/run/netns/${here.gateway}`, '--', 'perl', '-e', listen], {
      stdio: 'ignore',
    });
    try {
      await until('it listens', 30, () => inside(here.gateway, 'ss', '-Hlnt').stdout.includes(':7000'));
      inside(here.gateway, 'sysctl', '-qw', 'net.ipv4.icmp_echo_ignore_all=0');
      inside(here.gateway, 'nft', 'insert rule inet sotto_gateway forward accept');
      inside(`${here.name}-ws-desk`, 'ip', 'address', 'add', '192.0.2.9/32', 'dev', 'eth0');
      chmodSync(join(state, here.name, 'gateway', 'tor'), 0o755);
      const found = Object.fromEntries(
        (await differing()).map(({ list, differences }) => [String(list), String(differences)]),
      );
      assert.deepEqual(Object.keys(found), [
        'sockets of the Gateway',
        'programs of the Gateway',
        'rules of the Gateway',
        'settings of the Gateway',
        'files of the Gateway',
        'addresses of desk',
        'routes of desk',
      ]);
      assert.equal(found['sockets of the Gateway'], 'not expected: tcp 10.77.0.1:7000');
      assert.match(found['programs of the Gateway'] ?? '', /^not expected: \S*perl\S*, account 0 0 0 0, Cap/);
      assert.equal(found['rules of the Gateway'], 'not expected: accept');
      assert.match(found['settings of the Gateway'] ?? '', /^missing: net\.ipv4\.icmp_echo_ignore_all = 1; /);
      assert.match(found['files of the Gateway'] ?? '', /; not expected: \S+gateway\/tor 755 /);
      assert.equal(found['addresses of desk'], 'not expected: eth0 192.0.2.9/32');
    } finally {
      stranger.kill('SIGKILL');
      process.kill(watchdog, 'SIGCONT');
    }
  });
}
