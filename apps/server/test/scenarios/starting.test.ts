/** The server as a program: what it refuses to do, what it says and to whom, and how it ends. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { type ServerProcess, setupSecret, startServer } from '@sotto/testkit/server-process';
import { fileItem } from '../support/made-up.ts';
import { callerTo, liftedHome, sendTo } from '../support/running.ts';
import { fileReport, makeSiteWith, ok, refused } from '../support/site.ts';
import { temporaryFolder } from '../support/temporary.ts';

const main = join(import.meta.dirname, '../../src/main.ts');

const portOf = ({ origin }: ServerProcess): number => Number(new URL(origin).port);

/** Runs the program until it ends by itself, which it does only when it refuses to start. */
function refusedStart(environment: Readonly<Record<string, string>>): {
  output: string;
  status: number | null;
} {
  const { stdout, stderr, status } = spawnSync(process.execPath, [main], {
    encoding: 'utf8',
    timeout: 120_000,
    env: { PATH: process.env['PATH'] ?? '', ...environment },
  });
  return { output: stdout + stderr, status };
}

describe('a server that starts', () => {
  it('refuses to listen where reports would travel in the clear, with a hint', async (test) => {
    const home = join(await temporaryFolder(test), 'home');
    for (const address of ['0.0.0.0:0', '[::]:0', 'example.org:80', 'unix:relative']) {
      const { output, status } = refusedStart({ SOTTO_HOME: home, SOTTO_LISTEN: address });
      assert.equal(status, 1, address);
      assert.match(output, /^sotto: error: .+\nsotto: hint: .+\n$/);
    }
    await assert.rejects(stat(home), { code: 'ENOENT' });
  });

  it('names a folder of a unix socket that is not there', async (test) => {
    const folder = await temporaryFolder(test);
    const environment = { SOTTO_HOME: join(folder, 'home'), SOTTO_LISTEN: `unix:${folder}/missing/http` };
    const { output, status } = refusedStart(environment);
    assert.equal(status, 1);
    assert.match(output, /the folder of the unix socket is not there\nsotto: hint: make the folder/);
  });

  it('goes on when nobody reads its log any more', async (test) => {
    const home = join(await temporaryFolder(test), 'home');
    const child = spawn(process.execPath, [main], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'] ?? '', SOTTO_HOME: home, SOTTO_LISTEN: '127.0.0.1:0' },
    });
    test.after(() => child.kill('SIGKILL'));
    const [said] = await once(child.stdout, 'data');
    child.stdout.destroy();
    child.stderr.destroy();
    const caller = callerTo(Number(/:(\d+)\n/.exec(String(said))?.[1]));
    const headers = { 'Content-Type': 'application/csp-report' };
    for (let count = 0; count < 4; count += 1) {
      await caller.send('POST', '/api/report', { headers, body: '{}' });
    }
    ok(await caller.call('site'));
  });

  it('refuses a home without its slots, and says what to do', async (test) => {
    const home = join(await temporaryFolder(test), 'home');
    await (await startServer({ home })).stop();
    const { rename } = await import('node:fs/promises');
    await rename(join(home, 'slots'), join(home, 'slots-elsewhere'));
    const { output, status } = refusedStart({ SOTTO_HOME: home, SOTTO_LISTEN: '127.0.0.1:0' });
    assert.equal(status, 1);
    assert.match(output, /sotto: hint: restore sotto\.sqlite and slots together/);
  });

  it('writes its settings down for the operator, takes them when they are changed, and tells the client', async (test) => {
    const home = await liftedHome(test);
    const path = join(home, 'settings.toml');
    const usual = await startServer({ home });
    test.after(() => usual.kill());
    assert.equal((await stat(path)).mode & 0o777, 0o600);
    const site = await makeSiteWith(callerTo(portOf(usual)), await setupSecret(home));
    const limits = async (port: number) => ok(await callerTo(port).call('site'))['limits'];
    assert.deepEqual(await limits(portOf(usual)), { file: 1024 ** 3, report: 4 * 1024 ** 3 });
    await usual.stop();

    const written = await readFile(path, 'utf8');
    await writeFile(path, written.replace('#largest_file = "1 GiB"', 'largest_file = "1.5 MiB"'));
    const changed = await startServer({ home });
    test.after(() => changed.kill());
    assert.deepEqual(await limits(portOf(changed)), { file: 1.5 * 1024 ** 2, report: 4 * 1024 ** 3 });
    const caller = callerTo(portOf(changed));
    const { session, holders } = await fileReport(caller, site);
    const fits = fileItem(holders, 1.5 * 1024 ** 2);
    ok(await caller.call('writeOwnItem', { session, body: fits }));
    const larger = fileItem(holders, 2 * 1024 ** 2);
    refused(await caller.call('writeOwnItem', { session, body: larger }), 422, 'QUOTA');
    await changed.stop();

    await writeFile(path, '[files]\nlargest_file = "2 GB"\n');
    const { output, status } = refusedStart({ SOTTO_HOME: home, SOTTO_LISTEN: '127.0.0.1:0' });
    assert.equal(status, 1);
    assert.match(
      output,
      /^sotto: error: settings\.toml: files\.largest_file must be a size .+\nsotto: hint: correct it/,
    );
  });

  it('writes the setup link to no pipe, only to a file of its owner', async (test) => {
    const home = join(await temporaryFolder(test), 'home');
    const server = await startServer({ home });
    test.after(() => server.kill());
    const secret = await setupSecret(home);
    assert.ok(!server.output().includes(secret));
    assert.ok(server.output().includes(process.version));
    assert.equal((await stat(join(home, 'setup-link'))).mode & 0o777, 0o600);
    assert.equal((await stat(home)).mode & 0o777, 0o700);
  });

  it('writes the setup link to a terminal', async (test) => {
    const folder = await temporaryFolder(test);
    const home = join(folder, 'home');
    const transcript = join(folder, 'terminal');
    // script(1) gives the program a terminal of its own.
    const { status } = spawnSync(
      'script',
      ['-qefc', `timeout -s TERM 5 ${process.execPath} ${main}`, transcript],
      {
        timeout: 120_000,
        stdio: 'ignore',
        env: { PATH: process.env['PATH'] ?? '', SOTTO_HOME: home, SOTTO_LISTEN: '127.0.0.1:0' },
      },
    );
    assert.notEqual(status, null);
    assert.ok((await readFile(transcript, 'utf8')).includes(`/login#setup=${await setupSecret(home)}`));
  });

  it('on a unix socket tells that requests come by the onion service, on loopback that it cannot tell', async (test) => {
    const folder = await temporaryFolder(test);
    const socketPath = join(folder, 'http');
    const { startServer: startHere } = await import('../../src/app.ts');
    const { usualMachine } = await import('../../src/settings/machine-settings.ts');
    const { smtpTransport } = await import('../../src/mail/transport.ts');
    const { noReserve } = await import('../support/rows.ts');
    const options = {
      homePath: join(folder, 'home'),
      listen: { kind: 'unix-socket', path: socketPath, proxyLine: false },
      files: new Map(),
      log: () => {},
      clock: Date.now,
      wait: async () => {},
      limits: usualMachine.limits,
      mailTransport: smtpTransport(),
      reserve: noReserve,
    } as const;
    const server = await startHere(options);
    const site = await sendTo({ socketPath }, 'GET', '/api/site');
    assert.equal(site.json?.['connection'], 'onion');
    await server.stop();

    const onLoopback = await startServer({ home: join(folder, 'home') });
    test.after(() => onLoopback.kill());
    const caller = callerTo(Number(new URL(onLoopback.origin).port));
    const disguised = { headers: { Host: 'abc.onion', 'User-Agent': 'Tor Browser' } };
    assert.equal(ok(await caller.send('GET', '/api/site', disguised))['connection'], 'unknown');
  });

  it('ends on SIGTERM with nothing left in the journal', async (test) => {
    const home = join(await temporaryFolder(test), 'home');
    const server = await startServer({ home });
    await server.stop();
    assert.match(server.output(), /"entry":"stopped"/);
    // SQLite takes its journal away when the last connection closes.
    await assert.rejects(stat(join(home, 'sotto.sqlite-wal')), { code: 'ENOENT' });
  });

  it('answers, and ends when it is told to, while gigabytes are still to be forgotten; later it forgets them', async (test) => {
    const home = join(await temporaryFolder(test), 'home');
    const large = join(home, 'large');
    await (await startServer({ home })).stop();
    // Sparse: it takes no room until it is overwritten, three times over, which no disk does in the time of this test.
    await writeFile(large, '');
    await truncate(large, 64 * 1024 ** 3);
    const database = new DatabaseSync(join(home, 'sotto.sqlite'));
    database.exec("INSERT INTO forgetting VALUES ('site', 'mark', 'file', 'large')");
    database.close();

    const busy = await startServer({ home });
    test.after(() => busy.kill());
    ok(await callerTo(Number(new URL(busy.origin).port)).call('site'));
    await busy.stop();
    assert.match(busy.output(), /"entry":"stopped"/);
    assert.ok(existsSync(large));

    await truncate(large, 4096);
    const again = await startServer({ home });
    test.after(() => again.kill());
    while (existsSync(large)) await new Promise((resolve) => setTimeout(resolve, 20));
    await again.stop();
    assert.match(again.output(), /"entry":"forgotten","slots":0,"rows":0,"files":1/);
  });
});
