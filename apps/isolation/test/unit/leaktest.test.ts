/** The leak test's own parts: capture files, frames, and what the judge calls a leak. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attempts } from '../../src/leaktest/attempts.ts';
import { arp, ether, icmp, ipv4, ipv6, tcp, tcpFlags, udp } from '../../src/leaktest/frames.ts';
import { judge, type Uplink } from '../../src/leaktest/judge.ts';
import { PcapReader, writePcap } from '../../src/leaktest/pcap.ts';
import type { Scene } from '../../src/leaktest/scene.ts';

const own = '198.18.5.2';
const relay = '198.18.0.11';
const uplink: Uplink = {
  routerMac: '02:00:00:00:00:99',
  routerAddress: '198.18.5.1',
  ownAddress: own,
  relays: new Set([relay]),
};
const out = { to: uplink.routerMac, from: '02:00:00:00:00:01' };
const segment = (from: string, to: string) =>
  ipv4({ from, to, protocol: 6 }, tcp({ from, to }, { from: 5000, to: 443 }, tcpFlags.syn));

test('a capture file comes back frame by frame, however it is cut', () => {
  const frames = [ether(out, 0x0800, segment(own, relay)), ether(out, 0x86dd, new Uint8Array(1400))];
  const file = writePcap(frames);
  for (const size of [1, 7, 16, 24, 1000, file.length]) {
    const reader = new PcapReader();
    const read: Uint8Array[] = [];
    for (let at = 0; at < file.length; at += size) read.push(...reader.push(file.subarray(at, at + size)));
    assert.deepEqual(
      read.map((frame) => Buffer.from(frame).toString('hex')),
      frames.map((frame) => Buffer.from(frame).toString('hex')),
    );
  }
});

test('what is no capture file is refused', () => {
  assert.throws(() => new PcapReader().push(new Uint8Array(24)));
});

test('TCP from the own address to a relay is no leak', () => {
  assert.deepEqual(judge(ether(out, 0x0800, segment(own, relay)), uplink), {
    direction: 'out',
    leak: undefined,
  });
});

test('what the router sends came in, whatever it is', () => {
  const from = { to: out.from, from: uplink.routerMac };
  assert.deepEqual(judge(ether(from, 0x86dd, new Uint8Array(40)), uplink), { direction: 'in' });
});

test('asking for the router’s MAC, and answering, is no leak', () => {
  const nobody = { mac: '00:00:00:00:00:00', address: uplink.routerAddress };
  const ask = arp('request', { mac: out.from, address: own }, nobody);
  const answer = arp(
    'reply',
    { mac: out.from, address: own },
    { mac: uplink.routerMac, address: '198.18.0.11' },
  );
  for (const message of [ask, answer]) {
    assert.deepEqual(judge(ether(out, 0x0806, message), uplink), { direction: 'out', leak: undefined });
  }
});

const leaks: readonly [claim: string, frame: Uint8Array, says: RegExp][] = [
  ['TCP to somebody else', ether(out, 0x0800, segment(own, '198.18.1.80')), /no relay/],
  [
    'TCP from a Workstation’s address',
    ether(out, 0x0800, segment('10.77.0.2', relay)),
    /TCP from 10\.77\.0\.2/,
  ],
  [
    'UDP, even to a relay',
    ether(out, 0x0800, ipv4({ from: own, to: relay, protocol: 17 }, udp(1, 2))),
    /protocol 17/,
  ],
  ['ICMP', ether(out, 0x0800, ipv4({ from: own, to: relay, protocol: 1 }, icmp(8))), /protocol 1 /],
  ['IPv6', ether(out, 0x86dd, ipv6('0'.repeat(32), '0'.repeat(32), 17, udp(1, 2))), /IPv6/],
  ['a VLAN', ether(out, 0x8100, segment(own, relay)), /VLAN/],
  ['an unknown ether type', ether(out, 0x88b5, new Uint8Array(10)), /ether type 0x88b5/],
  [
    'ARP in another’s name',
    ether(
      out,
      0x0806,
      arp('reply', { mac: out.from, address: '10.77.0.2' }, { mac: out.to, address: relay }),
    ),
    /ARP for 10\.77\.0\.2/,
  ],
  [
    'ARP asking for somebody else',
    ether(
      out,
      0x0806,
      arp('request', { mac: out.from, address: own }, { mac: out.to, address: '198.18.5.77' }),
    ),
    /ARP asking/,
  ],
  [
    'a frame under a forged MAC',
    ether({ to: out.to, from: '02:00:00:00:09:09' }, 0x0800, segment('10.77.0.2', relay)),
    /TCP from/,
  ],
  ['half a frame', new Uint8Array(10), /too short/],
];

for (const [claim, frame, says] of leaks) {
  test(`${claim} is a leak`, () => {
    const judgement = judge(frame, uplink);
    assert.equal(judgement.direction, 'out');
    assert.match((judgement.direction === 'out' && judgement.leak) || '', says);
  });
}

test('every attempt has a name of its own, and the full test sweeps all ports', () => {
  const scene: Scene = {
    own: { mac: '02:00:00:00:02:00', address: '10.77.0.2' },
    gateway: { mac: '02:00:00:00:01:00', address: '10.77.0.1' },
    publicAddress: own,
    routerAddress: uplink.routerAddress,
    target: '198.18.1.80',
  };
  const fast = attempts(scene, 'fast');
  const full = attempts(scene, 'full');
  assert.equal(new Set(full.map(({ name }) => name)).size, full.length);
  const frames = full
    .slice(fast.length)
    .flatMap((attempt) => ('frames' in attempt ? [attempt.frames.length] : []));
  assert.deepEqual(frames, [65_534, 65_535]);
});
