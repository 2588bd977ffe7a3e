import { readFileSync } from 'node:fs'
import type { StandardOutput } from './standard-output.js'

/** What a command knows of the world; tests give it another one. */
export interface Io {
  readonly out: (text: string) => void
  /** Whether what goes to `out` reaches nobody any more: a long list may end there. */
  readonly unread?: () => boolean
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

/** The process this program runs in, and its standard output. */
export function processIo({ print, fault }: StandardOutput): Io {
  return {
    out: print,
    unread: () => fault() !== undefined,
    err: (text) => process.stderr.write(text),
    env: process.env,
    cwd: process.cwd(),
    now: () => new Date(),
    input: () => readFileSync(0, 'utf8'),
    terminal: process.stderr.isTTY === true,
  }
}
