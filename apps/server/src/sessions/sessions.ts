/**
 * Sessions (S3): a 256-bit id in the header `X-Session`, kept as its SHA-256, in memory only, 30 minutes, bounded in
 * number. A restart ends them all.
 */
import { createHash, randomBytes } from 'node:crypto';
import { sessionSeconds } from '@sotto/contract/account';
import type { Uuid } from '@sotto/protocol/bytes';
import { equalSecrets } from '@sotto/protocol/server/credential';

/** How long a session lasts without a renewal, in milliseconds (S3). */
export const sessionLife = sessionSeconds * 1000;

/**
 * How long a member stays signed in at the most, whatever they work for: half a day (NIST SP 800-63B, AAL2). A whistleblower's session has no
 * such end: it would cut a long upload off, and opens one report.
 */
export const longestSignedIn = 12 * 60 * 60 * 1000;

/** About 30 MB at the most; the oldest make room, so that nobody is locked out by somebody who opens many. */
const mostSessions = 20_000;

/** A signed-in recipient or administrator, with the rights the directory gives. */
export type MemberSession = {
  readonly kind: 'member';
  readonly userId: Uuid;
  readonly isAdministrator: boolean;
  readonly isRecipient: boolean;
};
/** A user who has signed in and of whom something is wanted first: a new password, a second factor. */
export type EnteringSession = { readonly kind: 'entering'; readonly userId: Uuid };
/** A report that is being written, or one whose filing is being repeated. */
export type FilingSession = { readonly kind: 'filing'; readonly reportId: Uuid };
/** Who filed the report, or came back with its receipt. */
export type WhistleblowerSession = { readonly kind: 'whistleblower'; readonly reportId: Uuid };

/** Whose a session is: a closed union, so that one kind cannot stand for another. */
export type Session = MemberSession | EnteringSession | FilingSession | WhistleblowerSession;

type Kept = {
  session: Session;
  readonly begun: number;
  ends: number;
  vaultName?: Uint8Array;
  vault?: Uint8Array;
  /** The name of the session this one goes on from, until it is used for the first time. */
  replaces?: string;
  /** The name of the one that goes on from this. */
  successor?: string;
};

/** A session of one's own, as its list shows it; times in milliseconds. */
export type ListedSession = { readonly begun: number; readonly ends: number; readonly current: boolean };

/** Whether a session is one of this user's, of whatever kind. */
export function isOfUser(session: Session, userId: string): boolean {
  return (session.kind === 'member' || session.kind === 'entering') && session.userId === userId;
}

/** Whether a session is of whoever files or filed one of these reports. */
export function isOfReport(session: Session, reports: { has(id: string): boolean }): boolean {
  return (session.kind === 'filing' || session.kind === 'whistleblower') && reports.has(session.reportId);
}

/** The sessions of a server. */
export type Sessions = {
  /** Begins a session and returns its id, base64url, 43 characters. */
  begin(session: Session): string;
  /** The session of an id, `undefined` when there is none or its time is over. */
  find(id: string): Session | undefined;
  end(id: string): void;
  /** Milliseconds that are left of it; 0 when there is none. */
  left(id: string): number;
  /** A whole life from now on, up to a member's last end: for whoever has worked for it (S9). */
  renew(id: string): void;
  /**
   * Another id for the same session, by which a reloaded tab goes on. The id before ends when the new one is first used: of two tabs
   * with one id only one goes on, and a lost answer costs nothing.
   */
  goOn(id: string): string | undefined;
  /** The sessions of a user, the newest last. */
  listOf(userId: Uuid, currentId: string): ListedSession[];
  /**
   * Makes a filing's session that of the filed report, or lets a user in who has done what was wanted; its id and its end
   * stay.
   */
  become(id: string, session: WhistleblowerSession | MemberSession): void;
  /** Ends all sessions that `of` says yes to, but that of `exceptId`: a user who was removed, a report that was forgotten. */
  endAll(of: (session: Session) => boolean, exceptId?: string): void;
  /**
   * Ends the sessions of a user: a password, a role or a right was changed, or somebody wants to be out everywhere.
   * `exceptId` is the session the change was made in.
   */
  endAllOf(userId: Uuid, exceptId?: string): void;
  /** Keeps a vault with the session (S3): in memory, ended with it. */
  keepVault(id: string, name: Uint8Array, vault: Uint8Array): void;
  /** The vault of that name, `undefined` for another name. */
  vault(id: string, name: Uint8Array): Uint8Array | undefined;
  /** Drops those whose time is over, so that no vault outlives its session. */
  dropEnded(): void;
};

