/** What a person always sees of their own security: one short state each, and whether it wants doing something. */
import type { MemberView, SiteView } from '@sotto/client/views';
import type { MemberWords } from '../../words/member-catalogue.ts';

export type SecurityItem = {
  readonly name: string;
  readonly state: string;
  /** `good`, something to look at, or neither. */
  readonly kind: 'good' | 'look' | 'plain';
  /** A sentence for the preferences. */
  readonly help: string;
};

const dayLength = 24 * 60 * 60 * 1000;

/** @param now milliseconds since 1970: the browser's clock, for the age of the password alone. */
export function securityItems(
  member: MemberView,
  site: SiteView | null,
  now: number,
  { security: words }: MemberWords,
): readonly SecurityItem[] {
  const { security } = member;
  const age = Math.max(0, Math.floor((now - Date.parse(security.passwordDay)) / dayLength));
  const old = security.passwordDays > 0 && age >= security.passwordDays * 0.9;
  const onion = site?.connection === 'onion';
  const { escrow } = security;
  return [
    {
      name: words.connection.name,
      state: onion ? words.connection.onion : words.connection.unknown,
      kind: onion ? 'good' : 'look',
      help: onion ? words.connection.onionHelp : words.connection.unknownHelp,
    },
    {
      name: words.factor.name,
      state: security.factor ? words.on : words.off,
      kind: security.factor ? 'good' : 'look',
      help:
        security.factorResetDay === null ? words.factor.help : words.factor.reset(security.factorResetDay),
    },
    {
      name: words.recoveryKey.name,
      state:
        security.recoveryTriedDay === null
          ? words.recoveryKey.untried
          : words.recoveryKey.tried(security.recoveryTriedDay),
      kind: security.recoveryTriedDay === null ? 'look' : 'good',
      help: words.recoveryKey.help,
    },
    {
      name: words.escrow.name,
      state: escrow.on ? words.escrow.heldBy(escrow.holders.map(({ name }) => name)) : words.off,
      kind: 'plain',
      help: escrow.on ? words.escrow.onHelp : words.escrow.offHelp,
    },
    {
      name: words.passwordAge.name,
      state: words.passwordAge.days(age),
      kind: old ? 'look' : 'good',
      help:
        security.passwordDays === 0
          ? words.passwordAge.forEver
          : words.passwordAge.until(security.passwordDays),
    },
  ];
}
