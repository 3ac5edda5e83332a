/** How much harder tokens are now (S9): more when more is asked than a limit, less again as time passes. */

/** Steps above the usual difficulty: from 8 to 11. */
const mostSteps = 3;
/** One step down after so many milliseconds: from the hardest it is back after 45 seconds. */
const stepDown = 15_000;

/** A count in windows of time, and the steps that follow from it. */
export type Load = {
  /** Counts one more. */
  count(): void;
  /** Steps above the usual difficulty, 0 to 3. */
  steps(): number;
};

/**
 * @param clock milliseconds.
 * @param window milliseconds in which is counted.
 * @param limit how many in a window cost nothing; from there on a step, another at twice as many, a third at four times.
 */
export function makeLoad(clock: () => number, window: number, limit: () => number): Load {
  let opened = clock();
  let counted = 0;
  let raisedTo = 0;
  let raisedAt = clock();
  const present = (): number => {
    const passed = Math.abs(clock() - raisedAt);
    return Math.max(0, raisedTo - Math.floor(passed / stepDown));
  };
  return {
    count() {
      const now = clock();
      // A clock that was set back opens a new window as well.
      if (now - opened >= window || now < opened) [opened, counted] = [now, 0];
      counted += 1;
      if (counted <= limit()) return;
      const wanted = Math.min(mostSteps, 1 + Math.floor(Math.log2(counted / limit())));
      if (wanted >= present()) [raisedTo, raisedAt] = [wanted, now];
    },
    steps: present,
  };
}
