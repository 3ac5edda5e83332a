/** Choosing one colleague to give something to. */
import { Component, inject, input, type OnInit, output, signal } from '@angular/core';
import { MemberFlow } from '../member/flow.ts';
import { SHARED_WORDS } from '../words/catalogue.ts';
import { MEMBER_WORDS } from '../words/member-catalogue.ts';
import { SharingFlow } from './sharing-flow.ts';

@Component({
  selector: 'sotto-colleague-choice',
  template: `
    @if (candidates(); as candidates) {
      @if (candidates.length === 0) {
        <p class="help">{{ words.shareNobody }}</p>
      } @else {
        <form class="part" autocomplete="off" (submit)="choose($event)">
          <fieldset>
            <legend>{{ words.whom }}</legend>
            @for (person of candidates; track person.id) {
              <label class="choice">
                <input
                  type="radio"
                  autocomplete="off"
                  [name]="fieldName()"
                  [checked]="chosen() === person.id"
                  (change)="chosen.set(person.id)"
                />
                <bdi>{{ person.name }}</bdi>
              </label>
            }
          </fieldset>
          <ng-content />
          <p class="actions">
            <button type="submit" class="button-main" [disabled]="flow.busy() || chosen() === null">{{ act() }}</button>
          </p>
        </form>
      }
    } @else if (flow.busy()) {
      <p class="waiting" role="status">{{ shared.waiting }}</p>
    }
  `,
})
export class ColleagueChoice implements OnInit {
  /** What the button says. */
  readonly act = input.required<string>();
  /** A name of the page that no other choice has. */
  readonly fieldName = input.required<string>();
  /** Whom it makes no sense to choose. */
  readonly without = input<readonly string[]>([]);
  readonly given = output<{ readonly id: string; readonly name: string }>();
  protected readonly flow = inject(MemberFlow);
  private readonly sharing = inject(SharingFlow);
  protected readonly words = inject(MEMBER_WORDS).leaving;
  protected readonly shared = inject(SHARED_WORDS);
  protected readonly chosen = signal<string | null>(null);

  ngOnInit(): void {
    void this.sharing.findColleagues();
  }

  protected candidates() {
    return this.sharing.colleagues()?.filter(({ id }) => !this.without().includes(id)) ?? null;
  }

  protected choose(event: Event): void {
    event.preventDefault();
    const person = this.candidates()?.find(({ id }) => id === this.chosen());
    if (person !== undefined) this.given.emit(person);
    this.chosen.set(null);
  }
}
