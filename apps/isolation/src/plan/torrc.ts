/** Tor's configuration in the Gateway. Every line is here because the Gateway needs it; there is no other file. */
import { type Layout, torPorts } from './layout.ts';

/** The text of the Gateway's torrc. */
export function torrc(layout: Layout): string {
  const { engine, gateway, testing } = layout.configuration;
  const lines = [
    `DataDirectory ${layout.torData}`,
    'RunAsDaemon 0',
    'Log notice stdout',
    'SafeLogging 1',
    'AvoidDiskWrites 1',
    'ClientOnly 1',
    'ClientUseIPv6 0',
    'ClientRejectInternalAddresses 1',
    'ConnectionPadding 1',
    'DisableDebuggerAttachment 1',
    `Sandbox ${layout.sandbox ? 1 : 0}`,
    `ControlSocket ${layout.control}`,
    'CookieAuthentication 1',
    `CookieAuthFile ${layout.cookie}`,
    'AutomapHostsOnResolve 1',
    'VirtualAddrNetworkIPv4 10.192.0.0/10',
    // No Workstation ever shares a circuit with another: each has ports, and a session group, of its own.
    ...layout.workstations.flatMap(({ cable }, index) => {
      if (cable === undefined) return [];
      const isolation = `IsolateClientAddr SessionGroup=${index + 1}`;
      return [
        `SocksPort ${cable.gatewayAddress}:${torPorts.socks} ${isolation} IsolateSOCKSAuth`,
        `TransPort ${cable.gatewayAddress}:${torPorts.transparent} ${isolation}`,
        `DNSPort ${cable.gatewayAddress}:${torPorts.dns} ${isolation}`,
      ];
    }),
    // Updates of the host and the image: a socket, no port. Each try gives a name of its own, and so gets circuits of its own.
    // A machine of its own fetches its updates by itself, and nobody else is on its loopback.
    `SocksPort ${engine === 'remote' ? `127.0.0.1:${torPorts.socks}` : `unix:${layout.updatesSocket}`} IsolateSOCKSAuth`,
    ...(gateway.bridges.length > 0
      ? ['UseBridges 1', ...gateway.bridges.map((bridge) => `Bridge ${bridge}`)]
      : []),
    ...(gateway.transport === undefined
      ? []
      : [`ClientTransportPlugin ${gateway.transport.names.join(',')} exec ${gateway.transport.program}`]),
    ...layout.onions.flatMap(({ configuration, keys, target }) => [
      `HiddenServiceDir ${keys}`,
      `HiddenServicePort ${configuration.port} ${target}`,
      ...(configuration.proof_of_work ? ['HiddenServicePoWDefensesEnabled 1'] : []),
      ...(configuration.circuit_id ? ['HiddenServiceExportCircuitID haproxy'] : []),
    ]),
    ...(testing === undefined
      ? []
      : ['TestingTorNetwork 1', ...testing.authorities.map((authority) => `DirAuthority ${authority}`)]),
  ];
  return `${lines.join('\n')}\n`;
}
