/** One after another for the same name, side by side for different names. */

/** Runs acts on a name in turn. */
export type Turns = { take<T>(name: string, act: () => Promise<T>): Promise<T> };

/** Makes an empty queue; a name without waiting acts takes no memory. */
export function makeTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return {
    take(name, act) {
      const mine = (last.get(name) ?? Promise.resolve()).then(act);
      const settled = mine
        .catch(() => undefined)
        .then(() => {
          if (last.get(name) === settled) last.delete(name);
        });
      last.set(name, settled);
      return mine;
    },
  };
}
