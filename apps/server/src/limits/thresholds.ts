/**
 * Thresholds of an hour, with the names that administrators set them by. A client above its own is refused at once. The site never closes
 * at its own: a report then costs work that doubles with each further one, and is refused only beyond four times the threshold; and
 * then a client who has filed none in this hour still gets in, until as many clients have.
 */
import { Refusal } from '../http/refusal.ts';
import type { Settings } from '../settings/settings.ts';
import type { Clients } from './clients.ts';

/** The site refuses reports beyond so many times its threshold. */
const refusedAt = 4;
const everybody = 'everybody';

/** The thresholds of a site. `client` is null where clients cannot be told apart: then the site's thresholds alone count. */
export type Thresholds = {
  /**
   * Counts a report. @returns what takes it back, for one that was not filed after all.
   * @throws Refusal `TOO_MANY` with the seconds until the hour is over.
   */
  report(client: string | null): () => void;
  /** Steps of work beyond the usual that the next report costs; 0 while it costs none of its own. */
  reportSteps(): number;
  /** Counts an attachment, once for each id. @throws Refusal `TOO_MANY`. */
  attachment(client: string | null, reportId: string, fileId: string): void;
};

export function makeThresholds(clients: Clients, settings: Settings): Thresholds {
  const refuse = (): never => {
    throw new Refusal('TOO_MANY', clients.left());
  };
  return {
    report(client) {
      const { threshold_reports_per_hour: most, threshold_reports_per_hour_per_ip: each } = settings.now();
      const [all, by] = [clients.counts('reports'), clients.counts('reports by client')];
      const own = client === null ? 0 : by.of(client);
      if (own >= each) refuse();
      const newcomer = client !== null && own === 0 && by.size() < refusedAt * most;
      if (all.of(everybody) >= refusedAt * most && !newcomer) refuse();
      all.add(everybody);
      if (client !== null) by.add(client);
      return () => {
        all.add(everybody, -1);
        if (client !== null) by.add(client, -1);
      };
    },

    reportSteps() {
      const beyond = clients.counts('reports').of(everybody) - settings.now().threshold_reports_per_hour;
      return Math.max(0, beyond + 1);
    },

    attachment(client, reportId, fileId) {
      const limits = settings.now();
      const [files, by, of] = [
        clients.counts('attachments'),
        clients.counts('attachments by client'),
        clients.counts('attachments of report'),
      ];
      const report = clients.name('report', reportId);
      const file = clients.name('file', fileId);
      if (files.of(file) > 0) return;
      if (client !== null && by.of(client) >= limits.threshold_attachments_per_hour_per_ip) refuse();
      if (of.of(report) >= limits.threshold_attachments_per_hour_per_report) refuse();
      files.add(file);
      of.add(report);
      if (client !== null) by.add(client);
    },
  };
}
