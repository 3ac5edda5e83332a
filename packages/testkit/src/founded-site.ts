/** A site with people in it: an administrator, one channel, one recipient who has activated their account. */
import type { MemberAgent } from '@sotto/client/agents';
import type { MemberView } from '@sotto/client/views';
import type { SiteSettings } from '@sotto/contract/settings';
import { deskMember, quietly } from './desk.ts';
import { type ServerOptions, type ServerProcess, setupSecret, startServer } from './server-process.ts';

export const administratorPassword = 'Correct-Horse-7-battery';
export const recipientPassword = 'Quiet-River-9-lantern';

export type FoundedSite = {
  readonly server: ServerProcess;
  readonly administrator: MemberAgent;
  readonly recipient: MemberAgent;
  readonly recipientView: MemberView;
  /** Account recovery keys, as they were shown once: of the recipient, of the administrator. */
  readonly recoveryKey: string;
  readonly administratorRecoveryKey: string;
  /** The site's public key, base64url, as the published link carries it. */
  readonly siteKey: string;
  readonly channelId: string;
};

/** Where a site is founded, and by whose agents. */
export type FoundingOptions = ServerOptions & {
  /** Gives the address that the people use in place of the server's own: that of a proxy before it. */
  readonly behind?: (origin: string) => Promise<string>;
  /** Off, when not given. */
  readonly escrow?: boolean;
  /** Makes the agents of both people; the desk's, when not given. */
  readonly member?: (origin: string) => MemberAgent;
  /** Whether the administrator lifts the site's limits, for those who ask more of it than people do. */
  readonly lifted?: boolean;
};

/** Ordinary settings, as an administrator may make them. */
export const liftedLimits: Partial<SiteSettings> = {
  proof_of_work: false,
  requests_per_second: 10_000,
  threshold_reports_per_hour: 100_000,
  threshold_attachments_per_hour_per_report: 100_000,
};

/** Sets a new server up through its setup link, as a person would, and activates the first recipient. */
export async function foundSite(options: FoundingOptions = {}): Promise<FoundedSite> {
  const server = await startServer(options);
  const origin = (await options.behind?.(server.origin)) ?? server.origin;
  const member = options.member ?? deskMember;
  const administrator = member(origin);
  const {
    activationLink,
    publicLink,
    recoveryKey: administratorRecoveryKey,
  } = await administrator.setup(
    {
      secret: await setupSecret(server.home),
      siteName: 'Harbour Office',
      language: 'en',
      exitAddress: 'https://www.example.org/weather',
      administrator: { userName: 'ada', name: 'Ada Brook', password: administratorPassword },
      channel: { name: 'Safety at work', description: 'What could hurt somebody.' },
      escrow: options.escrow ?? false,
      firstRecipient: { userName: 'ruth', name: 'Ruth Lindqvist' },
    },
    quietly,
  );
  if (options.lifted === true) await administrator.changeSettings(liftedLimits);
  const recipient = member(origin);
  const fragment = activationLink?.split('#activate=')[1] ?? '';
  const { member: recipientView, recoveryKey } = await recipient.activate(
    fragment,
    recipientPassword,
    quietly,
  );
  if (recipientView === null) throw new Error('a new account has no second factor');
  const channelId = (await recipient.openSite()).channels[0]?.id ?? '';
  return {
    server,
    administrator,
    recipient,
    recipientView,
    recoveryKey,
    administratorRecoveryKey,
    siteKey: publicLink.replace('/#', ''),
    channelId,
  };
}
