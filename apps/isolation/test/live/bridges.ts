/** Bridges: Tor reaches the network through one that no list names, plainly or under a transport, and the uplink through nothing else. */
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { readConfiguration } from '../../src/config/read-configuration.ts';
import { fetchPage } from '../../src/leaktest/attack.ts';
import { startCapture } from '../../src/leaktest/capture.ts';
import { uplinkOf } from '../../src/leaktest/leak-test.ts';
import { layoutOf, uplinkDevice } from '../../src/plan/layout.ts';
import {
  assertOk,
  type Instance,
  inside,
  instance,
  isolate,
  run,
  tornetName,
  until,
  workstation,
} from './rig.ts';
import { startTor } from './visitor.ts';

const inet = `${tornetName}-inet`;

/** The bridge's address in the pretended Internet, and its ports: Tor's own, and the transport's. */
const bridge = { address: '198.18.0.31', tor: 5000, obfs4: 6000 } as const;

type Lines = { plain: string; obfs4: string };

export function bridgeClaims(): void {
  let node: ChildProcess;
  let lines: Lines;

  before(async () => {
    ({ node, lines } = await startBridge());
  });
  after(async () => {
    const gone = once(node, 'exit');
    node.kill('SIGKILL');
    await gone;
    execFileSync('ip', ['-netns', inet, 'address', 'delete', `${bridge.address}/32`, 'dev', 'lo']);
  });

  const kinds: readonly [string, (here: Lines) => string][] = [
    ['a plain bridge', ({ plain }) => `bridges = ["${plain}"]\n`],
    [
      'a bridge under obfs4',
      ({ obfs4 }) =>
        `bridges = ["${obfs4}"]\ntransport = { program = "/usr/bin/obfs4proxy", names = ["obfs4"] }\n`,
    ],
  ];
  for (const [index, [what, configured]] of kinds.entries()) {
    test(`through ${what}: a page comes, every packet goes to the bridge, and the audit is exact`, async () => {
      const here = instance(`lt-bridge${index}`, workstation('desk'), (text) =>
        text.replace('[gateway]\n', `[gateway]\n${configured(lines)}`),
      );
      try {
        const planned = JSON.stringify((await isolate('plan', '--config', here.config)).lines);
        assert.match(
          planned,
          index === 0 ? /UseBridges 1.*Bridge 198/ : /Bridge obfs4.*ClientTransportPlugin obfs4 exec/,
        );
        assertOk(await isolate('up', '--config', here.config));
        const uplink = await uplinkOf(layoutOf(readConfiguration(here.config)));
        assert.deepEqual([...uplink.relays], [bridge.address]);
        const capture = await startCapture(here.gateway, uplinkDevice, () => uplink);
        assert.match(await fetchPage(`${here.name}-ws-desk`, '198.18.1.80', 30), /^198\.18\.0\.1[78]$/);
        await capture.stop();
        assert.ok(capture.sent > 0);
        assert.deepEqual(capture.leaks, []);
        assertOk(await isolate('status', '--config', here.config));
        const audit = await isolate('audit', '--config', here.config);
        assert.deepEqual(
          audit.lines.filter(({ kind, ok }) => kind === 'list' && ok !== true),
          [],
        );
        assertOnlyTheBridge(here);
      } finally {
        assertOk(await isolate('down', '--config', here.config));
      }
    });
  }
}

/** Not even Tor's account reaches another relay: the uplink's wall knows the bridge alone. */
function assertOnlyTheBridge({ gateway }: Instance): void {
  const knock = (address: string, seconds: string) =>
    inside(
      gateway,
      ...['timeout', seconds, 'setpriv', '--reuid', 'debian-tor', '--clear-groups', 'perl', '-MSocket', '-e'],
      `socket(S,2,1,0); exit(connect(S, sockaddr_in(5000, inet_aton("${address}"))) ? 0 : 1)`,
    ).code;
  assert.equal(knock(bridge.address, '30'), 0);
  assert.notEqual(knock('198.18.0.11', '3'), 0);
}

/** A relay that tells no directory about itself, with Debian's obfs4proxy before it. */
async function startBridge(): Promise<{ node: ChildProcess; lines: Lines }> {
  execFileSync('ip', ['-netns', inet, 'address', 'add', `${bridge.address}/32`, 'dev', 'lo']);
  const folder = join(run, 'bridge');
  const node = await startTor(folder, [
    'BridgeRelay 1',
    'Nickname bridge',
    `Address ${bridge.address}`,
    `OutboundBindAddress ${bridge.address}`,
    `ORPort ${bridge.address}:${bridge.tor} IPv4Only`,
    'ExtORPort auto',
    'ServerTransportPlugin obfs4 exec /usr/bin/obfs4proxy',
    `ServerTransportListenAddr obfs4 ${bridge.address}:${bridge.obfs4}`,
    'SocksPort 0',
    'AssumeReachable 1',
  ]);
  const state = join(folder, 'tor', 'pt_state', 'obfs4_bridgeline.txt');
  await until('the bridge’s transport has keys', 30, () => existsSync(state));
  const fingerprint =
    readFileSync(join(folder, 'tor', 'fingerprint'), 'utf8')
      .trim()
      .split(' ')[1] ?? '';
  const cert = /cert=\S+/.exec(readFileSync(state, 'utf8'))?.[0] ?? '';
  return {
    node,
    lines: {
      plain: `${bridge.address}:${bridge.tor} ${fingerprint}`,
      obfs4: `obfs4 ${bridge.address}:${bridge.obfs4} ${fingerprint} ${cert} iat-mode=0`,
    },
  };
}
