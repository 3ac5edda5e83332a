/** The shape of `isolation.toml`: every setting, its bounds and its default. Unknown settings are refused. */
import * as v from 'valibot';
import { parseBridge } from './bridge.ts';
import { UpdatesSchema } from './updates-schema.ts';
import { AbsolutePath, oneLine } from './words.ts';

/** Linux takes 15 bytes for a device name; ours are short, and the instance's name prefixes namespaces only. */
const Name = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,30}$/, 'must be a lower-case word of at most 31'));
const DeviceName = v.pipe(v.string(), v.regex(/^[a-zA-Z][a-zA-Z0-9._-]{0,14}$/, 'must be a device name'));
const Address = v.pipe(v.string(), v.ipv4('must be an IPv4 address'));
const AddressWithPrefix = v.pipe(
  v.string(),
  v.regex(
    /^(?:\d{1,3}\.){3}\d{1,3}\/(?:[1-9]|[12]\d|3[0-2])$/,
    'must be an IPv4 address with a prefix, as in 203.0.113.5/24',
  ),
  v.check(
    (text) =>
      text
        .split('/')[0]
        ?.split('.')
        .every((part) => Number(part) <= 255) ?? false,
    'must be an IPv4 address',
  ),
);
/** A network: no bit of the address is set behind the prefix, or iproute2 refuses it. */
const Network = v.pipe(
  v.string(),
  v.regex(/^(?:\d{1,3}\.){3}\d{1,3}\/(?:\d|[12]\d|3[0-2])$/, 'must be an IPv4 network, as in 10.8.0.0/24'),
  v.check((text) => {
    const [address = '', prefix = ''] = text.split('/');
    const parts = address.split('.').map(Number);
    const number = parts.reduce((sum, part) => sum * 256 + part, 0);
    return parts.every((part) => part <= 255) && number % 2 ** (32 - Number(prefix)) === 0;
  }, 'must be an IPv4 network, as in 10.8.0.0/24'),
);
/** Locally administered unicast: the second lowest bit of the first byte is set, the lowest is not. */
const LocalMac = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f][26ae](?::[0-9a-f]{2}){5}$/, 'must be a locally administered MAC address in lower case'),
);
const Port = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65535));
const Whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

const Bridge = v.pipe(
  v.string(),
  v.check(
    (line) => parseBridge(line) !== undefined,
    'must be a bridge with an IPv4 address, as in obfs4 192.0.2.5:443 FINGERPRINT cert=… iat-mode=0',
  ),
);

/** How the Gateway reaches the network. */
const Uplink = v.variant('kind', [
  v.strictObject({
    /** A network card of this machine, moved into the Gateway: the host loses it while the Gateway is up. */
    kind: v.literal('device'),
    device: DeviceName,
    address: AddressWithPrefix,
    router: Address,
    /** `keep` shows the card's own MAC to the local network; `random` makes a new one at every `up`. */
    mac: v.optional(v.union([v.picklist(['keep', 'random']), LocalMac]), 'random'),
  }),
  v.strictObject({
    /** A cable into another network namespace of this machine: a private Tor network, or a namespace with a modem. */
    kind: v.literal('namespace'),
    namespace: Name,
    address: AddressWithPrefix,
    router: Address,
    mac: v.optional(v.union([v.literal('random'), LocalMac]), 'random'),
  }),
]);

/** Bind mounts are read-only, always: what a Workstation may change lives in its own layer. */
const ReadOnlyBind = v.strictObject({ from: AbsolutePath, to: AbsolutePath });

const Limits = v.strictObject({
  memory_mib: v.optional(Whole(16, 1_048_576), 2048),
  processes: v.optional(Whole(8, 32_768), 512),
  open_files: v.optional(Whole(64, 1_048_576), 4096),
  file_mib: v.optional(Whole(1, 1_048_576), 16_384),
});

/** What goes into `tun0`, which a program of the Workstation opens as /dev/net/tun and reads. */
const Tunnel = v.strictObject({
  /** Its address at this end. */
  address: AddressWithPrefix,
  /** Networks that are reached through the tunnel; `0.0.0.0/0` is everything. */
  routes: v.optional(v.array(Network), []),
  /** The tunnel's far end, when everything goes into the tunnel and the program does not reach it through SOCKS. */
  server: v.optional(Address, undefined),
  /** Bytes of a packet in the tunnel: room for the tunnel's own words in one segment of TCP. */
  mtu: v.optional(Whole(576, 9000), 1400),
});

const Workstation = v.strictObject({
  name: Name,
  /** `gateway`: a cable to the Gateway. `none`: no network at all. */
  network: v.optional(v.picklist(['gateway', 'none']), 'gateway'),
  /** The program that `up` starts, and its arguments; none for a Workstation used with `run` only. */
  command: v.optional(v.pipe(v.array(v.pipe(v.string(), oneLine)), v.minLength(1)), undefined),
  environment: v.optional(
    v.record(v.pipe(v.string(), v.regex(/^[A-Z][A-Z0-9_]{0,63}$/)), v.pipe(v.string(), oneLine)),
    {},
  ),
  /** The account that owns the Workstation's files on the host; nothing else may use it. */
  uid: v.optional(Whole(65_537, 2_000_000_000), undefined),
  binds: v.optional(v.array(ReadOnlyBind), []),
  limits: v.optional(Limits, {}),
  /** For a tunnel to another network through Tor, such as a VPN over TCP: a device that this Workstation alone has. */
  tunnel: v.optional(Tunnel, undefined),
  /** Two machines: the network cards at both ends of the cable between the Gateway's machine and this Workstation's. */
  cable: v.optional(v.strictObject({ gateway: DeviceName, workstation: DeviceName }), undefined),
});

