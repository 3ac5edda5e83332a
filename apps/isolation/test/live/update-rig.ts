/** What the tests of updates stand on: a repository in the private Internet, an image and a host of their own that have an old package. */
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  globSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { changeBase, currentRoot } from '../../src/base/base.ts';
import { type Manifest, manifestOf } from '../../src/base/manifest.ts';
import { readConfiguration } from '../../src/config/read-configuration.ts';
import { type Layout, layoutOf } from '../../src/plan/layout.ts';
import { type Package, type Repository, startRepository } from './repository.ts';
import {
  assertOk,
  type Ended,
  type Instance,
  imageKey,
  imageRoot,
  inet,
  instance,
  isolate,
  workstation,
} from './rig.ts';

/** Images are too large for a file system in memory, and their paths must be open to Tor's account. */
const scratch = '/var/tmp/sotto-isolation-tests';
export const hostRoot = join(scratch, 'host');

export const source = 'deb [signed-by=/usr/share/keyrings/test.gpg] http://packages.test:8000 test main\n';
export const settings = '/etc/greeter.conf';

/** A package of which each version says its number, has a configuration file, and looks for networks when it is installed. */
export function greeter(version: string, more: Partial<Package> = {}): Package {
  return {
    name: 'greeter',
    version,
    files: {
      '/usr/bin/greeter': `#!/bin/sh\necho ${version}\n`,
      [settings]: `[first]\nword = ${version}\n\n[middle]\n\n[last]\nend = yes\n`,
    },
    conffiles: [settings],
    postinst: 'cut -d: -f1 -s /proc/net/dev | tr -d " \\n" > /etc/greeter-network',
    ...more,
  };
}

/** Where an update of these packages writes; lists, fetched packages and logs change without anybody's doing. */
const written = ['etc', 'usr/bin', 'usr/share', 'var/lib/dpkg'];

/** What the tests do without: fewer files are copied, and compared, more quickly. */
const spared = [
  ...['doc', 'man', 'locale', 'zoneinfo', 'info', 'i18n', 'bash-completion', 'perl'].map(
    (one) => `share/${one}`,
  ),
  // The small Perl that dpkg's own programs use is perl-base, which stays.
  ...['lib/*/perl', 'lib/*/gconv'],
];

export type UpdateRig = {
  here: Instance;
  layout: Layout;
  repository: Repository;
  /** Package files by version, and `stray` by its name. */
  deb: Record<string, string>;
  /** Publishes one version of the greeter. */
  offer: (version: string, how?: Parameters<Repository['publish']>[1]) => void;
  /** `sotto isolate update …`. */
  update: (...words: readonly string[]) => Promise<Ended>;
  stop: () => Promise<void>;
};

/** Puts an instance up whose host and image have version 1, and whose configuration file each of them has made its own. */
export async function startUpdateRig(): Promise<UpdateRig> {
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  const repository = await startRepository(inet, join(scratch, 'repository'));
  const deb: Record<string, string> = {};
  const failing = { postinst: 'echo changed > /etc/hostname; exit 1' };
  const waiting = { postinst: 'touch /etc/half-way; sleep 600' };
  for (const one of [
    greeter('1'),
    greeter('2'),
    greeter('3', failing),
    greeter('4', { files: { '/usr/bin/greeter': '#!/bin/sh\necho 4; exit 1\n' }, conffiles: [] }),
    greeter('5', waiting),
    { name: 'stray', version: '1', files: { '/usr/bin/stray': '' } },
  ])
    deb[one.name === 'greeter' ? one.version : one.name] = repository.build(one);
  const offer: UpdateRig['offer'] = (version, how = {}) => repository.publish([deb[version] ?? ''], how);
  offer('1', { dated: -1 });
  const here = instance(
    'lt-update',
    `${workstation('desk')}\n[[onion]]\nname = "packages"\nworkstation = "desk"\n\n[updates]\ndaily = "apply"\nkeyring = "${repository.keyring}"\nhost = { root = "${hostRoot}", health = [["greeter"]] }\nbase = { health = [["greeter"]] }\n`,
    (text) => text.replace(/^state = .*$/m, `state = "${join(scratch, 'state')}"`),
  );
  const layout = layoutOf(readConfiguration(here.config));
  mkdirSync(join(layout.base, 'generations'), { recursive: true });
  const image = realpathSync(join(imageRoot, '..'));
  execFileSync('cp', ['-a', image, join(layout.base, 'generations', 'copied')]);
  execFileSync('ln', ['-s', 'generations/copied', join(layout.base, 'current')]);
  copyFileSync(imageKey, layout.signingKey);
  await changeBase(layout, async (root) => prepare(root, repository, deb['1'] ?? ''));
  execFileSync('cp', ['-a', currentRoot(layout), hostRoot]);
  const update: UpdateRig['update'] = async (...words) =>
    await isolate('update', ...words, '--config', here.config);
  assertOk(await isolate('up', '--config', here.config));
  // What is there is current, and so the dates of the first lists are known.
  assertOk(await update('check'));
  return {
    here,
    layout,
    repository,
    deb,
    offer,
    update,
    stop: async () => {
      assertOk(await isolate('down', '--config', here.config));
      await repository.stop();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}

function prepare(root: string, { keyring }: Repository, greeterFile: string): void {
  for (const one of globSync(spared, { cwd: join(root, 'usr') }))
    rmSync(join(root, 'usr', one), { recursive: true, force: true });
  writeFileSync(join(root, 'etc/apt/sources.list'), source);
  copyFileSync(keyring, join(root, 'usr/share/keyrings/test.gpg'));
  execFileSync('chmod', [
    '0644',
    join(root, 'etc/apt/sources.list'),
    join(root, 'usr/share/keyrings/test.gpg'),
  ]);
  copyFileSync(greeterFile, join(root, 'greeter.deb'));
  execFileSync('chroot', [root, 'dpkg', '--install', '/greeter.deb'], { stdio: 'pipe' });
  rmSync(join(root, 'greeter.deb'));
  const file = join(root, settings);
  writeFileSync(file, `${readFileSync(file, 'utf8')}mine = kept\n`);
}

/** A file of the host as it is now. */
export function onHost(path: string): string {
  return readFileSync(join(hostRoot, path), 'utf8');
}

/** The version that a root's greeter says. */
export function greets(root: string): string | undefined {
  return /echo (\S+)/.exec(readFileSync(join(root, 'usr/bin/greeter'), 'utf8'))?.[1];
}

/** Every file of the host that an update may write. */
export async function hostNow(): Promise<Manifest> {
  const folders = await Promise.all(written.map(async (path) => await manifestOf(join(hostRoot, path))));
  return new Map(
    folders.flatMap((folder, index) =>
      [...folder].map(([path, entry]): [string, string] => [join(written[index] ?? '', path), entry]),
    ),
  );
}
