/**
 * What a handler is given and gives, by the name of its route: all of it checked against the contract. A route without
 * a handler does not compile.
 */
import type { PathOf, ResponseOf, RouteName, Routes } from '@sotto/contract/routes';
import type * as v from 'valibot';
import type {
  EnteringSession,
  FilingSession,
  MemberSession,
  Session,
  WhistleblowerSession,
} from '../sessions/sessions.ts';

/** How the request came, judged by the socket it came through. */
export type Connection = 'onion' | 'unknown';

type SessionByKind = {
  none: null;
  any: Session;
  filing: FilingSession;
  whistleblower: WhistleblowerSession;
  entering: EnteringSession;
  member: MemberSession;
  recipient: MemberSession;
  administrator: MemberSession;
};

type Read<S> = S extends v.GenericSchema
  ? v.InferOutput<S>
  : S extends 'chunk'
    ? Uint8Array<ArrayBuffer>
    : null;

/** A checked request. */
export type Call<N extends RouteName> = {
  readonly path: PathOf<N>;
  readonly query: Read<Routes[N]['query']>;
  readonly body: Read<Routes[N]['request']>;
  readonly session: SessionByKind[Routes[N]['session'][number]];
  /** As the client holds it; empty for routes without a session. */
  readonly sessionId: string;
  readonly connection: Connection;
  /** Of work (S9), as it came and not checked yet: a handler that wants one checks it. */
  readonly proof: string;
  /** The name of the client in this hour; null where clients cannot be told apart. */
  readonly client: string | null;
  /** Says when nobody waits for the answer any more. */
  readonly gone: AbortSignal;
};

/** The handlers of these routes. */
export type Handlers<N extends RouteName = RouteName> = {
  readonly [Name in N]: (call: Call<Name>) => Promise<ResponseOf<Name>>;
};
