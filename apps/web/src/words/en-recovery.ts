/** English words for a forgotten password, from the question to the new one. */
export const recoveryWords = {
  ask: {
    title: 'A new password',
    lead: 'We send you a link by mail. To use it you also need your recovery key, which you printed or wrote down when your account was made.',
    field: 'User name or mail address',
    submit: 'Send me a link',
    back: 'Back to sign in',
    lostToo:
      'If you have lost the recovery key too, or nobody ever noted your mail address, ask an administrator of this site.',
  },
  asked: {
    title: 'Look into your mail',
    lead: 'If we know that name and a mail address for it, a link is on its way. It works once and for 30 minutes.',
    text: 'We say the same to everybody, so that nobody learns who has an account here. If no mail comes, look at the spelling, or ask an administrator.',
    again: 'Ask once more',
  },
  key: {
    title: 'Your recovery key',
    lead: 'The link alone opens nothing. With your recovery key, this device opens your keys; nothing is changed before you have chosen a new password.',
    field: 'Recovery key',
    help: '14 groups of four letters and digits. Spaces, hyphens and small letters do not matter.',
    submit: 'Go on',
  },
  password: {
    title: (name: string) => `Welcome back, ${name}`,
    lead: 'Choose a new password. You get a new recovery key with it; the old one opens nothing any more, and you are signed out everywhere else.',
    submit: 'Set the new password',
  },
};
