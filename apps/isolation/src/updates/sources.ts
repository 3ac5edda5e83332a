/**
 * The sources of a Debian system (sources.list(5), both formats): which servers its packages come from, and that none of them is
 * excused from the checks. An option in a source is stronger than any setting of ours, so it is read before apt is let near.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IsolationError } from '../errors.ts';

/** A source takes part in the daily update with these options alone: they narrow, and excuse from nothing. */
const harmless = [
  ...['arch', 'architectures', 'signed-by', 'lang', 'languages', 'target', 'targets', 'pdiffs', 'by-hash'],
  ...['types', 'uris', 'suites', 'components', 'enabled', 'description', 'inrelease-path'],
];

/**
 * Reads the sources of a root.
 *
 * @returns `host:port` of each server.
 * @throws IsolationError `REFUSED` for an option that weakens a check, and for what does not come by http.
 */
export function sourceServers(root: string): ReadonlySet<string> {
  const folder = join(root, 'etc', 'apt');
  const parts = join(folder, 'sources.list.d');
  const files = [
    ...(existsSync(join(folder, 'sources.list')) ? [join(folder, 'sources.list')] : []),
    ...(existsSync(parts)
      ? readdirSync(parts)
          .sort()
          .map((file) => join(parts, file))
      : []),
  ];
  const servers = new Set<string>();
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    const found = file.endsWith('.sources') ? stanzas(text) : file.endsWith('.list') ? lines(text) : [];
    for (const { uris, options } of found) {
      const weak = options.find((option) => !harmless.includes(option));
      if (weak !== undefined) {
        throw new IsolationError(
          'REFUSED',
          `a source in ${file} has the option ${weak}, which may excuse it from checks`,
          'Remove the option, or the source.',
        );
      }
      for (const uri of uris) servers.add(server(uri, file));
    }
  }
  if (servers.size === 0)
    throw new IsolationError(
      'REFUSED',
      `there is no source in ${folder}`,
      'Name one, as in sources.list(5).',
    );
  return servers;
}

type Source = { uris: readonly string[]; options: readonly string[] };

/** `deb [ option=value … ] uri suite component …`, one on a line. */
function lines(text: string): readonly Source[] {
  return text
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter(Boolean)
    .map((line) => {
      const [, , bracket = '', uri = ''] = /^(deb|deb-src)\s+(?:\[([^\]]*)\]\s*)?(\S+)/.exec(line) ?? [];
      const options = bracket.split(/\s+/).filter(Boolean);
      return { uris: [uri], options: options.map((one) => (one.split(/[+-]?=/)[0] ?? '').toLowerCase()) };
    });
}

/** Paragraphs of `Field: value`, continued on indented lines. */
function stanzas(text: string): readonly Source[] {
  return text
    .replace(/^#.*\n?/gm, '')
    .split(/\n\s*\n/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => {
      const fields = new Map<string, string>();
      for (const [, name = '', value = ''] of paragraph.matchAll(
        /^([A-Za-z][A-Za-z-]*):((?:.*)(?:\n[ \t].*)*)/gm,
      ))
        fields.set(name.toLowerCase(), value.trim());
      const off = /^(?:no|false|0|off|disable|without)$/.test(fields.get('enabled') ?? 'yes');
      const uris = off ? [] : (fields.get('uris') ?? '').split(/\s+/).filter(Boolean);
      return { uris, options: off ? [] : [...fields.keys()] };
    });
}

function server(uri: string, file: string): string {
  const url = URL.canParse(uri) ? new URL(uri) : undefined;
  if (url?.protocol !== 'http:' || url.username !== '') {
    throw new IsolationError(
      'REFUSED',
      `a source in ${file} is not plain http`,
      'Take its http address, or its onion: apt checks signatures, and Tor hides who asks; https would hide the lists from our checks.',
    );
  }
  return `${url.hostname}:${url.port === '' ? 80 : url.port}`;
}
