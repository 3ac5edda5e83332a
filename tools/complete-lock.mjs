// Completes package-lock.json after a change of dependencies. Where the registry does not serve the optional packages of
// other platforms, npm leaves them out of the lock file and `npm ci` then refuses it ("Missing: … from lock file").
// This adds an entry for each: never installed here, and without an integrity, since nobody here has seen the package.
import { readFileSync, writeFileSync } from 'node:fs';

const systems = [
  'darwin',
  'win32',
  'android',
  'freebsd',
  'openharmony',
  'linux',
  'aix',
  'netbsd',
  'openbsd',
  'sunos',
];
const processors = [
  'arm64',
  'x64',
  'ia32',
  'riscv64',
  'ppc64',
  's390x',
  'loong64',
  'mips64el',
  'wasm32',
  'arm',
];

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
let added = 0;
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (!/^\d/.test(version) || isLocked(path, name)) continue;
    lock.packages[`node_modules/${name}`] = placeholder(name, version, entry.dev);
    added += 1;
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} optional packages of other platforms added`);

/** npm looks in the package's own node_modules, then in each folder above it. */
function isLocked(path, name) {
  for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    if (lock.packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`]) return true;
    if (folder === '') return false;
  }
}

function placeholder(name, version, dev) {
  const os =
    systems.find((system) => name.includes(system)) ?? (name.includes('windows') ? 'win32' : undefined);
  const cpu = processors.find((processor) => name.includes(processor));
  return {
    version,
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(dev ? { dev: true } : {}),
    optional: true,
    ...(os ? { os: [os] } : {}),
    ...(name.includes('musl') ? { libc: ['musl'] } : {}),
  };
}
