/** A server that lies: each lie is told by a harness between client and server, and each is refused with an error of its own, or shown. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { MemberView } from '@sotto/client/views';
import { fromBase64url, toBase64url, utf8 } from '@sotto/protocol/bytes';
import { signStatement } from '@sotto/protocol/directory';
import { createSodiumLibrary } from '@sotto/protocol/library-sodium';
import { deskMember, deskWhistleblower, quietly } from '@sotto/testkit/desk';
import { type FoundedSite, foundSite, recipientPassword } from '@sotto/testkit/founded-site';
import { type Answer, flipBit, type Lie, lyingFetch } from '@sotto/testkit/lying-server';
import { discard } from '@sotto/testkit/server-process';

const library = createSodiumLibrary((length) => Uint8Array.from(randomBytes(length)));
const attackerSeed = library.random(32);
const attackerKey = toBase64url(library.ed25519PublicKey(attackerSeed));

let site: FoundedSite;
/** Two reports, so that one can stand in for the other. */
const reports: { id: string; receipt: string }[] = [];

before(async () => {
  site = await foundSite();
  for (const title of ['First', 'Second']) {
    const whistleblower = deskWhistleblower(site.server.origin);
    await whistleblower.openSite(site.siteKey);
    const file = { name: `${title}.bin`, type: '', content: new Blob([randomBytes(1_200_000)]) };
    await whistleblower.attachToDraft('file', file, quietly);
    const { receipt } = await whistleblower.submit(site.channelId, { title, story: title }, quietly);
    await whistleblower.comment(`${title}: one`);
    await whistleblower.comment(`${title}: two`);
    const { rows } = await site.recipient.reports(null);
    reports.unshift({ id: rows[0]?.id ?? '', receipt });
  }
});
after(() => discard(site.server));

/** A directory statement with its body changed, signed by the attacker's key. */
function forged(statement: string, change: (body: Answer) => void): string {
  const body: Answer = JSON.parse(new TextDecoder().decode(fromBase64url(statement).subarray(65)));
  change(body);
  return toBase64url(signStatement(library, attackerSeed, body));
}

/** The same statement with its body changed and its old signature. */
function altered(statement: string, change: (body: Answer) => void): string {
  const bytes = fromBase64url(statement);
  const body: Answer = JSON.parse(new TextDecoder().decode(bytes.subarray(65)));
  change(body);
  return toBase64url(Uint8Array.from([...bytes.subarray(0, 65), ...utf8(JSON.stringify(body))]));
}

const onSite = (json: (answer: Answer) => void): Lie => ({
  on: '/api/site',
  json: (answer) => void json(answer),
});
const addMallory = (body: Answer) =>
  body.users.push({
    id: '11111111-1111-4111-8111-111111111111',
    name: 'Mallory',
    roles: ['recipient'],
    key: { kind: 'public', publicKey: toBase64url(library.x25519PublicKey(attackerSeed)) },
  });

const toWhistleblowers: readonly [string, Lie, string][] = [
  [
    'another key for the site, with a directory it signed',
    onSite((answer) => {
      answer.publicKey = attackerKey;
      answer.people = forged(answer.people, () => {});
      answer.channels = answer.channels.map((channel: string) => forged(channel, () => {}));
    }),
    'SITE_KEY_DIFFERS',
  ],
  [
    'a person added to the directory under its old signature',
    onSite((answer) => {
      answer.people = altered(answer.people, addMallory);
    }),
    'WRONG_SIGNATURE',
  ],
  [
    'a directory signed by another key',
    onSite((answer) => {
      answer.people = forged(answer.people, addMallory);
    }),
    'WRONG_SIGNATURE',
  ],
  [
    'a recipient’s enrolment answered with a key of the server’s own',
    onSite((answer) => {
      answer.enrolments[0].publicKey = toBase64url(library.x25519PublicKey(attackerSeed));
    }),
    'DIRECTORY_WRONG',
  ],
  [
    'a statement of a version that does not exist',
    onSite((answer) => {
      answer.people = `Ag${answer.people.slice(2)}`;
    }),
    'UNKNOWN_VERSION',
  ],
  [
    'an answer with a field the contract does not have',
    onSite((answer) => {
      answer.more = true;
    }),
    'ANSWER_MALFORMED',
  ],
];
for (const [lie, how, code] of toWhistleblowers) {
  test(`a whistleblower is shown ${lie}: ${code}, and nothing is sent`, async () => {
    const liar = lyingFetch(how);
    const whistleblower = deskWhistleblower(site.server.origin, liar.fetch);
    await assert.rejects(whistleblower.openSite(site.siteKey), { code });
    await assert.rejects(whistleblower.submit(site.channelId, { title: 'x', story: 'x' }, quietly), { code });
    assert.ok(liar.told() >= 2);
    const { rows } = await site.recipient.reports(null);
    assert.equal(rows.length, reports.length);
  });
}

