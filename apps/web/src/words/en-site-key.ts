/** English words for the key that signs the directory: who has it, and giving it to somebody. */
export const siteKeyWords = {
  title: 'Signing key',
  lead: 'This key vouches for who is who here: nobody believes a member, a channel or its recipients without it. Whoever has it invites people and changes channels.',
  fingerprint: 'Fingerprint',
  has: 'Has the key',
  hasNot: 'Does not have the key',
  give: 'Give the key',
  change: 'Change the key',
  changeAsk: {
    title: 'Change the signing key?',
    text: 'Do this when somebody may have got hold of it, or when an administrator who had it leaves. The old key vouches for the new one, and is forgotten. Only you have the new one then; give it to others again. Members and returning whistleblowers are told. Whoever has the old key could still deceive people who come with an old link, so publish the new link.',
    stay: 'Keep it',
    go: 'Change it',
  },
  changed:
    'The key that vouches for everybody on this site is another one. The key before vouched for it. If nobody told you of a change, ask an administrator by a voice you know, and compare:',
  before: 'The key before',
  now: 'The key now',
  needed: (signers: readonly string[]) =>
    `Inviting people and changing channels takes the signing key, which you do not have. ${new Intl.ListFormat('en').format(signers)} can give it to you under Settings; sign in again then.`,
  alone:
    'Only one person has it. If they lose password and recovery key, nobody can invite anybody any more: give it to a second administrator.',
};
