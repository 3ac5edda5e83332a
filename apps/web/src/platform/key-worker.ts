/** Starts the key worker through the one Trusted Types policy this page makes, and lends it stretch workers. */
import { lendStretchWorkers, stretchAddress } from './stretch-workers.ts';

/** The part of the browser's `trustedTypes` that is used; the DOM's types do not know it yet. */
type TrustedTypes = {
  createPolicy(name: string, rules: { readonly createScriptURL: (address: string) => string }): unknown;
};

export type KeyWorkerAddress = '/workers/whistleblower-key.js' | '/workers/member-key.js';

/** At most how long the first view may keep the key worker waiting, in milliseconds: a tab in the background paints nothing. */
const firstViewPatience = 500;

/**
 * Makes the `default` policy, which lets exactly the two workers' addresses become scripts and throws at all else, then starts
 * the worker once the first view is painted: on a slow line the first button comes before the keys. A browser without
 * Trusted Types starts it all the same: the addresses are constants.
 */
export async function startKeyWorker(address: KeyWorkerAddress): Promise<Worker> {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }; // why: see TrustedTypes
  trustedTypes?.createPolicy('default', {
    createScriptURL: (asked) => {
      if (asked !== address && asked !== stretchAddress)
        throw new TypeError('this address is no script of the page');
      return asked;
    },
  });
  await firstView();
  const worker = new Worker(address, { type: 'module' });
  lendStretchWorkers(worker);
  return worker;
}

/** The frame after next is asked for when the first has been painted. */
function firstView(): Promise<unknown> {
  return Promise.race([
    new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    new Promise((resolve) => setTimeout(resolve, firstViewPatience)),
  ]);
}