test('a directory older than the one a member saw before is refused', async () => {
  const liar = lyingFetch(onSite((answer) => answer.channels.splice(0, 1)));
  await assert.rejects(
    deskMember(site.server.origin, liar.fetch).signIn('ruth', recipientPassword, quietly),
    {
      code: 'DIRECTORY_OUTDATED',
    },
  );
});

test('a member holds the site to the key of their activation link, whatever the server signs', async () => {
  const liar = lyingFetch(
    onSite((answer) => {
      answer.publicKey = attackerKey;
      answer.people = forged(answer.people, () => {});
      answer.channels = answer.channels.map((channel: string) => forged(channel, () => {}));
    }),
  );
  await assert.rejects(
    deskMember(site.server.origin, liar.fetch).signIn('ruth', recipientPassword, quietly),
    {
      code: 'SITE_KEY_DIFFERS',
    },
  );
});

test('a member is handed a box that was changed in one bit: DOES_NOT_OPEN', async () => {
  const liar = lyingFetch({
    on: '/api/sign-in',
    json: (answer) => answer.identity && { ...answer, identity: flipBit(answer.identity) },
  });
  await assert.rejects(
    deskMember(site.server.origin, liar.fetch).signIn('ruth', recipientPassword, quietly),
    {
      code: 'DOES_NOT_OPEN',
    },
  );
});

/** The recipient's tab as it is now: each reload goes on under another session (S3). */
let tab: MemberView['tab'] | undefined;

/** The recipient's tab reloaded, over a server that lies: resuming needs no stretching. */
async function lyingRecipient(lie: Lie) {
  const liar = lyingFetch(lie);
  let lying = false;
  const member = deskMember(site.server.origin, (input, init) => (lying ? liar.fetch : fetch)(input, init));
  const resumed = await member.resume(tab ?? site.recipientView.tab);
  assert.ok(resumed);
  tab = resumed.tab;
  lying = true;
  return { member, told: liar.told };
}

const target = () => reports.at(-1)?.id ?? '';
const other = () => reports[0]?.id ?? '';

test('the seal of another report in place of this one’s: WRONG_OWNER', async () => {
  const seal: { stolen?: string } = {};
  const thief = await lyingRecipient({
    on: `/reports/${other()}`,
    json: (answer) => {
      seal.stolen ??= answer.seal;
    },
  });
  await thief.member.openReport(other());
  const { member } = await lyingRecipient({
    on: `/reports/${target()}`,
    json: (answer) => {
      if (answer.seal) answer.seal = seal.stolen;
    },
  });
  await assert.rejects(member.openReport(target()), { code: 'WRONG_OWNER' });
});

test('the items of another report in place of this one’s: REPORT_NOT_WHOLE', async () => {
  const items: { stolen?: Answer } = {};
  const thief = await lyingRecipient({
    on: `/reports/${other()}/items`,
    json: (answer) => {
      items.stolen = answer;
    },
  });
  await thief.member.openReport(other());
  const { member } = await lyingRecipient({ on: `/reports/${target()}/items`, json: () => items.stolen });
  await assert.rejects(member.openReport(target()), { code: 'REPORT_NOT_WHOLE' });
});

