/** `down`: links first, then programs, mounts, namespaces, groups, files. Mends whatever an interrupted `up` left. */
import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readConfiguration } from '../config/read-configuration.ts';
import { IsolationError } from '../errors.ts';
import { type Layout, layoutOf, uplinkDevice } from '../plan/layout.ts';
import { attempt, execute } from './execute.ts';
import { endOwnProcesses, presentNamespaces } from './processes.ts';

/** Takes an instance down. Nothing there: nothing done. */
export async function down(layout: Layout): Promise<void> {
  const running = runningLayout(layout) ?? layout;
  const namespaces = await presentNamespaces(running);
  for (const namespace of namespaces) await closeLinks(namespace);
  await endOwnProcesses(running);
  for (const mounted of mountsUnder(running.run)) await execute({ program: 'umount', args: [mounted] });
  await giveDeviceBack(running);
  for (const namespace of namespaces) await execute({ program: 'ip', args: ['netns', 'delete', namespace] });
  await removeControlGroups(running);
  rmSync(running.run, { recursive: true, force: true });
}

/** Takes every link of a namespace down: from here on no packet leaves it. */
export async function closeLinks(namespace: string): Promise<void> {
  const inside = [`--net=/run/netns/${namespace}`, '--', 'ip'];
  const { stdout, status } = await attempt({
    program: 'nsenter',
    args: [...inside, '-json', 'link', 'show'],
  });
  if (status !== 0) return;
  // why: iproute2's own JSON.
  for (const { ifname } of JSON.parse(stdout) as { ifname: string }[]) {
    await attempt({ program: 'nsenter', args: [...inside, 'link', 'set', ifname, 'down'] });
  }
}

/**
 * The layout that is up, from the copy of its configuration: the file may have changed since. A copy that does not read was
 * cut off while it was written, before anything else was made: then nothing is up.
 */
export function runningLayout(layout: Layout): Layout | undefined {
  const path = join(layout.run, 'configuration.toml');
  if (!existsSync(path)) return undefined;
  try {
    return layoutOf(readConfiguration(path));
  } catch (cause) {
    if (cause instanceof IsolationError) return undefined;
    throw cause;
  }
}

/**
 * A network card goes back to the namespace we are in, with its own name and MAC. A cable is deleted: the kernel
 * empties a namespace some time after its end, and the cable's far end would keep its name until then.
 */
async function giveDeviceBack(layout: Layout): Promise<void> {
  const { uplink } = layout.configuration.gateway;
  const inGateway = ['-netns', layout.gatewayNamespace];
  if (uplink.kind !== 'device') {
    await attempt({ program: 'ip', args: ['-netns', uplink.namespace, 'link', 'delete', layout.uplinkPeer] });
    return;
  }
  const { status, stdout } = await attempt({
    program: 'ip',
    args: [...inGateway, '-json', 'link', 'show', 'dev', uplinkDevice],
  });
  if (status !== 0) return;
  // why: iproute2's own JSON; permaddr is there only when it differs from the address.
  const [link] = JSON.parse(stdout) as { permaddr?: string }[];
  if (link?.permaddr !== undefined) {
    await attempt({
      program: 'ip',
      args: [...inGateway, 'link', 'set', uplinkDevice, 'address', link.permaddr],
    });
  }
  await execute({
    program: 'ip',
    args: [...inGateway, 'link', 'set', uplinkDevice, 'netns', String(process.pid), 'name', uplink.device],
  });
}

/** Mount points below a folder, innermost first (proc(5), mountinfo, field 5; octal escapes). */
export function mountsUnder(folder: string): readonly string[] {
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .map((line) =>
      (line.split(' ')[4] ?? '').replace(/\\(\d{3})/g, (_, octal) =>
        String.fromCharCode(Number.parseInt(octal, 8)),
      ),
    )
    .filter((path) => path.startsWith(`${folder}/`))
    .reverse();
}

/** How often a control group that its last process has only just left is tried again. */
const groupTries = 50;

async function removeControlGroups(layout: Layout): Promise<void> {
  for (const parent of ['/sys/fs/cgroup', '/sys/fs/cgroup/memory', '/sys/fs/cgroup/pids']) {
    if (!existsSync(parent)) continue;
    for (const name of readdirSync(parent).filter((name) =>
      name.startsWith(`sotto-isolation.${layout.name}.`),
    )) {
      await removeGroup(join(parent, name));
    }
  }
}

async function removeGroup(folder: string): Promise<void> {
  for (let attempts = 1; ; attempts += 1) {
    try {
      rmdirSync(folder);
      return;
    } catch (cause) {
      if (attempts === groupTries) throw cause;
      await sleep(20);
    }
  }
}
