/** An update of this machine that was cut off in the middle: its snapshot is still there, and the machine may be half new. */
import { join } from 'node:path';
import { IsolationError } from '../errors.ts';
import type { Layout } from '../plan/layout.ts';
import { goBack, isBusy, isSaved } from './saved.ts';
import { type System, systemOf } from './systems.ts';

/** Where the snapshot before an update is: from before the first change until all is well, or undone. */
export function snapshotOf({ folder }: Pick<System, 'folder'>): string {
  return join(folder, 'before');
}

/** Whether this machine is half new. */
export function wasInterrupted(layout: Layout): boolean {
  return isSaved(snapshotOf(systemOf(layout, 'host')));
}

/**
 * Goes back to what was before the update that was interrupted; without one, does nothing.
 *
 * @throws IsolationError `BUSY` while apt, which somebody's kill may have left running, still works.
 */
export async function undoInterrupted(layout: Layout, progress: (what: string) => void): Promise<void> {
  if (!wasInterrupted(layout)) return;
  const system = systemOf(layout, 'host');
  if (isBusy(system.root.path))
    throw new IsolationError('BUSY', 'apt still works on this machine', 'Wait until it has ended.');
  progress('host: an update was interrupted; going back to the snapshot before it');
  await goBack(system.root.path, snapshotOf(system));
}
