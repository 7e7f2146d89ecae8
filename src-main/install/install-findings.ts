/** What somebody who installs should know of the settings file, beside what is done to it. */
import type { Finding } from '../../src-core/contract/views.ts';
import type { HookEntryOptions } from './hook-entries.ts';
import type { ChosenForm } from './hook-form.ts';
import { inspectHooks } from './hook-settings.ts';
import { disabledFinding, formFinding } from './install-view.ts';
import type { OldChoice } from './old-choice.ts';
import { findOldHooks, oldPipelineFinding } from './old-pipeline.ts';

/** What is looked at: the file as it is, and what is chosen for it. */
export interface Looked {
  readonly bytes: Buffer | null;
  readonly form: ChosenForm;
  readonly entry: HookEntryOptions;
  readonly old: OldChoice;
}

/** The findings, none where there is nothing to say. */
export function installFindings({ bytes, form, entry, old }: Looked): readonly Finding[] {
  const state = inspectHooks(bytes, entry);
  const findings = [
    state.kind === 'state' && state.isDisabled ? disabledFinding() : null,
    formFinding(form),
    old === 'retire' ? null : oldPipelineFinding(findOldHooks(bytes)),
  ];
  return findings.filter((finding) => finding !== null);
}
