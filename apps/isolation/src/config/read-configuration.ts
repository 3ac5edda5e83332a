/** Reads `isolation.toml`: text → unknown → a checked Configuration whose names all refer to something. */
import { readFileSync } from 'node:fs';
import { parse } from 'smol-toml';
import * as v from 'valibot';
import { IsolationError } from '../errors.ts';
import { parseBridge } from './bridge.ts';
import { engineObjection } from './engine-rules.ts';
import { type Configuration, ConfigurationSchema } from './schema.ts';

/** Where the file is when `--config` does not say otherwise. */
export const defaultConfigurationPath = '/etc/sotto/isolation.toml';

/** More than any configuration needs; a larger file is not one. */
const largestFile = 256 * 1024;

/**
 * Reads and checks a configuration file.
 *
 * @throws IsolationError `CONFIGURATION` naming the first setting that is wrong and what it should be.
 */
export function readConfiguration(path: string): Configuration {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    // why: node:fs throws ErrnoException for every failure of the system.
    const code = (cause as NodeJS.ErrnoException).code ?? 'unreadable';
    throw wrong(`cannot read ${path} (${code})`, 'Write one: docs/operations/isolation.md has an example.');
  }
  return parseConfiguration(text, path);
}

/** The same for a text; `path` is only for messages. */
export function parseConfiguration(text: string, path: string): Configuration {
  if (text.length > largestFile)
    throw wrong(`${path} is larger than ${largestFile} bytes`, 'It should be short.');
  let written: unknown;
  try {
    written = parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : '';
    throw wrong(`${path} is not TOML: ${reason}`, 'Correct the line and run `plan` again.');
  }
  const checked = v.safeParse(ConfigurationSchema, written);
  if (!checked.success) {
    const [issue] = checked.issues;
    throw wrong(
      `${path}: ${v.getDotPath(issue) ?? 'the file'}: ${issue.message}`,
      'Correct it and run `plan` again.',
    );
  }
  checkReferences(checked.output, path);
  const objection = engineObjection(checked.output);
  if (objection !== undefined) {
    const engine = checked.output.engine;
    throw wrong(`${path}: ${objection}`, `The engine ${engine} works so: docs/operations/isolation.md.`);
  }
  return checked.output;
}

/** What a schema cannot say: names are unique and every reference leads somewhere. */
function checkReferences(configuration: Configuration, path: string): void {
  const workstations = unique('workstation', configuration.workstation, path);
  unique('onion', configuration.onion, path);
  unique('link', configuration.link, path);
  for (const line of configuration.gateway.bridges) {
    const transport = parseBridge(line)?.transport;
    if (transport !== undefined && configuration.gateway.transport?.names.includes(transport) !== true) {
      throw wrong(
        `${path}: gateway.bridges: no program speaks ${transport}`,
        `Add [gateway.transport] with its program and names = ["${transport}"].`,
      );
    }
  }
  for (const onion of configuration.onion) {
    if (!workstations.has(onion.workstation)) {
      throw wrong(
        `${path}: onion ${onion.name}: there is no workstation ${onion.workstation}`,
        'Name one that is there.',
      );
    }
  }
  for (const link of configuration.link) {
    for (const end of [link.from, link.to]) {
      if (!workstations.has(end)) {
        throw wrong(`${path}: link ${link.name}: there is no workstation ${end}`, 'Name one that is there.');
      }
    }
    if (link.from === link.to)
      throw wrong(`${path}: link ${link.name} has one end`, 'Name two workstations.');
  }
  const uids = configuration.workstation.flatMap(({ uid }) => (uid === undefined ? [] : [uid]));
  if (new Set(uids).size !== uids.length) {
    throw wrong(`${path}: two workstations share a uid`, 'Give each its own, or leave uid out.');
  }
}

function unique(kind: string, entries: readonly { name: string }[], path: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { name } of entries) {
    if (names.has(name)) throw wrong(`${path}: two entries of [[${kind}]] are named ${name}`, 'Rename one.');
    names.add(name);
  }
  return names;
}

function wrong(message: string, hint: string): IsolationError {
  return new IsolationError('CONFIGURATION', message, hint);
}
