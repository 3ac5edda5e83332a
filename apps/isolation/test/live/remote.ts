/** Two machines: each half goes up from its generated folder alone, and the Gateway's holds whatever the other sends. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { readConfiguration } from '../../src/config/read-configuration.ts';
import { fetchPage, openPorts, restored } from '../../src/leaktest/attack.ts';
import { startCapture } from '../../src/leaktest/capture.ts';
import { attackAll, type Result, sceneOf } from '../../src/leaktest/leak-test.ts';
import { layoutOf, uplinkDevice } from '../../src/plan/layout.ts';
import { nodes } from '../../src/tornet/network.ts';
import { cable, type Machine, type Ran, startMachine } from './machines.ts';
import {
  assertOk,
  type Instance,
  inet,
  inside,
  instance,
  isolate,
  nodeFolder,
  state,
  until,
  verdict,
} from './rig.ts';
import { fetchAsVisitor, startVisitor } from './visitor.ts';

/** The uplink of the Gateway's machine: this /30 of the private network. */
const uplinkIndex = 62;
const [own, router] = [`198.18.5.${uplinkIndex * 4 + 2}`, `198.18.5.${uplinkIndex * 4 + 1}`];
const name = 'lt-far';

function ok(result: Ran): Ran {
  assert.equal(result.code, 0, `${result.stdout}${result.stderr}`);
  return result;
}

