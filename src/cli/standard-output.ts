import { writeFileSync } from 'node:fs'
import { Socket } from 'node:net'

/** Standard output, until it fails. */
export interface StandardOutput {
  /** Prints; nothing after the first fault, so that a command comes to its own exit code. */
  readonly print: (text: string) => void
  /** The first fault, if there was one. */
  readonly fault: () => NodeJS.ErrnoException | undefined
}

/** Standard output of this process. */
export function standardOutput(): StandardOutput {
  const { stdout } = process
  let fault: Error | undefined
  const fail = (error: unknown) => {
    fault ??= error as Error
  }
  stdout.on('error', fail)
  // The stream of a file takes a write that a full disk cut short for a whole one.
  const write = (text: string) =>
    stdout instanceof Socket ? stdout.write(text) : writeFileSync(1, text)
  return {
    print: (text) => {
      try {
        if (fault === undefined) write(text)
      } catch (error) {
        fail(error)
      }
    },
    // That of a pipe is known before its event.
    fault: () => fault ?? stdout.errored ?? undefined,
  }
}
