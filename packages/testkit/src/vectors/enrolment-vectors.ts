/** Vectors of S14's enrolment: a new user signs their own key, and agents and server believe no other signature. */
import {
  derive,
  draw,
  drawId,
  ed25519PublicKey,
  ed25519Sign,
  idBytes,
  x25519PublicKey,
} from './reference.ts';
import type { NamedVector } from './vector.ts';
import { flipped, forServer, gives, refuses } from './writing.ts';

const activationSecret = draw('activation secret');
const user = drawId('new user');
const publicKey = x25519PublicKey(draw('new user secret'));
const seed = derive(activationSecret, 'activation/sign');
const enrolmentKey = ed25519PublicKey(seed);
const message = Buffer.concat([Buffer.from('sotto/1/enrolment\0'), idBytes(user), publicKey]);
const signature = ed25519Sign(seed, message);
const right = { enrolmentKey, user, publicKey, signature };

/** What agent and server must see alike. */
function checks(prefix: string, operation: string): NamedVector[] {
  const wrong: readonly [string, string, object][] = [
    ['other-user', 'the enrolment of another user does not hold', { user: drawId('another user') }],
    [
      'other-key',
      "an enrolment with a public key of the server's own does not hold",
      { publicKey: enrolmentKey },
    ],
    [
      'stranger',
      'an enrolment signed by a stranger does not hold',
      { signature: ed25519Sign(draw('a stranger'), message) },
    ],
    [
      'changed',
      'an enrolment with its signature changed does not hold',
      { signature: flipped(signature, 40) },
    ],
  ];
  return [
    gives(`${prefix}-holds`, 'the enrolment of this user and public key holds', operation, right, {
      holds: true,
    }),
    ...wrong.map(([name, claim, change]) =>
      gives(`${prefix}-${name}`, claim, operation, { ...right, ...change }, { holds: false }),
    ),
    refuses(
      `${prefix}-short-key`,
      'a public key of 31 bytes is not enrolled',
      operation,
      { ...right, publicKey: publicKey.subarray(1) },
      'WRONG_LENGTH',
      'form',
    ),
  ];
}

export const enrolmentVectors: readonly NamedVector[] = [
  gives(
    's14-enrolment',
    'a new user signs their id and public key with the key of their activation secret',
    'enrol',
    { activationSecret, user, publicKey },
    { enrolmentKey, signature },
  ),
  ...checks('s14-enrolment', 'open-enrolment'),
  ...forServer(checks('s14-server-enrolment', 'check-enrolment')),
];
