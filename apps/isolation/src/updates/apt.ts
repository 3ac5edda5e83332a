/** apt's part: the options every call gets, the calls, and what its words mean. */
import type { Command } from '../plan/steps.ts';

/**
 * Stronger than any apt.conf of the system: nothing unsigned, weak or expired, and a part that failed is a failure. The rest of
 * the sources' own options is refused in sources.ts.
 */
const strict: Readonly<Record<string, string>> = {
  'Acquire::AllowInsecureRepositories': 'false',
  'Acquire::AllowWeakRepositories': 'false',
  'Acquire::AllowDowngradeToInsecureRepositories': 'false',
  'APT::Get::AllowUnauthenticated': 'false',
  'Acquire::Check-Valid-Until': 'true',
  'Acquire::Check-Date': 'true',
  'APT::Update::Error-Mode': 'any',
  'Acquire::Languages': 'none',
  'Acquire::Retries': '0',
  'APT::Get::Assume-Yes': 'true',
  'APT::Get::Install-Recommends': 'false',
};

/** One's own configuration files stay as they are; the distribution's new ones come to lie beside them. */
const conffiles = ['--force-confdef', '--force-confold'].flatMap((option) => [
  '-o',
  `Dpkg::Options::=${option}`,
]);

/** `apt-get`, through the door at this port of loopback, or without any network. */
export function aptGet(words: readonly string[], doorPort: number | undefined): Command {
  const options = Object.entries(strict).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  const proxy = doorPort === undefined ? [] : ['-o', `Acquire::http::Proxy=http://127.0.0.1:${doorPort}`];
  return { program: 'apt-get', args: [...options, ...proxy, ...conffiles, ...words] };
}

/** What an update takes: everything newer, with what that newly needs; nothing is removed. */
export const everything = ['upgrade', '--with-new-pkgs'] as const;

/** A package that is to change; `from` is empty for a new one. */
export type Change = { package: string; from: string; to: string };

/** The changes that a simulation (`apt-get -s`) announces: `Inst name [old] (new origin [arch])`. */
export function changesIn(simulation: string): readonly Change[] {
  return [...simulation.matchAll(/^Inst (\S+) (?:\[(\S+)\] )?\((\S+)/gm)].map(
    ([, name = '', from = '', to = '']) => ({
      package: name,
      from,
      to,
    }),
  );
}

/** Why packages or their lists were not taken. All but the last two may be of somebody between us and the source. */
export type Refusal =
  | 'unsigned'
  | 'wrongly signed'
  | 'altered'
  | 'expired'
  | 'older'
  | 'never expires any more'
  | 'from the future'
  | 'from elsewhere'
  | 'not as it should be'
  | 'not reached'
  | 'a fault of this machine';

/** The words of apt 2.6, the surest first: what could not be looked at, or is signed by a stranger, is also called "not signed". */
const words: readonly (readonly [RegExp, Refusal])[] = [
  [
    /Couldn't create temporary file|No space left on device|Read-only file system|Could not get lock/,
    'a fault of this machine',
  ],
  [/403 +Not a source of packages/, 'from elsewhere'],
  [
    /Tor does not reach the server|Connection (?:failed|timed out)|Could not connect|Unable to connect/,
    'not reached',
  ],
  [
    /NO_PUBKEY|BADSIG|EXPSIG|EXPKEYSIG|REVKEYSIG|signatures? (?:was|were) invalid|Clearsigned file isn't valid/,
    'wrongly signed',
  ],
  [/is expired \(invalid since/, 'expired'],
  [/is not valid yet/, 'from the future'],
  [/Hash Sum mismatch|File has unexpected size/, 'altered'],
  [/is (?:not|no longer) signed|does not have a Release file|cannot be authenticated/, 'unsigned'],
];

/** What apt meant when it failed. Words that we do not know may be of somebody's making, so they count as such. */
export function refusalIn(output: string): Refusal {
  return words.find(([pattern]) => pattern.test(output))?.[1] ?? 'not as it should be';
}

/** Whether a refusal can be somebody in the middle: then it is asked once more, on another path. */
export function maybeInTheMiddle(refusal: Refusal): boolean {
  return refusal !== 'not reached' && refusal !== 'a fault of this machine';
}
