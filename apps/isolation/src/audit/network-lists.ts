/** Settings, devices, addresses and routes of one namespace beside what they must be. */
import type { Comparison } from '../engine/engine.ts';
import { attempt } from '../engine/execute.ts';
import { measureNamespace } from '../engine/measure.ts';
import { type Network, policy } from '../plan/network.ts';
import { everywhere } from '../plan/up-plan.ts';

/** The lists of a namespace; `of` is its name for people. */
export async function networkLists(
  namespace: string,
  of: string,
  network: Network,
): Promise<readonly Comparison[]> {
  const names = everywhere.map((line) => line.replace(/=.*/, ''));
  const { stdout: settings } = await attempt({
    program: 'nsenter',
    args: [`--net=/run/netns/${namespace}`, '--', 'sysctl', ...names],
  });
  const now = await measureNamespace(namespace);
  return [
    {
      list: `settings of ${of}`,
      expected: everywhere.map((line) => line.replace('=', ' = ')),
      found: linesOf(settings),
    },
    {
      list: `devices of ${of}`,
      expected: network.devices,
      found: linesOf(now.devices).map((line) => deviceLine(line, network.devices)),
    },
    { list: `addresses of ${of}`, expected: network.addresses, found: linesOf(now.addresses) },
    {
      list: `routes of ${of}`,
      expected: [...network.routes, ...policy],
      found: [now.routes, now['routes of IPv6'], now.policy].flatMap(linesOf),
    },
  ];
}

/** Without the kind of device; a MAC by chance is `*`, and a tunnel has none. */
function deviceLine(line: string, expected: readonly string[]): string {
  const [name = '', mac = '', , ...rest] = line.split(' ');
  const byChance = expected.some((wanted) => wanted.startsWith(`${name} * `));
  return [name, byChance ? '*' : mac === 'undefined' ? '-' : mac, ...rest].join(' ');
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}
