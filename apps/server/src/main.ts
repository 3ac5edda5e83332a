/**
 * The door: starts the program with its code as it was compiled the last time, kept beside the packages, where only who may
 * change the code itself can write. A start then takes half the processor time and 25 MB less memory
 * (docs/benchmarks.md). Where the folder cannot be written, the code is compiled at each start.
 */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

enableCompileCache(join(import.meta.dirname, '../../../node_modules/.cache/sotto'));
await import('./program.ts');
