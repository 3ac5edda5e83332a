/** English words for mail: an administrator's settings, and addresses. */
import { counted } from './counted.ts';

export const mailWords = {
  title: 'Settings',
  mail: 'Mail',
  lead: 'Sotto sends one kind of mail: the link with which a member sets a forgotten password anew. It never holds anything of a report.',
  none: 'No mail server is set. Who forgets their password must ask an administrator.',
  host: 'Mail server',
  hostHelp: 'Its name, for example mail.example.org.',
  port: 'Port',
  security: 'Encryption',
  securityHelp: 'Mail never leaves in the clear. A server whose certificate does not hold gets nothing.',
  tls: 'TLS from the first byte (usually port 465)',
  starttls: 'STARTTLS, required (usually port 587)',
  userName: 'User name at the mail server',
  userNameHelp: 'Empty, if it asks for none.',
  password: 'Password at the mail server',
  passwordKept: 'One is kept on this server. Leave this empty to keep it.',
  sender: 'Sender',
  senderHelp: 'The address that mails come from.',
  siteAddress: 'Address of this site',
  siteAddressHelp: 'How members open it. Links in mails begin with it.',
  save: 'Save',
  saved: 'Saved.',
  test: 'Send a test mail',
  testTo: 'To',
  testSubmit: 'Send it now',
  tested: 'The mail server took it. Look whether it arrives.',
  waiting: (count: number) =>
    counted('en', count, { one: 'One mail waits to be sent.', other: '# mails wait to be sent.' }),
  lastFailure: 'The last try failed; it is tried again by itself.',
  notAddress: 'Please give a mail address, such as name@example.org.',
  notHost: 'Please give the name of a server, without https:// and without spaces.',
  notPort: 'Please give a number from 1 to 65535.',
  notSite:
    'Please give an address such as https://sotto.example.org, with nothing after the name and the port.',
  address: 'Mail address',
  noAddress: 'no mail address',
  addressHelp:
    'Only for a forgotten password. It is kept apart from everything else; whistleblowers never see it.',
  ownText:
    'If you forget your password, a link comes here, and with your recovery key it lets you back in. Nothing else is ever sent.',
  ownHelp: 'Leave it empty, and nothing is sent to you. An administrator sees it; whistleblowers never do.',
  addressOf: (name: string) => `Mail address of ${name}`,
  change: 'Change mail address',
};
