/** Updates, as far as they are pure: sources, apt's words, dates of lists, the age of what is known, the timer. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { parseConfiguration } from '../../src/config/read-configuration.ts';
import { IsolationError } from '../../src/errors.ts';
import { layoutOf } from '../../src/plan/layout.ts';
import { aptGet, changesIn, maybeInTheMiddle, refusalIn } from '../../src/updates/apt.ts';
import { conflicts, difference, keepDistributed, merge } from '../../src/updates/configuration-files.ts';
import { freshness, readEntry, writeEntry } from '../../src/updates/ledger.ts';
import { listDates, listFaults, listName, remembered } from '../../src/updates/lists.ts';
import { sourceServers } from '../../src/updates/sources.ts';
import type { System } from '../../src/updates/systems.ts';
import { timerUnits } from '../../src/updates/timer.ts';

const scratch = mkdtempSync(join(tmpdir(), 'sotto-updates-'));
after(() => rmSync(scratch, { recursive: true }));

let roots = 0;

/** A root with these files below /etc/apt. */
function rootWith(files: Readonly<Record<string, string>>): string {
  roots += 1;
  const root = join(scratch, `root-${roots}`);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, 'etc', 'apt', dirname(path)), { recursive: true });
    writeFileSync(join(root, 'etc', 'apt', path), text);
  }
  return root;
}

const debian = `Types: deb
# a comment
URIs: http://deb.debian.org/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Enabled: no
Types: deb
URIs: https://example.org/x
Suites: y
Trusted: yes
`;

test('the servers of both kinds of sources are found, with their ports; what is switched off does not count', () => {
  const root = rootWith({
    'sources.list': '# nothing\ndeb [arch=amd64 signed-by=/k.gpg] http://packages.test:8000/a b main # c\n',
    'sources.list.d/debian.sources': debian,
    'sources.list.d/readme.txt': 'deb [trusted=yes] http://elsewhere.test x main',
  });
  assert.deepEqual([...sourceServers(root)].sort(), ['deb.debian.org:80', 'packages.test:8000']);
});

const weakened: readonly [claim: string, file: string, text: string, says: RegExp][] = [
  [
    'trusted without a signature',
    'sources.list',
    'deb [trusted=yes] http://a.test x main',
    /the option trusted/,
  ],
  [
    'allowed to be insecure',
    'sources.list',
    'deb [ allow-insecure=yes ] http://a.test x main',
    /allow-insecure/,
  ],
  [
    'allowed to be expired',
    'sources.list',
    'deb [check-valid-until=no] http://a.test x main',
    /check-valid-until/,
  ],
  [
    'given a longer validity',
    'sources.list',
    'deb [valid-until-min=1] http://a.test x main',
    /valid-until-min/,
  ],
  [
    'trusted in a paragraph',
    'sources.list.d/a.sources',
    debian.replace('Components', 'Trusted: yes\nComponents'),
    /trusted/,
  ],
  ['an option that nobody knows', 'sources.list', 'deb [colour=red] http://a.test x main', /colour/],
  ['behind https', 'sources.list', 'deb https://a.test x main', /not plain http/],
  ['a folder of this machine', 'sources.list', 'deb file:/srv/packages x main', /not plain http/],
  ['a line that is none', 'sources.list', 'dep http://a.test x main', /not plain http/],
  ['nowhere', 'sources.list', '# nothing\n', /there is no source/],
];
for (const [claim, file, text, says] of weakened) {
  test(`refuses a source: ${claim}`, () => {
    assert.throws(
      () => sourceServers(rootWith({ [file]: text })),
      (error) => error instanceof IsolationError && error.code === 'REFUSED' && says.test(error.message),
    );
  });
}

test('apt is told to refuse whatever is unsigned, weak or expired, and to keep one’s own files', () => {
  const line = aptGet(['update'], 3142).args.join(' ');
  for (const option of [
    'Acquire::AllowInsecureRepositories=false',
    'Acquire::AllowWeakRepositories=false',
    'Acquire::AllowDowngradeToInsecureRepositories=false',
    'APT::Get::AllowUnauthenticated=false',
    'Acquire::Check-Valid-Until=true',
    'APT::Update::Error-Mode=any',
    'Acquire::http::Proxy=http://127.0.0.1:3142',
    'Dpkg::Options::=--force-confdef',
    'Dpkg::Options::=--force-confold',
  ])
    assert.ok(line.includes(`-o ${option}`), option);
});

