/** Routes of a member's own address. */
import { usingVerifier } from '../accounts/credentials.ts';
import { ownRow, provePassword, proving } from '../accounts/own-row.ts';
import type { Backend } from '../backend.ts';
import type { Handlers } from '../http/calls.ts';
import { decoded } from '../http/encoded.ts';
import { addressOf, setAddress } from '../mail/addresses.ts';

/** Handlers of one's own address. */
export function addressHandlers(backend: Backend): Handlers<'ownAddress' | 'setOwnAddress'> {
  const { store, slotFile } = backend.home;
  return {
    ownAddress: ({ session }) =>
      store.transaction(async (transaction) => ({
        mail: await addressOf(backend, transaction, session.userId),
      })),

    async setOwnAddress(call) {
      const { session, body } = call;
      await proving(backend, call, async () => {
        const shown = await usingVerifier(slotFile, decoded(body.authKey));
        await store.transaction(async (transaction) =>
          provePassword(await ownRow(backend, transaction, session), shown),
        );
        await setAddress(backend, session.userId, body.mail, session.userId);
      });
      return {};
    },
  };
}