/** @param clock milliseconds, passed in. */
export function makeSessions(clock: () => number): Sessions {
  const kept = new Map<string, Kept>();
  const alive = (id: string): Kept | undefined => {
    const name = hash(id);
    const found = kept.get(name);
    if (found !== undefined && found.ends <= clock()) {
      drop(kept, name);
      return undefined;
    }
    if (found?.replaces !== undefined) {
      drop(kept, found.replaces);
      delete found.replaces;
    }
    return found;
  };
  const endAll = (of: (session: Session) => boolean, exceptId = ''): void => {
    const except = hash(exceptId);
    for (const [name, { session }] of kept) if (name !== except && of(session)) drop(kept, name);
  };
  return {
    begin(session) {
      makeRoom(kept, clock());
      const id = randomBytes(32).toString('base64url');
      kept.set(hash(id), { session, begun: clock(), ends: clock() + sessionLife });
      return id;
    },
    left: (id) => Math.max(0, (alive(id)?.ends ?? 0) - clock()),
    renew(id) {
      const found = alive(id);
      if (found === undefined) return;
      found.ends = Math.min(clock() + sessionLife, lastEnd(found));
      // The map is in the order in which sessions end, but for those near their last.
      kept.delete(hash(id));
      kept.set(hash(id), found);
    },
    goOn(id) {
      const found = alive(id);
      if (found === undefined) return undefined;
      if (found.successor !== undefined) drop(kept, found.successor);
      const next = randomBytes(32).toString('base64url');
      found.successor = hash(next);
      const { session, begun, ends, vaultName, vault } = found;
      kept.set(found.successor, {
        session,
        begun,
        ends,
        replaces: hash(id),
        ...(vaultName === undefined || vault === undefined ? {} : { vaultName, vault: vault.slice() }),
      });
      return next;
    },
    listOf(userId, currentId) {
      const current = hash(currentId);
      return [...kept].flatMap(([name, { session, begun, ends, replaces }]) => {
        const own = session.kind === 'member' && session.userId === userId;
        return own && replaces === undefined && ends > clock()
          ? [{ begun, ends, current: name === current }]
          : [];
      });
    },
    find: (id) => alive(id)?.session,
    end: (id) => drop(kept, hash(id)),
    become(id, session) {
      const found = alive(id);
      const before = session.kind === 'member' ? 'entering' : 'filing';
      if (found?.session.kind === before) found.session = session;
    },
    endAll,
    endAllOf(userId, exceptId) {
      endAll((session) => isOfUser(session, userId), exceptId);
    },
    keepVault(id, name, vault) {
      const found = alive(id);
      if (found === undefined) return;
      found.vault?.fill(0);
      found.vaultName = name;
      found.vault = vault;
    },
    vault(id, name) {
      const found = alive(id);
      if (found?.vaultName === undefined) return undefined;
      return equalSecrets(found.vaultName, name) ? found.vault : undefined;
    },
    dropEnded() {
      for (const [name, { ends }] of kept) if (ends <= clock()) drop(kept, name);
    },
  };
}

/** SHA-256 of the id: who reads the server's memory or a core dump finds no id that opens anything. */
function hash(id: string): string {
  return createHash('sha256').update(id, 'utf8').digest('base64');
}

function lastEnd({ session, begun }: Kept): number {
  return session.kind === 'member' || session.kind === 'entering'
    ? begun + longestSignedIn
    : Number.POSITIVE_INFINITY;
}

function drop(kept: Map<string, Kept>, name: string): void {
  kept.get(name)?.vault?.fill(0);
  kept.delete(name);
}

/** A `Map` keeps the order of insertion, and all sessions last equally long: the first ends first. */
function makeRoom(kept: Map<string, Kept>, now: number): void {
  for (const [name, { ends }] of kept) {
    if (ends > now && kept.size < mostSessions) return;
    drop(kept, name);
  }
}
