/** One sync for all who wait for one: what was written before a sync began is durable when it ends. */

/**
 * Shares `sync` among callers. A caller never gets a sync that began before it asked.
 *
 * @returns a function that rejects as the sync did that this caller shared.
 */
export function sharedSync(sync: () => Promise<void>): () => Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  let next: Promise<void> | undefined;
  return () => {
    if (next === undefined) {
      next = last.then(() => {
        next = undefined;
        return sync();
      });
      last = next.catch(() => undefined);
    }
    return next;
  };
}
