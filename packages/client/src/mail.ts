/** Mail, as an administrator sets it up, and the addresses of members. */
import type { MailResponse, MailSettings } from '@sotto/contract/mail';
import { parseUuid } from '@sotto/protocol/bytes';
import type { MemberSession } from './member-session.ts';
import type { Server } from './server.ts';

export class MailDesk {
  readonly #server: Server;
  readonly #session: MemberSession;

  constructor(server: Server, session: MemberSession) {
    this.#server = server;
    this.#session = session;
  }

  settings(): Promise<MailResponse> {
    return this.#server.call('mail', { session: this.#session.id });
  }

  async change(settings: MailSettings): Promise<void> {
    await this.#server.call('setMail', { session: this.#session.id, body: settings });
  }

  /** @throws ClientError with one of the `MAIL_…` codes that says why it was not taken. */
  async test(to: string): Promise<void> {
    await this.#server.call('testMail', { session: this.#session.id, body: { to } });
  }

  async setAddress(userId: string, mail: string | null): Promise<void> {
    const path = { user: parseUuid(userId) };
    await this.#server.call('setAddress', { session: this.#session.id, path, body: { mail } });
  }
}
