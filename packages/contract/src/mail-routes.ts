/** Routes of mail: an administrator's settings, and each member's address. */
import * as mail from './mail.ts';
import { route } from './route.ts';

const settingsPath = '/api/administrator/mail';

export const mailRoutes = {
  mail: route({ method: 'GET', path: settingsPath, session: ['administrator'], response: mail.mailResponse }),
  setMail: route({
    method: 'PUT',
    path: settingsPath,
    session: ['administrator'],
    request: mail.mailSettingsRequest,
  }),
  /** Sends one mail at once, and answers what came of it. */
  testMail: route({
    method: 'POST',
    path: `${settingsPath}/test`,
    session: ['administrator'],
    request: mail.testMailRequest,
  }),
  setAddress: route({
    method: 'PUT',
    path: '/api/administrator/users/:user/address',
    session: ['administrator'],
    request: mail.addressRequest,
  }),
  ownAddress: route({
    method: 'GET',
    path: '/api/member/address',
    session: ['member'],
    response: mail.addressResponse,
  }),
  setOwnAddress: route({
    method: 'PUT',
    path: '/api/member/address',
    session: ['member'],
    request: mail.ownAddressRequest,
  }),
} as const;
