/** English words for recipients and administrators. */

import type { Strength } from '@sotto/client/password-strength';
import type { Role } from '@sotto/client/views';
import { counted, dated, listed } from './counted.ts';
import { auditWords } from './en-audit.ts';
import { escrowWords } from './en-escrow.ts';
import { leavingWords } from './en-leaving.ts';
import { mailWords } from './en-mail.ts';
import { recoveryWords } from './en-recovery.ts';
import { signInWords } from './en-sign-in.ts';
import { siteKeyWords } from './en-site-key.ts';

const language = 'en';

export const memberWords = {
  ...signInWords,
  audit: auditWords,
  recovery: recoveryWords,
  mail: mailWords,
  escrow: escrowWords,
  leaving: leavingWords,
  siteKey: siteKeyWords,
  sessions: {
    title: 'Where you are signed in',
    lead: 'Each line is a tab or a device. A session lasts half an hour, and longer only while somebody stays in it.',
    age: (minutes: number) =>
      minutes === 0
        ? 'Signed in just now'
        : counted(language, minutes, { one: 'Signed in # minute ago', other: 'Signed in # minutes ago' }),
    left: (minutes: number) =>
      minutes === 0
        ? 'ends within a minute'
        : counted(language, minutes, { one: 'ends in # minute', other: 'ends in # minutes' }),
    current: 'This tab',
    end: 'Sign out everywhere',
    endHelp: 'This tab too. If a session is not yours, do this, and then change your password.',
  },
  limits: {
    title: 'Limits and rules',
    change: 'Change limits and rules',
    usual: (number: number) => `Usually ${number}.`,
    names: {
      threshold_reports_per_hour: 'Reports in an hour, before each costs its sender more work',
      threshold_reports_per_hour_per_ip: 'Reports in an hour by one sender',
      threshold_attachments_per_hour_per_ip: 'Attachments in an hour by one sender',
      threshold_attachments_per_hour_per_report: 'Attachments in an hour to one report',
      requests_per_second: 'Requests in a second of one session, before they wait',
      tokens_per_second: 'People coming in in a second, before each does more work',
      password_days: 'Days after which a new password is wanted; 0 is never',
    },
    choices: {
      proof_of_work: 'Ask for a proof of work from everybody who comes in',
      second_factor_required: 'Everybody must have a second factor',
    },
    workOff: 'No proof of work is asked for.',
    workOffText:
      'Anybody can open as many sessions and try as many passwords and receipts as the network carries. Turn it on again as soon as you can.',
  },
  roles: { administrator: 'Administrator', recipient: 'Recipient' } satisfies Record<Role, string>,
  password: {
    label: 'Choose a password',
    repeat: 'The same password again',
    help: 'Paste one from a password manager: KeePassXC is a good one, on your own device. Or let us make up a passphrase. If you forget it, you need your recovery key.',
    insecure: 'Please choose a stronger one; what is missing stands below.',
    differs: 'The two passwords are not the same.',
    strength: { strong: 'Strong.', acceptable: 'Acceptable.', insecure: 'Insecure.' } satisfies Record<
      Strength,
      string
    >,
    lacks: {
      needed: (lacks: readonly string[]) => `Still missing: ${listed(language, lacks)}.`,
      better: (lacks: readonly string[]) => `Strong with ${listed(language, lacks)}.`,
    },
    lack: {
      capitals: 'a capital letter',
      'small-letters': 'a small letter',
      digits: 'a digit',
      symbols: 'a symbol or space',
      characters: (count: number) =>
        counted(language, count, { one: '# more character', other: '# more characters' }),
      different: (count: number) =>
        counted(language, count, { one: '# more different character', other: '# more different characters' }),
      common: 'something of your own, since this is among those that are tried first',
      'known-word': (word: string) => `more beside “${word}”, which everybody here knows`,
    },
    makeUp: 'Make up a passphrase',
    show: 'Show what I type',
    madeUp: (bits: number) =>
      `Made up on this device, with ${bits} bits of chance: nobody guesses it. Write it down until you know it by heart, or keep it in KeePassXC.`,
  },
  code: {
    title: 'The code of your second factor',
    lead: 'Open your authenticator app and type the six digits it shows now.',
    label: 'Code',
    form: 'Please type the six digits.',
    back: 'Back',
    lost: 'You have lost your telephone? Ask an administrator to take the second factor away; they never see its key.',
  },
  preferences: { title: 'Your account' },
  security: {
    title: 'Your security',
    on: 'on',
    off: 'off',
    connection: {
      name: 'Tor',
      onion: 'on',
      unknown: 'not seen',
      onionHelp: 'You came over the onion address: nobody on the way sees that you are here.',
      unknownHelp:
        'You did not come over the onion address, as far as the server can tell. Whoever watches your line may see that you are here.',
    },
    factor: {
      name: 'Second factor',
      help: 'With it, a stolen password alone opens nothing.',
      reset: (day: string) =>
        `An administrator took yours away on ${dated(language, day)}. If you did not ask for it, tell somebody you trust.`,
    },
    recoveryKey: {
      name: 'Recovery key',
      untried: 'not tried yet',
      tried: (day: string) => `tried on ${dated(language, day)}`,
      help: 'If you forget your password, only this key opens your reports again.',
    },
    escrow: {
      name: 'Escrow',
      heldBy: (names: readonly string[]) => `held by ${listed(language, names)}`,
      offHelp: 'Nobody but you can open your account.',
      onHelp: 'They can open your account, and with it every report you can read.',
    },
    passwordAge: {
      name: 'Password',
      days: (days: number) => counted(language, days, { one: '# day old', other: '# days old' }),
      until: (days: number) =>
        counted(language, days, { one: 'Changed every day.', other: 'Changed every # days at least.' }),
      forEver: 'It need not be changed.',
    },
  },
  changePassword: {
    title: 'Password',
    text: 'Your keys are wrapped anew. You stay signed in here and are signed out everywhere else.',
    open: 'Change the password',
    submit: 'Change the password',
    done: 'Your password is changed. Everywhere else you are signed out.',
  },
  factor: {
    title: 'Second factor',
    text: 'An app on your telephone shows a new code every half minute; at sign-in you type it after the password.',
    open: 'Set a second factor',
    change: 'Replace it or take it away',
    app: 'Install an authenticator on your telephone: FreeOTP, for Android and iOS, is free and keeps to itself.',
    scan: 'Scan this with it.',
    qr: 'QR code of the key, for an authenticator app',
    byHand: 'Type the key instead',
    secret: 'Key of the second factor',
    secretHelp:
      'Keep a copy where only you find it, for example in KeePassXC: a lost telephone then costs nothing.',
    first: 'Type the code it shows, so that we know it works.',
    code: 'Code that the app shows',
    presentCode: 'Code of the second factor you have now',
    submit: 'Set the second factor',
    done: 'The second factor is set. From now on you are asked for a code.',
    endInstead: 'Take it away instead',
    endText: 'From then on the password alone signs you in.',
    end: 'Take it away',
    ended: 'You have no second factor any more.',
  },
  due: {
    password: 'A new password, please',
    passwordLead:
      'Yours has been in use for as long as this site allows, or an administrator asks for a new one. Your reports wait for you.',
    factor: 'A second factor, please',
    factorLead: 'This site asks for one. It takes two minutes, and your reports wait for you.',
  },
  rules: {
    title: 'Sign-in of this person',
    factor: 'Second factor',
    passwordDue: 'A new password at the next sign-in',
    factorRequired: 'Must have a second factor',
    reset: 'Take the second factor away',
    ask: {
      title: (name: string) => `Take the second factor of ${name} away?`,
      text: 'Do this only when you are sure that it is they who ask: see them or hear their voice. They are signed out, and see on which day it was done. Nobody is shown the key.',
      stay: 'Leave it',
      go: 'Take it away',
    },
  },
  fields: {
    presentPassword: 'Your present password',
    wrongPassword: 'This is not your present password.',
    ...signInWords.fields,
    tooLong: (characters: number) => `Please use at most ${characters} characters.`,
    userName: 'User name',
    userNameHelp: 'For signing in: letters, digits, dots, hyphens.',
    userNameForm:
      'Please use 2 to 40 letters from a to z, digits, dots, hyphens or underscores, and begin with a letter or a digit.',
    name: 'Name',
    nameHelp: 'As whistleblowers will see it.',
    https: 'Please give an address that begins with https://',
  },
  setup: {
    title: 'Make this site',
    lead: 'You hold the link that claims this site. What you choose here can be read by everybody who visits it.',
    site: 'The site',
    siteName: 'Name of the site',
    siteNameHelp: 'What whistleblowers see first, for example the name of your organisation.',
    exitAddress: 'Where “Leave quickly” goes',
    exitAddressHelp: 'A harmless page that nobody wonders about, such as a weather report.',
    administrator: 'You, the administrator',
    channel: 'The first channel',
    channelName: 'Name of the channel',
    channelNameHelp: 'Whom a report goes to, for example “Editorial office”.',
    channelDescription: 'Description',
    channelDescriptionHelp: 'What it is for, and who reads there. May be empty.',
    recipient: 'Who receives reports',
    recipientMe: 'I do, with this account',
    recipientOther: 'Somebody else, whom I invite now',
    submit: 'Make the site',
    publicLink: 'The link to publish',
    publicLinkText:
      'Publish the link with its ending: it names the site’s key, so a server that lies is found out. Print it on posters, put it on your own website.',
  },
  activation: {
    title: (siteName: string) => `Welcome to ${siteName}`,
    lead: (name: string) =>
      `Hello ${name}. Choose a password: with it this device makes your keys. Nobody else ever has them.`,
    submit: 'Make my keys',
  },
  recoveryKey: {
    title: 'Your recovery key',
    lead: 'If you forget your password, only this key opens your reports again. Print it or write it down, and keep it where only you find it.',
    label: 'Recovery key',
    saved: 'I have saved the recovery key',
    bothSaved: 'I have saved the recovery key and the activation link',
    done: 'Go on',
    tryNow: 'Try it now',
    showAgain: 'Show it again',
    show: 'Show it',
    try: 'Try it',
    tryHelp: 'Type it as you saved it: 56 letters and digits. Spaces and small letters do not matter.',
    works: 'It works: this key opens your account.',
    wrong: 'This is not the recovery key of this account. Nothing was changed.',
  },
  links: {
    activation: (name: string) => `Activation link for ${name}`,
    text: 'It is shown only now, works once and for 72 hours. Whoever opens it first becomes that person: hand it over in person or in an encrypted messenger, never by mail.',
    label: 'Activation link',
  },
  list: {
    title: 'Reports',
    none: 'No reports yet',
    noneText: 'When somebody writes to one of your channels, the report appears here.',
    untitled: 'A report that does not open with your key',
    more: 'Show older reports',
    refresh: 'Look for news',
    items: (count: number) =>
      counted(language, count, { one: '# message or file', other: '# messages and files' }),
  },
  report: {
    title: 'Report',
    back: 'All reports',
    came: (day: string) => `Came on ${day}`,
    readers: 'Read by',
    answers: 'Answers',
    writeLabel: 'Write to the whistleblower',
    writeHelp:
      'They see it when they come back with their receipt. Do not ask for what would show who they are.',
    empty: 'No messages yet.',
    deleteTitle: 'When the case is done',
    deleteHelp:
      'A report that is not needed any more is safest deleted. It is deleted by itself when its time is over.',
    delete: 'Delete this report',
    deleteAsk: {
      title: 'Delete this report?',
      text: 'Answers, messages and files are overwritten on the server, for every recipient. The whistleblower’s receipt opens nothing any more. Nobody can bring it back.',
      stay: 'Keep it',
      delete: 'Delete it for everybody',
    },
  },
  people: {
    title: 'People and channels',
    people: 'People',
    invited: 'Invited, not here yet',
    active: 'Active',
    disabled: 'Kept out',
    invite: 'Invite somebody',
    linkHandedOver: 'I have taken the link',
    inviteSubmit: 'Make the activation link',
    rolesLabel: 'What may this person do?',
    roleMissing: 'Please choose at least one.',
    roleHelp: {
      recipient: 'Reads reports of the channels you choose below',
      administrator: 'Invites people and sets who reads which channel; cannot read reports',
    } satisfies Record<Role, string>,
    channels: 'Channels',
    recipientsOf: (channel: string) => `Who reads “${channel}”`,
    change: 'Change who reads it',
    save: 'Save',
    saved: 'Saved. It holds for reports that come from now on.',
    days: 'Days until a report is deleted',
    daysHelp: 'From the day it came; 1 to 3650. It counts for the reports that are there, too.',
    daysShort: (days: number) =>
      counted(language, days, { one: 'Reports are kept for # day', other: 'Reports are kept for # days' }),
    changeDays: 'Change how long',
    nobody: 'Nobody. Whistleblowers cannot choose this channel.',
    waiting: 'has not made a key yet, and reads from then on',
    publicLink: 'The link to publish',
    fingerprint: 'The key of this site',
  },
  accent: {
    title: 'The colour of this site',
    help: 'It is shown to everybody at once. Each can be read well, in light and in dark.',
    names: ['Rose', 'Brick', 'Clay', 'Ochre', 'Moss', 'Leaf', 'Pine', 'Sea', 'Sky', 'Ink', 'Violet', 'Plum'],
  },
};
