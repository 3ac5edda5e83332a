/** What the server answers: a status, a body that is whole in memory, and the header policy. Nothing is streamed. */
import type { ServerResponse } from 'node:http';
import { type ErrorCode, errorStatus } from '@sotto/contract/errors';
import { type HeaderPolicy, headersOf } from './headers.ts';

/** An answer, not yet sent. */
export type Answer = {
  readonly status: number;
  readonly policy: HeaderPolicy;
  /** `null` when there is no body. */
  readonly type: string | null;
  readonly body: Uint8Array | string;
  readonly headers?: readonly (readonly [string, string])[];
};

/** JSON of the API. */
export function jsonAnswer(status: number, value: unknown): Answer {
  return { status, policy: 'other', type: 'application/json', body: JSON.stringify(value) };
}

/** Raw bytes of a chunk. */
export function bytesAnswer(bytes: Uint8Array): Answer {
  return { status: 200, policy: 'other', type: 'application/octet-stream', body: bytes };
}

/** An error of the contract's list. */
export function errorAnswer(code: ErrorCode, headers: Answer['headers'] = []): Answer {
  return { ...jsonAnswer(errorStatus(code), { error: { code } }), headers };
}

/** 403 has no body: who is not allowed learns nothing about what is there. */
export const forbiddenAnswer: Answer = { status: 403, policy: 'other', type: null, body: '' };

/** Sends an answer. A body for HEAD is left out by Node, its length is not. */
export function send(response: ServerResponse, answer: Answer): void {
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body, 'utf8') : answer.body;
  response.sendDate = false;
  response.statusCode = answer.status;
  for (const [name, value] of headersOf(answer.policy)) response.setHeader(name, value);
  for (const [name, value] of answer.headers ?? []) response.setHeader(name, value);
  if (answer.type !== null) response.setHeader('Content-Type', answer.type);
  response.setHeader('Content-Length', body.length);
  response.end(body);
}
