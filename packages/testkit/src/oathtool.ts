/** Codes as oathtool makes them: a program of other people stands for the telephone. */
import { execFileSync } from 'node:child_process';

/**
 * The code of a secret at a time.
 *
 * @param secret in base32, as a person types it into an authenticator.
 * @param now milliseconds since 1970.
 */
export function oathCode(secret: string, now: number): string {
  const time = `--now=${new Date(now).toISOString().replace('T', ' ').slice(0, 19)} UTC`;
  return execFileSync('oathtool', ['--totp', '--base32', time, secret], { encoding: 'utf8' }).trim();
}
