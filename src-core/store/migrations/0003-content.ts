/**
 * What an event was about, as JSON, where the user's privacy level keeps it. Events that were stored
 * before have none, and never get one.
 */
export const content = {
  version: 3,
  name: 'content',
  sql: 'ALTER TABLE hookline_event ADD COLUMN content TEXT;',
} as const;
