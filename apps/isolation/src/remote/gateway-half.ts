/** The Gateway's half: its rules, settings, cards and torrc, for a machine that runs nothing else. */
import { noRights } from '../audit/rights.ts';
import { firewall, tables } from '../plan/firewall.ts';
import { type Layout, torPorts, uplinkDevice } from '../plan/layout.ts';
import { gatewayNetwork, policy } from '../plan/network.ts';
import { shellLine } from '../plan/steps.ts';
import { torrc } from '../plan/torrc.ts';
import { everywhere } from '../plan/up-plan.ts';
import { type HalfFile, plain, sorted, variables } from './half-file.ts';

/** All files of the Gateway's folder but the common ones. */
export function gatewayFiles(layout: Layout): readonly HalfFile[] {
  return [
    plain('half.conf', halfConf(layout)),
    plain('firewall.nft', firewall(layout)),
    plain('settings.conf', `${everywhere.map((line) => line.replace('=', ' = ')).join('\n')}\n`),
    plain('devices.ip', devices(layout)),
    plain('links.ip', links(layout)),
    plain('torrc', torrc(layout)),
    plain('program', `exec ${startTor(layout)}\n`),
    plain('audit', audit(layout)),
    ...authorised(layout).map(({ file, content }) => plain(file, content)),
  ];
}

function cables(layout: Layout) {
  return layout.workstations.flatMap(({ cable, configuration }) =>
    cable === undefined ? [] : [{ ...cable, card: configuration.cable?.gateway ?? '' }],
  );
}

function halfConf(layout: Layout): string {
  const { user, uplink, bootstrap_seconds } = layout.configuration.gateway;
  const card = uplink.kind === 'device' ? uplink.device : '';
  const cards = [`${card}=${uplinkDevice}`, ...cables(layout).map(({ card, device }) => `${card}=${device}`)];
  const folders = [
    `root 0711 ${layout.state}`,
    `root 0711 ${layout.state}/gateway`,
    `${user} 0700 ${layout.torData}`,
    `${user} 0700 ${layout.controlFolder}`,
    `root 0711 ${layout.state}/gateway/onions`,
    ...layout.onions.flatMap(({ keys }) => [
      `${user} 0700 ${keys}`,
      `${user} 0700 ${keys}/authorized_clients`,
    ]),
  ];
  return variables({
    KIND: 'gateway',
    CARDS: cards.join(' '),
    RANDOM_MACS: uplink.mac === 'random' ? uplinkDevice : '',
    HIDE_MACS:
      uplink.mac === 'random' || uplink.mac === 'keep'
        ? `s/^device ${uplinkDevice} [^ ]*/device ${uplinkDevice} */`
        : '',
    TABLES: tables.map((table) => table.replace(' ', '.')).join(' '),
    FOLDERS: folders.join('\n'),
    // What was authorised before and is not any more must not stay.
    EMPTIED: layout.onions.map(({ keys }) => `${keys}/authorized_clients`).join(' '),
    COPIES: [
      `${user} torrc ${layout.torrc}`,
      ...authorised(layout).map(({ file, to }) => `${user} ${file} ${to}`),
    ].join('\n'),
    RESOLVER: '',
    ACCOUNT: '',
    TOR_ACCOUNT: user,
    PROGRAM: 'program',
    READY: 'Bootstrapped 100%',
    READY_SECONDS: bootstrap_seconds,
    WATCH_SECONDS: layout.configuration.watchdog.seconds,
    LOOPBACK_PORTS:
      layout.configuration.gateway.transport === undefined ? '' : 's/ 127\\.0\\.0\\.1:[0-9]*$/ 127.0.0.1:*/',
    NEEDED: 'ip nft ss sysctl setpriv flock setsid unshare tor',
    PACKAGES: 'iproute2 nftables procps util-linux tor',
  });
}

function devices(layout: Layout): string {
  const { uplink } = layout.configuration.gateway;
  const fixed = uplink.mac !== 'random' && uplink.mac !== 'keep';
  return lines([
    ...(fixed ? [`link set ${uplinkDevice} address ${uplink.mac}`] : []),
    `address add ${uplink.address} dev ${uplinkDevice}`,
    ...cables(layout).flatMap(({ device, gatewayMac, gatewayAddress }) => [
      `link set ${device} address ${gatewayMac}`,
      `link set ${device} arp off`,
      `address add ${gatewayAddress}/30 dev ${device}`,
    ]),
  ]);
}

/** Cables first, the network last. */
function links(layout: Layout): string {
  return lines([
    'link set lo up',
    ...cables(layout).flatMap(({ device, workstationAddress, workstationMac }) => [
      `link set ${device} up`,
      `neighbour replace ${workstationAddress} lladdr ${workstationMac} nud permanent dev ${device}`,
    ]),
    `link set ${uplinkDevice} up`,
    `route add default via ${layout.configuration.gateway.uplink.router}`,
  ]);
}

function startTor(layout: Layout): string {
  const { tor, user } = layout.configuration.gateway;
  const account = [
    '--reuid',
    user,
    '--regid',
    user,
    '--init-groups',
    '--inh-caps=-all',
    '--bounding-set=-all',
  ];
  const command = shellLine({ program: 'setpriv', args: [...account, '--no-new-privs', '--', tor] });
  return `${command} -f ${layout.torrc} --defaults-torrc /dev/null`;
}

function authorised(layout: Layout) {
  return layout.onions.flatMap(({ name, keys, configuration }) =>
    configuration.authorised.map((key, index) => ({
      file: `${name}-${index}.auth`,
      to: `${keys}/authorized_clients/${name}-${index}.auth`,
      content: `descriptor:x25519:${key}\n`,
    })),
  );
}

/** What `half audit` must find; Tor's account is a number there, which `half` puts in. */
function audit(layout: Layout): string {
  const network = gatewayNetwork(layout);
  const { tor, transport } = layout.configuration.gateway;
  const filter = layout.sandbox ? 2 : 0;
  return sorted([
    ...cables(layout).flatMap(({ gatewayAddress }) => [
      `socket tcp ${gatewayAddress}:${torPorts.socks}`,
      `socket tcp ${gatewayAddress}:${torPorts.transparent}`,
      `socket udp ${gatewayAddress}:${torPorts.dns}`,
    ]),
    `socket tcp 127.0.0.1:${transport === undefined ? torPorts.socks : '*'}`,
    ...(transport === undefined ? [] : ['socket tcp 127.0.0.1:*', programLine(transport.program, 0)]),
    programLine(tor, filter),
    ...networkLines(network),
  ]);
}

function programLine(program: string, filter: 0 | 2): string {
  return `program ${program}, account TOR, ${noRights(filter)}`;
}

/** Settings, devices, addresses and routes as half.sh prints them. */
export function networkLines(network: ReturnType<typeof gatewayNetwork>): readonly string[] {
  return [
    ...everywhere.map((line) => `setting ${line.replace('=', ' = ')}`),
    ...network.devices.map((line) => `device ${line}`),
    ...network.addresses.map((line) => `address ${line}`),
    ...[...network.routes, ...policy].map((line) => `route ${line}`),
  ];
}

function lines(all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}
