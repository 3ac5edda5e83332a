/** The parts of the package argon2id that the stretch worker is built from; esbuild turns the module into bytes. */
declare module 'argon2id/dist/simd.wasm' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
declare module 'argon2id/dist/no-simd.wasm' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
