/** How the network of an instance is right now, in words that can be compared: what the watchdog watches. */
import { type Layout, uplinkDevice } from '../plan/layout.ts';
import { attempt } from './execute.ts';

/** One text per thing: `sotto-gateway rules` → the live rules, and so on. */
export type Measure = Readonly<Record<string, string>>;

/** Settings whose change would open something. */
const watchedSettings = [
  'net.ipv4.ip_forward',
  'net.ipv4.conf.all.forwarding',
  'net.ipv6.conf.all.disable_ipv6',
  'net.ipv6.conf.default.disable_ipv6',
  'net.ipv6.conf.all.forwarding',
  'net.ipv4.conf.all.accept_source_route',
  'net.ipv4.conf.all.route_localnet',
  'net.ipv4.conf.default.route_localnet',
  `net.ipv4.conf.${uplinkDevice}.route_localnet`,
  `net.ipv4.conf.${uplinkDevice}.forwarding`,
] as const;

/** The questions, one program each. Counters and neighbours change by themselves; rules, settings, routes do not. */
const questions = {
  rules: ['nft', '--stateless', 'list', 'ruleset'],
  settings: ['sysctl', '--ignore', ...watchedSettings],
  devices: ['ip', '-details', '-json', 'link', 'show'],
  addresses: ['ip', '-json', 'address', 'show'],
  routes: ['ip', 'route', 'show', 'table', 'all'],
  'routes of IPv6': ['ip', '-6', 'route', 'show', 'table', 'all'],
  policy: ['ip', 'rule', 'show'],
} as const;

/** The answers for one namespace; one that is gone answers `gone`. */
export async function measureNamespace(
  namespace: string,
): Promise<Readonly<Record<keyof typeof questions, string>>> {
  const answers = await Promise.all(
    Object.entries(questions).map(async ([name, [program, ...args]]): Promise<[string, string]> => {
      const { status, stdout } = await attempt({
        program: 'nsenter',
        args: [`--net=/run/netns/${namespace}`, '--', program, ...args],
      });
      return [name, status === 0 ? readable(name, stdout) : 'gone'];
    }),
  );
  // why: one entry for each question.
  return Object.fromEntries(answers) as Record<keyof typeof questions, string>;
}

/** Measures the Gateway and every Workstation's namespace. */
export async function measure(layout: Layout, only?: readonly string[]): Promise<Measure> {
  const namespaces = only ?? [
    layout.gatewayNamespace,
    ...layout.workstations.map(({ namespace }) => namespace),
  ];
  const entries: [string, string][] = [];
  for (const namespace of namespaces) {
    // One namespace's questions at once, the namespaces one after another: the machine has other work.
    for (const [name, answer] of Object.entries(await measureNamespace(namespace)))
      entries.push([`${namespace} ${name}`, answer]);
  }
  return Object.fromEntries(entries);
}

/** Names what differs; empty when nothing does. */
export function differences(expected: Measure, now: Measure): readonly string[] {
  return [...new Set([...Object.keys(expected), ...Object.keys(now)])]
    .filter((name) => expected[name] !== now[name])
    .sort();
}

function readable(name: string, output: string): string {
  if (name === 'devices') return devicesText(output);
  if (name === 'addresses') return addressesText(output);
  if (name.startsWith('routes')) return routesText(output);
  return output;
}

/**
 * Routes without the state of the other end: `linkdown` comes with a cable that is pulled, and stays for up to a second after it
 * is back, because the kernel gathers such news.
 */
export function routesText(output: string): string {
  return output.replaceAll(/ (?:linkdown|dead)\b/g, '').replaceAll(/ +$/gm, '');
}

function addressesText(json: string): string {
  // why: iproute2's own JSON, as below.
  const links = JSON.parse(json) as {
    ifname?: string;
    addr_info?: { local?: string; prefixlen?: number }[];
  }[];
  return links
    .flatMap(({ ifname, addr_info }) =>
      (addr_info ?? []).map((one) => `${ifname} ${one.local}/${one.prefixlen}`),
    )
    .sort()
    .join('\n');
}

/** Name, MAC, kind and whether it is up: not the state of the other end, which may come and go. */
function devicesText(json: string): string {
  // why: iproute2's own JSON; a field that is not there compares as undefined, which is a difference.
  const links = JSON.parse(json) as {
    ifname?: string;
    address?: string;
    flags?: string[];
    master?: string;
    linkinfo?: { info_kind?: string };
  }[];
  return links
    .map(({ ifname, address, flags, master, linkinfo }) => {
      const up = flags?.includes('UP') === true ? 'up' : 'down';
      const promiscuous = flags?.includes('PROMISC') === true ? ' promiscuous' : '';
      return `${ifname} ${address} ${linkinfo?.info_kind ?? 'card'} ${up}${promiscuous} ${master ?? ''}`.trim();
    })
    .sort()
    .join('\n');
}
