/** A signed repository of packages that a test makes, and a server for it in the private Internet. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const architecture = execFileSync('dpkg', ['--print-architecture'], { encoding: 'utf8' }).trim();

export type Package = {
  name: string;
  version: string;
  files: Readonly<Record<string, string>>;
  /** Paths of `files` that are configuration files. */
  conffiles?: readonly string[];
  postinst?: string;
};

/** Who signs: the key that systems trust, a stranger's, or nobody. */
export type Signer = 'trusted' | 'stranger' | 'nobody';

export type Repository = {
  /** The public key that systems trust, as a keyring. */
  keyring: string;
  /** Makes a package file. */
  build: (one: Package) => string;
  /** Publishes lists and packages; days count from now. */
  publish: (files: readonly string[], how?: { signer?: Signer; dated?: number; validFor?: number }) => void;
  /** Where a published file lies, to change it. */
  path: (name: string) => string;
  /** A detached signature beside a file. */
  sign: (file: string, signer: 'trusted' | 'stranger') => void;
  /** The next request for this path alone gets these bytes. */
  answerOnce: (path: string, bytes: string) => void;
  /** Serves the same on a socket, which an onion leads to. @returns what ends it. */
  serveOn: (socket: string) => Promise<() => void>;
  /** Addresses that asked for something. */
  askers: () => ReadonlySet<string>;
  stop: () => Promise<void>;
};

/** The list that apt asks for first. */
export const listPath = 'dists/test/InRelease';

const day = 86_400_000;

const program = join(import.meta.dirname, 'programs', 'repository.mjs');

export async function startRepository(namespace: string, folder: string): Promise<Repository> {
  const [served, keys, log] = [join(folder, 'served'), join(folder, 'keys'), join(folder, 'log')];
  for (const one of [served, keys]) mkdirSync(one, { recursive: true });
  chmodSync(keys, 0o700);
  const gpg = (args: readonly string[]) =>
    execFileSync('gpg', ['--homedir', keys, '--batch', '--yes', '--quiet', ...args], { stdio: 'pipe' });
  for (const signer of ['trusted', 'stranger'])
    gpg(['--passphrase', '', '--quick-generate-key', `${signer}@packages.test`, 'ed25519', 'sign', 'never']);
  const keyring = join(folder, 'trusted.gpg');
  gpg(['--output', keyring, '--export', 'trusted@packages.test']);
  writeFileSync(log, '');
  const server: ChildProcess = spawn(
    'nsenter',
    [`--net=/run/netns/${namespace}`, '--', process.execPath, program, served, log],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (server.stdout !== null) await once(server.stdout, 'data');

  const packageFile = (one: Package) => {
    const tree = join(folder, 'tree');
    rmSync(tree, { recursive: true, force: true });
    const write = (path: string, text: string, mode: number) => {
      mkdirSync(dirname(join(tree, path)), { recursive: true });
      writeFileSync(join(tree, path), text);
      chmodSync(join(tree, path), mode);
    };
    const { name, version, files, conffiles = [], postinst } = one;
    write(
      'DEBIAN/control',
      `Package: ${name}\nVersion: ${version}\nArchitecture: all\nMaintainer: Test <test@packages.test>\nDescription: a test\n`,
      0o644,
    );
    if (conffiles.length > 0) write('DEBIAN/conffiles', `${conffiles.join('\n')}\n`, 0o644);
    if (postinst !== undefined) write('DEBIAN/postinst', `#!/bin/sh\nset -e\n${postinst}\n`, 0o755);
    for (const [path, text] of Object.entries(files))
      write(path, text, path.includes('/bin/') ? 0o755 : 0o644);
    const file = join(folder, `${name}_${version}_all.deb`);
    execFileSync('dpkg-deb', ['--root-owner-group', '--build', tree, file], { stdio: 'pipe' });
    return file;
  };

  return {
    keyring,
    build: packageFile,
    publish: (files, { signer = 'trusted', dated = 0, validFor = 7 } = {}) => {
      rmSync(join(served, 'dists'), { recursive: true, force: true });
      const binary = `main/binary-${architecture}`;
      const lists = join(served, 'dists', 'test');
      mkdirSync(join(lists, binary), { recursive: true });
      mkdirSync(join(served, 'pool'), { recursive: true });
      const entries = files.map((file) => {
        const name = file.split('/').at(-1) ?? '';
        copyFileSync(file, join(served, 'pool', name));
        const control = execFileSync('dpkg-deb', ['--field', file], { encoding: 'utf8' });
        return `${control}Filename: pool/${name}\nSize: ${statSync(file).size}\nSHA256: ${sha256(file)}\n`;
      });
      const packages = join(lists, binary, 'Packages');
      writeFileSync(packages, entries.join('\n'));
      const date = (days: number) => new Date(Date.now() + days * day).toUTCString();
      const release = [
        'Origin: Test',
        'Label: Test',
        'Suite: test',
        'Codename: test',
        `Date: ${date(dated)}`,
        `Valid-Until: ${date(validFor)}`,
        `Architectures: ${architecture}`,
        'Components: main',
        `SHA256:\n ${sha256(packages)} ${statSync(packages).size} ${binary}/Packages`,
        '',
      ].join('\n');
      writeFileSync(join(lists, 'Release'), release);
      if (signer === 'nobody') return;
      const by = ['--local-user', `${signer}@packages.test`];
      gpg([...by, '--output', join(lists, 'InRelease'), '--clearsign', join(lists, 'Release')]);
    },
    path: (name) => join(served, name),
    sign: (file, signer) => {
      gpg(['--local-user', `${signer}@packages.test`, '--output', `${file}.sig`, '--detach-sign', file]);
    },
    answerOnce: (path, bytes) => {
      mkdirSync(dirname(join(served, 'once', path)), { recursive: true });
      writeFileSync(join(served, 'once', path), bytes);
    },
    serveOn: async (socket) => {
      const another = spawn(process.execPath, [program, served, log, socket], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(another.stdout, 'data');
      return () => another.kill('SIGKILL');
    },
    askers: () =>
      new Set(
        readFileSync(log, 'utf8')
          .split('\n')
          .filter(Boolean)
          .map((line) => line.split(' ')[0] ?? ''),
      ),
    stop: async () => {
      server.kill('SIGKILL');
      await once(server, 'exit');
      execFileSync('gpgconf', ['--homedir', keys, '--kill', 'gpg-agent'], { stdio: 'pipe' });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function sha256(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
