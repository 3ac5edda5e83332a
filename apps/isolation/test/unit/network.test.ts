/** Bridges, tunnels and the exact lists of a network. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bridgeAddresses, parseBridge } from '../../src/config/bridge.ts';
import { parseConfiguration } from '../../src/config/read-configuration.ts';
import { routesText } from '../../src/engine/measure.ts';
import { IsolationError } from '../../src/errors.ts';
import { firewall } from '../../src/plan/firewall.ts';
import { layoutOf } from '../../src/plan/layout.ts';
import { gatewayNetwork, workstationNetwork } from '../../src/plan/network.ts';
import { torrc } from '../../src/plan/torrc.ts';

const fingerprint = 'A'.repeat(40);
const obfs4 = `obfs4 192.0.2.5:443 ${fingerprint} cert=ssH+9rP8/Hw iat-mode=0`;

function layout(gateway: string, workstation = '') {
  return layoutOf(
    parseConfiguration(
      `${gateway}[gateway.uplink]\nkind = "namespace"\nnamespace = "outside"\naddress = "198.18.5.6/30"\nrouter = "198.18.5.5"\n[[workstation]]\nname = "desk"\n${workstation}`,
      'test',
    ),
  );
}

const refused = (text: string, says: RegExp) =>
  assert.throws(
    () => layout(text),
    (error) => error instanceof IsolationError && says.test(error.message),
  );

test('a bridge is read with or without a transport, a fingerprint and arguments', () => {
  assert.deepEqual(parseBridge('192.0.2.5:9001'), { transport: undefined, address: '192.0.2.5' });
  assert.deepEqual(parseBridge(`192.0.2.5:9001 ${fingerprint}`), {
    transport: undefined,
    address: '192.0.2.5',
  });
  assert.deepEqual(parseBridge(obfs4), { transport: 'obfs4', address: '192.0.2.5' });
});

test('what is no bridge, or has no IPv4 address, is refused', () => {
  for (const line of [
    '',
    'obfs4',
    '192.0.2.5',
    '192.0.2.555:1',
    '192.0.2.5:0',
    '[2001:db8::1]:443',
    `${obfs4} x`,
  ])
    assert.equal(parseBridge(line), undefined, line);
  refused('[gateway]\nbridges = ["[2001:db8::1]:443"]\n', /must be a bridge with an IPv4 address/);
});

test('a transport that no program speaks is refused', () => {
  refused(`[gateway]\nbridges = ["${obfs4}"]\n`, /no program speaks obfs4/);
});

test('the uplink knows the bridges alone when their lines say where they are, and any relay when they do not', () => {
  const plain = layout('[gateway]\nbridges = ["192.0.2.9:1", "192.0.2.5:9001"]\n');
  assert.match(firewall(plain), /ip daddr \{ 192\.0\.2\.5, 192\.0\.2\.9 \} ip protocol tcp accept/);
  assert.deepEqual(bridgeAddresses([obfs4]), ['192.0.2.5']);
  assert.equal(bridgeAddresses(['snowflake 192.0.2.3:80 url=https://example.org/']), undefined);
  assert.doesNotMatch(firewall(layout('')), /ip daddr \{/);
});

test('a transport’s program has loopback and costs Tor’s own filter; without one there is neither', () => {
  const transport = `[gateway]\nbridges = ["${obfs4}"]\ntransport = { program = "/usr/bin/obfs4proxy", names = ["obfs4"] }\n`;
  assert.match(torrc(layout(transport)), /^Sandbox 0$/m);
  assert.match(torrc(layout(transport)), /^ClientTransportPlugin obfs4 exec \/usr\/bin\/obfs4proxy$/m);
  assert.match(firewall(layout(transport)), /oifname "lo" accept/);
  assert.match(torrc(layout('')), /^Sandbox 1$/m);
  assert.doesNotMatch(firewall(layout('')), /"lo"/);
});

test('the lists of a network are what iproute2 prints', () => {
  assert.deepEqual(gatewayNetwork(layout('')), {
    devices: ['lo 00:00:00:00:00:00 down', 'up0 * up', 'ws0 02:00:00:00:01:00 up'],
    addresses: ['up0 198.18.5.6/30', 'ws0 10.77.0.1/30'],
    routes: [
      'local 198.18.5.6 dev up0 table local proto kernel scope host src 198.18.5.6',
      '198.18.5.4/30 dev up0 proto kernel scope link src 198.18.5.6',
      'broadcast 198.18.5.7 dev up0 table local proto kernel scope link src 198.18.5.6',
      'default via 198.18.5.5 dev up0',
      'local 10.77.0.1 dev ws0 table local proto kernel scope host src 10.77.0.1',
      '10.77.0.0/30 dev ws0 proto kernel scope link src 10.77.0.1',
      'broadcast 10.77.0.3 dev ws0 table local proto kernel scope link src 10.77.0.1',
    ],
  });
});

test('everything through a tunnel is two halves, and its far end is reached past it', () => {
  const tunnel = 'tunnel = { address = "10.8.0.2/32", routes = ["0.0.0.0/0"], server = "203.0.113.7" }\n';
  const [desk] = layout('', tunnel).workstations;
  assert.ok(desk);
  const { devices, routes } = workstationNetwork(desk);
  assert.equal(devices.at(-1), 'tun0 - up');
  assert.deepEqual(routes.slice(-4), [
    'local 10.8.0.2 dev tun0 table local proto kernel scope host src 10.8.0.2',
    '0.0.0.0/1 dev tun0 scope link',
    '128.0.0.0/1 dev tun0 scope link',
    '203.0.113.7 via 10.77.0.1 dev eth0',
  ]);
});

test('a tunnel without a network, or into a network that is none, is refused', () => {
  assert.throws(
    () => layout('', 'network = "none"\ntunnel = { address = "10.8.0.2/24" }\n'),
    /needs network/,
  );
  assert.throws(
    () => layout('', 'tunnel = { address = "10.8.0.2/24", routes = ["10.9.0.1/24"] }\n'),
    /must be an IPv4 network/,
  );
});

test('a cable that is pulled does not change what a route says', () => {
  const route = '10.8.0.0/24 dev tun0 proto kernel scope link src 10.8.0.2';
  assert.equal(
    routesText(`default via 10.0.0.1 dev up0 linkdown \n${route} dead linkdown \n`),
    `default via 10.0.0.1 dev up0\n${route}\n`,
  );
});
