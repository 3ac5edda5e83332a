/** The control: the same attempts behind a careless router, which must be caught. Made apart, and gone afterwards. */
import { execute, attempt as tryCommand } from '../engine/execute.ts';
import { IsolationError } from '../errors.ts';
import { type Layout, workstationDevice } from '../plan/layout.ts';
import { startCapture } from './capture.ts';
import type { Uplink } from './judge.ts';
import { attackAll, type Result, uplinkOf } from './leak-test.ts';
import type { Scene } from './scene.ts';

/** Addresses of the control's own uplink and cable, apart from every instance's. */
const addresses = {
  router: '198.18.9.1',
  public: '198.18.9.2',
  gateway: '10.77.255.1',
  own: '10.77.255.2',
} as const;
const macs = { gateway: '02:00:00:00:03:01', own: '02:00:00:00:03:02' } as const;

/** The names begin as a Workstation's of this instance, so that `down` removes what a killed test left. */
function names(layout: Layout) {
  return {
    router: `${layout.name}-ws--router`,
    attacker: `${layout.name}-ws--attacker`,
    peer: `${layout.name}-ct`,
  };
}

/**
 * Attacks through a router that forwards and translates addresses as any cheap one does.
 *
 * @throws IsolationError `REFUSED` on a real network: there, its leaks would be real.
 */
export async function controlTest(layout: Layout, add: (result: Result) => void): Promise<readonly Result[]> {
  const { uplink } = layout.configuration.gateway;
  if (uplink.kind !== 'namespace' || layout.configuration.testing === undefined) {
    throw new IsolationError(
      'REFUSED',
      'the control leaks on purpose',
      'Run it on a private network: `tornet start`.',
    );
  }
  const { router, attacker, peer } = names(layout);
  const { relays } = await uplinkOf(layout);
  await remove(router, attacker);
  try {
    for (const namespace of [router, attacker])
      await execute({ program: 'ip', args: ['netns', 'add', namespace] });
    await inNamespace(router, [
      `link add up0 type veth peer name ${peer} netns ${uplink.namespace}`,
      `link add ws0 address ${macs.gateway} type veth peer name ${workstationDevice} address ${macs.own} netns ${attacker}`,
      `address add ${addresses.public}/30 dev up0`,
      `address add ${addresses.gateway}/30 dev ws0`,
      'link set up0 up',
      'link set ws0 up',
      `route add default via ${addresses.router}`,
    ]);
    await inNamespace(uplink.namespace, [
      `address add ${addresses.router}/30 dev ${peer}`,
      `link set ${peer} up`,
    ]);
    await inNamespace(attacker, [
      'link set lo up',
      `address add ${addresses.own}/30 dev ${workstationDevice}`,
      `link set ${workstationDevice} up`,
      `route add default via ${addresses.gateway}`,
    ]);
    const enter = [`--net=/run/netns/${router}`, '--'];
    // No IPv6: what the router says by itself would count as caught.
    const settings = ['net.ipv4.ip_forward=1', 'net.ipv6.conf.all.disable_ipv6=1'];
    await execute({ program: 'nsenter', args: [...enter, 'sysctl', '-qw', ...settings] });
    const rules =
      'table ip nat { chain out { type nat hook postrouting priority srcnat; oifname "up0" masquerade; }; }\n';
    await execute({ program: 'nsenter', args: [...enter, 'nft', '-f', '-'], input: rules });
    const judged: Uplink = {
      routerMac: await macOf(uplink.namespace, peer),
      routerAddress: addresses.router,
      ownAddress: addresses.public,
      relays,
    };
    const capture = await startCapture(router, 'up0', () => judged);
    try {
      return await attackAll(attacker, scene(), 'fast', capture, add);
    } finally {
      await capture.stop();
    }
  } finally {
    await remove(router, attacker);
  }
}

function scene(): Scene {
  return {
    own: { mac: macs.own, address: addresses.own },
    gateway: { mac: macs.gateway, address: addresses.gateway },
    publicAddress: addresses.public,
    routerAddress: addresses.router,
    target: '198.18.1.80',
  };
}

async function macOf(namespace: string, device: string): Promise<string> {
  const shown = await execute({
    program: 'ip',
    args: ['-netns', namespace, '-json', 'link', 'show', 'dev', device],
  });
  // why: iproute2's own JSON.
  const [link] = JSON.parse(shown) as { address: string }[];
  return link?.address ?? '';
}

async function inNamespace(namespace: string, lines: readonly string[]): Promise<void> {
  await execute({
    program: 'ip',
    args: ['-netns', namespace, '-batch', '-'],
    input: `${lines.join('\n')}\n`,
  });
}

async function remove(router: string, attacker: string): Promise<void> {
  await tryCommand({ program: 'ip', args: ['-netns', router, 'link', 'delete', 'up0'] });
  for (const namespace of [router, attacker])
    await tryCommand({ program: 'ip', args: ['netns', 'delete', namespace] });
}
