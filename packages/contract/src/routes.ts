/**
 * Every route of the API: who may call it, what it takes and what it answers. Both sides check each message against it at
 * run time; the server has a handler for each name, and the client calls by name.
 */
import type * as v from 'valibot';
import * as account from './account.ts';
import * as administration from './administration.ts';
import * as audit from './audit.ts';
import { escrowRoutes } from './escrow-routes.ts';
import { mailRoutes } from './mail-routes.ts';
import { recoveryRoutes } from './recovery-routes.ts';
import * as report from './report.ts';
import { type PathParameter, type pathParameters, type Route, route, type Schema } from './route.ts';
import { securityRoutes } from './security-routes.ts';
import { changeSettingsRequest, settingsResponse } from './settings.ts';
import { siteResponse } from './site.ts';

const files = '/api/whistleblower/files/:file';
const reportPath = '/api/recipient/reports/:report';

export const routes = {
  site: route({ method: 'GET', path: '/api/site', session: ['none'], response: siteResponse }),
  setup: route({ method: 'POST', path: '/api/setup', session: ['none'], request: account.setupRequest }),
  token: route({
    method: 'POST',
    path: '/api/token',
    session: ['none'],
    request: account.tokenRequest,
    response: account.tokenResponse,
  }),
  salt: route({
    method: 'POST',
    path: '/api/sign-in/salt',
    session: ['none'],
    request: account.saltRequest,
    response: account.saltResponse,
  }),
  signIn: route({
    method: 'POST',
    path: '/api/sign-in',
    session: ['none'],
    work: 'session',
    request: account.signInRequest,
    response: account.signInResponse,
  }),
  activation: route({
    method: 'POST',
    path: '/api/activation',
    session: ['none'],
    request: account.activationRequest,
    response: account.activationResponse,
  }),
  activate: route({
    method: 'POST',
    path: '/api/activation/complete',
    session: ['none'],
    request: account.activateRequest,
  }),
  endSession: route({ method: 'DELETE', path: '/api/session', session: ['any'], clears: true }),
  renewSession: route({
    method: 'POST',
    path: '/api/session/renew',
    session: ['any'],
    work: 'session',
    response: account.renewResponse,
  }),
  sessions: route({
    method: 'GET',
    path: '/api/member/sessions',
    session: ['member'],
    response: account.sessionsResponse,
  }),
  /** All of one's own, that of this request as well. */
  endSessions: route({
    method: 'DELETE',
    path: '/api/member/sessions',
    session: ['member'],
    clears: true,
  }),
  keepVault: route({
    method: 'PUT',
    path: '/api/session/vault',
    session: ['entering', 'member'],
    request: account.vaultRequest,
  }),
  resume: route({
    method: 'POST',
    path: '/api/session/resume',
    session: ['entering', 'member'],
    request: account.resumeRequest,
    response: account.resumeResponse,
  }),
  keepOwn: route({
    method: 'PUT',
    path: '/api/member/own',
    session: ['entering', 'member'],
    request: account.ownRequest,
  }),
  /** Ends the person's other sessions; this one goes on. */
  changePassword: route({
    method: 'PUT',
    path: '/api/member/password',
    session: ['entering', 'member'],
    request: account.passwordRequest,
    response: account.security,
  }),

  startFiling: route({
    method: 'POST',
    path: '/api/whistleblower/filing',
    session: ['none'],
    work: 'session',
    request: report.filingRequest,
    response: report.filingResponse,
  }),
  announceFile: route({
    method: 'POST',
    path: '/api/whistleblower/filing/files',
    session: ['filing'],
    request: report.announceRequest,
  }),
  withdrawFile: route({
    method: 'DELETE',
    path: '/api/whistleblower/filing/files/:file',
    session: ['filing'],
  }),
  /** Leaves the report unwritten: its files and its draft are forgotten (S13). One that was filed stays. */
  dropFiling: route({ method: 'DELETE', path: '/api/whistleblower/filing', session: ['filing'] }),
  keepDraft: route({
    method: 'PUT',
    path: '/api/whistleblower/filing/draft',
    session: ['filing'],
    request: report.keepDraftRequest,
  }),
  /** Forgets the kept draft alone (S13); what was sent of files stays with the report. */
  forgetDraft: route({
    method: 'DELETE',
    path: '/api/whistleblower/filing/draft',
    session: ['filing', 'whistleblower'],
  }),
  /** Goes on with a kept draft after a reload: who knows the session key knows the name. */
  resumeDraft: route({
    method: 'POST',
    path: '/api/whistleblower/draft',
    session: ['none'],
    work: 'session',
    request: report.resumeDraftRequest,
    response: report.resumeDraftResponse,
  }),
  /** The session becomes a whistleblower's with this; repeated, it is answered as the first time, so both kinds may ask. */
  submit: route({
    method: 'POST',
    path: '/api/whistleblower/filing/submit',
    session: ['filing', 'whistleblower'],
    work: 'report',
    request: report.submitRequest,
  }),
  returnWithReceipt: route({
    method: 'POST',
    path: '/api/whistleblower/return',
    session: ['none'],
    work: 'session',
    request: report.returnRequest,
    response: report.returnResponse,
  }),
  ownReport: route({
    method: 'GET',
    path: '/api/whistleblower/report',
    session: ['whistleblower'],
    response: report.reportResponse,
  }),
  ownItems: route({
    method: 'GET',
    path: '/api/whistleblower/items',
    session: ['whistleblower'],
    query: report.itemsQuery,
    response: report.itemsResponse,
  }),
  writeOwnItem: route({
    method: 'POST',
    path: '/api/whistleblower/items',
    session: ['whistleblower'],
    request: report.itemRequest,
    response: report.itemResponse,
  }),
  ownFile: route({
    method: 'GET',
    path: files,
    session: ['filing', 'whistleblower'],
    response: report.fileResponse,
  }),
  putOwnChunk: route({
    method: 'PUT',
    path: `${files}/chunks/:index`,
    session: ['filing', 'whistleblower'],
    request: 'chunk',
  }),
  getOwnChunk: route({
    method: 'GET',
    path: `${files}/chunks/:index`,
    session: ['filing', 'whistleblower'],
    response: 'chunk',
  }),

  reports: route({
    method: 'GET',
    path: '/api/recipient/reports',
    session: ['recipient'],
    query: report.reportsQuery,
    response: report.reportsResponse,
  }),
  report: route({ method: 'GET', path: reportPath, session: ['recipient'], response: report.reportResponse }),
  /** Forgets the report with everything in it, for everybody (S13); repeated, there is nothing any more: `NOT_FOUND`. */
  deleteReport: route({ method: 'DELETE', path: reportPath, session: ['recipient'] }),
  /** Gives up one's own seal of the report (S8); the last holder cannot. */
  leaveReport: route({ method: 'DELETE', path: `${reportPath}/seal`, session: ['recipient'] }),
  setStatus: route({
    method: 'PUT',
    path: `${reportPath}/status`,
    session: ['recipient'],
    request: report.statusRequest,
  }),
  items: route({
    method: 'GET',
    path: `${reportPath}/items`,
    session: ['recipient'],
    query: report.itemsQuery,
    response: report.itemsResponse,
  }),
  writeItem: route({
    method: 'POST',
    path: `${reportPath}/items`,
    session: ['recipient'],
    request: report.itemRequest,
    response: report.itemResponse,
  }),
  file: route({
    method: 'GET',
    path: `${reportPath}/files/:file`,
    session: ['recipient'],
    response: report.fileResponse,
  }),
  putChunk: route({
    method: 'PUT',
    path: `${reportPath}/files/:file/chunks/:index`,
    session: ['recipient'],
    request: 'chunk',
  }),
  getChunk: route({
    method: 'GET',
    path: `${reportPath}/files/:file/chunks/:index`,
    session: ['recipient'],
    response: 'chunk',
  }),
  reportAudit: route({
    method: 'GET',
    path: `${reportPath}/audit`,
    session: ['recipient'],
    query: report.itemsQuery,
    response: audit.reportAuditResponse,
  }),
  keepReportHead: route({
    method: 'PUT',
    path: `${reportPath}/audit/head`,
    session: ['recipient'],
    request: audit.keptHeadRequest,
  }),

  siteAudit: route({
    method: 'GET',
    path: '/api/administrator/audit',
    session: ['administrator'],
    query: report.itemsQuery,
    response: audit.siteAuditResponse,
  }),
  keepSiteHead: route({
    method: 'PUT',
    path: '/api/administrator/audit/head',
    session: ['administrator'],
    request: audit.keptHeadRequest,
  }),
  overview: route({
    method: 'GET',
    path: '/api/administrator/overview',
    session: ['administrator'],
    response: administration.overviewResponse,
  }),
  invite: route({
    method: 'POST',
    path: '/api/administrator/users',
    session: ['administrator'],
    request: administration.inviteRequest,
  }),
  publishPeople: route({
    method: 'PUT',
    path: '/api/administrator/people',
    session: ['administrator'],
    request: administration.peopleRequest,
  }),
  changeRoles: route({
    method: 'PUT',
    path: '/api/administrator/users/:user/roles',
    session: ['administrator'],
    request: administration.changeRolesRequest,
  }),
  removeUser: route({
    method: 'POST',
    path: '/api/administrator/users/:user/remove',
    session: ['administrator'],
    request: administration.removeUserRequest,
  }),
  publishChannel: route({
    method: 'PUT',
    path: '/api/administrator/channels/:channel',
    session: ['administrator'],
    request: administration.channelRequest,
  }),
  settings: route({
    method: 'GET',
    path: '/api/administrator/settings',
    session: ['administrator'],
    response: settingsResponse,
  }),
  changeSettings: route({
    method: 'PUT',
    path: '/api/administrator/settings',
    session: ['administrator'],
    request: changeSettingsRequest,
    response: settingsResponse,
  }),
  changeSiteKey: route({
    method: 'PUT',
    path: '/api/administrator/site-key',
    session: ['administrator'],
    request: administration.changeSiteKeyRequest,
  }),
  giveSiteKey: route({
    method: 'PUT',
    path: '/api/administrator/users/:user/site-key',
    session: ['administrator'],
    request: administration.siteKeyRequest,
  }),
  ...securityRoutes,
  ...recoveryRoutes,
  ...mailRoutes,
  ...escrowRoutes,
} as const satisfies Record<string, Route>;

export type Routes = typeof routes;
export type RouteName = keyof Routes;

/** The body a caller sends; `null` where the route takes none. */
export type RequestOf<N extends RouteName> = Routes[N]['request'] extends Schema
  ? v.InferInput<Routes[N]['request']>
  : Routes[N]['request'] extends 'chunk'
    ? Uint8Array<ArrayBuffer>
    : null;
/** What the caller is given. */
export type ResponseOf<N extends RouteName> = Routes[N]['response'] extends Schema
  ? v.InferOutput<Routes[N]['response']>
  : Uint8Array<ArrayBuffer>;
export type QueryOf<N extends RouteName> = Routes[N]['query'] extends Schema
  ? v.InferInput<Routes[N]['query']>
  : null;

type Segments<Path extends string> = Path extends `${infer Head}/${infer Rest}`
  ? Segment<Head> | Segments<Rest>
  : Segment<Path>;
type Segment<Part extends string> = Part extends `:${infer Name extends PathParameter}` ? Name : never;
/** The parameters of a route's path, by name. */
export type PathOf<N extends RouteName> = {
  readonly [P in Segments<Routes[N]['path']>]: v.InferOutput<(typeof pathParameters)[P]>;
};