test('what apt would install is read from its simulation', () => {
  const said =
    'Reading…\nInst a [1] (2 Debian:12/stable [amd64])\nInst b (1:3 Test [all])\nConf a (2 Debian [amd64])\n';
  assert.deepEqual(changesIn(said), [
    { package: 'a', from: '1', to: '2' },
    { package: 'b', from: '', to: '1:3' },
  ]);
});

test('a local fault and a source that is not reached are no man in the middle, all else is', () => {
  assert.equal(
    refusalIn("GPG error: Couldn't create temporary file /tmp/x\nE: The repository 'x' is not signed."),
    'a fault of this machine',
  );
  assert.equal(
    refusalIn('Err:1 502  Tor does not reach the server\nE: The repository does not have a Release file.'),
    'not reached',
  );
  assert.equal(refusalIn("NO_PUBKEY 12\nE: The repository 'x' is not signed."), 'wrongly signed');
  assert.equal(refusalIn("E: The repository 'x' is no longer signed."), 'unsigned');
  assert.equal(refusalIn('E: words that nobody knows'), 'not as it should be');
  assert.ok(!maybeInTheMiddle('a fault of this machine') && !maybeInTheMiddle('not reached'));
  assert.ok(maybeInTheMiddle('unsigned') && maybeInTheMiddle('not as it should be'));
});

const release =
  'Origin: Debian\nDate: Tue, 24 Nov 2026 00:34:33 UTC\nValid-Until: Tue, 01 Dec 2026 00:34:33 UTC\n';
const name = listName('http://deb.debian.org/debian-security/dists/bookworm-security/InRelease');

test('the dates of a list are read, and its name is apt’s', () => {
  assert.deepEqual(listDates(release), {
    date: '2026-11-24T00:34:33.000Z',
    validUntil: '2026-12-01T00:34:33.000Z',
  });
  assert.deepEqual(listDates('Date: soon\n'), { date: undefined, validUntil: undefined });
  assert.equal(name, 'deb.debian.org_debian-security_dists_bookworm-security');
});

test('a list that goes back in time, has lost its date, or expires no more is a fault', () => {
  const known = remembered({}, new Map([[name, listDates(release)]]));
  const offered = (text: string) => listFaults(known, [{ list: name, ...listDates(text) }], new Map());
  assert.deepEqual(offered(release), []);
  assert.deepEqual(offered(release.replace('24 Nov', '25 Nov')), []);
  assert.deepEqual(offered(release.replace('24 Nov', '23 Nov')), [{ list: name, fault: 'older' }]);
  assert.deepEqual(offered('Origin: Debian\n'), [{ list: name, fault: 'older' }]);
  assert.deepEqual(offered(release.replace(/Valid-Until.*\n/, '')), [
    { list: name, fault: 'never expires any more' },
  ]);
  // apt keeps its own newer list silently: what it took is looked at too.
  const taken = new Map([[name, listDates(release.replace('24 Nov', '23 Nov'))]]);
  assert.deepEqual(listFaults(known, [], taken), [{ list: name, fault: 'older' }]);
});

const layout = layoutOf(
  parseConfiguration(
    `state = "${scratch}/state"\n[gateway.uplink]\nkind = "namespace"\nnamespace = "x"\naddress = "198.18.5.2/30"\nrouter = "198.18.5.1"\n[[workstation]]\nname = "desk"\n`,
    'test',
  ),
);

test('what was current more than a day ago is a warning, more than a week ago a finding, never a finding too', () => {
  const now = Date.parse('2026-11-25T12:00:00.000Z');
  const hour = 3_600_000;
  const after = (hours: number) => {
    writeEntry(layout, 'host', {
      current: new Date(now - hours * hour).toISOString(),
      waiting: 2,
      lists: {},
    });
    return freshness(layout, now)[0];
  };
  assert.deepEqual(
    freshness(layout, now).map(({ ok }) => ok),
    [false, false],
  );
  assert.deepEqual(after(23), { system: 'host', ok: true, state: 'current 23 h ago, 2 packages wait' });
  assert.deepEqual(after(25), {
    system: 'host',
    ok: true,
    state: 'warning: current 25 h ago, 2 packages wait',
  });
  assert.equal(after(7 * 24)?.ok, true);
  assert.equal(after(7 * 24 + 1)?.ok, false);
});

