/** A Workstation's half: one card, the Gateway as its only neighbour, and the program under an account of its own. */
import { noRights } from '../audit/rights.ts';
import { type Layout, torPorts, type WorkstationLayout, workstationDevice } from '../plan/layout.ts';
import { workstationNetwork } from '../plan/network.ts';
import { shellLine } from '../plan/steps.ts';
import { everywhere } from '../plan/up-plan.ts';
import { networkLines } from './gateway-half.ts';
import { type HalfFile, plain, sorted, variables } from './half-file.ts';

const mebibyte = 1024 * 1024;

/** How long the program may take until it has started, in seconds. */
const startSeconds = 10;

type Cable = NonNullable<WorkstationLayout['cable']>;

/** All files of a Workstation's folder but the common ones. */
export function workstationFiles(layout: Layout, workstation: WorkstationLayout): readonly HalfFile[] {
  const { cable } = workstation;
  if (cable === undefined) throw new Error(`no cable of ${workstation.name}: readConfiguration checks this`);
  const ports = layout.onions.flatMap(({ tcp }) => (tcp?.device === cable.device ? [tcp.port] : []));
  const served = [...new Set(ports)];
  const { command } = workstation.configuration;
  return [
    plain('half.conf', halfConf(layout, workstation)),
    plain('firewall.nft', firewall(cable, served)),
    plain('settings.conf', `${everywhere.map((line) => line.replace('=', ' = ')).join('\n')}\n`),
    plain('devices.ip', devices(cable)),
    plain('links.ip', links(cable)),
    plain('resolv.conf', `nameserver ${cable.gatewayAddress}\n`),
    plain(
      'audit',
      sorted([
        ...served.map((port) => `socket tcp ${cable.workstationAddress}:${port}`),
        ...(served.length > 0 ? [`program the server, account ACCOUNT, ${noRights(0)}`] : []),
        ...networkLines(workstationNetwork(workstation)),
      ]),
    ),
    ...(command === undefined
      ? []
      : [plain('program', `exec ${startProgram(workstation, cable, command)}\n`)]),
  ];
}

function halfConf(layout: Layout, { configuration, uid }: WorkstationLayout): string {
  const card = configuration.cable?.workstation ?? '';
  return variables({
    KIND: 'workstation',
    CARDS: `${card}=${workstationDevice}`,
    RANDOM_MACS: '',
    HIDE_MACS: '',
    TABLES: 'inet.sotto_workstation',
    FOLDERS: `root 0711 ${layout.state}\n${uid} 0700 ${home(layout)}`,
    EMPTIED: '',
    COPIES: '',
    RESOLVER: 'resolv.conf',
    ACCOUNT: uid,
    TOR_ACCOUNT: 'nobody',
    PROGRAM: configuration.command === undefined ? '' : 'program',
    READY: '',
    READY_SECONDS: startSeconds,
    WATCH_SECONDS: layout.configuration.watchdog.seconds,
    LOOPBACK_PORTS: '',
    NEEDED: 'ip nft ss sysctl setpriv prlimit flock setsid unshare',
    PACKAGES: 'iproute2 nftables procps util-linux',
  });
}

/** Where the program works; what it writes stays there. */
function home({ state }: Pick<Layout, 'state'>): string {
  return `${state}/home`;
}

/**
 * The Gateway holds alone, whatever this machine sends; these rules keep what is not the program's from being sent at all.
 * The Gateway's Tor may connect to the servers of onions, and nothing else may come in.
 */
function firewall({ gatewayAddress, workstationAddress }: Cable, served: readonly number[]): string {
  const table = 'inet sotto_workstation';
  return `table ${table} {}
delete table ${table}

table ${table} {
	chain input {
		type filter hook input priority filter; policy drop;
		iifname "lo" accept
		iifname "${workstationDevice}" ct state established accept
${served.map((port) => `\t\tiifname "${workstationDevice}" ip saddr ${gatewayAddress} tcp dport ${port} accept\n`).join('')}	}
	chain forward {
		type filter hook forward priority filter; policy drop;
	}
	# Whatever address is asked for, the Gateway gives it to Tor.
	chain output {
		type filter hook output priority filter; policy drop;
		oifname "lo" accept
		oifname "${workstationDevice}" ip saddr ${workstationAddress} meta l4proto tcp accept
		oifname "${workstationDevice}" ip saddr ${workstationAddress} udp dport 53 accept
	}
}
`;
}

function devices({ workstationMac, workstationAddress }: Cable): string {
  return `link set ${workstationDevice} address ${workstationMac}
link set ${workstationDevice} arp off
address add ${workstationAddress}/30 dev ${workstationDevice}
`;
}

function links({ gatewayAddress, gatewayMac }: Cable): string {
  return `link set lo up
link set ${workstationDevice} up
neighbour replace ${gatewayAddress} lladdr ${gatewayMac} nud permanent dev ${workstationDevice}
route add default via ${gatewayAddress}
`;
}

function startProgram(
  { uid, configuration }: WorkstationLayout,
  { gatewayAddress }: Cable,
  command: readonly string[],
): string {
  const { limits, environment } = configuration;
  const folder = home({ state: '/var/lib/sotto-half' });
  const words = {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    HOME: folder,
    TZ: 'UTC',
    LANG: 'C.UTF-8',
    SOCKS_PROXY: `${gatewayAddress}:${torPorts.socks}`,
    ...environment,
  };
  return shellLine({
    program: 'prlimit',
    args: [
      `--nproc=${limits.processes}`,
      `--nofile=${limits.open_files}`,
      `--fsize=${limits.file_mib * mebibyte}`,
      ...['--core=0', '--', 'setpriv', '--reuid', String(uid), '--regid', String(uid), '--clear-groups'],
      ...['--inh-caps=-all', '--bounding-set=-all', '--no-new-privs', '--'],
      ...['env', '--ignore-environment', `--chdir=${folder}`],
      ...Object.entries(words).map(([name, value]) => `${name}=${value}`),
      ...command,
    ],
  });
}
