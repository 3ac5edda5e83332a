/** The story of the product, without a screen: a report, its answer, its files, there and back, against a real server. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { WhistleblowerAgent } from '@sotto/client/agents';
import { deskMember, deskWhistleblower, quietly } from '@sotto/testkit/desk';
import { type FoundedSite, foundSite, recipientPassword } from '@sotto/testkit/founded-site';
import { discard } from '@sotto/testkit/server-process';

const hostile = '<img src=x onerror=alert(1)> \u202e</script> \u0000 {{7*7}} \ud83d\ude00';
const answers = {
  title: 'Guard rail removed',
  story: `They took it off in spring.\n${hostile}`,
  ongoing: 'yes',
};
/** Three chunks and a bit, of true size that is no multiple of anything. */
const photo = randomBytes(1_700_001);

let site: FoundedSite;
let whistleblower: WhistleblowerAgent;
let receipt: string;
let reportId: string;

before(async () => {
  site = await foundSite();
  whistleblower = deskWhistleblower(site.server.origin);
});
after(() => discard(site.server));

test('a report with an attachment is filed, and a receipt of sixteen digits comes back', async () => {
  const view = await whistleblower.openSite(site.siteKey);
  assert.equal(view.keyCheck, 'matched');
  assert.equal(view.channels[0]?.recipients[0]?.name, 'Ruth Lindqvist');
  const file = { name: 'rail\u202egpj.exe', type: 'image/jpeg', content: new Blob([photo]) };
  await whistleblower.attachToDraft('one', file, quietly);
  ({ receipt } = await whistleblower.submit(site.channelId, answers, quietly));
  assert.match(receipt, /^\d{16}$/);
});

test('the recipient finds it in the list, opens it and reads every answer as it was written', async () => {
  const { rows } = await site.recipient.reports(null);
  assert.deepEqual(
    rows.map(({ title, status, channel }) => ({ title, status, channel })),
    [{ title: 'Guard rail removed', status: 'new', channel: 'Safety at work' }],
  );
  reportId = rows[0]?.id ?? '';
  const report = await site.recipient.openReport(reportId);
  assert.deepEqual(report.answers, answers);
  assert.deepEqual(report.warnings, []);
  assert.equal(report.files[0]?.name, 'rail\u202egpj.exe');
  assert.equal((await site.recipient.openReport(reportId)).status, 'opened');
});

test('the attachment comes back byte for byte', async () => {
  const report = await site.recipient.openReport(reportId);
  const blob = await site.recipient.download(reportId, report.files[0]?.id ?? '', quietly);
  assert.deepEqual(Buffer.from(await blob.arrayBuffer()), photo);
});

test('the recipient answers, and the whistleblower reads it with the receipt alone and replies', async () => {
  await site.recipient.comment(reportId, `Where is it? ${hostile}`);
  const returned = deskWhistleblower(site.server.origin);
  await returned.openSite(null);
  const grouped = receipt.replaceAll(/(\d{4})/g, '$1 ');
  const report = await returned.returnWith(grouped, quietly);
  assert.deepEqual(
    report.messages.map(({ from, name, text }) => ({ from, name, text })),
    [{ from: 'recipient', name: 'Ruth Lindqvist', text: `Where is it? ${hostile}` }],
  );
  const replied = await returned.comment('Behind hall three.');
  assert.deepEqual(
    replied.messages.map(({ own }) => own),
    [false, true],
  );
  assert.deepEqual(replied.warnings, []);
  await returned.leave();
});

test('both sides add files later, and each reads the other’s', async () => {
  const returned = deskWhistleblower(site.server.origin);
  const before = await returned.returnWith(receipt, quietly);
  assert.equal(before.files.length, 1);
  const own = randomBytes(600_000);
  await returned.attach(
    'letter',
    { name: 'letter.pdf', type: 'application/pdf', content: new Blob([own]) },
    quietly,
  );
  const empty = { name: 'empty.txt', type: 'text/plain', content: new Blob([]) };
  const report = await site.recipient.attach(reportId, 'empty', empty, quietly);
  assert.deepEqual(
    report.files.map(({ name, whole, from }) => ({ name, whole, from })),
    [
      { name: 'rail\u202egpj.exe', whole: true, from: 'whistleblower' },
      { name: 'letter.pdf', whole: true, from: 'whistleblower' },
      { name: 'empty.txt', whole: true, from: 'recipient' },
    ],
  );
  const letter = await site.recipient.download(reportId, report.files[1]?.id ?? '', quietly);
  assert.deepEqual(Buffer.from(await letter.arrayBuffer()), own);
  const seen = await returned.refresh();
  const nothing = await returned.download(seen.files[2]?.id ?? '', quietly);
  assert.equal(nothing.size, 0);
});

