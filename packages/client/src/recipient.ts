/** What a recipient's agent does: lists reports, opens one, answers, takes and gives files (S6–S8). */
import { summaryContent } from '@sotto/contract/items';
import type { ReportResponse, ReportsResponse } from '@sotto/contract/report';
import { fromBase64url, parseUuid, type Uuid } from '@sotto/protocol/bytes';
import { openItem } from '@sotto/protocol/item';
import type { ReportKey } from '@sotto/protocol/key-carrier';
import type { Library } from '@sotto/protocol/library';
import { openReportKey } from '@sotto/protocol/report';
import * as v from 'valibot';
import { readAudit } from './audit.ts';
import { Conversation } from './conversation.ts';
import { type Directory, type Reachable, recipientsOf } from './directory.ts';
import type { Environment } from './environment.ts';
import { ClientError } from './errors.ts';
import { readAllItems } from './items.ts';
import type { MemberSession } from './member-session.ts';
import { type OpenReport, readReport } from './open-report.ts';
import type { Server } from './server.ts';
import type { AuditView, HandedOver, OnProgress, PersonView, ReportRow, ReportView } from './views.ts';

export class Recipient {
  readonly #environment: Environment;
  readonly #library: Library;
  readonly #server: Server;
  #session: MemberSession;
  readonly #conversations = new Map<Uuid, Conversation>();

  constructor(environment: Environment, server: Server, session: MemberSession) {
    this.#environment = environment;
    this.#library = environment.library;
    this.#server = server;
    this.#session = session;
  }

  /** The same person in a new session. */
  goOnWith(session: MemberSession): void {
    this.#session = session;
  }

