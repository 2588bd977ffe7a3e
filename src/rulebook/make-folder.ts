import { existsSync, mkdirSync, rmdirSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a folder and those above it that are missing, all or none, and answers those it made, the
 * outermost first. Throws as `mkdirSync` does, whose own way (`recursive`) never ends below /proc.
 */
export function makeFolder(folder: string, mode = 0o777): readonly string[] {
  const above = dirname(folder)
  const made = existsSync(above) ? [] : makeFolder(above, mode)
  try {
    mkdirSync(folder, mode)
    return [...made, folder]
  } catch (error) {
    if (existsSync(`${folder}/.`)) return made
    removeEmpty(made)
    throw error
  }
}

/** Takes folders away that were made and are empty, the innermost first. */
export function removeEmpty(made: readonly string[]): void {
  try {
    for (const folder of made.toReversed()) rmdirSync(folder)
  } catch {
    // Something stands in it, and so in those above it.
  }
}
