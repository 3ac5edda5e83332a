/** The long runs of the isolation: apps/isolation/test/prove/, with real namespaces, rules and Tor. Needs root. */
import { spawnSync } from 'node:child_process';
import { root } from '../steps.ts';
import { installTestNeeds } from '../test-needs.ts';
import type { Proof } from './proof.ts';

export const isolationProof: Proof = {
  claim: 'nothing leaves the Gateway but what goes to relays, and each wall taken away is found',
  needsClient: false,
  prove: async () => {
    installTestNeeds(['isolation']);
    const { status } = spawnSync(
      process.execPath,
      ['--test', 'apps/isolation/test/prove/isolation.test.ts'],
      {
        cwd: root,
        stdio: 'inherit',
      },
    );
    if (status !== 0) throw new Error('a long run of the isolation failed: its name stands above');
    return 'every long run of apps/isolation/test/prove';
  },
};
