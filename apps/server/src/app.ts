/** Puts a server together, part by part, in the order they need each other; nothing here knows the process. */
import type { Server } from 'node:http';
import { administrationHandlers } from './administrator/administration.ts';
import { roleHandlers } from './administrator/change-roles.ts';
import { escrowHandlers } from './administrator/escrow.ts';
import { mailHandlers } from './administrator/mail.ts';
import { personRulesHandlers } from './administrator/person-rules.ts';
import { removalHandlers } from './administrator/remove-user.ts';
import { settingsHandlers } from './administrator/settings.ts';
import { siteKeyHandlers } from './administrator/site-key.ts';
import type { Backend, Limits } from './backend.ts';
import type { DiskReserve } from './blobs/attachments.ts';
import { forgetSocket } from './forgetting/forget-file.ts';
import { codeOf } from './http/api.ts';
import type { Handlers } from './http/calls.ts';
import type { ListenAddress } from './http/listening.ts';
import { policyReports } from './http/policy-reports.ts';
import { listen, makeServer } from './http/serve.ts';
import type { StaticFiles } from './http/static-files.ts';
import { endForgetting, finishForgetting, startJobs } from './jobs/jobs.ts';
import { makeClients } from './limits/clients.ts';
import { makePace } from './limits/pace.ts';
import { makeSlowdown, type Wait } from './limits/slowdown.ts';
import { makeThresholds } from './limits/thresholds.ts';
import type { Log } from './log/log.ts';
import { openPostOffice, type PostOffice } from './mail/post-office.ts';
import type { MailTransport } from './mail/transport.ts';
import { addressHandlers } from './member/address.ts';
import { ownEscrowHandlers } from './member/escrow.ts';
import { passwordHandlers } from './member/password.ts';
import { factorHandlers } from './member/second-factor.ts';
import { securityHandlers } from './member/security.ts';
import { sessionHandlers } from './member/session.ts';
import { activationHandlers } from './public/activation.ts';
import { recoveryHandlers } from './public/recovery.ts';
import { restoreHandlers } from './public/restore.ts';
import { setupHandlers } from './public/setup.ts';
import { ensureSite, setupLink } from './public/setup-link.ts';
import { signInHandlers } from './public/sign-in.ts';
import { siteHandlers } from './public/site.ts';
import { tokenHandlers } from './public/token.ts';
import { recipientHandlers } from './recipient/reports.ts';
import { makeSessions } from './sessions/sessions.ts';
import { openSettings } from './settings/settings.ts';
import { openHome } from './storage/home.ts';
import { draftHandlers } from './whistleblower/draft.ts';
import { filingHandlers } from './whistleblower/filing.ts';
import { ownReportHandlers } from './whistleblower/own-report.ts';
import { returnHandlers } from './whistleblower/return.ts';
import { submitHandlers } from './whistleblower/submit.ts';
import { makeWork } from './work/work.ts';

/** Milliseconds that requests under way have to end when the server stops. */
const stopPatience = 10_000;
/** Milliseconds that files which are being forgotten have then; overwriting gigabytes takes minutes, and goes on after the next start. */
const forgettingPatience = 2000;

/** What a server is made of; everything that differs between a real one and a test's. */
export type ServerOptions = {
  readonly homePath: string;
  readonly listen: ListenAddress;
  readonly files: StaticFiles;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Passes the time that an answer is kept waiting. */
  readonly wait: Wait;
  readonly limits: Limits;
  readonly reserve: DiskReserve;
  readonly mailTransport: MailTransport;
};

/** A server that answers. */
export type RunningServer = {
  /** 0 for a unix socket. */
  readonly port: number;
  /** `null` once the site is made. */
  readonly setupLink: string | null;
  readonly backend: Backend;
  /** Ends requests under way, then forgetting as far as a short time reaches, then closes the home. */
  stop(): Promise<void>;
};

/** Starts a server. @throws StorageError of the home, ListenError or the system's error of the address. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { log, clock, limits, wait } = options;
  const home = await openHome(options.homePath, options.reserve, clock);
  try {
    const sessions = makeSessions(clock);
    const siteId = await ensureSite(home);
    const settings = await openSettings(home.store, siteId);
    const clients = makeClients(clock);
    const backend: Backend = {
      home,
      siteId,
      sessions,
      settings,
      work: makeWork(clock, settings),
      slowdown: makeSlowdown(clients, wait),
      thresholds: makeThresholds(clients, settings),
      log,
      clock,
      limits,
      forgetSoon: () => void finishForgetting(backend).catch(forgettingFailed),
      postSoon: () => postOffice.wake(),
    };
    const postOffice = openPostOffice(backend, options.mailTransport);
    const forgettingFailed = (error: unknown): void =>
      log({ entry: 'job-failed', job: 'forget', code: codeOf(error) });
    const server = makeServer({
      handlers: allHandlers(backend, postOffice),
      sessions,
      work: backend.work,
      pace: makePace(clock, settings, wait),
      clients,
      log,
      files: options.files,
      policyReports: policyReports(log),
      // Only the Gateway's onion service speaks to the unix socket; loopback may be a proxy, and then nobody can tell.
      connection: options.listen.kind === 'unix-socket' ? 'onion' : 'unknown',
    });
    if (options.listen.kind === 'unix-socket') await forgetSocket(options.listen.path);
    const port = await listen(server, options.listen);
    const link = await setupLink(home, originOf(options.listen, port));
    const stopJobs = startJobs(backend);
    postOffice.start();
    log({ entry: 'started', node: process.version, listening: options.listen.kind });
    return {
      port,
      setupLink: link,
      backend,
      async stop() {
        const jobsEnded = stopJobs();
        await close(server);
        await postOffice.stop();
        await endForgetting(backend, forgettingPatience).catch(forgettingFailed);
        await jobsEnded;
        await home.close();
        log({ entry: 'stopped' });
      },
    };
  } catch (error) {
    await home.close();
    throw error;
  }
}

/** A handler for each route of the contract: one that is missing does not compile. */
function allHandlers(backend: Backend, postOffice: PostOffice): Handlers {
  return {
    ...siteHandlers(backend),
    ...setupHandlers(backend),
    ...tokenHandlers(backend),
    ...signInHandlers(backend),
    ...activationHandlers(backend),
    ...sessionHandlers(backend),
    ...passwordHandlers(backend),
    ...factorHandlers(backend),
    ...securityHandlers(backend),
    ...filingHandlers(backend),
    ...draftHandlers(backend),
    ...submitHandlers(backend),
    ...returnHandlers(backend),
    ...ownReportHandlers(backend),
    ...recipientHandlers(backend),
    ...administrationHandlers(backend),
    ...personRulesHandlers(backend),
    ...roleHandlers(backend),
    ...removalHandlers(backend),
    ...settingsHandlers(backend),
    ...recoveryHandlers(backend),
    ...mailHandlers(backend, postOffice),
    ...addressHandlers(backend),
    ...siteKeyHandlers(backend),
    ...escrowHandlers(backend),
    ...ownEscrowHandlers(backend),
    ...restoreHandlers(backend),
  };
}

function originOf(address: ListenAddress, port: number): string {
  if (address.kind === 'unix-socket') return '';
  return `http://${address.host.includes(':') ? `[${address.host}]` : address.host}:${port}`;
}

async function close(server: Server): Promise<void> {
  const cut = setTimeout(() => server.closeAllConnections(), stopPatience);
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeIdleConnections();
  });
  clearTimeout(cut);
}