test('a restart ends every session and keeps everything else', async () => {
  await site.server.stop();
  const { startServer } = await import('@sotto/testkit/server-process');
  const server = await startServer({ home: site.server.home });
  site = { ...site, server };
  const recipient = deskMember(server.origin);
  await recipient.signIn('RUTH', recipientPassword, quietly);
  const report = await recipient.openReport(reportId);
  assert.equal(report.messages.length, 2);
  const signedIn = await recipient.signIn('ruth', recipientPassword, quietly);
  assert.ok(signedIn);
  const { tab } = signedIn;
  const reloaded = deskMember(server.origin);
  assert.equal((await reloaded.resume(tab))?.userName, 'ruth');
  assert.equal((await reloaded.openReport(reportId)).id, reportId);
  await reloaded.signOut();
  assert.equal(await deskMember(server.origin).resume(tab), null);
});

test('a wrong receipt, a wrong password and an unknown name open nothing and say no more than that', async () => {
  const stranger = deskWhistleblower(site.server.origin);
  await assert.rejects(stranger.returnWith('0000 0000 0000 0000', quietly), { code: 'WRONG_CREDENTIAL' });
  for (const malformed of [
    '123456789012345',
    '12345678901234567',
    '１２３４５６７８９０１２３４５６',
    '1'.repeat(1000),
    '',
  ]) {
    await assert.rejects(stranger.returnWith(malformed, quietly), { code: 'RECEIPT_MALFORMED' });
  }
  const member = deskMember(site.server.origin);
  await assert.rejects(member.signIn('ruth', 'Not-her-password-1', quietly), { code: 'WRONG_CREDENTIAL' });
  await assert.rejects(member.signIn('nobody', 'Not-her-password-1', quietly), { code: 'WRONG_CREDENTIAL' });
  await assert.rejects(member.signIn('ruth', 'x'.repeat(10_000_000), quietly), {
    code: 'PASSWORD_MALFORMED',
  });
});

test('the administrator invites another recipient, who reads new reports and no old ones', async () => {
  const administrator = deskMember(site.server.origin);
  await administrator.signIn('ada', 'Correct-Horse-7-battery', quietly);
  const { activationLink } = await administrator.invite({
    userName: 'omar',
    name: 'Omar Haddad',
    roles: ['recipient'],
  });
  const invited = await administrator.overview();
  const omarId = invited.people.find(({ userName }) => userName === 'omar')?.id ?? '';
  const ruthId = invited.people.find(({ userName }) => userName === 'ruth')?.id ?? '';
  await administrator.setRecipients(site.channelId, [ruthId, omarId]);
  await assert.rejects(administrator.reports(null), { code: 'NOT_ALLOWED' });

  const omar = deskMember(site.server.origin);
  const fragment = activationLink.split('#activate=')[1] ?? '';
  assert.equal((await omar.readActivation(fragment)).name, 'Omar Haddad');
  await omar.activate(fragment, 'Another-Long-One-3', quietly);
  await assert.rejects(deskMember(site.server.origin).readActivation(fragment), { code: 'LINK_ENDED' });
  assert.deepEqual((await omar.reports(null)).rows, []);
  await assert.rejects(omar.openReport(reportId), { code: 'NOT_FOUND' });

  const second = deskWhistleblower(site.server.origin);
  await second.openSite(site.siteKey);
  await second.submit(site.channelId, { title: 'Second', story: 'For both.' }, quietly);
  assert.equal((await omar.reports(null)).rows[0]?.title, 'Second');
  assert.equal((await administrator.overview()).people.find(({ id }) => id === omarId)?.state, 'active');
});

test('sent twice by an impatient finger, and again after a lost answer, it is one report with one receipt', async () => {
  let lost = 0;
  const losing: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    if (!String(input).endsWith('/submit') || lost > 0) return response;
    lost += 1;
    throw new TypeError('the line broke after the server had taken it');
  };
  const impatient = deskWhistleblower(site.server.origin, losing);
  await impatient.openSite(null);
  const twice = { title: 'Twice', story: 'Once is enough.' };
  const send = () => impatient.submit(site.channelId, twice, quietly);
  await assert.rejects(Promise.all([send(), send()]), { code: 'UNREACHABLE' });
  const [first, second] = await Promise.all([send(), send()]);
  assert.equal(first.receipt, second.receipt);
  assert.equal(lost, 1);
  const recipient = deskMember(site.server.origin);
  await recipient.signIn('ruth', recipientPassword, quietly);
  const { rows } = await recipient.reports(null);
  assert.equal(rows.filter(({ title }) => title === 'Twice').length, 1);
  assert.equal((await impatient.returnWith(first.receipt, quietly)).answers['title'], 'Twice');
});

