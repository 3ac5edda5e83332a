/**
 * A site to measure, on a real server, whose people do not wait for Argon2id: the server is shown SHA-256(authKey) and cannot
 * tell how an authKey came to be. Only here, where the agents' side is not what is measured.
 */
import { createHash } from 'node:crypto';
import type { MemberAgent, WhistleblowerAgent } from '@sotto/client/agents';
import type { Environment } from '@sotto/client/environment';
import { createMemberAgent } from '@sotto/client/member';
import { createWhistleblowerAgent } from '@sotto/client/whistleblower';
import type { Stretcher } from '@sotto/protocol/credential';
import { deskEnvironment } from '@sotto/testkit/desk';
import { type FoundedSite, type FoundingOptions, foundSite } from '@sotto/testkit/founded-site';

const unstretched: Stretcher = {
  stretch: async (secret, salt, passes) =>
    Uint8Array.from(createHash('sha256').update(secret).update(salt).update(String(passes)).digest()),
};

const environment = (origin: string, changedFetch?: typeof fetch): Environment => ({
  ...deskEnvironment(origin, changedFetch),
  stretcher: unstretched,
});
export const quickMember = (origin: string, changedFetch?: typeof fetch): MemberAgent =>
  createMemberAgent(environment(origin, changedFetch));
export const quickWhistleblower = (origin: string, changedFetch?: typeof fetch): WhistleblowerAgent =>
  createWhistleblowerAgent(environment(origin, changedFetch));

/**
 * A new server with an administrator, a recipient and a channel. Proof of work and thresholds are lifted, by the settings that any
 * administrator has and every site shows in red: what is measured is the server, not how it keeps a crowd away.
 */
export const makeSite = (options: FoundingOptions = {}): Promise<FoundedSite> =>
  foundSite({ member: quickMember, lifted: true, ...options });
