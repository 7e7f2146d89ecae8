/** The version of our tables that this program writes: the number of its last migration. */
export const LATEST_VERSION = 7;