test('a recipient deletes a report: it is gone for everybody, and its receipt opens nothing any more', async () => {
  const recipient = deskMember(site.server.origin);
  await recipient.signIn('ruth', recipientPassword, quietly);
  const before = (await recipient.reports(null)).rows.length;
  await recipient.deleteReport(reportId);
  await recipient.deleteReport(reportId);
  assert.equal((await recipient.reports(null)).rows.length, before - 1);
  await assert.rejects(recipient.openReport(reportId), { code: 'NOT_FOUND' });
  await assert.rejects(deskWhistleblower(site.server.origin).returnWith(receipt, quietly), {
    code: 'WRONG_CREDENTIAL',
  });
});

test('answers of 512 KiB together are sealed, sent and read whole; one byte more is refused before anything is sent', async () => {
  const whistleblower = deskWhistleblower(site.server.origin);
  await whistleblower.openSite(site.siteKey);
  const most = 512 * 1024 - JSON.stringify({ title: 'Long', story: '' }).length;
  const story = 'é'.repeat(most / 2).padEnd(most - Math.floor(most / 2), 'x');
  await assert.rejects(whistleblower.submit(site.channelId, { title: 'Long', story: `${story}x` }, quietly), {
    code: 'TEXT_TOO_LONG',
  });
  await whistleblower.submit(site.channelId, { title: 'Long', story }, quietly);
  const recipient = deskMember(site.server.origin);
  await recipient.signIn('ruth', recipientPassword, quietly);
  const row = (await recipient.reports(null)).rows.find(({ title }) => title === 'Long');
  assert.equal((await recipient.openReport(row?.id ?? '')).answers['story'], story);
  await assert.rejects(recipient.comment(row?.id ?? '', 'x'.repeat(65_537)), { code: 'TEXT_TOO_LONG' });
  const message = 'é'.repeat(32_768);
  assert.equal((await recipient.comment(row?.id ?? '', message)).messages[0]?.text, message);
});

test('a line that breaks again and again costs time and nothing else: one file, whole, and one message', async () => {
  let requests = 0;
  const breaking: typeof fetch = async (input, init) => {
    requests += 1;
    const after = requests % 7 === 0;
    if (requests % 5 === 0) throw new TypeError('the line broke before the server had it');
    const response = await fetch(input, init);
    if (after) throw new TypeError('the line broke after the server had it');
    return response;
  };
  const whistleblower = deskWhistleblower(site.server.origin, breaking);
  const patiently = async <T>(act: () => Promise<T>): Promise<T> => {
    for (let tries = 0; ; tries += 1) {
      try {
        return await act();
      } catch (failure) {
        if (tries > 20 || !(failure instanceof Error && 'code' in failure && failure.code === 'UNREACHABLE'))
          throw failure;
      }
    }
  };
  await patiently(() => whistleblower.openSite(site.siteKey));
  const file = { name: 'photo.jpg', type: 'image/jpeg', content: new Blob([photo]) };
  const stages = new Set<string>();
  await patiently(() => whistleblower.attachToDraft('photo', file, ({ stage }) => stages.add(stage)));
  assert.ok(stages.has('waiting'));
  await patiently(() => whistleblower.submit(site.channelId, { title: 'Broken line', story: 'x' }, quietly));
  await patiently(() => whistleblower.comment('Once.'));
  const report = await patiently(() => whistleblower.attach('again', file, quietly));
  assert.deepEqual(
    report.messages.map(({ text }) => text),
    ['Once.'],
  );
  assert.deepEqual(
    report.files.map(({ whole }) => whole),
    [true, true],
  );
  const back = await patiently(() => whistleblower.download(report.files[1]?.id ?? '', quietly));
  assert.deepEqual(Buffer.from(await back.arrayBuffer()), photo);
});

test('a paused file keeps what arrived, and goes on from there', async () => {
  const sent: string[] = [];
  const counting: typeof fetch = (input, init) => {
    if (init?.method === 'PUT') sent.push(String(input));
    return fetch(input, init);
  };
  const whistleblower = deskWhistleblower(site.server.origin, counting);
  const file = { name: 'long.bin', type: '', content: new Blob([randomBytes(6_000_000)]) };
  await assert.rejects(
    whistleblower.attachToDraft('long', file, ({ done }) => {
      if (done > 2_000_000) void whistleblower.pause('long');
    }),
    { code: 'PAUSED' },
  );
  const before = sent.length;
  assert.ok(before < 12, `${before} chunks were sent before the pause`);
  await whistleblower.attachToDraft('long', file, quietly);
  assert.equal(new Set(sent).size, 12);
  assert.equal(sent.length, 12);
});
