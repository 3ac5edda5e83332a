/**
 * The core of a server, as a debugger writes it while a report has just been filed and when everybody has left. (The test of
 * canaries reads the same memory in place, every page of it, and so more than a core holds.)
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCanary, makeCanarySearch } from '@sotto/testkit/canaries';
import { carelessly } from '@sotto/testkit/careless-report';
import { deskWhistleblower, quietly } from '@sotto/testkit/desk';
import { searchFile } from '@sotto/testkit/file-search';
import { type FoundedSite, foundSite, recipientPassword } from '@sotto/testkit/founded-site';
import { channelOf, fileReport, prepareReport, serverAt } from '@sotto/testkit/prepared-report';
import { discard } from '@sotto/testkit/server-process';
import { installTestNeeds } from '../test-needs.ts';
import type { Proof } from './proof.ts';

const planted = { title: makeCanary('title'), story: makeCanary('story'), file: makeCanary('file') };

export const coreDumpProof: Proof = {
  claim:
    'a core dump of the server, during and after, holds nothing that was written in a report, and no password or receipt',
  needsClient: true,
  async prove(say) {
    installTestNeeds(['core']);
    const site = await foundSite();
    const folder = await mkdtemp(join(tmpdir(), 'sotto-core-'));
    try {
      const whistleblower = deskWhistleblower(site.server.origin);
      const answers = { title: planted.title.text, story: planted.story.text };
      const file = { name: planted.file.text, type: 'text/plain', content: new Blob([planted.file.text]) };
      await whistleblower.attachToDraft('one', file, quietly);
      const { receipt } = await whistleblower.submit(site.channelId, answers, quietly);
      await nothingIn(site, folder, receipt, 'during');
      await whistleblower.leave();
      await site.recipient.signOut();
      await nothingIn(site, folder, receipt, 'after');
      say('nothing was found; now the same words are sent in the clear');
      return `the counter-proof found ${(await carelessWords(site, folder)).join('; ')}`;
    } finally {
      await discard(site.server);
      await rm(folder, { recursive: true });
    }
  },
};

async function nothingIn(site: FoundedSite, folder: string, receipt: string, when: string): Promise<void> {
  const secrets = [
    ...Object.values(planted),
    { name: 'password', text: recipientPassword },
    { name: 'receipt', text: receipt },
  ];
  const found = await searchFile(core(site, folder), makeCanarySearch(secrets));
  if (found.length > 0) throw new Error(`${when}: ${found.map(({ name }) => name).join('; ')}`);
}

/** @returns where the words of a careless client were found. */
async function carelessWords(site: FoundedSite, folder: string): Promise<string[]> {
  const server = serverAt(site.server.origin);
  const careful = prepareReport(await channelOf(server, site.channelId), { title: 'x', story: 'x' });
  await fileReport(server, carelessly(careful, { ...planted, fileContent: new Uint8Array() }));
  const found = await searchFile(core(site, folder), makeCanarySearch([planted.title, planted.story]));
  if (found.length === 0) throw new Error('the search does not find what was sent in the clear');
  return [...new Set(found.map(({ name }) => name))].sort();
}

/** Has gdb write the core of the server. @returns its path. */
function core({ server }: FoundedSite, folder: string): string {
  const { status, stderr } = spawnSync('gcore', ['-o', join(folder, 'core'), String(server.pid)], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`gcore failed: ${stderr}`);
  return join(folder, `core.${server.pid}`);
}