const Onion = v.strictObject({
  name: Name,
  workstation: Name,
  port: v.optional(Port, 80),
  /** The server listens on `/run/onion/NAME/SOCKET` in its Workstation. */
  socket: v.optional(v.pipe(v.string(), v.regex(/^[a-z][a-z0-9.-]{0,30}$/)), 'web.sock'),
  /** Two machines share no socket: there, the server listens on this TCP port of its Workstation's address. */
  tcp: v.optional(Port, undefined),
  /** x25519 public keys (base32) of those who may reach it; empty: everybody who knows the name. */
  authorised: v.optional(
    v.array(v.pipe(v.string(), v.regex(/^[A-Z2-7]{52}$/, 'must be 52 base32 characters'))),
    [],
  ),
  /** Tor's proof-of-work defence against floods. */
  proof_of_work: v.optional(v.boolean(), true),
  /** Gives the server a PROXY line with the visitor's circuit, so that it can set limits per circuit. */
  circuit_id: v.optional(v.boolean(), false),
});

/** A socket one Workstation serves and another may connect to: `/run/link/NAME/` in both. No packet crosses it. */
const Link = v.strictObject({ name: Name, from: Name, to: Name });

export const ConfigurationSchema = v.strictObject({
  /** `netns`: all on this machine, in namespaces. `remote`: the Gateway and each Workstation on a machine of its own. */
  engine: v.optional(v.picklist(['netns', 'remote']), 'netns'),
  /** Prefix of the namespaces, at most 12 characters: two instances on one machine need two names. */
  name: v.optional(v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,11}$/)), 'sotto'),
  /** Kept over a reboot: the image, layers, onion keys. */
  state: v.optional(AbsolutePath, '/var/lib/sotto-isolation'),
  /** Forgotten at reboot: rules, torrc, sockets, logs. */
  run: v.optional(AbsolutePath, '/run/sotto-isolation'),
  gateway: v.strictObject({
    tor: v.optional(AbsolutePath, '/usr/bin/tor'),
    user: v.optional(v.pipe(v.string(), v.regex(/^[a-z_][a-z0-9_-]{0,31}$/)), 'debian-tor'),
    uplink: Uplink,
    /** The first address of the cables: Workstation number i takes the i-th /30. */
    internal: v.optional(Address, '10.77.0.0'),
    /** Tor's own filter of system calls. Tor does not start a transport's program under it: with one, there is none. */
    sandbox: v.optional(v.boolean(), true),
    /** Lines of a torrc's `Bridge`, without the word. */
    bridges: v.optional(v.array(Bridge), []),
    /** The program that speaks the bridges' transport, and the transports it speaks. */
    transport: v.optional(
      v.strictObject({
        program: AbsolutePath,
        names: v.array(v.pipe(v.string(), v.regex(/^[a-z0-9_]{1,20}$/))),
      }),
      undefined,
    ),
    /** How long `up` waits for Tor, in seconds. */
    bootstrap_seconds: v.optional(Whole(5, 3600), 180),
  }),
  base: v.optional(
    v.strictObject({
      suite: v.optional(v.pipe(v.string(), v.regex(/^[a-z]{1,20}$/)), 'bookworm'),
      mirror: v.optional(
        v.pipe(v.string(), v.regex(/^http:\/\/[a-z0-9.:/-]{1,200}$/)),
        'http://deb.debian.org/debian',
      ),
      security: v.optional(
        v.pipe(v.string(), v.regex(/^http:\/\/[a-z0-9.:/-]{1,200}$/)),
        'http://deb.debian.org/debian-security',
      ),
      /** Lines of a sources.list; instead of the three that follow from suite, mirror and security. */
      sources: v.optional(
        v.pipe(v.array(v.pipe(v.string(), v.startsWith('deb '), oneLine)), v.minLength(1)),
        undefined,
      ),
      packages: v.optional(v.array(v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9+.-]{0,80}$/))), [
        'libatomic1',
      ]),
    }),
    {},
  ),
  workstation: v.pipe(v.array(Workstation), v.minLength(1), v.maxLength(60)),
  onion: v.optional(v.array(Onion), []),
  link: v.optional(v.array(Link), []),
  updates: v.optional(UpdatesSchema, {}),
  watchdog: v.optional(v.strictObject({ seconds: v.optional(Whole(1, 3600), 5) }), {}),
  /** Only for a private Tor network: `DirAuthority` lines without the word. */
  testing: v.optional(v.strictObject({ authorities: v.array(v.pipe(v.string(), oneLine)) }), undefined),
});

export type Configuration = v.InferOutput<typeof ConfigurationSchema>;
export type EngineName = Configuration['engine'];
export type WorkstationConfiguration = Configuration['workstation'][number];
export type OnionConfiguration = Configuration['onion'][number];
