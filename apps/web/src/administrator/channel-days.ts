/** How long a channel's reports are kept, and changing it. */
import { Component, computed, inject, input, signal } from '@angular/core';
import type { ChannelView } from '@sotto/client/views';
import { MemberFlow } from '../member/flow.ts';
import { SHARED_WORDS } from '../words/catalogue.ts';
import { MEMBER_WORDS } from '../words/member-catalogue.ts';
import { PeopleFlow } from './people-flow.ts';

/** The bounds that the contract gives, in days. */
const least = 1;
const most = 3650;

@Component({
  selector: 'sotto-channel-days',
  template: `
    @let id = 'days-' + channel().id;
    @if (editing()) {
      <form class="part" autocomplete="off" novalidate (submit)="save($event)">
        <label [for]="id">{{ words.people.days }}<span class="for-readers">: {{ channel().name }}</span></label>
        <p class="help" [id]="id + '-help'">{{ words.people.daysHelp }}</p>
        <input
          type="text"
          inputmode="numeric"
          autocomplete="off"
          class="field-short"
          [id]="id"
          [value]="text()"
          [attr.aria-describedby]="id + '-help'"
          [attr.aria-invalid]="days() === null ? true : null"
          (input)="text.set(valueOf($event))"
        />
        <p class="actions">
          <button type="submit" class="button-main" [disabled]="flow.busy() || days() === null">{{ words.people.save }}</button>
          <button type="button" (click)="editing.set(false)">{{ shared.cancel }}</button>
        </p>
      </form>
    } @else {
      <p class="row-about">
        {{ words.people.daysShort(channel().days) }}
        <button type="button" class="button-link" (click)="edit()">
          {{ words.people.changeDays }}<span class="for-readers">: {{ channel().name }}</span>
        </button>
      </p>
    }
  `,
})
export class ChannelDays {
  readonly channel = input.required<ChannelView>();
  protected readonly flow = inject(MemberFlow);
  private readonly peopleFlow = inject(PeopleFlow);
  protected readonly words = inject(MEMBER_WORDS);
  protected readonly shared = inject(SHARED_WORDS);
  protected readonly editing = signal(false);
  protected readonly text = signal('');
  /** Null while what is written is no number of days. */
  protected readonly days = computed(() => {
    const days = /^\d{1,4}$/.test(this.text().trim()) ? Number(this.text()) : 0;
    return days >= least && days <= most ? days : null;
  });

  protected edit(): void {
    this.text.set(String(this.channel().days));
    this.editing.set(true);
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    const days = this.days();
    if (days !== null && (await this.peopleFlow.setDays(this.channel().id, days))) this.editing.set(false);
  }

  protected valueOf(event: Event): string {
    // why: the template listens on an input
    return (event.target as HTMLInputElement).value;
  }
}
