/** What the server keeps of credentials (S1): HMAC under the pepper, which is read for each use and zeroed. */
import type { Bytes } from '@sotto/protocol/bytes';
import { addressMac, credentialVerifier, sha256, userSalt } from '@sotto/protocol/server/credential';
import { pepperSlot, type SlotFile } from '../storage/slot-file.ts';

/** Verifier for setting a credential. @param credentialHash SHA-256(authKey), 32 bytes. */
export function settingVerifier(slotFile: SlotFile, credentialHash: Uint8Array): Promise<Bytes> {
  return withPepper(slotFile, (pepper) => credentialVerifier(pepper, credentialHash));
}

/** Verifier for using a credential. @param authKey 32 bytes. */
export function usingVerifier(slotFile: SlotFile, authKey: Uint8Array): Promise<Bytes> {
  return settingVerifier(slotFile, sha256(authKey));
}

/** The salt of a name, whether somebody has it or not. */
export function saltOf(slotFile: SlotFile, userName: string): Promise<Bytes> {
  return withPepper(slotFile, (pepper) => userSalt(pepper, userName));
}

/** What a mail address is found by, whether somebody has it or not. */
export function macOfAddress(slotFile: SlotFile, address: string): Promise<Bytes> {
  return withPepper(slotFile, (pepper) => addressMac(pepper, address));
}

async function withPepper<T>(slotFile: SlotFile, act: (pepper: Uint8Array) => T): Promise<T> {
  const pepper = await slotFile.read(pepperSlot);
  try {
    return act(pepper);
  } finally {
    pepper.fill(0);
  }
}
