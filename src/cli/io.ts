import { readFileSync } from 'node:fs'

/** What a command knows of the world; tests give it another one. */
export interface Io {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** The project's folder with rules and seeds; absent: the one this program belongs to. */
  readonly project?: string
  readonly now: () => Date
  /** Everything on standard input. */
  readonly input: () => string
  /** Whether a person watches what goes to `err`. */
  readonly terminal?: boolean
  /** Stops a long command; a process stops on Ctrl-C. */
  readonly signal?: AbortSignal
}

/** Wrong use of a command: one line on stderr, exit 2. */
export class UsageError extends Error {}

/** The process this program runs in. */
export function processIo(): Io {
  return {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    env: process.env,
    cwd: process.cwd(),
    now: () => new Date(),
    input: () => readFileSync(0, 'utf8'),
    terminal: process.stderr.isTTY === true,
  }
}
