/** Two machines: what is refused, and what the halves hold. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseConfiguration } from '../../src/config/read-configuration.ts';
import { IsolationError } from '../../src/errors.ts';
import { halvesOf } from '../../src/remote/halves.ts';

const uplink =
  '[gateway.uplink]\nkind = "device"\ndevice = "enp3s0"\naddress = "203.0.113.5/24"\nrouter = "203.0.113.1"\n';
const desk =
  '[[workstation]]\nname = "desk"\ncable = { gateway = "enp4s0", workstation = "enp1s0" }\ncommand = ["/opt/app", "it\'s"]\n';
const onion = '[[onion]]\nname = "site"\nworkstation = "desk"\ntcp = 8080\n';
const whole = `engine = "remote"\n${uplink}${desk}${onion}`;

function halves(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    halvesOf(parseConfiguration(text, 'test')).flatMap(({ name, files }) =>
      files.map(({ path, content }) => [`${name}/${path}`, content]),
    ),
  );
}

const misfits: readonly [string, string, RegExp][] = [
  ['a cable on one machine', whole.replace('engine = "remote"\n', ''), /a cable of two cards/],
  [
    'a tcp port on one machine',
    whole.replace('engine = "remote"\n', '').replace(/^cable = .*\n/m, ''),
    /on one machine the server has a socket/,
  ],
  [
    'an uplink into a namespace on two machines',
    whole.replace('kind = "device"\ndevice = "enp3s0"', 'kind = "namespace"\nnamespace = "outside"'),
    /has a card/,
  ],
  ['a Workstation without a cable', whole.replace(/^cable = .*\n/m, ''), /name the cards/],
  ['one card for two cables', whole.replace('enp4s0', 'enp3s0'), /enp3s0 is named twice/],
  ['an onion without a port', whole.replace('tcp = 8080\n', ''), /which tcp port/],
  [
    'a link between two machines',
    `${whole}${desk.replace('"desk"', '"other"').replace('enp4s0', 'enp5s0')}[[link]]\nname = "pipe"\nfrom = "desk"\nto = "other"\n`,
    /share no socket/,
  ],
  [
    'a tunnel on another machine',
    whole.replace(desk, `${desk}tunnel = { address = "10.8.0.2/24" }\n`),
    /tunnels itself/,
  ],
];
for (const [what, text, says] of misfits) {
  test(`${what} is refused`, () => {
    assert.throws(
      () => parseConfiguration(text, 'test'),
      (error) =>
        error instanceof IsolationError && error.code === 'CONFIGURATION' && says.test(error.message),
    );
  });
}

test('the shell that both halves run is the same, and dash reads it', () => {
  const files = halves(whole);
  assert.equal(files['gateway/half'], files['workstation-desk/half']);
  execFileSync('sh', ['-n', join(import.meta.dirname, '..', '..', 'src', 'remote', 'half.sh')]);
});

test('only Tor opens connections to a Workstation’s machine, and only to its onion’s port', () => {
  const rules = halves(whole)['gateway/firewall.nft'] ?? '';
  const opened = rules.split('\n').filter((line) => line.includes('oifname "ws0"'));
  assert.deepEqual(
    opened.map((line) => line.trim()),
    [
      'oifname "ws0" ct state established accept',
      'oifname "ws0" meta skuid "debian-tor" ip daddr 10.77.0.2 tcp dport 8080 accept',
    ],
  );
});

test('words of the configuration reach the shell as words', () => {
  const program = halves(whole)['workstation-desk/program'] ?? '';
  const shown = execFileSync('sh', ['-c', `printf '%s\\n' ${program.replace(/^exec /, '')}`], {
    encoding: 'utf8',
  });
  assert.deepEqual(shown.trim().split('\n').slice(-2), ['/opt/app', "it's"]);
});

test('no key and no onion is in a half', () => {
  for (const [file, text] of Object.entries(halves(whole)))
    assert.doesNotMatch(text, /PRIVATE|hs_ed25519_secret|\.onion/, file);
});
