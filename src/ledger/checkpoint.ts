import type { Hash } from './merkle-tree.js'
import { type Note, parseNote, type Signer, signNote } from './signed-note.js'

/** The size and the root of a log, as its signed checkpoint says. */
export interface Checkpoint {
  readonly origin: string
  readonly size: number
  readonly root: Hash
  readonly note: Note
}

/** A signed checkpoint (C2SP tlog-checkpoint): origin, size and root, a line each. */
export function signCheckpoint(size: number, root: Hash, signer: Signer): string {
  return signNote(`${signer.name}\n${size}\n${root.toString('base64')}\n`, signer)
}

/** Reads a checkpoint; null when the text is none. Its signatures are not looked at. */
export function parseCheckpoint(text: string): Checkpoint | null {
  const note = parseNote(text)
  const [origin, size, root] = note?.text.split('\n') ?? []
  const hash = Buffer.from(root ?? '', 'base64')
  if (note === null || !origin || !/^(0|[1-9]\d{0,9})$/.test(String(size)) || hash.length !== 32)
    return null
  return { origin, size: Number(size), root: hash, note }
}
