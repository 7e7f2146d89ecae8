const rules = new Intl.PluralRules('en');

/** Picks the form of a sentence for a count; sentences are written whole, never glued. */
export function plural(
  count: number,
  forms: { readonly one: string; readonly other: string },
): string {
  return rules.select(count) === 'one' ? forms.one : forms.other;
}