const comments = (answer: Answer) => answer.items.filter(({ kind }: Answer) => kind === 'comment');
const shown: readonly [string, (answer: Answer) => void, string][] = [
  [
    'a comment changed in one bit',
    (answer) => {
      comments(answer)[0].box = flipBit(comments(answer)[0].box);
    },
    'item-unreadable',
  ],
  [
    'a comment said to be by the recipient',
    (answer) => {
      comments(answer)[0].author = site.recipientView.id;
    },
    'item-unreadable',
  ],
  [
    'a comment of another kind',
    (answer) => {
      comments(answer)[0].kind = 'status';
    },
    'item-unreadable',
  ],
  [
    'a comment of a later version',
    (answer) => {
      comments(answer)[0].box = `Ag${comments(answer)[0].box.slice(2)}`;
    },
    'item-unreadable',
  ],
  [
    'a comment left out from the middle',
    (answer) => void answer.items.splice(answer.items.indexOf(comments(answer)[0]), 1),
    'item-missing',
  ],
  ['the comments in the other order', (answer) => void answer.items.reverse(), 'item-out-of-order'],
  [
    'a comment shown twice',
    (answer) => void answer.items.push({ ...comments(answer)[1], order: 99 }),
    'item-out-of-order',
  ],
];
for (const [lie, change, warning] of shown) {
  test(`${lie}: the person is warned (${warning})`, async () => {
    const { member, told } = await lyingRecipient({
      on: `/reports/${target()}/items`,
      json: (answer) => void change(answer),
    });
    const report = await member.openReport(target());
    assert.ok(told() > 0);
    assert.ok(report.warnings.includes(warning as never), report.warnings.join()); // a plain string in the table above
    assert.equal(report.answers['title'], 'First');
  });
}

test('a holder nobody named inside the report: the person is warned', async () => {
  const { member } = await lyingRecipient({
    on: `/reports/${target()}`,
    json: (answer) => void answer.holders?.push('22222222-2222-4222-8222-222222222222'),
  });
  assert.deepEqual((await member.openReport(target())).warnings, ['holder-unknown']);
});

test('a summary of another report costs the line its title and nothing else', async () => {
  const { member } = await lyingRecipient({
    on: '/api/recipient/reports',
    json: (answer) => {
      if (answer.reports) answer.reports[0].summary = answer.reports[1].summary;
    },
  });
  const { rows } = await member.reports(null);
  assert.deepEqual(
    rows.map(({ title }) => title),
    [null, 'First'],
  );
});

const chunkLies: readonly [string, (chunk: Uint8Array, path: string) => Uint8Array | Promise<Uint8Array>][] =
  [
    ['a chunk cut short', (chunk) => chunk.subarray(0, chunk.length - 1)],
    ['a chunk with one bit changed', (chunk) => chunk.with(1000, (chunk[1000] ?? 0) ^ 1)],
    ['a chunk of a later version', (chunk) => chunk.with(0, 2)],
    ['an empty chunk', () => new Uint8Array(0)],
  ];
for (const [lie, bytes] of chunkLies) {
  test(`${lie}: FILE_NOT_WHOLE, and no part of the file is given`, async () => {
    const { member, told } = await lyingRecipient({ on: '/chunks/1', bytes });
    const report = await member.openReport(target());
    await assert.rejects(member.download(target(), report.files[0]?.id ?? '', quietly), {
      code: 'FILE_NOT_WHOLE',
    });
    assert.equal(told(), 1);
  });
}

test('two chunks of one length swapped: FILE_NOT_WHOLE', async () => {
  const first: { bytes?: Uint8Array } = {};
  const { member } = await lyingRecipient({
    on: '/chunks/',
    bytes: (chunk, path) => {
      if (path.endsWith('/0')) first.bytes = chunk;
      return path.endsWith('/1') ? (first.bytes ?? chunk.with(5, 0)) : chunk;
    },
  });
  const report = await member.openReport(target());
  await assert.rejects(member.download(target(), report.files[0]?.id ?? '', quietly), {
    code: 'FILE_NOT_WHOLE',
  });
});
