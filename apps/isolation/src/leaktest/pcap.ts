/** Frames in the file format of libpcap (draft-ietf-opsawg-pcap): what tcpdump writes and tcpreplay sends. */

const magic = 0xa1b2c3d4;
const headerBytes = 24;
const recordHeaderBytes = 16;
const ethernet = 1;
/** Longest frame that is kept. */
const snapLength = 65_535;

/** A capture file of these frames, all at time 0. */
export function writePcap(frames: readonly Uint8Array[]): Uint8Array {
  const total = frames.reduce((sum, frame) => sum + recordHeaderBytes + frame.length, headerBytes);
  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, magic, true);
  view.setUint16(4, 2, true);
  view.setUint16(6, 4, true);
  view.setUint32(16, snapLength, true);
  view.setUint32(20, ethernet, true);
  let at = headerBytes;
  for (const frame of frames) {
    view.setUint32(at + 8, frame.length, true);
    view.setUint32(at + 12, frame.length, true);
    bytes.set(frame, at + recordHeaderBytes);
    at += recordHeaderBytes + frame.length;
  }
  return bytes;
}

/** Takes a capture apart while it still grows: `push` bytes, get the frames that are whole. */
export class PcapReader {
  #pending: Buffer = Buffer.alloc(0);
  #sawHeader = false;

  /** @throws Error when the bytes are no little-endian Ethernet capture. */
  push(bytes: Uint8Array): readonly Uint8Array[] {
    this.#pending = Buffer.concat([this.#pending, bytes]);
    if (!this.#sawHeader) {
      if (this.#pending.length < headerBytes) return [];
      if (this.#pending.readUInt32LE(0) !== magic || this.#pending.readUInt32LE(20) !== ethernet) {
        throw new Error('not an Ethernet capture of this machine');
      }
      this.#pending = this.#pending.subarray(headerBytes);
      this.#sawHeader = true;
    }
    const frames: Uint8Array[] = [];
    let at = 0;
    while (this.#pending.length >= at + recordHeaderBytes) {
      const length = this.#pending.readUInt32LE(at + 8);
      if (length > snapLength) throw new Error('a frame longer than any');
      const end = at + recordHeaderBytes + length;
      if (this.#pending.length < end) break;
      frames.push(this.#pending.subarray(at + recordHeaderBytes, end));
      at = end;
    }
    this.#pending = this.#pending.subarray(at);
    return frames;
  }
}
