/** Questions by which somebody would find out who is here, in pairs: one that asks for what is there, one that asks alike for what is not. */
import { randomInt } from 'node:crypto';
import type { RouteName } from '@sotto/contract/routes';
import { codeAt, stepAt } from '@sotto/protocol/server/totp';
import { credential, newId, peopleBody, person, random, signingKey, statement, text } from './made-up.ts';
import type { Caller, Received } from './running.ts';
import { fileReport, makeSiteWith, ok, signIn, type TestSite } from './site.ts';

/** Answers to `there` must tell nobody that it is not `notThere`. */
export type Pair<Answer = Received> = {
  readonly name: string;
  readonly there: () => Promise<Answer>;
  readonly notThere: () => Promise<Answer>;
};
type Ask = Pair['there'];

const factorSecret = Uint8Array.from({ length: 20 }, (_, index) => index);
const address = 'ruth@example.org';

/**
 * Makes a site and asks it.
 *
 * @param caller to a server whose limits are lifted.
 * @param now milliseconds since 1970, of the server's clock.
 */
export async function enumerationPairs(caller: Caller, setup: string, now: number): Promise<Pair[]> {
  const site = await makeSiteWith(caller, setup);
  await setFactor(caller, site, now);
  await inviteOnly(caller, site, 'ines');
  const session = await signIn(caller, site.recipient);
  ok(
    await caller.call('setOwnAddress', { session, body: { authKey: site.recipient.authKey, mail: address } }),
  );
  const deleted = await fileReport(caller, site);
  await fileReport(caller, site);
  ok(await caller.call('deleteReport', { session, path: { report: deleted.reportId } }));
  const ask = (name: RouteName, body: () => unknown): Ask => {
    return () => caller.call(name, { body: body() });
  };
  const salt = (userName: string) => ask('salt', () => ({ userName }));
  const wrongPassword = (userName: string, code?: string) =>
    ask('signIn', () => ({ userName, authKey: random(32), ...(code === undefined ? {} : { code }) }));
  const reset = (name: string) => ask('askReset', () => ({ name }));
  const receipt = (authKey: () => string) => ask('returnWithReceipt', () => ({ authKey: authKey() }));
  const pair = (name: string, there: Ask, notThere: Ask): Pair => ({ name, there, notThere });
  return [
    pair('salt of a member', salt('ruth'), salt('nora')),
    pair('salt of somebody invited', salt('ines'), salt('noel')),
    pair('sign-in of a member', wrongPassword('ruth'), wrongPassword('nora')),
    pair('sign-in with a code', wrongPassword('omar', '000000'), wrongPassword('noah', '000000')),
    pair('sign-in of somebody invited', wrongPassword('ines'), wrongPassword('noel')),
    pair('reset by user name', reset('ruth'), reset('nora')),
    pair('reset by mail address', reset(address), reset('nora@example.org')),
    pair(
      'return to a deleted report',
      receipt(() => deleted.receipt.authKey),
      receipt(() => random(32)),
    ),
  ];
}

/** One answer, and the milliseconds it took. */
export type Told<Answer> = { readonly answer: Answer; readonly time: number };

/** Asks both so many times each, in random order: what disturbs the machine for a moment disturbs both. */
export async function askBoth<Answer>(
  pair: Pair<Answer>,
  tries: number,
): Promise<{ there: Told<Answer>[]; notThere: Told<Answer>[] }> {
  const told: { there: Told<Answer>[]; notThere: Told<Answer>[] } = { there: [], notThere: [] };
  while (told.there.length < tries || told.notThere.length < tries) {
    const kind = randomInt(2) === 0 ? 'there' : 'notThere';
    if (told[kind].length === tries) continue;
    const started = performance.now();
    const answer = await pair[kind]();
    told[kind].push({ answer, time: performance.now() - started });
  }
  return told;
}

type Timed = { readonly time: number };

/** The largest difference between the shares of two samples that lie below any time (Kolmogorov–Smirnov). */
export function distanceOf(one: readonly Timed[], other: readonly Timed[]): number {
  const below = (sample: readonly Timed[], time: number) =>
    sample.filter((candidate) => candidate.time <= time).length / sample.length;
  return Math.max(...[...one, ...other].map(({ time }) => Math.abs(below(one, time) - below(other, time))));
}

/** Milliseconds, as text. */
export function medianTime(sample: readonly Timed[]): string {
  const times = sample.map(({ time }) => time).toSorted((a, b) => a - b);
  return (times[Math.floor(times.length / 2)] ?? 0).toFixed(2);
}

async function setFactor(caller: Caller, { other }: TestSite, now: number): Promise<void> {
  const session = await signIn(caller, other);
  const code = codeAt(factorSecret, stepAt(now / 1000));
  const body = { authKey: other.authKey, secret: text(factorSecret), code, present: null };
  ok(await caller.call('setFactor', { session, body }));
}

/** Somebody who was invited and has not been here: an account without keys. */
async function inviteOnly(caller: Caller, site: TestSite, userName: string): Promise<void> {
  const session = await signIn(caller, site.administrator);
  const id = newId();
  const key = { kind: 'enrolment', enrolmentKey: signingKey().publicKey } as const;
  const users = [...site.people, person(id, userName, ['recipient'], key)];
  const people = statement(site.siteKey, peopleBody(site.siteId, site.version + 1, users));
  const invitation = { id, userName, name: userName, roles: ['recipient'], activation: credential().hash };
  ok(await caller.call('invite', { session, body: { invitation, people } }));
}
