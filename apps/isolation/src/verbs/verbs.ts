/** The verbs of `sotto isolate`, each with its one sentence of help. */
import { exitCode } from '../errors.ts';
import { auditVerb } from './audit.ts';
import { baseVerb } from './base.ts';
import { checklistVerb } from './checklist.ts';
import type { Verb } from './context.ts';
import { explainVerb } from './explain.ts';
import { leakTestVerb } from './leak-test.ts';
import { downVerb, planVerb, runVerb, statusVerb, upVerb, watchVerb } from './lifecycle.ts';
import { onionVerb } from './onion.ts';
import { snapshotVerb } from './snapshot.ts';
import { tornetVerb } from './tornet.ts';
import { updateVerb } from './update.ts';

export const verbs: Readonly<Record<string, Verb>> = {
  plan: { help: 'print every rule set, torrc and command of `up`; change nothing', run: planVerb },
  explain: {
    help: '[ID|engines|checklist]: what each protection is for, and what stays with you',
    run: explainVerb,
  },
  base: { help: 'build|verify|rollback: the image that every Workstation stands on', run: baseVerb },
  up: { help: 'put the Gateway and the Workstations up; any failure closes everything', run: upVerb },
  down: { help: 'take everything down; mends whatever an interrupted `up` left', run: downVerb },
  status: { help: 'show what is up and whether it is as `up` left it', run: statusVerb },
  audit: {
    help: 'compare sockets, programs, accounts, rules, devices and more with the exact lists',
    run: auditVerb,
  },
  checklist: {
    help: '[ID yes|no|not-here]: what only you can know; your answers, dated, which `audit` shows',
    run: checklistVerb,
  },
  run: { help: 'run WORKSTATION [--root] -- COMMAND …: run a command in a Workstation', run: runVerb },
  leaktest: {
    help: 'leaktest [WORKSTATION] [--fast|--full] [--control] [--capture FILE]: attack, and judge what left',
    run: leakTestVerb,
  },
  onion: {
    help: 'list|backup FILE|restore FILE: names and keys; the passphrase comes from standard input',
    run: onionVerb,
  },
  snapshot: {
    help: 'create|list|rollback|suspect|verify WORKSTATION [NAME], clone WORKSTATION NAME OTHER: clean states',
    run: snapshotVerb,
  },
  update: {
    help: 'check|apply [host|base], install PACKAGE…, files, merge host|base FILE [--take …], timer: through Tor',
    run: updateVerb,
  },
  tornet: { help: 'start|stop [--name NAME] [--folder KEYS]: a private Tor network', run: tornetVerb },
  watch: { help: 'the watchdog; `up` starts it', run: watchVerb },
  help: {
    help: 'this text',
    run: async ({ report }) => {
      report.say(usage());
      return exitCode.ok;
    },
  },
};

/** The help text. */
export function usage(): string {
  const lines = Object.entries(verbs).map(([name, { help }]) => `  ${name.padEnd(10)} ${help}`);
  return `sotto isolate VERB [--config FILE] [--json]\n${lines.join('\n')}\nExit codes: 0 ok, 1 finding, 2 usage, 3 cannot here, 4 closed on failure`;
}
