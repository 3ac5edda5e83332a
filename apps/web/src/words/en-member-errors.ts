/** What went wrong, in English, where only a recipient or an administrator can meet it. */
import { errorWords, lookUp, type MemberErrorCode, type Problem, readAgain } from './en-errors.ts';

const noMail = (happened: string, now: string): Problem => ({ happened, sent: 'No mail was sent.', now });

const byCode: Readonly<Record<MemberErrorCode, Problem>> = {
  MAIL_NOT_SET: {
    happened: 'No mail server has been set for this site.',
    sent: 'Nothing was sent.',
    now: 'Fill in the settings of mail and save them first.',
  },
  MAIL_UNREACHABLE: noMail('The mail server did not answer.', 'Look at its name and its port.'),
  MAIL_NOT_ENCRYPTED: noMail(
    'The mail server offers no encryption of the kind you chose, so it was told nothing.',
    'Choose the other kind, or ask who runs it.',
  ),
  MAIL_CERTIFICATE: noMail(
    'The certificate of the mail server does not hold, so it was told nothing.',
    'Look at the name of the server. If it is right, ask who runs it: somebody may stand between.',
  ),
  MAIL_LOGIN: noMail('The mail server refused the user name or the password.', 'Look at both.'),
  MAIL_REFUSED: noMail('The mail server refused the sender or the recipient.', 'Look at both addresses.'),
  ACCOUNT_DISABLED: {
    happened: 'An administrator has disabled this account.',
    sent: 'Nothing was changed, and none of your reports is lost.',
    now: 'Ask an administrator to let you in again.',
  },
  LAST_HOLDER: {
    happened: 'Nobody else can read this report, or some report of this person.',
    sent: 'Nothing was changed.',
    now: 'Give it to somebody first, or delete it.',
  },
  LAST_RECIPIENT: {
    happened: 'Nobody could read what a channel receives then.',
    sent: 'Nothing was changed.',
    now: 'Give the channel another recipient first, or say that it is to be closed.',
  },
  NOT_ALLOWED: {
    happened: 'You may not do this.',
    sent: 'Nothing was changed.',
    now: 'Ask an administrator of this site.',
  },
  PASSWORD_UNCHANGED: {
    happened: 'The new password is the one you have now.',
    sent: 'Nothing was changed.',
    now: 'Please choose another one.',
  },
  SECOND_FACTOR: {
    happened: 'A code of the second factor is wanted as well.',
    sent: 'Nothing was changed.',
    now: 'Open your authenticator app and type the six digits it shows.',
  },
  WRONG_CODE: {
    happened: 'The code is not of this moment, or it was used before.',
    sent: 'Nothing was changed.',
    now: 'Wait until the app shows the next code and type that one. If it never works, set the clock of your telephone to automatic.',
  },
  FACTOR_REQUIRED: {
    happened: 'A second factor is required here.',
    sent: 'Nothing was changed.',
    now: 'You can put another one in its place, but not go without.',
  },
  PASSWORD_INSECURE: {
    happened: 'The password is too easy to guess.',
    sent: 'Nothing was sent.',
    now: 'See below the field what is missing, or take a made-up passphrase.',
  },
  NAME_TAKEN: {
    happened: 'Somebody here has this user name already.',
    sent: 'Nothing was changed.',
    now: 'Please choose another one.',
  },
  ALREADY_SET_UP: {
    happened: 'This site has been set up already.',
    sent: 'Nothing was changed.',
    now: 'Open the page without the link and sign in.',
  },
  LINK_ENDED: {
    happened: 'This link was used before, or its time is over.',
    sent: 'Nothing was changed.',
    now: 'Ask for a new one. If it was not you who used it, tell an administrator.',
  },
  STATEMENT_OUTDATED: readAgain('Somebody has changed the list of people in the meantime.'),
  PASSWORD_MALFORMED: {
    happened: 'This password cannot be used: it is empty, too short or too long.',
    sent: 'Nothing was sent.',
    now: 'Type it again. A password has 12 to 256 characters.',
  },
  RECOVERY_KEY_MALFORMED: {
    happened: 'The recovery key is not complete, or a letter is wrong.',
    sent: 'Nothing was sent.',
    now: 'Check it and type it again.',
  },
};

/** The sentences for a code, as the page of recipients and administrators says them. */
export const memberErrorWords = lookUp(byCode, errorWords);
