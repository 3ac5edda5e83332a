// The door for `npm start`, `npm test`, `npm run …`: whatever Node starts it, it installs what package-lock.json
// names, then hands over to the Node that the lock file pins. Plain JavaScript, because Node 20 reads it.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stamp = join(root, 'node_modules', '.sotto-lock');
const programs = join(root, 'node_modules', '.bin');
/** Code as it was compiled the last time: the server keeps its own there too. */
const compiled = join(root, 'node_modules', '.cache', 'sotto');
const lock = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');
const [task, ...rest] = process.argv.slice(2);

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  console.log('Installing the packages that package-lock.json names …');
  await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(stamp, lock);
}
if (!existsSync(join(programs, 'node'))) {
  console.error(
    'sotto: error: no pinned Node for this machine; Linux (x64, arm64) and macOS (arm64) have one',
  );
  console.error('sotto: hint: see optionalDependencies in package.json');
  process.exit(3);
}
await run(join(programs, 'node'), [join(root, 'tools', `${task}.ts`), ...rest]);

/** Waits for a program, passing on the signals that end this one; ends this process when the program failed. */
async function run(command, args) {
  const child = spawn(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: `${programs}:${process.env.PATH}`, NODE_COMPILE_CACHE: compiled },
  });
  // A terminal sends Ctrl-C to the whole group itself; the child decides when it is done.
  const forward = { SIGINT: () => {}, SIGTERM: () => child.kill('SIGTERM') };
  for (const [signal, handler] of Object.entries(forward)) process.on(signal, handler);
  const status = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
  for (const [signal, handler] of Object.entries(forward)) process.off(signal, handler);
  if (status !== 0) process.exit(status);
}
