import { type AssembleOptions, assembleRulebook } from './assemble-rulebook.js'
import { type RulebookLayer, readLayers } from './read-layers.js'
import { type Defect, type Rulebook, RulebookDefects } from './rulebook.js'

export interface LoadOptions extends AssembleOptions {
  /** The project's own layer first. */
  readonly layers: readonly RulebookLayer[]
}

/**
 * Reads, types and checks a rulebook. With `drafts`, versions that are not published yet take
 * part as if published last. Throws `RulebookDefects` with every defect found, by file.
 */
export function loadRulebook({ layers, ...options }: LoadOptions): Rulebook {
  const { files, defects } = readLayers(layers)
  const assembled = assembleRulebook(files, options)
  if (defects.length === 0 && assembled.kind === 'rulebook') return assembled.rulebook
  throw new RulebookDefects(
    byFile([...defects, ...(assembled.kind === 'defects' ? assembled.defects : [])]),
  )
}

/** Defects in the order of their files; within one, as they were found. */
export function byFile(defects: readonly Defect[]): readonly Defect[] {
  return [...defects].sort((a, b) => (a.file === b.file ? 0 : a.file < b.file ? -1 : 1))
}
