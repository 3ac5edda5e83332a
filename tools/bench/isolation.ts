/** What the isolation must reach: `up`, the cut when Tor dies, the way back, the leak test, and an onion beside its peer. Needs root. */
import {
  measureOnionRates,
  type OnionRates,
  ratioOfMiddles,
  relativeRate,
  roundsThatDecide,
} from '../../apps/isolation/test/live/onion-rate.ts';
import { startRig, stopRig } from '../../apps/isolation/test/live/rig.ts';
import { measureCut, measureUp } from '../../apps/isolation/test/live/times.ts';
import { digits, type Measure, median } from './measure.ts';

/** The measure. */
export const isolation: Measure = {
  name: 'isolation',
  title: 'Gateway and Workstation',
  goal: 'Up in a second without Tor’s own start, cut and back within 100 ms, attacked within 90 s; an onion’s server in the Workstation at 90 % of the rate of one beside Tor.',
  needs: ['isolation'],
  async run({ quick }) {
    await startRig();
    try {
      const times = await measureUp(quick ? 1 : 5);
      const cuts = await measureCut(quick ? 1 : 3);
      const onion = await measureOnionRates(quick ? 5 : roundsThatDecide);
      return {
        columns: ['', 'measured: middle, longest', 'must be', 'beside it'],
        rows: [
          row('`up` without Tor’s own start', times.up, 'ms', 'below 1 000 ms', bare(times.bareUp)),
          row(
            '`down`, all of the program’s own time',
            times.down,
            'ms',
            'nothing left',
            `${times.left.length} things left`,
          ),
          row('a running transfer after Tor is killed', cuts, 'ms', 'below 100 ms', '—'),
          row('back to a clean snapshot', times.rollback, 'ms', 'below 100 ms', '—'),
          row('the fast leak test', times.leakTest, 's', 'below 90 s', '—'),
          ...rates(onion),
        ],
        notes: [
          `The onion: ${onion.rounds.length} rounds, their number set before the run, each of 20 requests and one transfer of 5 MiB for each server, request by request in turns. Both servers are the same program behind the same onion, and share a circuit, which each round makes anew. What counts is the middle of the rounds’ own ratios; behind it the ratio of the two middles, which need not be of one round.`,
          'The whole private Tor network (eight relays), the visitor and the servers share the processors.',
          'Beside `up`: the same namespaces, cable and rules made by one shell, with nothing checked, watched or written down.',
        ],
      };
    } finally {
      await stopRig();
    }
  },
};

function row(what: string, values: readonly number[], unit: string, limit: string, beside: string): string[] {
  return [
    what,
    `**${digits(median(values))} ${unit}**, ${digits(Math.max(...values))} ${unit}`,
    limit,
    beside,
  ];
}

function bare(values: readonly number[]): string {
  return `${digits(median(values))} ms`;
}

function rates(measured: OnionRates): string[][] {
  const { rounds, processor } = measured;
  const middle = (of: 'request' | 'transfer', where: 'inside' | 'beside') =>
    median(rounds.map((round) => round[where][of]));
  return [
    [
      'a request to the onion',
      rate(measured, 'request'),
      'at least 90 %',
      `${digits(middle('request', 'inside'))} ms, beside Tor ${digits(middle('request', 'beside'))} ms`,
    ],
    [
      '5 MiB from the onion',
      rate(measured, 'transfer'),
      'at least 90 %',
      `${digits(middle('transfer', 'inside'))} ms, beside Tor ${digits(middle('transfer', 'beside'))} ms`,
    ],
    [
      'processor time of the server program',
      `**${digits(processor.inside / rounds.length)} ms** a round`,
      '—',
      `beside Tor ${digits(processor.beside / rounds.length)} ms`,
    ],
  ];
}

function rate(measured: OnionRates, of: 'request' | 'transfer'): string {
  const [pairs, middles] = [relativeRate(measured, of), ratioOfMiddles(measured, of)];
  return `**${digits(100 * pairs)} %** of the rate beside Tor (${digits(100 * middles)} %)`;
}
