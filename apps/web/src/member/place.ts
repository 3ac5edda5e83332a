/** Where a recipient or administrator can be, and the links that lead there. */
export type Place =
  | 'starting'
  | 'sign-in'
  | 'forgot'
  | 'reset'
  | 'code'
  | 'due'
  | 'preferences'
  | 'setup'
  | 'activation'
  | 'keys-made'
  | 'list'
  | 'report'
  | 'people'
  | 'settings'
  | 'sessions';

const linkKinds = ['setup', 'activate', 'reset'] as const;
type LinkKind = (typeof linkKinds)[number];

/** `setup=…`, `activate=…` and `reset=…`; anything else is no link. */
export function linkIn(fragment: string): readonly [LinkKind | '', string] {
  const [kind, secret = ''] = fragment.split('=', 2);
  const known = linkKinds.find((candidate) => candidate === kind);
  return known === undefined ? ['', ''] : [known, secret];
}
