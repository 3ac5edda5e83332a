/** The private Tor network: who is in it, and the torrc of each. Pure. */
import { join } from 'node:path';

export type Role = 'authority' | 'relay' | 'exit';
export type Node = { nickname: string; role: Role; address: string };

/**
 * Three authorities, three relays, two exits. Fewer are not enough: onion services pick several hops that must all
 * differ, and a smaller network now and then has no path left. All addresses are from 198.18.0.0/15, which RFC 2544
 * keeps for tests between networks; Tor does not count it among the private ones.
 */
export const nodes: readonly Node[] = (
  ['authority', 'authority', 'authority', 'relay', 'relay', 'relay', 'exit', 'exit'] as const
).map((role, index) => ({ nickname: `node${index + 1}`, role, address: `198.18.0.${11 + index}` }));

/** Everything else in the pretended Internet. */
export const internet = {
  /** A web server that tells who asked. */
  web: '198.18.1.80',
  /** A name server that knows every name as the web server; the exits ask it. */
  names: '198.18.1.53',
  /** Uplinks of Gateways: the first address of each /30 is the router's end. */
  uplinks: '198.18.5.0',
} as const;

const orPort = 5000;
const directoryPort = 7000;

export type Identity = { nickname: string; fingerprint: string; v3ident: string | undefined };

/** The `DirAuthority` lines (without the word) that every node and every client needs. */
export function authorityLines(identities: readonly Identity[]): readonly string[] {
  return nodes
    .filter(({ role }) => role === 'authority')
    .map(({ nickname, address }) => {
      const identity = identities.find((one) => one.nickname === nickname);
      if (identity?.v3ident === undefined) throw new Error(`no identity of ${nickname}`);
      const { v3ident, fingerprint } = identity;
      return `${nickname} orport=${orPort} no-v2 v3ident=${v3ident} ${address}:${directoryPort} ${fingerprint}`;
    });
}

/** One node's torrc. */
export function nodeTorrc(node: Node, folder: string, authorities: readonly string[]): string {
  const lines = [
    'TestingTorNetwork 1',
    `DataDirectory ${join(folder, node.nickname)}`,
    `Nickname ${node.nickname}`,
    `Address ${node.address}`,
    `OutboundBindAddress ${node.address}`,
    `ORPort ${node.address}:${orPort} IPv4Only`,
    'SocksPort 0',
    'RunAsDaemon 0',
    'Log notice stdout',
    'AvoidDiskWrites 1',
    'AssumeReachable 1',
    'PathsNeededToBuildCircuits 0.67',
    `ServerDNSResolvConfFile ${join(folder, 'resolv.conf')}`,
    'ServerDNSDetectHijacking 0',
    'ServerDNSTestAddresses',
    ...authorities.map((authority) => `DirAuthority ${authority}`),
    ...(node.role === 'exit'
      ? ['ExitRelay 1', 'ExitPolicyRejectPrivate 0', 'ExitPolicy accept *:*']
      : ['ExitRelay 0', 'ExitPolicy reject *:*']),
    ...(node.role === 'authority' ? authorityOptions(node) : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** The first consensus after 5 s voting rounds (Tor's minimum), then one every 20 s. */
function authorityOptions({ address, nickname }: Node): readonly string[] {
  return [
    `DirPort ${address}:${directoryPort} IPv4Only`,
    'AuthoritativeDirectory 1',
    'V3AuthoritativeDirectory 1',
    `ContactInfo ${nickname} of a private test network`,
    'TestingV3AuthInitialVotingInterval 5',
    'TestingV3AuthInitialVoteDelay 2',
    'TestingV3AuthInitialDistDelay 2',
    'V3AuthVotingInterval 20',
    'V3AuthVoteDelay 4',
    'V3AuthDistDelay 4',
    'TestingDirAuthVoteExit *',
    'TestingDirAuthVoteGuard *',
    'TestingDirAuthVoteHSDir *',
    'TestingMinExitFlagThreshold 0',
    'AuthDirMaxServersPerAddr 0',
  ];
}
