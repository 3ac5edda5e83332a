/**
 * One mail to one server (RFC 5321), encrypted or not at all: TLS from the first byte, or STARTTLS that must succeed before
 * anything else is said. Certificates are checked against the system's authorities, and those of NODE_EXTRA_CA_CERTS.
 */
import type { MailFailure } from '@sotto/contract/mail';
import { createTransport } from 'nodemailer';

/** Milliseconds until the server must have answered; until a step of the talk must be over. */
const connectTime = 15_000;
const stepTime = 30_000;

/** Where and as whom. `security` as in the contract. */
export type MailServer = {
  readonly host: string;
  readonly port: number;
  readonly security: 'tls' | 'starttls';
  readonly userName: string;
  readonly password: string;
};
/** Plain text to one person. */
export type Mail = {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
};
/** Hands a mail over. @returns null once the server has taken it, else why not. Never rejects. */
export type MailTransport = (server: MailServer, mail: Mail) => Promise<MailFailure | null>;

/** @param authorities certificates to trust in place of the system's, PEM; for tests. */
export function smtpTransport(authorities?: string): MailTransport {
  return async ({ host, port, security, userName, password }, mail) => {
    const transport = createTransport({
      host,
      port,
      secure: security === 'tls',
      requireTLS: security === 'starttls',
      // The usual name is that of this machine, which is nobody's business.
      name: '[127.0.0.1]',
      ...(userName === '' ? {} : { auth: { user: userName, pass: password } }),
      tls: {
        rejectUnauthorized: true,
        minVersion: 'TLSv1.2',
        ...(authorities === undefined ? {} : { ca: authorities }),
      },
      connectionTimeout: connectTime,
      greetingTimeout: connectTime,
      socketTimeout: stepTime,
      // A mail of ours has no attachment: nothing is read from a file or fetched, whatever a text may hold.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    try {
      await transport.sendMail(mail);
      return null;
    } catch (error) {
      return failureOf(error);
    } finally {
      transport.close();
    }
  };
}

/** What nodemailer and OpenSSL call it, as one of ours; the server's own words stay unread, they may hold an address. */
function failureOf(error: unknown): MailFailure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EAUTH' || code === 'ENOAUTH') return 'MAIL_LOGIN';
  if (code === 'EENVELOPE' || code === 'EMESSAGE') return 'MAIL_REFUSED';
  const says = error instanceof Error ? `${code} ${error.message}` : code;
  if (/CERT|SIGNATURE|SELF_SIGNED|ISSUER|ALTNAME|VERIFY/i.test(says)) return 'MAIL_CERTIFICATE';
  if (/STARTTLS|ETLS|SSL|wrong version|TLS/i.test(says)) return 'MAIL_NOT_ENCRYPTED';
  return 'MAIL_UNREACHABLE';
}
