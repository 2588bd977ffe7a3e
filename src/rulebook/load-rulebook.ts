import { type Assembled, type AssembleOptions, assembleRulebook } from './assemble-rulebook.js'
import { inOrder } from './in-order.js'
import { type RulebookLayer, readLayers } from './read-layers.js'
import { type Defect, type Rulebook, RulebookDefects } from './rulebook.js'

export interface LoadOptions extends AssembleOptions {
  /** The project's own layer first. */
  readonly layers: readonly RulebookLayer[]
}

/**
 * Reads, types and checks a rulebook: the rulebook, or every defect found, by file. With `drafts`,
 * versions that are not published yet take part as if published last.
 */
export function checkRulebook({ layers, ...options }: LoadOptions): Assembled {
  const { files, defects } = readLayers(layers)
  const assembled = assembleRulebook(files, options)
  if (defects.length === 0 && assembled.kind === 'rulebook') return assembled
  const more = assembled.kind === 'defects' ? assembled.defects : []
  return { kind: 'defects', defects: byFile([...defects, ...more]) }
}

/** The same rulebook; throws `RulebookDefects` where it does not load. */
export function loadRulebook(options: LoadOptions): Rulebook {
  const checked = checkRulebook(options)
  if (checked.kind === 'rulebook') return checked.rulebook
  throw new RulebookDefects(checked.defects)
}

/** Defects in the order of their files; within one, as they were found. */
export function byFile(defects: readonly Defect[]): readonly Defect[] {
  return [...defects].sort((a, b) => inOrder(a.file, b.file))
}
