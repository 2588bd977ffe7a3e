/** One place of an input file and what is wrong there; never a value of it. */
export interface FileFault {
  readonly file: string
  /** Null: the file as a whole, or one line of it. */
  readonly column: string | null
  readonly line?: number
  readonly code: 'unreadable' | 'not-utf8' | 'required' | 'unknown-fact' | 'wrong-type'
}

/** An input that cannot be screened at all; the message is one line that names the place. */
export class InputError extends Error {
  readonly faults: readonly FileFault[]

  constructor(message: string, faults: readonly FileFault[] = []) {
    super(message)
    this.faults = faults
  }
}
