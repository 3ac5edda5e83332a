/**
 * `npm run demo`: serves a site with made-up people and reports, on a home that is taken away at the end. Everything goes through
 * the true client and the true stretching, so it takes some seconds to fill.
 */
import { once } from 'node:events';
import { deskWhistleblower, quietly } from '@sotto/testkit/desk';
import { administratorPassword, foundSite, recipientPassword } from '@sotto/testkit/founded-site';
import { discard } from '@sotto/testkit/server-process';
import { runOrExit } from './steps.ts';

type Story = {
  readonly title: string;
  readonly story: string;
  readonly ongoing: 'yes' | 'no' | 'unknown';
  readonly file?: { readonly name: string; readonly type: string; readonly content: Blob };
  readonly question?: string;
  readonly reply?: string;
};

const stories: readonly Story[] = [
  {
    title: 'Guard rail on crane 3 taken off',
    story:
      'Since the spring the guard rail on the upper walkway of crane 3 is gone. It was in the way of the new hoist.\n\nThe log for the daily check is still signed every morning. I saw a colleague slip there twice.',
    ongoing: 'yes',
    file: { name: 'walkway.svg', type: 'image/svg+xml', content: new Blob([picture()]) },
    question: 'Thank you for telling us. Do you know who signs the daily check, and since when?',
    reply: 'The shift lead of the early shift. I have only seen it since April, so I cannot say for longer.',
  },
  {
    title: 'Solvent poured into the yard drain',
    story:
      'The drums behind hall two are emptied into the drain by the fence, mostly on Friday evenings. It smells for hours.',
    ongoing: 'yes',
    file: {
      name: 'dates.csv',
      type: 'text/csv',
      content: new Blob(['day,drums\n2026-09-04,3\n2026-09-11,2\n2026-09-25,4\n']),
    },
  },
  {
    title: 'Invoices for work that was never done',
    story: 'I was asked to sign off on repairs at pier 9. There is no pier 9.',
    ongoing: 'unknown',
    question: 'Could you tell us which months these invoices are for? A rough answer is enough.',
  },
];

runOrExit('node', ['apps/web/build.ts']);
console.log('Making a site with people and reports. Each password and receipt is stretched as in earnest …');
const site = await foundSite({ listen: process.env['SOTTO_LISTEN'] ?? '127.0.0.1:8080' });
const { origin } = site.server;
const receipts: [string, string][] = [];
for (const story of stories) {
  receipts.push([story.title, await tell(story)]);
  console.log(`  filed: ${story.title}`);
}
console.log(`
Sotto is here to look at, with made-up people, on Node ${process.version}:

  whistleblowers     ${origin}/#${site.siteKey}
${receipts.map(([title, receipt]) => `    ${receipt.replaceAll(/(\d{4})(?=\d)/g, '$1 ')}   ${title}`).join('\n')}
  members            ${origin}/login
    ruth  ${recipientPassword}   recipient
    ada   ${administratorPassword}   administrator

Ctrl-C ends it and takes it away.`);
await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
await discard(site.server);

async function tell({ title, story, ongoing, file, question, reply }: Story): Promise<string> {
  const whistleblower = deskWhistleblower(origin);
  await whistleblower.openSite(site.siteKey);
  if (file !== undefined) await whistleblower.attachToDraft(file.name, file, quietly);
  const { receipt } = await whistleblower.submit(site.channelId, { title, story, ongoing }, quietly);
  const { rows } = await site.recipient.reports(null);
  const report = rows.find((row) => row.title === title);
  if (report !== undefined && question !== undefined) await site.recipient.comment(report.id, question);
  if (reply !== undefined) await whistleblower.comment(reply);
  await whistleblower.leave();
  return receipt;
}

/** A drawing small enough to be read here. */
function picture(): string {
  return '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 120"><path d="M0 90h320M20 90V40h120M180 40h120V90" fill="none" stroke="#345" stroke-width="6"/></svg>';
}
