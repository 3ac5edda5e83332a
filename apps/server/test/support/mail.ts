/** A mail server for tests of the API, whose authority the server under test trusts and nobody else does. */
import type { TestContext } from 'node:test';
import { type Authority, type MailServer, makeAuthority, startMailServer } from '@sotto/testkit/mail-server';
import { type MailTransport, smtpTransport } from '../../src/mail/transport.ts';

export const mailLogin = { userName: 'sotto', password: 'quiet mail 7' };

/** A running mail server, and the transport that trusts it. */
export type TestMail = {
  readonly server: MailServer;
  readonly authority: Authority;
  readonly transport: MailTransport;
};

/** Starts one that stops when the test ends. */
export async function runMail(test: TestContext): Promise<TestMail> {
  const authority = await makeAuthority();
  const server = await startMailServer({ authority, security: 'starttls', login: mailLogin });
  test.after(async () => {
    await server.stop();
    await authority.discard();
  });
  return { server, authority, transport: smtpTransport(authority.pem) };
}

/** A right request of settings for that server. */
export function mailSettings({ port }: MailServer) {
  return {
    host: '127.0.0.1',
    port,
    security: 'starttls',
    ...mailLogin,
    sender: 'no-reply@site.example.org',
    siteAddress: 'https://site.example.org',
  } as const;
}
