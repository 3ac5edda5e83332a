/** Who reads a channel, and changing it. */
import { Component, computed, inject, input, signal } from '@angular/core';
import type { ChannelView, OverviewView } from '@sotto/client/views';
import { MemberFlow } from '../member/flow.ts';
import { SHARED_WORDS } from '../words/catalogue.ts';
import { MEMBER_WORDS } from '../words/member-catalogue.ts';
import { ChannelDays } from './channel-days.ts';
import { PeopleFlow } from './people-flow.ts';

@Component({
  selector: 'sotto-channel-recipients',
  imports: [ChannelDays],
  template: `
    <div class="row">
      <h3 class="row-title" dir="auto">{{ channel().name }}</h3>
      @if (channel().description) {
        <p dir="auto">{{ channel().description }}</p>
      }
      <sotto-channel-days [channel]="channel()" />
      @if (editing()) {
        <form class="part" autocomplete="off" (submit)="save($event)">
          <fieldset>
            <legend dir="auto">{{ words.people.recipientsOf(channel().name) }}</legend>
            @for (person of candidates(); track person.id) {
              <label class="choice">
                <input
                  type="checkbox"
                  autocomplete="off"
                  [checked]="chosen().includes(person.id)"
                  (change)="toggle(person.id)"
                />
                <span class="choice-words">
                  <bdi>{{ person.name }}</bdi>
                  @if (person.state === 'invited') {
                    <span class="help">{{ words.people.waiting }}</span>
                  }
                </span>
              </label>
            }
          </fieldset>
          @if (chosen().length === 0) {
            <p class="help">{{ words.people.nobody }}</p>
          }
          <p class="actions">
            <button type="submit" class="button-main" [disabled]="flow.busy()">{{ words.people.save }}</button>
            <button type="button" (click)="editing.set(false)">{{ shared.cancel }}</button>
          </p>
        </form>
      } @else {
        <p class="row-about">
          @for (person of channel().recipients; track person.id) {
            <bdi>{{ person.name }}</bdi>
          } @empty {
            <span>{{ words.people.nobody }}</span>
          }
        </p>
        @if (saved()) {
          <p class="file-done" role="status">{{ words.people.saved }}</p>
        }
        <p>
          <button type="button" class="button-small" (click)="edit()">
            {{ words.people.change }}<span class="for-readers">: {{ channel().name }}</span>
          </button>
        </p>
      }
    </div>
  `,
})
export class ChannelRecipients {
  readonly channel = input.required<ChannelView>();
  readonly people = input.required<OverviewView['people']>();
  protected readonly flow = inject(MemberFlow);
  private readonly peopleFlow = inject(PeopleFlow);
  protected readonly words = inject(MEMBER_WORDS);
  protected readonly shared = inject(SHARED_WORDS);
  protected readonly editing = signal(false);
  protected readonly saved = signal(false);
  protected readonly chosen = signal<readonly string[]>([]);
  protected readonly candidates = computed(() =>
    this.people().filter(({ roles }) => roles.includes('recipient')),
  );

  protected edit(): void {
    this.chosen.set(this.channel().recipients.map(({ id }) => id));
    this.saved.set(false);
    this.editing.set(true);
  }

  protected toggle(id: string): void {
    this.chosen.update((ids) => (ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id]));
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    const saved = await this.peopleFlow.setRecipients(this.channel().id, this.chosen());
    this.saved.set(saved);
    if (saved) this.editing.set(false);
  }
}
