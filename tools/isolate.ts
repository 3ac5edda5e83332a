/** `npm run isolate -- VERB`: the isolation program, which `sotto isolate` starts too, as a program of its own. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './steps.ts';

const main = join(root, 'apps', 'isolation', 'src', 'main.ts');
const { status } = spawnSync(process.execPath, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exit(status ?? 1);
