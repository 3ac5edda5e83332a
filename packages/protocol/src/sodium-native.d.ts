/** The part of sodium-native 5.1 that the protocol uses; the package ships no types. Buffers are filled in place. */
declare module 'sodium-native' {
  type Buffer = Uint8Array;
  interface Sodium {
    readonly crypto_pwhash_ALG_ARGON2ID13: number;
    crypto_hash_sha256(out: Buffer, message: Buffer): void;
    crypto_generichash(out: Buffer, message: Buffer, key?: Buffer): void;
    crypto_scalarmult_base(publicKey: Buffer, secretKey: Buffer): void;
    crypto_secretbox_easy(ciphertext: Buffer, message: Buffer, nonce: Buffer, key: Buffer): void;
    crypto_secretbox_open_easy(message: Buffer, ciphertext: Buffer, nonce: Buffer, key: Buffer): boolean;
    crypto_box_easy(
      ciphertext: Buffer,
      message: Buffer,
      nonce: Buffer,
      publicKey: Buffer,
      secretKey: Buffer,
    ): void;
    crypto_box_seal_open(message: Buffer, ciphertext: Buffer, publicKey: Buffer, secretKey: Buffer): boolean;
    crypto_aead_xchacha20poly1305_ietf_encrypt(
      ciphertext: Buffer,
      message: Buffer,
      associated: null,
      secretNonce: null,
      nonce: Buffer,
      key: Buffer,
    ): number;
    crypto_aead_xchacha20poly1305_ietf_decrypt(
      message: Buffer,
      secretNonce: null,
      ciphertext: Buffer,
      associated: null,
      nonce: Buffer,
      key: Buffer,
    ): number;
    crypto_sign_seed_keypair(publicKey: Buffer, secretKey: Buffer, seed: Buffer): void;
    crypto_sign_detached(signature: Buffer, message: Buffer, secretKey: Buffer): void;
    crypto_sign_verify_detached(signature: Buffer, message: Buffer, publicKey: Buffer): boolean;
    crypto_pwhash_async(
      out: Buffer,
      password: Buffer,
      salt: Buffer,
      passes: number,
      memoryBytes: number,
      algorithm: number,
    ): Promise<void>;
  }
  const sodium: Sodium;
  export default sodium;
}
