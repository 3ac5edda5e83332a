/** What one engine needs of a configuration and another cannot do: said when the file is read, not when it is used. */
import type { Configuration } from './schema.ts';

/** The first setting that does not fit the engine, and why; undefined when all do. */
export function engineObjection(configuration: Configuration): string | undefined {
  return configuration.engine === 'netns'
    ? namespacesObjection(configuration)
    : remoteObjection(configuration);
}

function namespacesObjection({ workstation, onion }: Configuration): string | undefined {
  const cabled = workstation.find(({ cable }) => cable !== undefined);
  if (cabled !== undefined) return `workstation ${cabled.name}: a cable of two cards needs engine = "remote"`;
  const unconnected = workstation.find(({ tunnel, network }) => tunnel !== undefined && network === 'none');
  if (unconnected !== undefined) return `workstation ${unconnected.name}: a tunnel needs network = "gateway"`;
  const listening = onion.find(({ tcp }) => tcp !== undefined);
  if (listening !== undefined)
    return `onion ${listening.name}: on one machine the server has a socket, no tcp port`;
  return undefined;
}

function remoteObjection({ gateway, workstation, onion, link }: Configuration): string | undefined {
  if (gateway.uplink.kind !== 'device')
    return 'gateway.uplink: the Gateway’s machine has a card: kind = "device"';
  if (link[0] !== undefined) return `link ${link[0].name}: two machines share no socket`;
  const silent = onion.find(({ tcp }) => tcp === undefined);
  if (silent !== undefined) return `onion ${silent.name}: say on which tcp port its server listens`;
  for (const { name, network, cable, binds, tunnel } of workstation) {
    if (tunnel !== undefined) return `workstation ${name}: a machine of its own makes its tunnels itself`;
    if (network === 'none') return `workstation ${name}: a machine without a network needs no Gateway`;
    if (cable === undefined) return `workstation ${name}: name the cards at both ends of its cable`;
    if (binds.length > 0) return `workstation ${name}: a machine of its own has its own files, and no binds`;
  }
  const cards = [gateway.uplink.device, ...workstation.flatMap(({ cable }) => cable?.gateway ?? [])];
  const twice = cards.find((card, index) => cards.indexOf(card) !== index);
  return twice === undefined ? undefined : `the Gateway’s card ${twice} is named twice`;
}
