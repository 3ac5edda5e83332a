/** Mail: the server that carries it, and the addresses of members. A whistleblower has none. */
import { keyBytes } from '@sotto/protocol/sizes';
import * as v from 'valibot';
import { bytes, counter } from './forms.ts';

const label = '[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?';
const word = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";

/** Where mail goes. ASCII, as every mail server takes it. */
export const mailAddress = v.pipe(
  v.string(),
  v.maxLength(254),
  v.regex(new RegExp(`^${word}(?:\\.${word})*@${label}(?:\\.${label})+$`)),
);
const host = v.pipe(v.string(), v.maxLength(253), v.regex(new RegExp(`^${label}(?:\\.${label})*$`)));
/** Scheme, host and port under which members open this site: links in mails begin with it, never with what a request says. */
const siteAddress = v.pipe(
  v.string(),
  v.maxLength(280),
  v.regex(new RegExp(`^https?://(?:${label}(?:\\.${label})*|\\[[0-9a-f:]{2,39}\\])(?::\\d{1,5})?$`)),
);

const settings = {
  host,
  port: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535)),
  /** TLS from the first byte, or STARTTLS that is required. There is no third: mail never leaves in the clear. */
  security: v.picklist(['tls', 'starttls']),
  /** Empty for a server that asks for none. */
  userName: v.pipe(v.string(), v.maxLength(254), v.regex(/^[^\p{Cc}]*$/u)),
  sender: mailAddress,
  siteAddress,
};

export const mailSettingsRequest = v.strictObject({
  ...settings,
  /** Null keeps the one that is there. */
  password: v.nullable(v.pipe(v.string(), v.maxLength(1024), v.regex(/^[^\p{Cc}]*$/u))),
});

/** Why a mail was not taken; also codes of errors. */
export const mailFailures = [
  'MAIL_UNREACHABLE',
  'MAIL_NOT_ENCRYPTED',
  'MAIL_CERTIFICATE',
  'MAIL_LOGIN',
  'MAIL_REFUSED',
] as const;

export const mailResponse = v.strictObject({
  settings: v.nullable(v.strictObject({ ...settings, hasPassword: v.boolean() })),
  /** Mails that wait to be sent. */
  waiting: counter,
  /** Why the last try failed; null when it did not. */
  lastFailure: v.nullable(v.picklist(mailFailures)),
});

export const testMailRequest = v.strictObject({ to: mailAddress });
/** Null takes the address away. */
export const addressRequest = v.strictObject({ mail: v.nullable(mailAddress) });
/** One's own is changed by the password: whoever has the address can begin a way back by mail. */
export const ownAddressRequest = v.strictObject({ authKey: bytes(keyBytes), mail: v.nullable(mailAddress) });
export const addressResponse = v.strictObject({ mail: v.nullable(mailAddress) });

export type MailFailure = (typeof mailFailures)[number];
export type MailSettings = v.InferOutput<typeof mailSettingsRequest>;
export type MailResponse = v.InferOutput<typeof mailResponse>;
