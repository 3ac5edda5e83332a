/** Where the server listens: loopback or a unix socket. Anything else would carry reports in the clear, and is refused. */

/** An address to listen at. */
export type ListenAddress =
  | { readonly kind: 'loopback'; readonly host: string; readonly port: number }
  | {
      readonly kind: 'unix-socket';
      readonly path: string;
      /** Whether each connection begins with a line that says which circuit it came by (http/proxy-line.ts). */
      readonly proxyLine: boolean;
    };

/** Where the server listens when nothing is said. */
export const usualListenAddress = '127.0.0.1:8080';

/** Why an address was refused, with what to do instead. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}

/**
 * Reads `host:port`, `[::1]:port` or `unix:/path`.
 *
 * @param proxyLine whether connections of a unix socket begin with a line that says where they come from.
 * @throws ListenError for any host but loopback, a name that is not an address, or a port out of range.
 */
export function parseListenAddress(text: string, proxyLine = false): ListenAddress {
  if (text.startsWith('unix:')) {
    const path = text.slice('unix:'.length);
    if (!path.startsWith('/') || Buffer.byteLength(path) > unixPathMax) {
      throw new ListenError(
        'the path of a unix socket must begin with / and be short',
        'unix:/run/sotto/http',
      );
    }
    return { kind: 'unix-socket', path, proxyLine };
  }
  if (proxyLine) {
    throw new ListenError(
      'only a unix socket can carry lines that tell clients apart: anybody on this machine may speak to a port',
      'SOTTO_LISTEN=unix:/run/sotto/http, or leave SOTTO_CLIENTS out',
    );
  }
  const parts = /^(?:\[([0-9a-f:]+)\]|([0-9.]+|localhost)):(\d{1,5})$/.exec(text);
  const host = parts?.[1] ?? parts?.[2];
  const port = Number(parts?.[3]);
  if (host === undefined || !isLoopback(host)) {
    throw new ListenError(
      'without TLS the server listens on loopback or a unix socket only',
      `SOTTO_LISTEN=${usualListenAddress}, and an onion service or a TLS proxy on this machine before it`,
    );
  }
  if (port > 65_535) throw new ListenError('a port is at most 65535', `SOTTO_LISTEN=${usualListenAddress}`);
  return { kind: 'loopback', host: host === 'localhost' ? '127.0.0.1' : host, port };
}

/** Linux keeps 108 bytes for the path, with a zero at the end (unix(7)). */
const unixPathMax = 107;

/** RFC 1122 §3.2.1.3 for 127.0.0.0/8, RFC 4291 §2.5.3 for ::1. */
function isLoopback(host: string): boolean {
  if (host === 'localhost' || host === '::1') return true;
  const parts = host.split('.').map(Number);
  return parts.length === 4 && parts[0] === 127 && parts.every((part) => part <= 255);
}
