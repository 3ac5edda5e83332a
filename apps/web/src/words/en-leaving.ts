/** English words for people who come and go: kept out, deleted, and reports given to others. */

import type { Role } from '@sotto/client/views';

const names = (channels: readonly string[]) =>
  new Intl.ListFormat('en').format(channels.map((channel) => `“${channel}”`));

export const leavingWords = {
  disable: 'Keep out',
  enable: 'Let in again',
  delete: 'Delete account',
  holdsEscrow: 'Holds escrow: take that right first, in the settings.',
  disableAsk: {
    title: (name: string) => `Keep ${name} out?`,
    text: 'They are signed out at once and cannot sign in. Their reports stay, and nothing new is sent to them. You can let them in again at any time.',
    unread: (channels: readonly string[]) =>
      `Nobody else reads ${names(channels)}: whistleblowers cannot choose it until somebody does, and nobody can read its reports in the meantime.`,
    stay: 'Cancel',
    go: 'Keep them out',
  },
  deleteAsk: {
    title: (name: string) => `Delete the account of ${name}?`,
    text: 'Their keys are overwritten on the server. Nobody can bring them back, and they lose every report they can read here.',
    closed: (channels: readonly string[]) =>
      `Nobody else reads ${names(channels)}: whistleblowers cannot choose it any more, until you give it somebody.`,
    stay: 'Keep the account',
    go: 'Delete it',
  },
  alone: {
    title: (name: string) => `Some reports only ${name} can read`,
    text: 'Deleted with the account, they are gone for everybody, and their whistleblowers cannot come back to them. Better: let them in, and have them hand their reports over first.',
    stay: 'Keep the account',
    go: 'Delete these reports too',
  },
  roles: {
    change: 'Change roles',
    label: (name: string) => `What may ${name} do?`,
    goes: {
      recipient:
        'They leave their channels and read no report until they receive again. Reports that nobody else holds can be read by nobody meanwhile: have them hand those over first.',
      administrator:
        'They invite nobody any more. If they have the signing key, its copy here is overwritten; if you do not trust them, change that key as well.',
    } satisfies Record<Role, string>,
    comes: {
      recipient: 'They read nothing yet: choose them for a channel, or let a colleague give them reports.',
      administrator: 'They see everybody’s account. The signing key is given to them under Settings.',
    } satisfies Record<Role, string>,
    signedOut: 'They are signed out now, and sign in again.',
  },
  share: 'Let somebody else read it',
  shareHelp:
    'They read all of it, from the first word on, and can write in it. The whistleblower sees their name.',
  shareNobody: 'There is no other recipient here who has a key.',
  whom: 'Who?',
  give: 'Let them read it',
  given: (name: string) => `${name} can read it now.`,
  leave: 'Take it off my list',
  leaveAsk: {
    title: 'Take this report off your list?',
    text: 'You cannot read it any more. The others who read it can give it to you again.',
    stay: 'Keep it',
    go: 'Take it off',
  },
  handOver: 'Hand over my reports',
  handOverHelp:
    'Somebody else gets all the reports in your list, from the first word on. Do it before you go: nobody else can do it for you.',
  handOverLeave: 'Take them off my list then',
  handOverGo: 'Hand them over',
  handedOver: (name: string, given: number, unreadable: number) =>
    unreadable === 0
      ? `${name} has ${given} of your reports now.`
      : `${name} has ${given} of your reports now. ${unreadable} could not be opened with your key, and stay where they are.`,
};
