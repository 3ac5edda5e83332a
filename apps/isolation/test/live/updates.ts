/** Updates with the image's own apt, from a signed repository in the private Internet, through Tor. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { currentGeneration, currentRoot } from '../../src/base/base.ts';
import { compareManifests } from '../../src/base/manifest.ts';
import { everyPid } from '../../src/engine/processes.ts';
import { nodes } from '../../src/tornet/network.ts';
import { imageUpdateClaims } from './image-updates.ts';
import { listPath, type Signer } from './repository.ts';
import { assertOk, type Ended, ended, isolate, remains, startIsolate, until, verdict } from './rig.ts';
import {
  greets,
  hostNow,
  hostRoot,
  onHost,
  settings,
  source,
  startUpdateRig,
  type UpdateRig,
} from './update-rig.ts';

/** How long the package may take whose script never ends, until that script runs; in seconds. */
const scriptWithin = 300;

export function updateClaims(): void {
  let rig: UpdateRig;
  before(async () => {
    rig = await startUpdateRig();
  });
  after(async () => {
    await rig.stop();
  });
  const generations = () => readdirSync(join(rig.layout.base, 'generations')).sort();
  /** Starts an update of the host that hangs in the script of a package. */
  const hangingUpdate = async () => {
    rig.offer('5');
    const child = startIsolate(['update', 'apply', 'host', '--config', rig.here.config]);
    const end = ended(child);
    await until('the package’s script runs', scriptWithin, () => existsSync(join(hostRoot, 'etc/half-way')));
    return { child, end };
  };

  test('a check says what waits, and the source sees exits of Tor alone', async () => {
    rig.offer('2');
    const result = await rig.update('check');
    assert.equal(verdict(result), 'updates wait', `${result.stdout}${result.stderr}`);
    assert.equal(result.code, 1);
    assert.deepEqual(
      result.lines.filter(({ kind }) => kind === 'package'),
      ['host', 'base'].map((system) => ({ kind: 'package', system, package: 'greeter', from: '1', to: '2' })),
    );
    const exits = nodes.filter(({ role }) => role === 'exit').map(({ address }) => address);
    for (const asker of rig.repository.askers()) assert.ok(exits.includes(asker), asker);
  });

  const refusals: readonly [
    claim: string,
    reason: string,
    how: { signer?: Signer; dated?: number; validFor?: number },
  ][] = [
    ['unsigned', 'unsigned', { signer: 'nobody' }],
    ['signed by a stranger', 'wrongly signed', { signer: 'stranger' }],
    ['expired', 'expired', { dated: -3, validFor: -2 }],
    ['older than the last', 'older', { dated: -0.5 }],
  ];
  for (const [claim, reason, how] of refusals) {
    test(`a list that is ${claim} is refused twice, and says that somebody may be in the middle`, async () => {
      rig.offer('2', how);
      const result = await rig.update('check', 'host').finally(() => rig.offer('2'));
      assert.equal(result.code, 1);
      assert.equal(error(result)['code'], 'DISTRUSTED', `${result.stdout}${result.stderr}`);
      assert.match(
        String(error(result)['message']),
        new RegExp(`refused, twice: ${reason}; nothing was changed`),
      );
      assert.match(String(error(result)['hint']), /^Somebody may be in the middle\./);
    });
  }

  test('an altered list of packages is refused', async () => {
    const packages = rig.repository.path(`dists/test/main/binary-${architecture()}/Packages`);
    writeFileSync(packages, readFileSync(packages, 'utf8').replace('a test', 'A TEST'));
    rmSync(join(hostRoot, 'var/lib/apt/lists'), { recursive: true });
    mkdirSync(join(hostRoot, 'var/lib/apt/lists'));
    const result = await rig.update('check', 'host').finally(() => rig.offer('2'));
    assert.match(String(error(result)['message']), /twice: altered/, `${result.stdout}${result.stderr}`);
  });

  test('an altered package is refused, and nothing is installed', async () => {
    const published = rig.repository.path('pool/greeter_2_all.deb');
    const bytes = readFileSync(published);
    bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 1;
    writeFileSync(published, bytes);
    const before = await hostNow();
    const result = await rig.update('apply', 'host').finally(() => rig.offer('2'));
    assert.match(String(error(result)['message']), /twice: altered/, `${result.stdout}${result.stderr}`);
    assert.deepEqual(compareManifests(before, await hostNow()), []);
  });

  test('one bad answer is asked again on another path, and the good one is taken', async () => {
    rig.repository.answerOnce(listPath, 'nobody signed this\n');
    const result = await rig.update('check', 'host');
    assert.equal(verdict(result), 'updates wait', `${result.stdout}${result.stderr}`);
    const said = result.lines.map(({ what }) => String(what));
    assert.ok(said.includes('host: refused (wrongly signed)'), said.join('\n'));
    assert.ok(said.includes('host: the second answer is good; the first came over a path that may lie'));
  });

  test('a source that is excused from checks is refused before apt sees it', async () => {
    const sources = join(hostRoot, 'etc/apt/sources.list');
    writeFileSync(sources, source.replace('[', '[trusted=yes '));
    const result = await rig.update('check', 'host').finally(() => writeFileSync(sources, source));
    assert.equal(result.code, 3);
    assert.match(String(error(result)['message']), /has the option trusted/);
  });

  test('a source may be an onion: its name says who answers, and nobody between sees what is asked for', async () => {
    const [onion] = rig.layout.onions;
    const name = readFileSync(join(onion?.keys ?? '', 'hostname'), 'utf8').trim();
    const stop = await rig.repository.serveOn(join(onion?.sockets ?? '', 'web.sock'));
    const sources = join(hostRoot, 'etc/apt/sources.list');
    writeFileSync(sources, source.replace('packages.test:8000', name));
    try {
      await until('the onion is published, and the update comes from there', 120, async () => {
        return verdict(await rig.update('check', 'host')) === 'updates wait';
      });
    } finally {
      writeFileSync(sources, source);
      stop();
    }
    const taken = readdirSync(join(hostRoot, 'var/lib/apt/lists'));
    assert.ok(
      taken.some((list) => list.startsWith(`${name}_`)),
      taken.join(),
    );
  });

  test('the daily unit, as systemd starts it, takes what waits on the host and in the image', async () => {
    const units = join(rig.layout.state, 'units');
    assertOk(await rig.update('timer', '--folder', units));
    const unit = readFileSync(join(units, 'sotto-isolation-updates.service'), 'utf8');
    const command = /^ExecStart=(.*)$/m.exec(unit)?.[1] ?? assert.fail(unit);
    const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8' });
    assert.equal(status, 0, `${stdout}${stderr}`);
    assert.match(stdout, /^updated \(packages 2,/m);
    assert.deepEqual([greets(hostRoot), greets(currentRoot(rig.layout))], ['2', '2']);
  });

  test('an update keeps one’s own configuration file and shows the difference', async () => {
    assert.match(onHost(settings), /word = 1\n[\s\S]*mine = kept/);
    const listed = await rig.update('files', 'host');
    assert.equal(listed.code, 1);
    assert.equal(listed.lines[0]?.['file'], settings);
    assert.match(String(listed.lines[0]?.['text']), /^-word = 1\n\+word = 2$/m);
    assertOk(await rig.update('merge', 'host', settings, '--take', 'mine'));
    assert.equal(verdict(await rig.update('files', 'host')), 'nothing to merge');
  });

  test('the scripts of a package find no network but loopback', () => {
    assert.equal(onHost('etc/greeter-network'), 'lo');
  });

  for (const [claim, version, says] of [
    ['whose script fails', '3', /a package cannot be installed/],
    ['after which the health check fails', '4', /greeter ends with 1/],
  ] as const) {
    test(`a package ${claim} is rolled back on the host, file for file`, async () => {
      rig.offer(version);
      const before = await hostNow();
      const result = await rig.update('apply', 'host');
      assert.equal(error(result)['code'], 'ROLLED_BACK', `${result.stdout}${result.stderr}`);
      assert.match(String(error(result)['message']), says);
      assert.deepEqual(compareManifests(before, await hostNow()), []);
    });
  }

  // Its copy is dropped at either failure; the later one has written more.
  test('a package after which the health check fails leaves the image as it was', async () => {
    const before = [currentGeneration(rig.layout), generations()];
    const result = await rig.update('apply', 'base');
    assert.equal(error(result)['code'], 'ROLLED_BACK', `${result.stdout}${result.stderr}`);
    assert.deepEqual([currentGeneration(rig.layout), generations()], before);
  });

  test('an update of the host that was killed half-way is undone by the next word', async () => {
    const before = await hostNow();
    const { child, end } = await hangingUpdate();
    child.kill('SIGKILL');
    await end;
    assert.notDeepEqual(compareManifests(before, await hostNow()), []);
    rig.offer('2');
    await rig.update('check', 'host');
    assert.deepEqual(compareManifests(before, await hostNow()), []);
  });

  imageUpdateClaims(() => rig);

  test('down waits for no update: it ends it, and nothing of it or of the Gateway is left', async () => {
    const { end } = await hangingUpdate();
    const result = assertOk(await isolate('down', '--config', rig.here.config));
    assert.deepEqual(result.lines.at(-1), { kind: 'result', verdict: 'down', halfUpdated: true });
    assert.notEqual((await end).code, 0);
    assert.deepEqual(remains(rig.here), []);
    assert.deepEqual(inHostRoot(), [], 'apt and the script that hangs have ended too');
  });

  test('an update that down ended is undone by the next up', async () => {
    assert.ok(existsSync(join(hostRoot, 'etc/half-way')));
    const said = assertOk(await isolate('up', '--config', rig.here.config)).lines.map(({ what }) => what);
    assert.ok(said.includes('host: an update was interrupted; going back to the snapshot before it'));
    assert.equal(greets(hostRoot), '2');
    assert.ok(!existsSync(join(hostRoot, 'etc/half-way')));
  });
}

/** Programs that run on the files of the pretended host. */
function inHostRoot(): readonly number[] {
  const folder = statSync(hostRoot).ino;
  return everyPid().filter((pid) => {
    try {
      return statSync(`/proc/${pid}/root/.`).ino === folder;
    } catch {
      // It ended meanwhile, or is one that not even root looks into: none of ours.
      return false;
    }
  });
}

/** The last line: what went wrong. */
function error({ lines }: Ended) {
  return lines.at(-1) ?? { kind: 'nothing' };
}

function architecture(): string {
  return execFileSync('dpkg', ['--print-architecture'], { encoding: 'utf8' }).trim();
}
