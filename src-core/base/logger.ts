/** Where the parts of the program report what they did; each entry begins with who speaks. */
export interface Logger {
  debug(from: string, message: string): void;
  info(from: string, message: string): void;
  warn(from: string, message: string, error?: unknown): void;
  error(from: string, message: string, error?: unknown): void;
}

/** A logger that keeps nothing. */
export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} };