test('the record of one system does not touch the other’s, and a damaged one is refused', () => {
  writeEntry(layout, 'base', {
    waiting: 1,
    lists: { a: { date: '2026-11-24T00:34:33.000Z', expires: true } },
  });
  assert.equal(readEntry(layout, 'host').waiting, 2);
  assert.equal(readEntry(layout, 'base').lists['a']?.expires, true);
  writeFileSync(join(layout.state, 'updates', 'ledger.json'), '{"host":{}}');
  assert.throws(() => readEntry(layout, 'host'), IsolationError);
});

const settings = '/etc/greeter.conf';
const distribution = (word: string) => `[first]\nword = ${word}\n\n[middle]\n\n[last]\nend = yes\n`;
const mine = (word: string) => `${distribution(word)}mine = kept\n`;

/** A system in which the distribution had `before`, the person has `now`, and the distribution's `next` lies beside it. */
function systemWith(before: string, now: string, next: string): System {
  roots += 1;
  const root = join(scratch, `merge-${roots}`);
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const sum = createHash('md5').update(before).digest('hex');
  write('/var/lib/dpkg/status', `Package: greeter\nConffiles:\n ${settings} ${sum}\n`);
  write(settings, before);
  const folders = { lists: '', archives: '', folder: join(root, 'kept') };
  const system: System = {
    name: 'host',
    root: { path: root, binds: [] },
    ...folders,
    health: [],
    apart: false,
  };
  keepDistributed(system);
  write(settings, now);
  keepDistributed(system);
  write(`${settings}.dpkg-dist`, next);
  return system;
}

const has = ({ root }: System, path: string) => readFileSync(join(root.path, path), 'utf8');

test('a configuration file of which there are two versions is shown with what differs', async () => {
  const system = systemWith(distribution('1'), mine('1'), distribution('2'));
  assert.deepEqual(conflicts(system), [settings]);
  assert.match(await difference(system, settings), /^-word = 1\n\+word = 2$[\s\S]*^-mine = kept$/m);
});

test('mine keeps the file, theirs takes the new one, a file of one’s own replaces both; the old one stays beside', async () => {
  const keeping = systemWith(distribution('1'), mine('1'), distribution('2'));
  await merge(keeping, settings, 'mine');
  assert.equal(has(keeping, settings), mine('1'));
  const taking = systemWith(distribution('1'), mine('1'), distribution('2'));
  await merge(taking, settings, 'theirs');
  assert.equal(has(taking, settings), distribution('2'));
  assert.equal(has(taking, `${settings}.dpkg-old`), mine('1'));
  const byHand = systemWith(distribution('1'), mine('1'), distribution('2'));
  writeFileSync(join(scratch, 'by-hand'), mine('2'));
  await merge(byHand, settings, { file: join(scratch, 'by-hand') });
  assert.equal(has(byHand, settings), mine('2'));
  for (const system of [keeping, taking, byHand]) assert.deepEqual(conflicts(system), []);
});

test('changes of both to different lines are put together', async () => {
  const system = systemWith(distribution('1'), mine('1'), distribution('2'));
  await merge(system, settings, 'both');
  assert.equal(has(system, settings), mine('2'));
  assert.equal(has(system, `${settings}.dpkg-old`), mine('1'));
});

test('changes of both to the same lines are left to the person, half merged, and nothing is lost', async () => {
  const system = systemWith(distribution('1'), mine('mine'), distribution('2'));
  await assert.rejects(merge(system, settings, 'both'), /changed the same lines/);
  assert.equal(has(system, settings), mine('mine'));
  assert.match(has(system, `kept/half-merged${settings}`), /^<<<<<<< yours\nword = mine\n/m);
});

test('a file outside of the list is not merged, whatever its path', async () => {
  const system = systemWith(distribution('1'), mine('1'), distribution('2'));
  for (const path of ['/etc/passwd', '/etc/../etc/greeter.conf', 'etc/greeter.conf'])
    await assert.rejects(merge(system, path, 'theirs'), /has no newer version beside it/);
});

test('the timer’s units are exactly these', () => {
  const units = timerUnits('check', '/etc/sotto/isolation.toml', {
    node: '/opt/node',
    main: '/opt/a b/main.ts',
  });
  assert.match(
    units['sotto-isolation-updates.service'],
    /^ExecStart=\/opt\/node '\/opt\/a b\/main\.ts' update check --config \/etc\/sotto\/isolation\.toml$/m,
  );
  assert.match(units['sotto-isolation-updates.timer'], /^OnCalendar=daily\nRandomizedDelaySec=12h$/m);
  assert.match(units['sotto-isolation-updates.timer'], /^Persistent=true$/m);
});
