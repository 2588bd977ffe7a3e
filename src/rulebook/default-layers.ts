import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { RulebookLayer } from './read-layers.js'

/** Where a rulebook is read from. */
export interface RulebookPlaces {
  /** The project's own rules and seeds first, then extra rulebook folders. */
  readonly layers: readonly RulebookLayer[]
  /** The folder with the source documents, when there is one. */
  readonly sources?: string
}

const PROJECT = fileURLToPath(new URL('../..', import.meta.url))

/**
 * The rulebook of the environment: `rules` and `seeds` of the project, the folders of
 * `RULEBOOK_DIRS` (`:` between them) and `SOURCES_DIR`. Relative folders start at `cwd`.
 */
export function defaultLayers(
  env: Readonly<Record<string, string | undefined>>,
  project = PROJECT,
  cwd = process.cwd(),
): RulebookPlaces {
  const extra = (env.RULEBOOK_DIRS ?? '').split(':').filter(Boolean)
  const layers = extra.map((folder) => folderLayer(resolve(cwd, folder), 'RULEBOOK_DIRS'))
  const own = { rules: join(project, 'rules'), seeds: join(project, 'seeds'), setting: 'rules' }
  const sources = env.SOURCES_DIR ? { sources: resolve(cwd, env.SOURCES_DIR) } : {}
  return { layers: [own, ...layers], ...sources }
}

/** A layer whose rules, clauses and documents stand in one folder. */
export function folderLayer(folder: string, setting?: string): RulebookLayer {
  return { rules: folder, seeds: folder, ...(setting !== undefined && { setting }) }
}
