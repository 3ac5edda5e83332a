/** What one page of the recipient's list costs the server, on sites from small to absurd. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { recipientPassword } from '@sotto/testkit/founded-site';
import { discard, startServer } from '@sotto/testkit/server-process';
import { startBareServer } from './bare-process.ts';
import { makeSite, quickMember } from './made-site.ts';
import { fillHome, type Place } from './many-reports.ts';
import { grouped, type Measure } from './measure.ts';
import { type Cost, costOf, costText } from './process-cost.ts';
import { openWire } from './wire.ts';

const warmUp = 100;

/** The measure. */
export const listPage: Measure = {
  name: 'list-page',
  title: 'A page of the list of reports',
  goal: 'Below 10 ms of processor time at 100, 10 000 and 1 000 000 reports, and within a factor of two of each other.',
  async run({ quick }) {
    const rounds = quick ? 100 : 400;
    const { server, channelId, recipientView } = await makeSite();
    await server.stop();
    const place: Place = {
      siteId: textOf(server.home, 'SELECT site_id AS text FROM sites'),
      channelId,
      holderId: recipientView.id,
    };
    const rows: string[][] = [];
    let bytes = 0;
    let running = server;
    for (const total of quick ? [100, 10_000] : [100, 10_000, 1_000_000]) {
      await fillHome(server.home, place, total);
      const middle = textOf(
        server.home,
        `SELECT report_id AS text FROM reports WHERE ordinal = ${total / 2 + 1}`,
      );
      running = await startServer({ home: server.home });
      const member = await quickMember(running.origin).signIn('ruth', recipientPassword, () => {});
      if (member === null) throw new Error('a code of a second factor is wanted');
      const { tab } = member;
      const first = await pageCost(running, '/api/recipient/reports', rounds, tab.session);
      const inTheMiddle = await pageCost(
        running,
        `/api/recipient/reports?before=${middle}`,
        rounds,
        tab.session,
      );
      await running.stop();
      bytes = first.bytes;
      rows.push([grouped(total), `**${costText(first.cost)}**`, costText(inTheMiddle.cost)]);
    }
    await discard(running);
    await using bare = await startBareServer();
    const peer = await pageCost(bare, `/?length=${bytes}`, rounds, '');
    return {
      columns: ['reports', 'first page: least, middle', 'a page in the middle: least, middle'],
      rows: [...rows, ['a bare node:http answer of as many bytes', costText(peer.cost), '']],
      notes: [
        `A page is 50 reports, ${grouped(bytes)} bytes; ${rounds} of each, one after another, after ${warmUp} to warm up; the least is that of the fifty in a row that others disturbed least. One recipient holds all reports.`,
        'Rows were made through the storage layer, each under a slot of its own, with ids in rising order so that filling is quick.',
      ],
    };
  },
};

function textOf(home: string, query: string): string {
  using database = new DatabaseSync(join(home, 'sotto.sqlite'));
  return String(database.prepare(query).get()?.['text']);
}

async function pageCost(
  { origin, pid }: { readonly origin: string; readonly pid: number },
  path: string,
  rounds: number,
  session: string,
): Promise<{ cost: Cost; bytes: number }> {
  using wire = openWire(origin);
  let bytes = 0;
  for (let warm = 0; warm < warmUp; warm += 1) bytes = (await wire.send('GET', path, null, session)).length;
  return { cost: await costOf(pid, rounds, () => wire.send('GET', path, null, session)), bytes };
}
