/**
 * Which slots are free. A slot is written and synced before the transaction that names it commits, and is free again
 * only when its row is gone, which forgetting does after it has overwritten the slot (S13).
 */
import { pepperSlot, type SlotFile } from './slot-file.ts';

/** Hands out slots of one slot file. */
export type SlotAllocator = {
  /**
   * Gives `use` a slot with a fresh key on the disk. `use` runs the transaction that names the slot; when it throws,
   * no row names the slot and it is free again.
   */
  withNewSlot<T>(use: (slot: number) => Promise<T>): Promise<T>;
  /** The same with as many slots as asked for, all or none. */
  withNewSlots<T>(count: number, use: (slots: readonly number[]) => Promise<T>): Promise<T>;
  /** Tells that no row names these slots, or none any more. */
  freed(slots: readonly number[]): void;
};

/** @param used the slots that rows name, read once at start. */
export function slotAllocator(file: SlotFile, used: Iterable<number>): SlotAllocator {
  const taken = new Set<number>([pepperSlot, ...used]);
  let lowest = pepperSlot;
  const freed = (slots: readonly number[]): void => {
    for (const slot of slots) {
      taken.delete(slot);
      lowest = Math.min(lowest, slot);
    }
  };
  const withNewSlots: SlotAllocator['withNewSlots'] = async (count, use) => {
    const slots = Array.from({ length: count }, () => {
      while (taken.has(lowest)) lowest += 1;
      taken.add(lowest);
      return lowest;
    });
    try {
      await file.fill(slots);
      return await use(slots);
    } catch (error) {
      freed(slots);
      throw error;
    }
  };
  return {
    withNewSlots,
    // One was asked for, so there is one.
    withNewSlot: (use) => withNewSlots(1, ([slot = pepperSlot]) => use(slot)),
    freed,
  };
}
