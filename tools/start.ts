/** `npm start`: builds the client when it changed, then becomes the server, with its data in SOTTO_HOME or ./var. */
import { join } from 'node:path';
import { root, runOrExit } from './steps.ts';

runOrExit('node', ['apps/web/build.ts']);
process.env['SOTTO_HOME'] ??= join(root, 'var');
await import('../apps/server/src/main.ts');
