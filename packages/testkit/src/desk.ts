/** The desk agent for tests: the very client, over libsodium, against a server that runs. */
import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Environment } from '@sotto/client/environment';
import { createMemberAgent } from '@sotto/client/member';
import { createWhistleblowerAgent } from '@sotto/client/whistleblower';
import { createSodiumLibrary } from '@sotto/protocol/library-sodium';
import { sodiumSolver, sodiumStretcher } from '@sotto/protocol/stretcher-sodium';

/** @param changedFetch stands between the client and the server, for tests of a server that lies. */
export function deskEnvironment(origin: string, changedFetch: typeof fetch = fetch): Environment {
  return {
    library: createSodiumLibrary((length) => Uint8Array.from(randomBytes(length))),
    stretcher: sodiumStretcher,
    solver: sodiumSolver,
    fetch: changedFetch,
    clock: Date.now,
    // A hundredth of the time a person waits.
    wait: (milliseconds) => setTimeout(milliseconds / 100),
    origin,
    agent: 'desk',
  };
}

export const deskWhistleblower = (origin: string, changedFetch?: typeof fetch) =>
  createWhistleblowerAgent(deskEnvironment(origin, changedFetch));
export const deskMember = (origin: string, changedFetch?: typeof fetch) =>
  createMemberAgent(deskEnvironment(origin, changedFetch));

/** For acts whose progress a test does not look at. */
export const quietly = () => {};
