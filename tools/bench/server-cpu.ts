/** Processor time of the server for what people do most, beside a bare server's for as many requests. */
import { type FoundedSite, recipientPassword } from '@sotto/testkit/founded-site';
import { discard } from '@sotto/testkit/server-process';
import { startBareServer } from './bare-process.ts';
import { answers } from './envelopes.ts';
import { makeSite, quickMember, quickWhistleblower } from './made-site.ts';
import { digits, type Measure } from './measure.ts';
import { type Cost, costOf, costText } from './process-cost.ts';
import { openWire } from './wire.ts';

type Act = {
  readonly name: string;
  /** What must be durable before the last answer. */
  readonly syncs: number;
  run(round: number): Promise<unknown>;
};

/** Acts before the count begins: the compiler has then seen the code, as in any server that runs for a minute. */
const warmUp = 100;
const quietly = () => {};

/** The measure. */
export const serverCpu: Measure = {
  name: 'server-cpu',
  title: 'Processor time of the server for an act',
  goal: 'At most 5 ms of user and system time for a sign-in, a filing, an opening.',
  async run({ quick }) {
    const rounds = quick ? 100 : 400;
    let requests = 0;
    const counted: typeof fetch = (input, init) => {
      requests += 1;
      return fetch(input, init);
    };
    const site = await makeSite({ member: (origin) => quickMember(origin, counted) });
    await using bare = await startBareServer();
    const rows: string[][] = [];
    for await (const { name, syncs, run } of acts(site, counted)) {
      for (let round = 0; round < warmUp; round += 1) await run(round);
      requests = 0;
      const cost = await costOf(site.server.pid, rounds, run);
      const perAct = requests / rounds;
      const peer = await bareCost(bare, perAct, syncs, rounds);
      rows.push([name, digits(perAct), `**${costText(cost)}**`, costText(peer)]);
    }
    await discard(site.server);
    return {
      columns: [
        'act',
        'requests',
        'processor time: least, middle',
        'bare node:http, as many requests and syncs',
      ],
      rows,
      notes: [
        `${rounds} times each, one after another, by the true client over HTTP, after ${warmUp} to warm up; the least is that of the fifty in a row that others disturbed least. An act is all that the client asks for it, the signed directory among it.`,
        'Credentials are not stretched here: that is work of the agent, and the server cannot tell.',
      ],
    };
  },
};

async function* acts(site: FoundedSite, counted: typeof fetch): AsyncGenerator<Act> {
  const { server, channelId, recipient } = site;
  const receipts: string[] = [];
  yield {
    name: 'sign-in of a recipient',
    syncs: 0,
    run: () => quickMember(server.origin, counted).signIn('ruth', recipientPassword, quietly),
  };
  yield {
    name: 'filing of a report',
    syncs: 3,
    async run() {
      const agent = quickWhistleblower(server.origin, counted);
      receipts.push((await agent.submit(channelId, answers, quietly)).receipt);
    },
  };
  yield {
    name: 'opening with a receipt',
    syncs: 0,
    run: (round) =>
      quickWhistleblower(server.origin, counted).returnWith(receipts[round % receipts.length] ?? '', quietly),
  };
  const { rows } = await recipient.reports(null);
  // Opened once, so that none is new any more.
  for (const { id } of rows) await recipient.openReport(id);
  yield {
    name: 'opening by a recipient',
    syncs: 0,
    run: (round) => recipient.openReport(rows[round % rows.length]?.id ?? ''),
  };
}

async function bareCost(
  { origin, pid }: { readonly origin: string; readonly pid: number },
  requests: number,
  syncs: number,
  rounds: number,
): Promise<Cost> {
  using wire = openWire(origin);
  const body = JSON.stringify(answers);
  const round = async (): Promise<void> => {
    for (let sent = 0; sent < requests; sent += 1)
      await wire.send('POST', `/keep?syncs=${sent === 0 ? syncs : 0}`, body);
  };
  for (let warm = 0; warm < warmUp; warm += 1) await round();
  return await costOf(pid, rounds, round);
}