export function remoteClaims(): void {
  let here: Instance;
  let gateway: Machine;
  let desk: Machine;
  const folder = (half: string) => join(state, name, 'halves', half);
  const layout = () => layoutOf(readConfiguration(here.config));
  const scene = () => sceneOf(layout(), layout().workstations[0] ?? assert.fail());
  const programs = join(import.meta.dirname, 'programs');

  before(() => {
    here = instance(
      name,
      `[[workstation]]
name = "desk"
cable = { gateway = "card1", workstation = "card0" }
command = ["${nodeFolder}/node", "${programs}/server.mjs", "10.77.0.2:8080"]
[[onion]]
name = "site"
workstation = "desk"
tcp = 8080
`,
      (text) =>
        `engine = "remote"\n${text.replace(
          /\[gateway\.uplink\][^[]*/,
          `[gateway.uplink]\nkind = "device"\ndevice = "card0"\naddress = "${own}/30"\nrouter = "${router}"\n\n`,
        )}`,
    );
  });
  after(async () => {
    await gateway?.stop();
    await desk?.stop();
    assertOk(await isolate('down', '--config', here.config));
  });

  test('plan shows every file of both halves, and up writes exactly these', async () => {
    const plan = assertOk(await isolate('plan', '--config', here.config));
    assert.deepEqual(
      plan.lines.map((line) => line['name']),
      ['gateway', 'workstation-desk'],
    );
    assert.match(String(verdict(assertOk(await isolate('up', '--config', here.config)))), /^written to /);
    for (const { name: half, text } of plan.lines) {
      assert.match(String(text), /flush|table inet/);
      const torrcOrNames = half === 'gateway' ? 'torrc' : 'resolv.conf';
      const written = readFileSync(join(folder(String(half)), torrcOrNames), 'utf8');
      assert.ok(String(text).includes(`# ${half}/${torrcOrNames}\n${written}`));
    }
    assert.equal(verdict(assertOk(await isolate('status', '--config', here.config))), 'written');
    assert.equal(verdict(assertOk(await isolate('audit', '--config', here.config))), 'exactly as it must be');
  });

  const elsewhere: readonly (readonly string[])[] = [
    ...['build', 'verify', 'rollback'].map((word) => ['base', word]),
    ['run', 'desk', '--', 'true'],
    ['leaktest'],
    ...['list', 'backup', 'restore'].map((word) => ['onion', word, join(state, name, 'keys')]),
    ...['create', 'list', 'rollback', 'suspect', 'verify'].map((word) => [
      'snapshot',
      word,
      'desk',
      'master',
    ]),
    ['snapshot', 'clone', 'desk', 'master', 'other'],
    ...['check', 'apply', 'install', 'files', 'merge', 'timer'].map((word) => ['update', word]),
  ];
  test('what has its place on the other machines is refused, and it is said where and how it is done', async () => {
    const before = readdirSync(join(state, name)).sort();
    const refuse = async ([verb = '', ...rest]: readonly string[]) => {
      const { code, lines } = await isolate(verb, '--config', here.config, ...rest);
      assert.equal(code, 3, [verb, ...rest].join(' '));
      assert.equal(lines.at(-1)?.['message'], 'Gateway and Workstations are on machines of their own');
      assert.notEqual(lines.at(-1)?.['hint'], '');
    };
    await Promise.all(elsewhere.map(refuse));
    assert.deepEqual(readdirSync(join(state, name)).sort(), before);
  });

  test('the Gateway’s half goes up on its machine from its folder alone', async () => {
    gateway = await startMachine(`${name}-gateway`, folder('gateway'));
    desk = await startMachine(`${name}-ws-desk`, folder('workstation-desk'));
    cable(gateway.namespace, 'card0', inet, name);
    cable(gateway.namespace, 'card1', desk.namespace, 'card0');
    execFileSync('ip', ['-netns', inet, '-batch', '-'], {
      input: `address add ${router}/30 dev ${name}\nlink set ${name} up\n`,
    });
    assert.match(ok(gateway.half('up')).stdout, /^half: up$/m);
    ok(gateway.half('status'));
    assert.match(ok(gateway.half('up')).stdout, /already up/);
  });

  test('the Workstation’s half goes up on its machine from its folder alone', () => {
    assert.match(ok(desk.half('up')).stdout, /^half: up$/m);
    ok(desk.half('status'));
  });

  test('each half’s audit finds exactly the sockets, programs, rights, settings, routes and rules of its lists', async () => {
    assert.match(ok(gateway.half('audit')).stdout, /exactly as it must be/);
    await until('the server listens', 20, () =>
      inside(desk.namespace, 'ss', '-Hlnt').stdout.includes(':8080'),
    );
    assert.match(ok(desk.half('audit')).stdout, /exactly as it must be/);
  });

  test('a web page comes through an exit of Tor, and of the Gateway only Tor’s port answers', async () => {
    const seen = await fetchPage(desk.namespace, '198.18.1.80', 20);
    assert.match(seen, /^198\.18\.0\.1[78]$/);
    const ports = [22, 53, 80, 5353, 9040, 9050, 9051];
    assert.deepEqual(await openPorts(desk.namespace, '10.77.0.1', ports), [9050]);
  });

  test('a visitor reaches the server on the other machine, which sees the Gateway alone', async () => {
    const { stdout } = gateway.run('cat', '/var/lib/sotto-half/gateway/onions/site/hostname');
    const visitor = await startVisitor();
    try {
      let body = '';
      await until('the onion answers', 90, () => {
        body = fetchAsVisitor(stdout.trim(), 80, '/').body;
        return body !== '';
      });
      assert.match(body, /, peer 10\.77\.0\.1$/m);
    } finally {
      await visitor.stop();
    }
  });

  test('what has ended under the program’s account, and waits for an init that takes no note of it, keeps nobody from down', async () => {
    const account = /^ACCOUNT='(\d+)'$/m.exec(
      readFileSync(join(folder('workstation-desk'), 'half.conf'), 'utf8'),
    )?.[1];
    assert.ok(account);
    // Its parent has gone when it ends, so it is the init's; this machine's init waits for nobody.
    ok(desk.run('sh', '-c', `setpriv --reuid=${account} --clear-groups sleep 0.1 > /dev/null 2>&1 &`));
    await until('it has ended', 10, () =>
      /^Z\S* +sleep$/m.test(desk.run('ps', '-o', 'stat=,comm=', '-u', account).stdout),
    );
    assert.match(ok(desk.half('down')).stdout, /^half: down$/m);
    ok(desk.half('up'));
  });

  test('all attempts of the leak test, from a Workstation whose own rules are gone: nothing gets out', async () => {
    ok(desk.half('down'));
    // Its root has thrown out our half: the card under the name that the attempts use, and nothing in the way.
    execFileSync('ip', ['-netns', desk.namespace, 'link', 'set', 'card0', 'name', 'eth0']);

    // Some lines take away what is not there: ip says so with its code, and does the rest.
    spawnSync('ip', ['-netns', desk.namespace, '-force', '-batch', '-'], {
      input: `${restored(scene()).join('\n')}\n`,
    });
    assert.match(await fetchPage(desk.namespace, '198.18.1.80', 20), /^198\.18\.0\.1[78]$/);
    const uplink = {
      routerMac: macOf(inet, name),
      routerAddress: router,
      ownAddress: own,
      relays: new Set(nodes.map(({ address }) => address)),
    };
    const capture = await startCapture(gateway.namespace, uplinkDevice, () => uplink);
    const results: Result[] = [];
    await attackAll(desk.namespace, scene(), 'fast', capture, (result) => results.push(result));
    assert.match(await fetchPage(desk.namespace, '198.18.1.80', 20), /^198\.18\.0\.1[78]$/);
    assert.equal(await capture.stop(), 0, 'frames that nobody judged');
    assert.ok(capture.sent > 0);
    assert.equal(results.length, 58);
    assert.deepEqual(
      results.filter(({ outcome }) => outcome !== 'ok'),
      [],
    );
    ok(gateway.half('status'));
  });

  test('the audit of a half finds one more socket, rule and address', () => {
    gateway.run('nft', 'insert rule inet sotto_gateway forward accept');
    const { code, stdout } = gateway.half('audit');
    assert.equal(code, 1);
    assert.match(stdout, /^not expected: rule\s+accept$/m);
  });

  test('the watch closes a half whose rules changed, and status says so', async () => {
    await until('the watch closes', 30, () => gateway.half('status').code === 4);
    assert.doesNotMatch(inside(gateway.namespace, 'ip', '-o', 'link', 'show', 'up0').stdout, /[<,]UP[,>]/);
    assert.doesNotMatch(inside(gateway.namespace, 'ip', '-o', 'link', 'show', 'ws0').stdout, /[<,]UP[,>]/);
  });

  test('down gives the cards back, and leaves no program, rule, file or setting', () => {
    ok(gateway.half('down'));
    const cards = inside(gateway.namespace, 'ip', '-br', 'link').stdout;
    assert.match(cards, /^card0@/m);
    assert.match(cards, /^card1@/m);
    assert.equal(gateway.run('nft', 'list', 'ruleset').stdout, '');
    assert.notEqual(gateway.run('ls', '/run/sotto-half').code, 0);
    // What has ended waits there for an init that takes note of it; this machine has none.
    assert.doesNotMatch(gateway.run('ps', '-eo', 'stat,comm').stdout, /^[^Z]\S* +tor$/m);
    assert.equal(gateway.run('sysctl', '-n', 'net.ipv4.icmp_echo_ignore_all').stdout.trim(), '0');
  });

  test('an up that lacks a card takes every link down and ends with 4', () => {
    execFileSync('ip', ['-netns', gateway.namespace, 'link', 'set', 'card1', 'name', 'gone1']);
    const { code, stderr } = gateway.half('up');
    assert.equal(code, 4);
    assert.match(stderr, /devices: failed; every link is down/);
    assert.doesNotMatch(inside(gateway.namespace, 'ip', '-o', 'link', 'show', 'up0').stdout, /[<,]UP[,>]/);
  });
}

function macOf(namespace: string, device: string): string {
  return /link\/ether (\S+)/.exec(inside(namespace, 'ip', 'link', 'show', device).stdout)?.[1] ?? '';
}
