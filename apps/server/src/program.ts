/**
 * The server as a program. The only file that touches the process: its environment, its standard streams, its signals.
 *
 * SOTTO_HOME: folder of all it keeps, `./var` when not given. SOTTO_LISTEN: `127.0.0.1:8080` when not given, another port
 * of loopback, or `unix:/path`. SOTTO_CLIENTS: `proxy-line` when each connection to the unix socket begins with a line of the PROXY
 * protocol, as Tor writes it. All else that can be chosen stands in SOTTO_HOME/settings.toml.
 */
import { enableCompileCache, flushCompileCache } from 'node:module';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { RunningServer } from './app.ts';
import type { StorageErrorCode } from './storage/storage-error.ts';

// Files are for their owner alone, whatever the shell had set.
process.umask(0o077);
// Compiling some four hundred modules is most of a start: kept, it takes half. It is code, keyed by its source's hash.
enableCompileCache(join(import.meta.dirname, '../../../node_modules/.cache/sotto-server'));

const { startServer } = await import('./app.ts');
const { ListenError, parseListenAddress, usualListenAddress } = await import('./http/listening.ts');
const { readStaticFiles } = await import('./http/static-files.ts');
const { makeLog } = await import('./log/log.ts');
const { readSettings, SettingsError } = await import('./settings/machine-settings-file.ts');
const { smtpTransport } = await import('./mail/transport.ts');
const { StorageError } = await import('./storage/storage-error.ts');

const { env, stdout, stderr } = process;
// Whoever read these streams may end before the server: no reason for it to end.
for (const stream of [stdout, stderr]) stream.on('error', () => undefined);

/** What to do about errors of storage; those of later use have no hint. */
const storageHints: Partial<Record<StorageErrorCode, string>> = {
  HOME_IN_USE: 'another server runs with this SOTTO_HOME; stop it first',
  HOME_INCOMPLETE: 'restore sotto.sqlite and slots together, from the same backup',
  DATABASE_NEWER: 'start the version of Sotto that wrote it, or a newer one',
  DISK_FULL: 'make room on the disk of SOTTO_HOME',
};

try {
  const address = env['SOTTO_LISTEN'] ?? usualListenAddress;
  const homePath = resolve(env['SOTTO_HOME'] ?? 'var');
  const listen = parseListenAddress(address, env['SOTTO_CLIENTS'] === 'proxy-line');
  const server = await startServer({
    homePath,
    listen,
    files: await readStaticFiles(join(import.meta.dirname, '../../web/dist')),
    log: makeLog((line) => void stderr.write(line)),
    clock: Date.now,
    wait: (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal, ref: false }),
    ...(await readSettings(homePath)),
    mailTransport: smtpTransport(),
  });
  announce(server, address);
  stopOnSignal(server);
  flushCompileCache();
} catch (error) {
  const { message, hint } = explained(error);
  stderr.write(`sotto: error: ${message}\nsotto: hint: ${hint}\n`);
  process.exitCode = 1;
}

/** The setup link goes to a terminal only: a pipe or a journal would keep it. */
function announce({ port, setupLink }: RunningServer, address: string): void {
  const where = address.startsWith('unix:') ? address : `http://${address.replace(/:\d+$/, '')}:${port}`;
  stdout.write(`Sotto runs on Node ${process.version} and listens on ${where}\n`);
  if (setupLink !== null && stdout.isTTY) {
    stdout.write(`Open this link once, to make the site:\n\n  ${setupLink}\n\n`);
  } else if (setupLink !== null) {
    stdout.write(
      'The site is not made yet. The link that makes it is in the file setup-link of SOTTO_HOME.\n',
    );
  }
}

function stopOnSignal(server: RunningServer): void {
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      void server.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}

/** What to tell the person who started it. A path of the system's error is not told: it may carry a name. */
function explained(error: unknown): { message: string; hint: string } {
  if (error instanceof ListenError || error instanceof SettingsError) return error;
  if (error instanceof StorageError) {
    return {
      message: error.message,
      hint: storageHints[error.code] ?? 'keep SOTTO_HOME as it is and look at its disk',
    };
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  if (code === 'EADDRINUSE') {
    return { message: 'the address is in use', hint: 'stop what listens there, or set SOTTO_LISTEN' };
  }
  if (code === 'EACCES' && error instanceof Error && 'syscall' in error && error.syscall === 'listen') {
    return {
      message: 'the server may not listen there, or the folder of the unix socket is not there',
      hint: 'make the folder, or set SOTTO_LISTEN to a port above 1023',
    };
  }
  if (code === 'ENOENT') return { message: 'the client is not built', hint: 'npm start builds it' };
  return { message: `the server did not start (${code})`, hint: 'is SOTTO_HOME writable by this user?' };
}
