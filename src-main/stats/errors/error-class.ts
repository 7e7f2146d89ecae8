/**
 * What errors are called and how bad they are. The names are in the files that others read: one is
 * added, never renamed. Each has its row in docs/statistics.md.
 */

/** How much an error stands in the way, from what Claude mends by itself to what stops all work. */
export type Severity = 'low' | 'medium' | 'high' | 'critical';

const SEVERITIES = {
  // Claude reads the answer and does it right the next time.
  agent_not_found: 'low',
  exit_code: 'low',
  file_modified: 'low',
  file_not_found: 'low',
  file_not_read: 'low',
  file_too_large: 'low',
  interrupted: 'low',
  invalid_input: 'low',
  is_a_directory: 'low',
  lint: 'low',
  no_changes: 'low',
  other: 'low',
  string_not_found: 'low',
  string_not_unique: 'low',
  tool_not_found: 'low',
  // Something is to be mended, or to be waited for.
  api_error: 'medium',
  api_overloaded: 'medium',
  build: 'medium',
  http_error: 'medium',
  package_install: 'medium',
  rate_limit: 'medium',
  refused_by_model: 'medium',
  syntax: 'medium',
  test_failure: 'medium',
  timeout: 'medium',
  type_check: 'medium',
  // The same call fails again until something around it is changed.
  command_not_found: 'high',
  crash: 'high',
  dns: 'high',
  git: 'high',
  git_conflict: 'high',
  killed: 'high',
  missing_module: 'high',
  network: 'high',
  permission_denied: 'high',
  port_in_use: 'high',
  // The machine or the account is at its end: every further call is likely to fail.
  authentication: 'critical',
  billing: 'critical',
  disk_full: 'critical',
  out_of_memory: 'critical',
} as const satisfies Readonly<Record<string, Severity>>;

/** The kind of an error. */
export type ErrorClass = keyof typeof SEVERITIES;

/** All classes. */
export const ERROR_CLASSES = Object.keys(SEVERITIES) as readonly ErrorClass[];

/** True for the name of a class. */
export function isErrorClass(name: string | null): name is ErrorClass {
  return name !== null && Object.hasOwn(SEVERITIES, name);
}

/** How bad errors of a class are. */
export function severityOf(errorClass: ErrorClass): Severity {
  return SEVERITIES[errorClass];
}
