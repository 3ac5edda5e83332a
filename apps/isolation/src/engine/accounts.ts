/** Numbers of accounts, from the files that hold them (passwd(5), group(5)). */
import { readFileSync } from 'node:fs';
import { IsolationError } from '../errors.ts';

/** The number of a user; numbers stand for themselves. @throws IsolationError `CANNOT_HERE` when there is none. */
export function userId(name: string): number {
  return /^\d+$/.test(name) ? Number(name) : lookUp('/etc/passwd', name, 'user');
}

/** The number of a group; numbers stand for themselves. @throws IsolationError `CANNOT_HERE` when there is none. */
export function groupId(name: string): number {
  return /^\d+$/.test(name) ? Number(name) : lookUp('/etc/group', name, 'group');
}

function lookUp(file: string, name: string, what: string): number {
  const fields = readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .find(([first]) => first === name);
  if (fields?.[2] !== undefined) return Number(fields[2]);
  throw new IsolationError(
    'CANNOT_HERE',
    `there is no ${what} ${name}`,
    'Install tor, or name another account.',
  );
}
