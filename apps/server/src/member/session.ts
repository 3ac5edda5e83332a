/** Routes of a signed-in user's session (S3): its end, its vault, going on after a reload, and the user's own box. */
import { putBox, readAccount } from '../accounts/accounts.ts';
import { ownRow } from '../accounts/own-row.ts';
import type { Backend } from '../backend.ts';
import type { Handlers } from '../http/calls.ts';
import { decoded, encoded, versioned } from '../http/encoded.ts';
import { Refusal } from '../http/refusal.ts';

/** Handlers of sessions. */
export function sessionHandlers(
  backend: Backend,
): Handlers<'endSession' | 'renewSession' | 'sessions' | 'endSessions' | 'keepVault' | 'resume' | 'keepOwn'> {
  const { sessions, home } = backend;
  return {
    async endSession({ sessionId }) {
      sessions.end(sessionId);
      return {};
    },

    /** The work was checked before this was called. */
    async renewSession({ sessionId }) {
      sessions.renew(sessionId);
      return { left: inSeconds(sessions.left(sessionId)) };
    },

    async sessions({ session, sessionId }) {
      const now = backend.clock();
      return {
        sessions: sessions.listOf(session.userId, sessionId).map(({ begun, ends, current }) => ({
          age: inSeconds(now - begun),
          left: inSeconds(ends - now),
          current,
        })),
      };
    },

    async endSessions({ session }) {
      sessions.endAllOf(session.userId);
      return {};
    },

    async keepVault({ body, sessionId }) {
      sessions.keepVault(sessionId, decoded(body.name), versioned(body.identity));
      return {};
    },

    async resume({ body, session, sessionId }) {
      const vault = sessions.vault(sessionId, decoded(body.name));
      if (vault === undefined) throw new Refusal('NOT_FOUND');
      const identity = encoded(vault);
      const { view } = await home.store.transaction(async (transaction) => {
        return readAccount(backend, transaction, await ownRow(backend, transaction, session));
      });
      const next = sessions.goOn(sessionId);
      if (next === undefined) throw new Refusal('SESSION_ENDED');
      return { ...view, session: next, left: inSeconds(sessions.left(sessionId)), identity };
    },

    async keepOwn({ body, session }) {
      await putBox(backend, session.userId, 'own', versioned(body.own));
      return {};
    },
  };
}

/** A clock that was set back makes nothing negative. */
function inSeconds(milliseconds: number): number {
  return Math.max(0, Math.floor(milliseconds / 1000));
}
