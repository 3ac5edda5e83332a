/** English words for escrow: what it means, who holds it, and letting somebody back in. */
import type { NoticeView } from '@sotto/client/views';

const names = (holders: readonly string[]) => new Intl.ListFormat('en').format(holders);

export const escrowWords = {
  setupTitle: 'When somebody loses everything',
  setupChoice: 'Let administrators let members back in (escrow)',
  setupOn:
    'On: who lost password and recovery key can be let back in by you. The price: whoever holds this right could open what every recipient can read, with the help of this server; so whoever runs the server must not hold it. Members are told each time it is used; whistleblowers are told that it is on, and who holds it.',
  setupOff:
    'Off: nobody but a recipient can ever open their reports, and whoever loses both loses their reports.',
  title: 'Escrow',
  on: (holders: readonly string[]) =>
    `Escrow is on. ${names(holders)} can let members back in who lost password and recovery key, and could so open what those can read.`,
  off: 'Escrow is off. Who loses password and recovery key loses their reports.',
  turnOn: 'Turn escrow on',
  turnOff: 'Turn escrow off',
  askOff: {
    title: 'Turn escrow off?',
    text: 'Every copy is overwritten on the server. From then on nobody can be let back in who loses password and recovery key.',
    stay: 'Leave it on',
    go: 'Turn it off',
  },
  askOn: {
    title: 'Turn escrow on?',
    text: 'You will hold it. Every member’s device seals a copy of its keys for you when they sign in next; they and all whistleblowers are told.',
    stay: 'Leave it off',
    go: 'Turn it on',
  },
  give: 'Give the right',
  take: 'Take the right',
  letBack: 'Let back in',
  letBackAsk: {
    title: (name: string) => `Let ${name} back in?`,
    text: 'Only when they ask you themselves, in person or by a voice you know. Your device opens their keys for a moment and boxes them for a link of one use; they are told that you did it.',
    stay: 'Cancel',
    go: 'Make the link',
  },
  returnLead: (name: string) =>
    `Hello ${name}. You were let back in: choose a new password. You get a new recovery key with it; everything you could read is there.`,
  member: (holders: readonly string[]) =>
    `Escrow is on here: if you lose password and recovery key, ${names(holders)} can let you back in. They could so open what you can read; you would be told.`,
  notices: {
    'escrow-used': (by) => `${by} opened the copy of your keys, to let you back in.`,
    'escrow-resealed': (by) =>
      `${by} opened the copy of your keys, to seal it anew for those who hold escrow now.`,
    'escrow-on': (by) => `${by} turned escrow on and holds it: they could open what you can read.`,
    'escrow-off': (by) => `${by} turned escrow off: nobody but you can open what you can read.`,
    'escrow-given': (by, whom) => `${by} gave escrow to ${whom} too: they could open what you can read.`,
    'escrow-withdrawn': (by, whom) => `${by} took escrow from ${whom}.`,
  } satisfies Record<NoticeView['act'], (by: string, whom: string) => string>,
  somebody: 'somebody who is not here any more',
  noticesTitle: 'Since you were here last',
  notYou: 'If you did not ask for it, speak to them, and to the other recipients.',
  seen: 'I have read this',
};
