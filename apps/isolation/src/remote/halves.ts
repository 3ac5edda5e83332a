/**
 * The engine `remote`: the Gateway and each Workstation on a machine of its own. It makes one folder of files for each; what is in
 * it is all that its machine needs. Pure: the same configuration gives the same files.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Configuration } from '../config/schema.ts';
import { type Layout, layoutOf } from '../plan/layout.ts';
import { gatewayFiles } from './gateway-half.ts';
import { type HalfFile, plain } from './half-file.ts';
import { workstationFiles } from './workstation-half.ts';

/** One machine's folder. */
export type Half = { name: string; files: readonly HalfFile[] };

/** Where a half keeps and forgets things on its machine; half.sh says the same. */
const onItsMachine = { run: '/run', state: '/var/lib', name: 'sotto-half' } as const;

/** Every half of a configuration: the Gateway's first. */
export function halvesOf(configuration: Configuration): readonly Half[] {
  const layout = layoutOf({ ...configuration, ...onItsMachine });
  const halves: Half[] = [{ name: 'gateway', files: gatewayFiles(layout) }];
  for (const workstation of layout.workstations) {
    halves.push({
      name: `workstation-${workstation.name}`,
      files: workstationFiles(layout, workstation),
    });
  }
  return halves.map(({ name, files }) => ({ name, files: [...files, ...commonFiles(layout)] }));
}

/** What every half has: the program that puts it up, and what keeps other programs off its cards. */
function commonFiles(layout: Layout): readonly HalfFile[] {
  return [
    { path: 'half', mode: 0o755, content: readFileSync(join(import.meta.dirname, 'half.sh'), 'utf8') },
    plain('sotto-half.service', service),
    plain('10-sotto-half.network', networkd(layout)),
    plain('10-sotto-half-networkmanager.conf', networkManager(layout)),
  ];
}

/** Our names, and the cards' own until `half` has renamed them. */
function cardNames({ configuration: { gateway, workstation } }: Layout): readonly string[] {
  const own = gateway.uplink.kind === 'device' ? [gateway.uplink.device] : [];
  const cables = workstation.flatMap(({ cable }) => (cable === undefined ? [] : Object.values(cable)));
  return ['up0', 'eth0', ...workstation.map((_, index) => `ws${index}`), ...own, ...cables];
}

function networkd(layout: Layout): string {
  return `# For /etc/systemd/network: nobody but half touches these cards.
[Match]
Name=${[...new Set(cardNames(layout))].join(' ')}

[Link]
Unmanaged=yes
`;
}

function networkManager(layout: Layout): string {
  return `# For /etc/NetworkManager/conf.d: nobody but half touches these cards.
[keyfile]
unmanaged-devices=${[...new Set(cardNames(layout))].map((name) => `interface-name:${name}`).join(';')}
`;
}

const service = `# For /etc/systemd/system, with this folder as /etc/sotto/half.
[Unit]
Description=One half of an isolation: this machine's
Before=network-pre.target
Wants=network-pre.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/etc/sotto/half/half up
ExecStop=/etc/sotto/half/half down
TimeoutStartSec=infinity

[Install]
WantedBy=multi-user.target
`;
