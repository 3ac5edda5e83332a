/** Routes of a member's own address. */
import type { Backend } from '../backend.ts';
import type { Handlers } from '../http/calls.ts';
import { addressOf, setAddress } from '../mail/addresses.ts';

/** Handlers of one's own address. */
export function addressHandlers(backend: Backend): Handlers<'ownAddress' | 'setOwnAddress'> {
  return {
    ownAddress: ({ session }) =>
      backend.home.store.transaction(async (transaction) => ({
        mail: await addressOf(backend, transaction, session.userId),
      })),

    async setOwnAddress({ session, body }) {
      await setAddress(backend, session.userId, body.mail, session.userId);
      return {};
    },
  };
}