  async reports(before: string | null): Promise<{ rows: readonly ReportRow[]; next: string | null }> {
    const { directory } = await this.#session.directory();
    const page = await this.#server.call('reports', {
      session: this.#session.id,
      query: before === null ? {} : { before: parseUuid(before) },
    });
    return { rows: page.reports.map((row) => this.#row(directory, row)), next: page.next };
  }

  /** A report as this recipient reads and writes it. */
  conversation(reportId: string): Conversation {
    const report = parseUuid(reportId);
    const known = this.#conversations.get(report);
    if (known !== undefined) return known;
    const path = { report };
    const given = () => ({ session: this.#session.id });
    const made = new Conversation(this.#environment, {
      author: this.#session.identity.owner,
      read: () => this.#read(report),
      write: (body) => this.#server.call('writeItem', { ...given(), path, body }),
      file: (file) => ({
        state: () => this.#server.call('file', { ...given(), path: { report, file } }),
        put: async (index, body) => {
          await this.#session.life.keep();
          return await this.#server.call('putChunk', { ...given(), path: { report, file, index }, body });
        },
        get: async (index) => {
          await this.#session.life.keep();
          return await this.#server.call('getChunk', { ...given(), path: { report, file, index } });
        },
      }),
    });
    this.#conversations.set(report, made);
    return made;
  }

  /** Whom a report can be given to: recipients of the directory, this one aside. */
  async colleagues(): Promise<readonly PersonView[]> {
    const { directory } = await this.#session.directory();
    return recipientsOf(directory)
      .filter(({ id }) => id !== this.#session.identity.owner)
      .map(({ id, name }) => ({ id, name }));
  }

  /** Gives a report to a colleague (S8). @throws ClientError `NOT_FOUND` for somebody the directory does not name as one. */
  async grant(reportId: string, userId: string): Promise<ReportView> {
    return await this.conversation(reportId).grant(await this.#colleague(userId));
  }

  /** Gives up one's own seal. @throws ClientError `LAST_HOLDER`. */
  async leave(reportId: string): Promise<void> {
    const path = { report: parseUuid(reportId) };
    await this.#server.call('leaveReport', { session: this.#session.id, path });
    this.#conversations.delete(path.report);
  }

  /**
   * Gives every report this person holds to a colleague, and then leaves it when asked to. Stopped half-way, it goes on where it was.
   *
   * @returns how many were given; those that do not open are not among them.
   */
  async handOver(userId: string, leaving: boolean, onProgress: OnProgress): Promise<HandedOver> {
    const colleague = await this.#colleague(userId);
    const rows = await this.#all();
    let given = 0;
    for (const [done, { id, title }] of rows.entries()) {
      onProgress({ stage: 'sending', done, total: rows.length });
      if (title === null) continue;
      await this.conversation(id).grant(colleague);
      if (leaving) await this.leave(id);
      given += 1;
    }
    return { given, unreadable: rows.length - given };
  }

  async #all(): Promise<readonly ReportRow[]> {
    const all: ReportRow[] = [];
    let before: string | null = null;
    do {
      const { rows, next }: Awaited<ReturnType<Recipient['reports']>> = await this.reports(before);
      all.push(...rows);
      before = next;
    } while (before !== null);
    return all;
  }

  async #colleague(userId: string): Promise<Reachable> {
    const { directory } = await this.#session.directory();
    const found = recipientsOf(directory).find(({ id }) => id === userId);
    if (found === undefined) throw new ClientError('NOT_FOUND');
    return found;
  }

  /** Repeated, it is answered as the first time. */
  async deleteReport(reportId: string): Promise<void> {
    const path = { report: parseUuid(reportId) };
    this.#conversations.delete(path.report);
    await this.#server.call('deleteReport', { session: this.#session.id, path });
  }

  /** What was done with a report (S15); files are named as the report names them. */
  async audit(reportId: string): Promise<AuditView> {
    const { directory } = await this.#session.directory();
    const report = parseUuid(reportId);
    const { id: session, identity } = this.#session;
    const path = { report };
    const { files } = await this.#read(report);
    return await readAudit(
      this.#library,
      identity,
      report,
      {
        page: (after) => this.#server.call('reportAudit', { session, path, query: { after: String(after) } }),
        keep: (box) => this.#server.call('keepReportHead', { session, path, body: { box } }),
      },
      {
        person: (id) => directory.persons.get(id)?.name ?? null,
        object: ({ object }) => (object === null ? null : (files.get(object)?.name ?? null)),
      },
    );
  }

  /** The first time anybody opens a report, the server is told that it was opened. */
  async #read(report: Uuid): Promise<OpenReport> {
    const { directory } = await this.#session.directory();
    const session = this.#session.id;
    const path = { report };
    const response = await this.#server.call('report', { session, path });
    const key = this.#keyOf(response);
    const items = await readAllItems((after) =>
      this.#server.call('items', { session, path, query: { after: String(after) } }),
    );
    const opened = readReport(this.#library, directory, this.#session.identity.owner, key, response, items);
    if (response.status === 'new')
      await this.#server.call('setStatus', { session, path, body: { status: 'opened' } });
    return opened;
  }

  #keyOf(response: ReportResponse): ReportKey {
    const seal = fromBase64url(response.seal);
    return openReportKey(this.#library, this.#session.identity, seal, response.report, response.epoch);
  }

  /** A summary that does not open costs its line the title, and nothing else. */
  #row(directory: Directory, row: ReportsResponse['reports'][number]): ReportRow {
    return {
      id: row.report,
      title: this.#title(row),
      channel: directory.channels.get(row.channel)?.body.name ?? '',
      day: row.day,
      status: row.status,
      items: row.items,
    };
  }

  #title(row: ReportsResponse['reports'][number]): string | null {
    try {
      const place = { kind: 'summary', report: row.report, item: row.summary.id, author: null } as const;
      const { content } = openItem(
        this.#library,
        this.#keyOf(row).key,
        place,
        fromBase64url(row.summary.box),
      );
      return v.parse(summaryContent, content).title;
    } catch {
      return null;
    }
  }
}
