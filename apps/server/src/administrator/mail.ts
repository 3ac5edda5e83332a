/** Routes of an administrator about mail: the server that carries it, a test, and members' addresses. */
import type { Backend } from '../backend.ts';
import type { Handlers } from '../http/calls.ts';
import { Refusal } from '../http/refusal.ts';
import { setAddress } from '../mail/addresses.ts';
import type { PostOffice } from '../mail/post-office.ts';
import { putSettings, shownSettings } from '../mail/settings.ts';

/** Handlers of mail. */
export function mailHandlers(
  backend: Backend,
  postOffice: PostOffice,
): Handlers<'mail' | 'setMail' | 'testMail' | 'setAddress'> {
  const { store } = backend.home;
  return {
    mail: () =>
      store.transaction(async (transaction) => ({
        settings: await shownSettings(backend, transaction),
        waiting: await store.mailQueue.count(transaction, backend.siteId),
        lastFailure: postOffice.lastFailure(),
      })),

    async setMail({ body, session }) {
      await putSettings(backend, body, session.userId);
      postOffice.wake();
      return {};
    },

    async testMail({ body }) {
      const failure = await postOffice.test(body.to);
      if (failure === undefined) throw new Refusal('MAIL_NOT_SET');
      if (failure !== null) throw new Refusal(failure);
      return {};
    },

    async setAddress({ path, body, session }) {
      await setAddress(backend, path.user, body.mail, session.userId);
      return {};
    },
  };
}
