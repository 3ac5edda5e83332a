/** `sotto isolate VERB`: the only file that touches the process. Arguments in, exit code out. */
import { parseArgs } from 'node:util';
import { defaultConfigurationPath } from './config/read-configuration.ts';
import { IsolationError } from './errors.ts';
import { reportAsJson, reportForPeople } from './report.ts';
import type { Verb } from './verbs/context.ts';
import { usage, verbs } from './verbs/verbs.ts';

// What we create is ours alone, unless a step says otherwise.
process.umask(0o077);
process.exitCode = await main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<number> {
  const { NO_COLOR } = process.env;
  const streams = {
    out: (text: string) => process.stdout.write(text),
    err: (text: string) => process.stderr.write(text),
    colour: process.stdout.isTTY === true && NO_COLOR === undefined,
  };
  try {
    const { verb, flags, words, command } = readArguments(argv);
    return await verb.run({
      report: flags.json === true ? reportAsJson(streams) : reportForPeople(streams),
      flags,
      words,
      command,
      configurationPath: flags.config ?? defaultConfigurationPath,
      self: { node: process.execPath, main: import.meta.filename },
      interrupted,
    });
  } catch (cause) {
    if (!(cause instanceof IsolationError)) throw cause;
    const json = argv.slice(0, commandStart(argv)).includes('--json');
    if (json)
      streams.out(
        `${JSON.stringify({ kind: 'error', code: cause.code, message: cause.message, hint: cause.hint })}\n`,
      );
    else streams.err(`sotto: error: ${cause.message}\nsotto: hint: ${cause.hint}\n`);
    return cause.exitCode;
  }
}

function interrupted(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => controller.abort());
  return controller.signal;
}

function commandStart(argv: readonly string[]): number {
  const at = argv.indexOf('--');
  return at < 0 ? argv.length : at;
}

function readArguments(argv: readonly string[]) {
  const own = argv.slice(0, commandStart(argv));
  const command = argv.slice(commandStart(argv) + 1);
  try {
    const { values, positionals } = parseArgs({
      args: [...own],
      allowPositionals: true,
      options: {
        config: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
        root: { type: 'boolean' },
        fast: { type: 'boolean' },
        full: { type: 'boolean' },
        control: { type: 'boolean' },
        name: { type: 'string' },
        folder: { type: 'string' },
        capture: { type: 'string' },
        take: { type: 'string' },
      },
    });
    const [name = 'help', ...words] = positionals;
    const verb: Verb | undefined = verbs[values.help === true ? 'help' : name];
    if (verb === undefined) throw new IsolationError('USAGE', `there is no verb ${name}`, usage());
    return { verb, flags: values, words, command };
  } catch (cause) {
    if (cause instanceof IsolationError) throw cause;
    // why: parseArgs throws TypeErrors that name the option.
    throw new IsolationError('USAGE', (cause as Error).message.split('. ')[0] ?? 'bad arguments', usage());
  }
}
