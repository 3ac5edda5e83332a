/** Where the leak test attacks, and what an attack is. */

/** Where an attack happens: one cable, and what lies beyond. */
export type Scene = {
  own: { mac: string; address: string };
  gateway: { mac: string; address: string };
  /** The Gateway's address on its uplink, and the next hop there. */
  publicAddress: string;
  routerAddress: string;
  /** Somebody in the Internet. */
  target: string;
};

export type Attempt =
  /** Frames put on the cable as they are. */
  | { name: string; frames: readonly Uint8Array[] }
  /** Changes to the network that only root can make there (lines of `ip`), then ordinary traffic. */
  | { name: string; network: readonly string[] };
