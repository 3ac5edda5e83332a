/** Choosing a password: two fields, how strong it is and what is missing, and a made-up passphrase for those who want one. */
import { Component, computed, inject, input, model, signal } from '@angular/core';
import { type Lack, reviewPassword } from '@sotto/client/password-strength';
import { TextField } from '../../shared/ui/text-field.ts';
import { MEMBER_WORDS } from '../../words/member-catalogue.ts';
import type { FieldProblems } from '../form-problems.ts';
import { browserRandom, makePassphrase, passphraseBits } from './passphrase.ts';

@Component({
  selector: 'sotto-new-password',
  imports: [TextField],
  template: `
    <sotto-text-field
      fieldId="password"
      [type]="shown() ? 'text' : 'password'"
      [exact]="true"
      [label]="words.password.label"
      [help]="words.password.help"
      [(value)]="password"
      [problem]="problems()['password'] ?? null"
    />
    <div class="strength" [attr.data-strength]="password() === '' ? 'none' : review().strength">
      <p role="status">
        @if (password() !== '') {
          <strong>{{ words.password.strength[review().strength] }}</strong>
          @if (missing(); as missing) { <span>{{ missing }}</span> }
        }
      </p>
    </div>
    <p class="actions">
      <button type="button" class="button-small" (click)="makeUp()">{{ words.password.makeUp }}</button>
      <button type="button" class="button-small" [attr.aria-pressed]="shown()" (click)="shown.set(!shown())">
        {{ words.password.show }}
      </button>
    </p>
    @if (madeUp() !== '' && madeUp() === password()) {
      <p class="help" role="status">{{ words.password.madeUp(bits) }}</p>
    }
    <sotto-text-field
      fieldId="repeated"
      [type]="shown() ? 'text' : 'password'"
      [exact]="true"
      [label]="words.password.repeat"
      [(value)]="repeated"
      [problem]="problems()['repeated'] ?? null"
    />
  `,
})
export class NewPassword {
  readonly password = model.required<string>();
  readonly repeated = model.required<string>();
  /** Names that everybody here knows, whose words do not count. */
  readonly around = input.required<readonly string[]>();
  readonly problems = input.required<FieldProblems>();
  protected readonly words = inject(MEMBER_WORDS);
  protected readonly shown = signal(false);
  protected readonly madeUp = signal('');
  protected readonly bits = passphraseBits;
  protected readonly review = computed(() => reviewPassword(this.password(), this.around()));
  protected readonly missing = computed(() => {
    const { lacks, strength } = this.review();
    if (lacks.length === 0) return null;
    return this.words.password.lacks[strength === 'insecure' ? 'needed' : 'better'](
      lacks.map((lack) => this.said(lack)),
    );
  });

  protected makeUp(): void {
    const passphrase = makePassphrase(browserRandom);
    this.password.set(passphrase);
    this.repeated.set(passphrase);
    this.madeUp.set(passphrase);
    // It must be read to be written down.
    this.shown.set(true);
  }

  private said(lack: Lack): string {
    const { lack: words } = this.words.password;
    if (lack.kind === 'characters' || lack.kind === 'different') return words[lack.kind](lack.count);
    return lack.kind === 'known-word' ? words[lack.kind](lack.word) : words[lack.kind];
  }
}
