/** A QR code, drawn here as one path of an SVG: nothing is fetched, and the policy of the page allows it as it is. */
import { Component, computed, input } from '@angular/core';
import encodeQR from 'qr';

/** Quiet squares around the code (ISO/IEC 18004 section 6.3.8). */
const quiet = 4;

@Component({
  selector: 'sotto-qr-code',
  template: `
    <svg class="qr-code" role="img" [attr.aria-label]="label()" [attr.viewBox]="box()" shape-rendering="crispEdges">
      <rect width="100%" height="100%" fill="#fff" />
      <path fill="#000" [attr.d]="path()" />
    </svg>
  `,
})
export class QrCode {
  readonly text = input.required<string>();
  readonly label = input.required<string>();
  private readonly squares = computed(() => encodeQR(this.text(), 'raw', { ecc: 'medium', border: quiet }));
  protected readonly box = computed(() => `0 0 ${this.squares().length} ${this.squares().length}`);
  protected readonly path = computed(() => pathOf(this.squares()));
}

/** One square of the path for each dark one. */
export function pathOf(squares: readonly (readonly boolean[])[]): string {
  return squares.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
}
