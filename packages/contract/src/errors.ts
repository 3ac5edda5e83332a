/** What the server answers when it does not do what was asked: a closed list, each with its status and a sentence that helps. */
import * as v from 'valibot';

const errors = {
  MALFORMED: [400, 'The request is not in the form the contract gives it. Nothing was changed.'],
  WRONG_CREDENTIAL: [401, 'What was given does not open anything here. Nothing was changed.'],
  SECOND_FACTOR: [401, 'A code of the second factor is wanted as well. Nothing was opened.'],
  WRONG_CODE: [
    401,
    'The code is not of this moment, or it was used before. Nothing was changed; wait for the next one.',
  ],
  SESSION_ENDED: [
    401,
    'There is no such session, or it has ended. Sign in again, or use the receipt again; what was sent is kept.',
  ],
  WORK_NEEDED: [
    428,
    'This costs a proof of work, and none came, or one that was used before or is older than a minute. Nothing was changed; ask for a new token.',
  ],
  NOT_FOUND: [404, 'There is nothing here, or it is not yours.'],
  WRONG_METHOD: [405, 'This address takes other methods.'],
  ID_IN_USE: [409, 'The id is taken by something else. Nothing was changed.'],
  ACCOUNT_DISABLED: [401, 'An administrator has disabled this account. Nothing was changed.'],
  LAST_HOLDER: [
    409,
    'Nobody else holds this report, or some report of this person. Nothing was changed; give it to somebody first, or have it deleted.',
  ],
  LAST_RECIPIENT: [
    409,
    'Nobody could read what a channel receives then, and the request does not say so. Nothing was changed.',
  ],
  NAME_TAKEN: [409, 'Somebody here has this user name already. Nothing was changed.'],
  EPOCH_MOVED: [
    409,
    'The report has moved to new keys or holders since it was read. Nothing was changed; read it again.',
  ],
  STATEMENT_OUTDATED: [
    409,
    'The directory has changed since it was read. Nothing was changed; read it again.',
  ],
  ALREADY_SET_UP: [409, 'The site has been set up already.'],
  NOT_SET_UP: [409, 'The site has not been set up yet.'],
  CHUNK_MISSING: [409, 'A part of the file is not here yet.'],
  LINK_ENDED: [410, 'The link was used before, or its time is over. Ask for a new one.'],
  PASSWORD_UNCHANGED: [409, 'The new password is the present one. Nothing was changed.'],
  FACTOR_REQUIRED: [
    409,
    'A second factor is required here: it can be replaced, not taken away. Nothing was changed.',
  ],
  TOO_LARGE: [413, 'The request is larger than this address takes. Nothing was kept of it.'],
  WRONG_TYPE: [415, 'The content type is not one this address takes.'],
  WRONG_SIGNATURE: [422, 'The statement is not signed by the key of the site. Nothing was changed.'],
  WRONG_HOLDERS: [
    422,
    'The holders are not those the directory names for this channel. Nothing was changed.',
  ],
  QUOTA: [
    422,
    'The file, or all files of the report together, are larger than this site takes. Nothing was kept of it.',
  ],
  TOO_MANY: [429, 'There is too much at once. Nothing is lost; try again later.'],
  MAIL_NOT_SET: [409, 'No mail server has been set for this site. Nothing was sent.'],
  FAILED: [500, 'Something went wrong here. What was acknowledged is kept; try again.'],
  MAIL_UNREACHABLE: [502, 'The mail server did not answer. Nothing was sent; look at its name and its port.'],
  MAIL_NOT_ENCRYPTED: [
    502,
    'The mail server offers no encryption of the kind that was chosen. Nothing was sent, and no password was shown to it.',
  ],
  MAIL_CERTIFICATE: [
    502,
    'The certificate of the mail server does not hold. Nothing was sent, and no password was shown to it.',
  ],
  MAIL_LOGIN: [502, 'The mail server refused the user name or the password. Nothing was sent.'],
  MAIL_REFUSED: [502, 'The mail server refused the sender or the recipient. Nothing was sent.'],
  BUSY: [503, 'The server is starting, stopping or full. Nothing is lost; try again soon.'],
  DISK_FULL: [507, 'The server has no room. What was acknowledged is kept; nothing of this was.'],
} as const satisfies Record<string, readonly [number, string]>;

export type ErrorCode = keyof typeof errors;

// Object.keys gives strings; these are the keys of the object above.
export const errorCodes = Object.keys(errors) as ErrorCode[];

export function errorStatus(code: ErrorCode): number {
  return errors[code][0];
}

export function errorSentence(code: ErrorCode): string {
  return errors[code][1];
}

/** The body of every answer that is an error, but for 403, whose body is empty. */
export const errorResponse = v.strictObject({ error: v.strictObject({ code: v.picklist(errorCodes) }) });
